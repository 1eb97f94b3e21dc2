"""How records come in: recognise → read → match → Plan → accept. Services knock.

A new format is one file in `formats/` and one line in its FORMATS tuple.
"""
