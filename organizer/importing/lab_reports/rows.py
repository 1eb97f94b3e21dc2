"""The pieces of a line put into the columns of its table: a row with its name, values, unit, range and flag."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from statistics import quantiles

from organizer.base.analyte_names import analytes_named, is_name
from organizer.importing.lab_reports.columns import Column, Head, Role, is_label_of_range, is_of_a_range, without_label
from organizer.importing.lab_reports.lines import Line, Spot, cells_of, text_of
from organizer.importing.lab_reports.values import CODE, Piece, Sort, is_aside, is_sure_flag, pieces_of, sort_of

_FITS: dict[Role, dict[Sort, float]] = {
    "name": {"text": 3, "number": -2, "unit": -3, "range": -5, "bound": -4, "word": 0, "flag": -1, "date": -4},
    "value": {"number": 4, "word": 4, "bound": 4, "range": 0, "flag": 1.5, "unit": 1.5, "text": 0.5, "date": -4},
    "unit": {"unit": 4, "text": 1.5, "number": -4, "range": -5, "bound": -5, "word": -3, "flag": 0, "date": -5},
    "range": {"range": 4, "bound": 3, "word": 1.5, "number": 1, "unit": 0.5, "text": 0.5, "flag": -1, "date": -4},
    "low": {"number": 4, "bound": 2, "range": -2, "word": -2, "text": -2, "unit": -3, "flag": -1, "date": -5},
    "high": {"number": 4, "bound": 2, "range": -2, "word": -2, "text": -2, "unit": -3, "flag": -1, "date": -5},
    "flag": {"flag": 4, "text": 0, "word": 1, "number": -5, "range": -5, "bound": -5, "unit": -4, "date": -5},
    "previous": {"number": 4, "word": 3, "bound": 4, "range": 0, "flag": 1.5, "unit": 0, "text": 0, "date": 3},
    "other": {"text": 3, "word": 0.5, "number": 0, "unit": -1, "range": -1, "bound": -1, "flag": 0, "date": 3},
}
"""How well a sort of piece suits a column. Position adds to it, so that a crooked column is forgiven, a far one not."""

_VALUES = ("number", "word", "bound")
_NORMAL = ("N", "VN", "VR", "Norm", "Norme", "Ref")
"""What stands before a range and says no more than that it is one: `N < 5`."""
_FARNESS, _FARTHEST, _TWICE = 0.7, 6.0, 5.0
_LEAST_FOR_SPAN = 3
_NO_FLAGS: tuple[Role, ...] = ("unit", "range", "low", "high")
"""Columns in which a flag means the value beside them: the head of its own column isn't known."""
_DASHES = ("-", "–", "—")
_REACH = 6.0  # ems that what stands in a column reaches beyond its head's words


@dataclass(slots=True)
class Result:
    """One value of a row: its pieces, the flag beside it, the date over its column."""

    value: str = ""
    spots: tuple[Spot, ...] = ()
    flag: str = ""
    date: str = ""
    values: int = 0


@dataclass(slots=True)
class Row:
    """A line of a table. `spots` are all its words; `doubtful` says that its columns leave something open, `undated`
    that an earlier result stands in it whose day isn't told."""

    line: Line
    name: str = ""
    results: list[Result] = field(default_factory=list)
    unit: str = ""
    range_text: str = ""
    ends: tuple[str, str] | None = None
    range_spots: tuple[Spot, ...] = ()
    other: str = ""
    doubtful: bool = False
    undated: bool = False
    cells: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def valued(self) -> bool:
        """True where there is something in a column of values."""
        return any(result.value for result in self.results)


def pieces_in(line: Line, columns: Sequence[Column] = ()) -> list[Piece]:
    """A line's pieces; a known name is one piece, whatever numbers it holds (`CA 19-9`, `Vitamin B 12`)."""
    pieces: list[Piece] = []
    cells = cells_of(line.spots, line.em)
    for number, cell in enumerate(cells):
        if number == 0:
            pieces += _first_cell(cell, alone=len(cells) == 1)
        else:
            pieces += pieces_of(without_label(cell))
    return _split_at([piece for piece in _unlabelled(pieces) if not CODE.fullmatch(piece.text)], columns)


