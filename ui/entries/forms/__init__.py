"""Forms made from a kind's declaration: a new field there is a new line here, and nobody writes a dialog.

`entry_dialog.EntryDialog` is the way in; pages reach it by `context.edit_entry`.
"""
