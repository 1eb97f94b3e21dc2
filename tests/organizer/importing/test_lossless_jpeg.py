"""Lossless JPEG: every prediction, width and restart gives back what was written; damage is told, never guessed."""

from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.importing.lossless_jpeg import _parts, decode
from tests.organizer.importing.lossless_writer import written


def pictures(precision):
    samples = st.integers(0, (1 << precision) - 1)
    shapes = st.tuples(st.integers(1, 5), st.integers(1, 6), st.sampled_from([1, 3]))

    def of(shape):
        rows, columns, count = shape
        pixel = st.lists(samples, min_size=count, max_size=count)
        line = st.lists(pixel, min_size=columns, max_size=columns)
        return st.lists(line, min_size=rows, max_size=rows)

    return shapes.flatmap(of)


@pytest.mark.parametrize("predictor", range(1, 8))
@given(data=st.data(), precision=st.sampled_from([2, 8, 12, 16]), restart=st.sampled_from([0, 1, 2]))
def test_what_was_written_is_read_back(predictor, data, precision, restart):
    values = data.draw(pictures(precision))
    read, bits = decode(written(values, predictor, precision, restart))
    assert bits == precision
    assert read.tolist() == values


@given(st.data())
def test_a_damaged_one_is_told(data):
    whole = bytearray(written([[[n * 997 % 4096] for n in range(6)] for _row in range(4)], 4, 12))
    place = data.draw(st.integers(2, len(whole) - 1))
    whole[place] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(2, len(whole)))])
    for damaged in (bytes(whole), cut):
        try:
            read, _bits = decode(damaged)
        except ValueError:
            continue
        assert read.dtype == np.uint16


def test_a_header_cannot_ask_for_more_than_there_is():
    whole = written([[[1]]]).replace(b"\x10\x00\x01\x00\x01", b"\x10\xff\xff\xff\xff")
    with pytest.raises(ValueError, match="breaks off"):
        decode(whole)


RUNS = (b"\xff" * 400_000, b"\xff" * 400_000 + b"\x00", (b"\xff" * 999 + b"\x00") * 400)


@pytest.mark.parametrize("run", RUNS)
def test_a_run_of_ff_takes_no_longer_than_its_length(run):
    """Quadratic it took half a minute for 100 kB."""
    start = process_time()
    with pytest.raises(ValueError, match="breaks off"):
        decode(b"\xff\xd8" + run)
    _parts(run, 0)
    assert process_time() - start < 1


def test_ff_before_a_marker_is_no_part_of_the_coded_bits():
    assert _parts(b"\x12\x34\xff\xff\xff\xd0\x56\xff\x00\xff\xd9", 0) == ([b"\x12\x34", b"\x56\xff"], 9)
