"""What a record is: pure declarations of kinds and entries. Everybody above base may ask; nothing is stored here.

A new kind is one file in `kinds/` and one line in its KINDS tuple; no migration is needed.
"""
