"""Sheets beside the packet, never inside it: letters, insurance, options, comparison, visit, emergency, chronology.

Each file draws one of them from plain data and gives the PDF's bytes; services hand it out.
"""
