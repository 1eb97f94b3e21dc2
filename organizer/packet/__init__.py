"""How it goes out on paper: the only package with reportlab and pikepdf. Services ask it.

A new section is one `Section` in `sections/` and its line in SECTIONS. Nothing heavy is imported here.
"""
