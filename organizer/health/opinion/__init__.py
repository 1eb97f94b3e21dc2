"""The way to a second opinion: what speaks for one, with its evidence. Services and packet knock.

A new reason is one function in `reasons.py` and its line in REASONS; a checklist row is a line in `checklist_rows.py`.
"""
