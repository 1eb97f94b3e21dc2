"""Where a record stays: an encrypted folder, the only room with SQL and keys. All rooms above tracking may knock.

A schema change is one function at the end of `migrations.py`. Every write goes through `change_log.apply`, so that
it can be undone.
"""
