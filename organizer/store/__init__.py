"""Where a record stays: an encrypted folder, the only package with SQL and keys, for all above health.

A schema change is one function at the end of `migrations.py`. Every write goes through `change_log.apply`, so that
it can be undone.
"""
