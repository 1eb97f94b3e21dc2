"""Keeping a record safe: backups, keys, locking, checking, erasing. `dialog.Safekeeping` is the place for all of it.

Each question that it asks is a dialog of its own on `asking.Asking`; `restore.RestoreDialog` also stands before any
record is open, for who has lost the computer.
"""
