"""A record as a whole: make, open, lock, keep safe, take elsewhere, erase."""
