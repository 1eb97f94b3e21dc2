"""Where a record stays: an encrypted folder. The only room with SQL and with keys; services, importing knock.

A schema change is one function at the end of `migrations.py`. Every write goes through `change_log.apply`, so that
it can be undone.
"""
