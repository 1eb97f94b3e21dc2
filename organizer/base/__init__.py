"""Ground floor: errors, words, dates, numbers, units, analytes, settings. Everybody may ask; it sees nothing above.

To add a thing here it must be needed by two packages at least and know nothing of health records' kinds.
"""
