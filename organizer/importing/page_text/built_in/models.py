"""The models that read pictures: where they lie, and how they are loaded, once, when first needed."""

import os
import sys
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FIND_LINES = "PP-OCRv6_det_small.onnx"
"""Gives for each pixel the chance that it belongs to a line of text."""
READ_LINES = "PP-OCRv6_rec_small.onnx"
"""Gives for each step along a line the chance of each sign; its own description lists the signs."""
_OTHER_SCRIPTS = 0x0400  # Cyrillic and all after it
_MARKS = frozenset(" –—‘’“”„†‡•…‰′″‹›⁺⁻⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉€™Ω℃℉←↑→↓↔↗↘Δ−∞≈≠≤≥√■□▲△▼▽◄►●○✓✔✗☐☑☒")
_LOOK_ALIKE = dict(zip("十木水米※＊＋一：，（）＜＞％μ", "+****" + "*+–:,()<>%µ", strict=True))
_MOST_THREADS = 4  # a page is read in parts that are too small for more


def are_here() -> bool:
    """Whether this computer can read pictures by itself: both models and the library that runs them are there."""
    return all(_place(name).is_file() for name in (FIND_LINES, READ_LINES)) and find_spec("onnxruntime") is not None


@cache
def session(name: str) -> Any:
    """A model ready to run. Raises onnxruntime's own errors for a file that is no model."""
    import onnxruntime

    if sys.platform == "win32":
        onnxruntime.disable_telemetry_events()  # events of Windows' own tracing, in the official builds for it
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(_MOST_THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep the largest page's memory
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(_place(name)), options, providers=["CPUExecutionProvider"])


@cache
def signs() -> tuple[Any, tuple[str, ...]]:
    """The columns of the reading model's answer that are looked at, and what each stands for; the first for no sign.

    Signs of other scripts than the Latin and Greek ones are left out, since no language that is read has them, but for
    those that stars and pluses are taken for.
    """
    import numpy as np

    listed = session(READ_LINES).get_modelmeta().custom_metadata_map["character"].splitlines()
    known = ("", *listed, " ")
    columns = [number for number, sign in enumerate(known) if not sign or sign in _LOOK_ALIKE or _is_read(sign)]
    return np.array(columns), tuple(_LOOK_ALIKE.get(known[number], known[number]) for number in columns)


def _is_read(sign: str) -> bool:
    return all(ord(letter) < _OTHER_SCRIPTS or letter in _MARKS for letter in sign)


def _place(name: str) -> Path:
    return Path(str(files("resources.recognition") / name))
