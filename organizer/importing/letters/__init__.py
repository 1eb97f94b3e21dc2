"""Doctors' letters read into proposals: diagnoses, medicines, allergies, operations and plans, each with its place.

Nothing enters by itself: a proposal is looked at beside its words on the page. What a letter denies, says of relatives
or only considers is never proposed as the person's own.
"""
