"""As much of D-Bus as a screen reader's questions need (dbus.freedesktop.org/doc/dbus-specification.html).

Messages are little-endian; asked is with strings, answered in strings, numbers, arrays, structs and variants of them.
"""

import os
import re
import socket
import struct

PATH, INTERFACE, MEMBER, ANSWERS, DESTINATION, SIGNATURE = 1, 2, 3, 5, 6, 8
CALL, ERROR = 1, 3
NUMBERS = {"y": ("B", 1), "b": ("I", 4), "n": ("h", 2), "q": ("H", 2), "i": ("i", 4), "u": ("I", 4), "x": ("q", 8),
           "t": ("Q", 8), "d": ("d", 8)}  # fmt: skip
EDGES = {"s": 4, "o": 4, "g": 1, "v": 1, "a": 4, "(": 8, "{": 8}


class RefusedError(Exception):
    """The bus or whoever was asked answered with an error."""


def padded(data: bytes, edge: int) -> bytes:
    return data + b"\0" * (-len(data) % edge)


def string(text: str) -> bytes:
    return struct.pack("<I", len(text.encode())) + text.encode() + b"\0"


class Reader:
    """What stands in a body, by its signature."""

    def __init__(self, data: bytes) -> None:
        self._data, self._place = data, 0

    def _number(self, sign: str) -> float:
        form, size = NUMBERS[sign]
        self._align(size)
        self._place += size
        return struct.unpack_from(f"<{form}", self._data, self._place - size)[0]

    def _align(self, edge: int) -> None:
        self._place += -self._place % edge

    def _text(self, length: int) -> str:
        self._place += length + 1
        return self._data[self._place - length - 1 : self._place - 1].decode()

    def all(self, signature: str) -> list:
        return [self.one(each) for each in whole(signature)]

    def one(self, signature: str):
        sign = signature[0]
        if sign in NUMBERS:
            return self._number(sign)
        self._align(EDGES[sign])
        if sign in "so":
            return self._text(self._number("u"))
        if sign == "g":
            return self._text(self._number("y"))
        if sign == "v":
            return self.one(self.one("g"))
        if sign == "a":
            length = self._number("u")
            self._align(EDGES.get(signature[1]) or NUMBERS[signature[1]][1])
            end, items = self._place + length, []
            while self._place < end:
                items.append(self.one(signature[1:]))
            return items
        return self.all(signature[1:-1])


def whole(signature: str) -> list[str]:
    """A signature's whole types: `a(so)u` → `a(so)`, `u`."""
    types, depth, begun = [], 0, ""
    for sign in signature:
        begun += sign
        depth += (sign in "({") - (sign in ")}")
        if depth == 0 and sign != "a":
            types.append(begun)
            begun = ""
    return types


def answered_by(fields: bytes) -> tuple[int, str]:
    """The serial that a message answers and the signature of its body, out of the fields of its header.

    They come with each of many thousand answers, so that the rest of them is passed over unread. Padding counts from
    the message's beginning: the sixteen bytes before the fields leave it as it is.
    """
    serial, signature, place = 0, "", 0
    while place < len(fields):
        code, sign = fields[place], fields[place + 2]
        place += 4
        if sign == ord("g"):
            end = place + 1 + fields[place]
            if code == SIGNATURE:
                signature = fields[place + 1 : end].decode()
            place = end + 1
        else:
            (number,) = struct.unpack_from("<I", fields, place)
            if code == ANSWERS:
                serial = number
            place += 4 if sign == ord("u") else 4 + number + 1
        place += -place % 8
    return serial, signature


class Bus:
    """A connection to the bus of that address."""

    def __init__(self, address: str) -> None:
        path = re.search(r"unix:(?:path|abstract)=([^,;]+)", address)[1]
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect("\0" + path if "abstract=" in address else path)
        self._socket.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        self._read_until(b"\r\n")
        self._socket.sendall(b"BEGIN\r\n")
        self._serial = 0
        self.ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello")

    def ask(self, to: str, path: str, interface: str, member: str, *words: str | int) -> list:
        """What the other side answers. Raises RefusedError."""
        self._serial += 1
        body = b""
        for word in words:
            body = padded(body, 4) + (string(word) if isinstance(word, str) else struct.pack("<i", word))
        fields = [(PATH, "o", path), (INTERFACE, "s", interface), (MEMBER, "s", member), (DESTINATION, "s", to)]
        if words:
            fields.append((SIGNATURE, "g", "".join("s" if isinstance(word, str) else "i" for word in words)))
        header = b""
        for code, sign, text in fields:
            value = string(text) if sign != "g" else bytes([len(text)]) + text.encode() + b"\0"
            start = padded(header, 8) + bytes([code, 1]) + sign.encode() + b"\0"
            header = (start if sign == "g" else padded(start, 4)) + value
        fixed = struct.pack("<cBBBIII", b"l", CALL, 0, 1, len(body), self._serial, len(header))
        self._socket.sendall(padded(fixed + header, 8) + body)
        return self._answer()

    def _answer(self) -> list:
        while True:
            fixed = self._exactly(16)
            _edge, kind, _flags, _version, length, _serial, fields_length = struct.unpack("<cBBBIII", fixed)
            rest = self._exactly(fields_length + -fields_length % 8)
            body = self._exactly(length)
            answered, signature = answered_by(rest[:fields_length])
            if answered != self._serial:
                continue
            values = Reader(body).all(signature)
            if kind == ERROR:
                raise RefusedError(values)
            return values

    def _exactly(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            data += self._socket.recv(length - len(data))
        return data

    def _read_until(self, end: bytes) -> None:
        data = b""
        while not data.endswith(end):
            data += self._socket.recv(1)
