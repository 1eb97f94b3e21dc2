"""How records come in: recognise → read → match → Plan → accept. Services knock.

`run` is the door: `walk` makes single files of what was dropped, `planner` takes them one after the other, with a
`format` that reads each, `persons` for whose it is and `matching` for what the record has already; what comes out is a
`plan`. `contents` and `plain_words` find the words within a file, `scans`, `recognition` and `text_layer` those on its
pages. A new format is one file in `formats/` and one line in its FORMATS tuple.
"""
