"""Data that comes with the program: read by every room, knows none of them.

Each folder is a package, so that it is found as well in the frozen app (`importlib.resources.files`).
"""
