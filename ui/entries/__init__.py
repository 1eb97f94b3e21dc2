"""Entries on the screen, whatever their kind: forms, tables, documents."""
