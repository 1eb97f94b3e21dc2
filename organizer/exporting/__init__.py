"""How records go out as data, for other programs to read. Services knock; nothing is read or written here directly.

A new form of export is one module of this folder that turns entries into bytes, and one verb in services.
"""