def _unlabelled(pieces: Sequence[Piece]) -> list[Piece]:
    """Without the words that stand before a range (`(Ref: 12 - 16)`, `Normal range: 135 - 145`)."""
    left: list[Piece] = []
    for piece in pieces:
        if left and is_label_of_range(f"{left[-1].text} {piece.text}"):
            left.pop()
        elif not is_label_of_range(piece.text):
            if left and piece.sort in ("range", "bound") and left[-1].text.strip(":") in _NORMAL:
                left.pop()
            left.append(piece)
    return left


def _split_at(pieces: Sequence[Piece], columns: Sequence[Column]) -> list[Piece]:
    """A text that reaches over the heads of several columns is cut where a head begins, if a gap is there."""
    starts = [column.x0 for column in columns if column.role == "other"]
    parts: list[Piece] = []
    for piece in pieces:
        cut = [
            place for place in range(1, len(piece.spots))
            if piece.sort == "text"
            and any(piece.spots[place - 1].x1 < start <= piece.spots[place].x0 + 1 for start in starts)
        ]  # fmt: skip
        for begin, end in zip([0, *cut], [*cut, len(piece.spots)], strict=True):
            spots = piece.spots[begin:end]
            parts.append(replace(piece, text=text_of(spots) if cut else piece.text, spots=spots))
    return parts


def _first_cell(cell: tuple[Spot, ...], alone: bool) -> list[Piece]:
    for end in range(len(cell), 0, -1):
        text = text_of(cell[:end])
        if is_name(text) and any(word.isalpha() for word in text):
            rest = pieces_of(cell[end:])
            if rest and rest[0].sort == "text":
                if cell[end - 1].text not in _DASHES:
                    break
                # `Platelet count - observation`: a dash with words behind it is no flag
                whole = (*cell[:end], *rest[0].spots)
                return [Piece("text", text_of(whole), whole), *rest[1:]]
            return [Piece("text", text, cell[:end]), *rest]
    pieces = pieces_of(cell)
    if alone or len(pieces) < 2 or pieces[0].sort != "text":
        return [_as_text(piece) for piece in pieces] if len(pieces) == 1 else pieces
    if any(piece.sort in ("unit", "range") for piece in pieces) or pieces[-1].sort in ("word", "bound"):
        return pieces
    return [Piece("text", text_of(cell), cell)]


def _as_text(piece: Piece) -> Piece:
    """What stands first in a row is a name, even where it looks like a unit or a flag (`INR`, `K`)."""
    return replace(piece, sort="text") if any(text.isalpha() for text in piece.text) else piece


def assigned(pieces: Sequence[Piece], columns: Sequence[Column], em: float) -> list[int]:
    """For each piece, left to right, the place of its column: the best order-keeping choice by sort and position."""
    best = [[0.0] * len(columns) for _piece in pieces]
    came = [[0] * len(columns) for _piece in pieces]
    for at, piece in enumerate(pieces):
        for to, column in enumerate(columns):
            own = _FITS[column.role][piece.sort] - _farness(piece, column, em)
            before = (
                [best[at - 1][number] - _again(pieces, at, columns, number, to) for number in range(to + 1)]
                if at
                else [0.0]
            )
            came[at][to] = max(range(len(before)), key=before.__getitem__)
            best[at][to] = own + before[came[at][to]]
    if not pieces:
        return []
    to = max(range(len(columns)), key=best[-1].__getitem__)
    chosen = [to]
    for at in range(len(pieces) - 1, 0, -1):
        to = came[at][to]
        chosen.append(to)
    return chosen[::-1]


