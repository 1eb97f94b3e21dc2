"""How it goes out on paper: the only room with reportlab and pikepdf. Services knock.

A new section is one `Section` in `sections/` and its line in SECTIONS. Nothing heavy is imported by this sign.
"""
