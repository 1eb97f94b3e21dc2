"""Messages between the program and the process that reads: none is longer, or of more parts, than is allowed."""

import io
import struct

import orjson
import pytest

from organizer.base.apart import ask, wire
from organizer.base.apart.wire import NoMessageError, parts_of, receive, send


def written(head, parts=()):
    pipe = io.BytesIO()
    send(pipe, head, parts)
    pipe.seek(0)
    return pipe


@pytest.mark.parametrize(("spare", "is_read"), [(0, True), (-1, False)])
@pytest.mark.parametrize("parts", [(), (b"", b"abc")])
def test_a_message_is_as_long_as_is_allowed_and_no_longer(parts, spare, is_read):
    pipe = written({"task": "read"}, parts)
    length = len(pipe.getvalue()) - 4 + spare
    if is_read:
        head, sizes = receive(pipe, length)
        assert (head, parts_of(pipe, sizes)) == ({"task": "read"}, list(parts))
    else:
        with pytest.raises(NoMessageError):
            receive(pipe, length)


@pytest.mark.parametrize("sizes", [[-1], ["1"], None, 1])
def test_sizes_that_no_part_has_are_refused(sizes):
    body = orjson.dumps({"parts": sizes})
    with pytest.raises(NoMessageError):
        receive(io.BytesIO(struct.pack(">I", len(body)) + body), 1_000)


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_a_message_has_a_bound_of_parts(monkeypatch, more, is_read):
    monkeypatch.setattr(wire, "_MOST_PARTS", 3)
    body = orjson.dumps({"parts": [0] * (3 + more)})
    pipe = io.BytesIO(struct.pack(">I", len(body)) + body)
    if is_read:
        assert receive(pipe, 1_000) == ({}, [0, 0, 0])
    else:
        with pytest.raises(NoMessageError):
            receive(pipe, 1_000)


@pytest.mark.parametrize("length", [0, 1, 2, 3])
def test_a_pipe_that_ends_within_a_length_has_ended(length):
    assert receive(io.BytesIO(bytes(length)), 10) is None


@pytest.mark.parametrize(("length", "seconds"), [(0, 6), (399_999, 6), (400_000, 7), (4_000_000, 16)])
def test_a_file_has_six_seconds_and_one_more_for_each_400_000_bytes_and_four_bytes_of_memory_for_each(
    monkeypatch, length, seconds
):
    heads = []
    process = type("Process", (), {"alive": True, "answer": lambda _self, request: heads.append(request.head)})
    monkeypatch.setattr(ask, "_process", process())
    ask.ask(len, bytes(length))
    assert (heads[0]["seconds"], heads[0]["memory"]) == (seconds, 960 * 1024 * 1024 + 4 * length)
