"""Tables of the window: rows of a fixed height, sorted by their heads, filtered, copied as TSV, widths kept.

`RowsModel` holds rows that are there; `PagedModel` reads a million entries page by page. Both go into `Table`.
"""
