"""Parts that pages are put together from: one file a part, none knows what a page is about.

A part takes plain data and words; a new one is a new file here.
"""
