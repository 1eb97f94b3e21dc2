"""The entries of a person: find, show, add, change, tag, settle."""