def _farness(piece: Piece, column: Column, em: float) -> float:
    gap = max(0.0, piece.x0 - column.x1, column.x0 - piece.x1) / em
    centre = abs((piece.x0 + piece.x1) - (column.x0 + column.x1)) / 2 / em
    return min(_FARTHEST, gap * _FARNESS) + min(1.5, centre * 0.12)


def _again(pieces: Sequence[Piece], at: int, columns: Sequence[Column], start: int, to: int) -> float:
    """Two values in one column are unlikely."""
    if start != to or columns[to].role not in ("value", "low", "high", "previous"):
        return 0.0
    return _TWICE if pieces[at].sort in _VALUES and pieces[at - 1].sort in _VALUES else 0.0


def fitted(head: Head, lines: Sequence[Line]) -> Head:
    """The head with its columns' spans taken from what stands in them, where enough does."""
    spans: dict[int, list[tuple[float, float]]] = {}
    for line in lines:
        pieces = pieces_in(line, head.columns)
        if len(pieces) < 2:
            continue
        for piece, to in zip(pieces, assigned(pieces, head.columns, line.em), strict=True):
            if _FITS[head.columns[to].role][piece.sort] >= 3:
                spans.setdefault(to, []).append((piece.x0, piece.x1))
    reach = _REACH * lines[0].em if lines else 0.0
    columns = [_spanning(column, spans.get(place, []), reach) for place, column in enumerate(head.columns)]
    return replace(head, columns=tuple(columns))


def _spanning(column: Column, spans: Sequence[tuple[float, float]], reach: float) -> Column:
    """What stands in a column reaches beyond its head's words by about their length: farther off is a comment."""
    if len(spans) < _LEAST_FOR_SPAN or column.role == "other":
        return column
    lefts, rights = ([span[end] for span in spans] for end in (0, 1))
    beyond = max(reach, column.x1 - column.x0)
    left, right = quantiles(lefts, n=10)[0], quantiles(rights, n=10)[-1]
    if column.role != "name":
        left, right = max(left, column.x0 - beyond), min(right, column.x1 + beyond)
    return replace(column, x0=min(left, right), x1=max(left, right))


def row_of(line: Line, head: Head | None) -> Row:
    """A line by the columns of its table, or (None) by the order of its pieces."""
    columns = head.columns if head else ()
    pieces = pieces_in(line, columns)
    row = Row(line, lines=[line], cells=len(line.cells()))
    if head is None:
        _by_order(row, pieces)
    else:
        _by_columns(row, pieces, head, line.em)
    if is_of_a_range(line.text):
        row.name, row.results = "", []
        row.range_text = _joined_text("", [piece for piece in pieces if piece.sort in ("range", "bound")])
    return row


def _by_columns(row: Row, pieces: Sequence[Piece], head: Head, em: float) -> None:
    held: dict[int, list[Piece]] = {}
    for piece, to in zip(pieces, assigned(pieces, head.columns, em), strict=True):
        held.setdefault(to, []).append(piece)
    texts = dict.fromkeys(_FITS, "")
    flags: list[str] = []
    for to, here in sorted(held.items()):
        column = head.columns[to]
        if column.role in _NO_FLAGS:
            flags += [piece.text for piece in here if is_sure_flag(piece)]
            here = [piece for piece in here if not is_sure_flag(piece)]
        if column.role == "value":
            row.results.append(_result(row, here, column))
        elif column.role == "previous":
            _take_previous(row, here, column)
        elif column.role == "range":
            _take_range(row, here)
        elif column.role == "flag":
            flags.append(_joined_text("", here))
        else:
            texts[column.role] = _joined_text(texts[column.role], here)
    row.name, row.other, row.unit = texts["name"], texts["other"], texts["unit"] or row.unit
    if texts["low"] or texts["high"]:
        row.ends = (texts["low"], texts["high"])
    _give_flags(row, flags)


def _joined_text(before: str, pieces: Sequence[Piece]) -> str:
    return " ".join([before, *(piece.text for piece in pieces)]).strip()


