"""The window. No SQL, no PDF and no arithmetic on health data: what a person can do is asked of organizer.services.

Beyond services it names only organizer.records and organizer.base. A new page is one file in pages/ and one line in
its PAGES; a new part that two pages need goes into widgets/.
"""

import builtins

import PySide6  # noqa: F401 - puts its own function in place of __import__, which is taken out again below

# PySide reads the source of each module imported after it, looking for a switch of its own (`__feature__`) that
# Casebook doesn't use: an eighth of the time to the first picture.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
