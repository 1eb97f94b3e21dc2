"""How records come in: recognise → read → match → Plan → accept. Services ask it.

`run` is the way in: `walk` makes single files of what was dropped, `planner` takes them one after the other, with a
`format` that reads each, `persons` for whose it is and `matching` for what the record has already; what comes out is a
`plan`. `contents`, `plain_words`, `word_processors` and `rich_text` find the words within a file, `mails` takes out
what came with one, `scans`, `recognition` and `text_layer` find the words on pages. A new format is one file in
`formats/` and one line in its FORMATS tuple.
"""