def _result(row: Row, pieces: Sequence[Piece], column: Column) -> Result:
    """What stands in a column of values: the value, and what may stand beside it (flag, unit, even the range)."""
    result = Result(date=column.date)
    for piece in pieces:
        if result.value and piece.sort == "text" and is_aside(piece.text):
            continue
        if piece.sort in _VALUES or (piece.sort in ("text", "range") and not result.value):
            if result.value and piece.sort in ("bound", "word") and not row.range_text:
                row.range_text, row.range_spots = piece.text, piece.spots
                continue
            result.values += 1
            if result.value and piece.sort != "text":
                continue
            result.value, result.spots = piece.text, piece.spots
        elif piece.sort == "flag":
            result.flag = piece.text
            result.spots = result.spots or piece.spots
        elif piece.sort == "unit":
            row.unit = row.unit or piece.text
        elif piece.sort == "range" and not row.range_text:
            row.range_text, row.range_spots = piece.text, piece.spots
        elif not is_aside(piece.text):
            result.values += 1
    return _as_word(result) if not result.value and result.flag else result


def _take_previous(row: Row, pieces: Sequence[Piece], column: Column) -> None:
    """An earlier result is one where its day stands beside it (`8.6 11/23/2024`)."""
    days = [piece.text for piece in pieces if piece.sort == "date"]
    result = replace(_result(row, [piece for piece in pieces if piece.sort != "date"], column), date="".join(days[:1]))
    if result.value and len(days) == 1:
        row.results.append(result)
    else:
        row.undated = row.undated or any(sign.isdigit() for sign in result.value)


def _as_word(result: Result) -> Result:
    """`+` alone in a column of values is the value."""
    return replace(result, value=result.flag, flag="", values=1)


def _take_range(row: Row, pieces: Sequence[Piece]) -> None:
    taken = []
    for piece in pieces:
        if piece.sort == "unit" and not row.unit:
            row.unit = piece.text
        elif piece.sort != "unit":
            taken.append(piece)
    row.range_text = _joined_text(row.range_text, taken)
    row.range_spots = (*row.range_spots, *chain.from_iterable(piece.spots for piece in taken))
    numbers = [piece.text for piece in taken if piece.sort == "number"]
    if len(numbers) == 2 and sort_of(row.range_text) != "range":
        row.ends = (numbers[0], numbers[1])


def _give_flags(row: Row, flags: Sequence[str]) -> None:
    printed = [flag for flag in flags if flag]
    valued = [result for result in row.results if result.value]
    if printed and len(valued) == 1:
        valued[0].flag = valued[0].flag or printed[0]
    elif printed:
        row.doubtful = True


def _by_order(row: Row, pieces: Sequence[Piece]) -> None:
    """No head: name, then value, and whatever else by its sort."""
    if not pieces or pieces[0].sort not in ("text", "word") or len(pieces) < 2:
        row.name = _joined_text("", pieces) if pieces and pieces[0].sort == "text" else ""
        return
    row.name = pieces[0].text
    result = Result()
    numbers: list[Piece] = []
    for piece in pieces[1:]:
        if piece.sort in _VALUES and not result.value:
            result = replace(result, value=piece.text, spots=piece.spots, values=1)
        elif piece.sort == "flag":
            result.flag = result.flag or piece.text
        elif piece.sort == "unit":
            row.unit = row.unit or piece.text
        elif piece.sort in ("range", "bound") or (piece.sort == "word" and not row.range_text):
            row.range_text = _joined_text(row.range_text, [piece])
            row.range_spots = (*row.range_spots, *piece.spots)
        elif piece.sort == "number":
            numbers.append(piece)
        else:
            row.other = _joined_text(row.other, [piece])
    if len(numbers) == 2:
        row.ends = (numbers[0].text, numbers[1].text)
    row.doubtful = bool(numbers)
    row.results.append(result)


def known(name: str, recognised: bool) -> bool:
    """True for a name of the table, or one nearly so where it was recognised."""
    return bool(analytes_named(name, recognised))
