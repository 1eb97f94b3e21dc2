"""Outlook's messages, made byte by byte as MS-CFB and MS-OXMSG say; shares no line with what reads them."""

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _chain(first, count):
    return [*range(first + 1, first + count), END] if count else []


def compound_file(tree):
    """A compound file of folders (dicts) and streams (bytes), each in sectors of its own: no mini stream is used, so
    every stream is filled up to the 4096 bytes below which readers would look for it there."""
    entries, sectors, chains = [], [], []

    def put(data):
        first = len(sectors)
        count = -(-len(data) // SECTOR)
        sectors.extend(data[place * SECTOR : (place + 1) * SECTOR].ljust(SECTOR, b"\0") for place in range(count))
        chains.extend(_chain(first, count))
        return first if count else END

    def enter(name, node, kind):
        number = len(entries)
        entries.append(None)
        if isinstance(node, dict):
            children = [enter(key, value, 1 if isinstance(value, dict) else 2) for key, value in sorted(node.items())]
            for place, child in enumerate(children):
                entries[child]["right"] = children[place + 1] if place + 1 < len(children) else FREE
            first, size, child = END, 0, children[0] if children else FREE
        else:
            first, size, child = put(node), len(node), FREE
        entries[number] = {"name": name, "kind": kind, "right": FREE, "child": child, "first": first, "size": size}
        return number

    enter("Root Entry", tree, 5)
    directory = b""
    for entry in entries:
        name = (entry["name"] + "\0").encode("utf-16-le")
        directory += name.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(name), entry["kind"], 1, FREE, entry["right"], entry["child"]
        )
        directory += bytes(16 + 4 + 16) + struct.pack("<IQ", entry["first"], entry["size"])
    directory_start = put(directory)
    fat_start = len(sectors)
    fat_count = 1
    while (len(sectors) + fat_count) * 4 > fat_count * SECTOR:
        fat_count += 1
    fat = chains + [FAT] * fat_count
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_count * SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    # A cut-off of 0 sends no stream into a mini stream.
    head += struct.pack("<IIIIIIIII", 0, fat_count, directory_start, 0, 0, END, 0, END, 0)
    head += struct.pack("<109I", *([*range(fat_start, fat_start + fat_count)] + [FREE] * (109 - fat_count)))
    return head + b"".join(sectors) + table


def _texts(told):
    return {f"__substg1.0_{number:04X}001F": text.encode("utf-16-le") for number, text in told.items()}


def _properties(head, fixed):
    rows = b"".join(struct.pack("<III", number << 16 | kind, 6, 0)[:8] + value for number, kind, value in fixed)
    return {"__properties_version1.0": bytes(head) + rows}


SENT = struct.pack("<Q", 133_800_000_000_000_000)  # 2024-12-29T10:40Z


def message_tree(subject, words, attachments=(), within=(), *, is_inner=False, kind="IPM.Note"):
    """`attachments` are (name, type, bytes, content id); `within` are message trees."""
    told = {0x0037: subject, 0x0C1A: "Dr Grey", 0x5D01: "grey@clinic.example", 0x0E04: "Ann", 0x001A: kind}
    tree = _texts({**told, 0x1000: words} if words else told)
    tree |= _properties(24 if is_inner else 32, [(0x0039, 0x0040, SENT)])
    for number, (name, media_type, data, content_id) in enumerate(attachments):
        folder = _texts({0x3707: name, 0x370E: media_type} | ({0x3712: content_id} if content_id else {}))
        tree[f"__attach_version1.0_#{number:08X}"] = folder | {"__substg1.0_37010102": data} | _properties(8, [])
    for number, inner in enumerate(within, start=len(attachments)):
        tree[f"__attach_version1.0_#{number:08X}"] = {"__substg1.0_3701000D": inner} | _properties(8, [])
    return tree


def message(*told, **more):
    return compound_file(message_tree(*told, **more))
