"""The packet as a file: front matter and exhibits joined, split in parts."""
