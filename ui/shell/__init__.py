"""The window around the pages: opening, locking, jobs, keys, search, keeping safe."""
