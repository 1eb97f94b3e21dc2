"""The documents behind the record: found, made harmless, searched, stamped."""
