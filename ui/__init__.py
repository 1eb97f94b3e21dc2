"""The window. No SQL, no PDF and no arithmetic on health data: what a person can do is asked of organizer.services.

Beyond services it names only organizer.model and organizer.base. `app` starts it; `main_window` is its frame and
its keys; `welcome` stands before a record is open, `desk` is an open one, with one of `pages` in front. A page asks for
everything through its `context`; long work goes to `jobs`, what changed is told by `events`; `theme` and `style_sheet`
are the look. A new page is one file in pages/ and one line in its PAGES; a part that knows no record goes into
widgets/, one that does into parts/.
"""

import builtins

import PySide6  # noqa: F401 - puts its own function in place of __import__, which is taken out again below

# PySide reads the source of each module imported after it, looking for a switch of its own (`__feature__`) that
# Casebook doesn't use: an eighth of the time to the first picture.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
