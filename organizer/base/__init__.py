"""Ground floor: errors, words, dates, numbers, units, analytes, settings. Everybody may knock; it sees no room above.

To add a thing here it must be needed by two rooms at least and know nothing of health records' kinds.
"""
