"""Bringing files in, and reading what lies in them."""
