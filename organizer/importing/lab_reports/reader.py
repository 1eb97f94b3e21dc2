"""A laboratory report's pages → proposals. Nothing is guessed: what speaks against a reading stands in its doubts."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from organizer.base.analyte_names import NamedAnalyte, analytes_named, loinc_of, specimen_in, unit_beside
from organizer.base.analytes import analyte_of
from organizer.base.i18n import _
from organizer.base.numbers import Bounds, parse_number, read_range
from organizer.base.units import is_bare, is_unit
from organizer.importing.lab_reports import columns as heads
from organizer.importing.lab_reports.dates import Calendar, Collections, Taken, calendar_of, collections_of
from organizer.importing.lab_reports.doubts import MISREAD_DASH, RowRead, doubts_of
from organizer.importing.lab_reports.lines import Line, lines_of
from organizer.importing.lab_reports.model import BOLD, Place, Proposal, ReportReading
from organizer.importing.lab_reports.printed_units import is_misread, recognised_unit
from organizer.importing.lab_reports.reading import Facts
from organizer.importing.lab_reports.rows import Result, Row
from organizer.importing.lab_reports.sensitivities import sensitivities_in
from organizer.importing.lab_reports.tables import PlacedRow, rows_of, tables_of
from organizer.importing.lab_reports.unread import unread
from organizer.importing.lab_reports.values import read_value
from organizer.importing.page_text.words_on_page import PageWords

_NO_RESULT = re.compile(
    r"(?:see (?:note|comment|below)|pending|to follow|not (?:done|performed|measured)|cancelled|folgt|s\.? ?(?:unten|bem)|en cours|voir|pendiente|ver nota|n/?a|"
    r"tnp|entf(?:ä|a)llt|hämolytisch|hemoly[sz]ed|insufficient.*)\b.*",
    re.IGNORECASE,
)
_CALCULATED = re.compile(r"\(?(?:calc(?:ulated)?|berechnet|ber|calculé|calculado)\.?\)?", re.IGNORECASE)
_LANGUAGES = {
    "german": "ergebnis einheit referenzbereich untersuchung entnahme befund normbereich patientin geb labor und der die wert",
    "french": "resultat resultats unites valeurs reference preleve prelevement laboratoire dossier nee le la de du analyses naissance",
    "spanish": "resultado resultados unidades referencia paciente fecha laboratorio valores muestra nacimiento de la del el y",
    "english": "result results unit units reference range patient date collected laboratory report test the of and",
}
_COUNTED = frozenset(("/uL", "/mm3", "/mL", "/L", "{cells}/uL", "{cells}/mm3"))
_STAR = re.compile(r"(\*{1,2})\s+(?=[\d<>(\[])")
_SHORT = 8  # letters: what no unit is longer than, but for the filtration rate's
_ARROW_UP, _ARROW_DOWN = frozenset(("T", "fT", "f", "t", "7", "ft")), frozenset(("J", "l", "|", "v", "j", "4", "L|"))


def read_report(pages: Sequence[PageWords]) -> ReportReading:
    """Proposals out of the words of a report's pages, in their order; a page without words gives none."""
    lined = [lines_of(page) for page in pages]
    every = list(chain.from_iterable(lined))
    first_spots = chain.from_iterable(line.spots for line in every[:40])
    recognised = any(spot.word.confidence is not None for spot in first_spots)
    tables = tables_of(lined)
    facts = _facts(every, recognised)
    calendar = calendar_of(every, _language(every))
    reading = ReportReading()
    placed = list(chain.from_iterable(rows_of(table, recognised) for table in tables))
    rows = [line.row for line in placed]

    decimal, shown = _decimal(_numbers_in(rows), _language(every))
    flagged = any(result.flag for result in chain.from_iterable(row.results for row in rows))
    facts = replace(facts, decimal=decimal, shown=shown, flagged=flagged)
    samples = collections_of(every, calendar, [row.line for row in rows])
    for line in placed:
        reading.proposals += _proposals(line, facts, calendar, samples, reading)
    reading.proposals += _of_cultures(lined, samples, recognised)

    _flag_bold(reading, rows)
    _doubt_twins(reading)
    reading.left_out += unread(every, rows)
    if any(row.undated for row in rows):
        reading.left_out.append(_("A column of earlier results has no date over it; it was left out."))
    return reading


def _of_cultures(lined: Sequence[Sequence[Line]], samples: Collections, recognised: bool) -> list[Proposal]:
    """Micro-organisms and sensitivities with the sample's day; on a picture each letter is looked at by the person."""
    made = []
    for lines in lined:
        for proposal in sensitivities_in(lines):
            taken = samples.of(next(line for line in lines if line.page == proposal.place.page))
            date_doubt = _doubtful_date(taken)
            hard = _("The value was hard to read.") if recognised else ""
            doubts = (*proposal.doubts, *(doubt for doubt in (hard, date_doubt) if doubt))
            made.append(
                replace(proposal, date=taken.date, doubts=doubts, date_doubt=date_doubt, open_days=taken.open_days)
            )
    return made


def coded(proposal: Proposal) -> Proposal:
    """A proposal with the LOINC code that its name, specimen and unit make, or none."""
    analytes = _chosen(analytes_named(proposal.name), proposal.unit)
    return replace(proposal, loinc=loinc_of(analytes, proposal.specimen, proposal.unit))


def _language(lines: Sequence[Line]) -> str:
    words = Counter(heads.phrase_of(" ".join(line.text for line in lines)).split())
    scores = {name: sum(min(3, words[word]) for word in text.split()) for name, text in _LANGUAGES.items()}
    return max(scores, key=lambda name: scores[name])


def _facts(lines: Sequence[Line], recognised: bool) -> Facts:
    return Facts(recognised=recognised, decimal="", em=lines[0].em if lines else 1.0)


def _numbers_in(rows: Sequence[Row]) -> list[str]:
    texts = []
    for row in rows:
        texts += [result.value for result in row.results]
        texts += [row.range_text, *(row.ends or ())]
    return list(chain.from_iterable(re.findall(r"\d+[.,]\d+(?![\d.,])", text) for text in texts))


def _decimal(numbers: Sequence[str], language: str) -> tuple[str, bool]:
    """The decimal mark by the numbers that can be read in one way only, else by the language."""
    votes: Counter[str] = Counter()
    for number in numbers:
        whole, mark, rest = re.split(r"([.,])", number)
        if len(rest) != 3 or whole == "0" or len(whole) > 3:
            votes[mark] += 1
    if votes:
        mark, count = votes.most_common(1)[0]
        if count > 3 * (votes.total() - count):
            return mark, True
    return ("." if language == "english" else ","), False


def _proposals(
    line: PlacedRow, facts: Facts, calendar: Calendar, samples: Collections, reading: ReportReading
) -> list[Proposal]:
    row = _with_star(line.row)
    name = _name(row.name)
    analytes = analytes_named(name, facts.recognised)
    specimen = specimen_in(name) or line.specimen
    unit, unit_doubt = _unit(row, analytes, facts)
    loinc = loinc_of(_chosen(analytes, unit), specimen, unit)
    within = _usual(loinc, unit)
    low, high = _ends(row, facts, within)
    made = []
    for result in row.results:
        if not result.value:
            continue
        if _NO_RESULT.fullmatch(result.value):
            reading.left_out.append(_("“{name}” has no result: “{words}”.").format(name=name, words=result.value))
            continue
        read = read_value(result.value, facts.decimal, within, counted=unit in _COUNTED)
        taken = _date(result, calendar, samples.of(row.line))
        proposal = Proposal(
            name, read.value, result.value, _place(row), read.comparator, unit, row.unit, low, high,
            _range_text(row), result.flag.strip("()[]"), taken.date, loinc, specimen, line.section, decimal=facts.decimal if facts.shown else "",
        )  # fmt: skip
        proposal = _with_arrow(proposal, facts)
        doubts = doubts_of(RowRead(proposal, row, result, read, analytes, facts))
        date_doubt = _doubtful_date(taken)
        doubts = (*doubts, *(text for text in (unit_doubt, date_doubt) if text))
        cell = Place.around(row.line.page, result.spots) if result.spots else None
        made.append(replace(proposal, doubts=doubts, date_doubt=date_doubt, open_days=taken.open_days, cell=cell))
    return made


def _with_arrow(proposal: Proposal, facts: Facts) -> Proposal:
    """Recognition knows no arrows: the letter that it makes of one is read back where the range says the same."""
    number = parse_number(proposal.value)
    if not facts.recognised or number is None:
        return proposal
    above = proposal.high is not None and number.value > proposal.high
    below = proposal.low is not None and number.value < proposal.low
    if (proposal.flag in _ARROW_UP and above) or (proposal.flag in _ARROW_DOWN and below):
        return replace(proposal, flag="↑" if above else "↓")
    return proposal


def _name(printed: str) -> str:
    name = re.sub(r"\s*(?:[*†‡§]+|\(\d\)|\b\d\)|\b0\d)\s*$", "", printed.strip())
    return name.strip(" :;*†‡•.-–—_|")


def _chosen(analytes: Sequence[NamedAnalyte], unit: str) -> Sequence[NamedAnalyte]:
    fitting = [analyte for analyte in analytes if analyte.has_unit(unit)]
    return fitting or analytes


def _units_of(analytes: Sequence[NamedAnalyte]) -> list[str]:
    """The units in which these are reported."""
    codes = chain.from_iterable(analyte.codes for analyte in analytes)
    return list(chain.from_iterable(code.units for code in codes))


def _unit(row: Row, analytes: Sequence[NamedAnalyte], facts: Facts) -> tuple[str, str]:
    """UCUM, or as printed where it isn't known; with a doubt where the analyte or the recognition gives one."""
    if not row.unit:
        read = (
            recognised_unit(row.other, _units_of(analytes)) if facts.recognised and 0 < len(row.other) <= _SHORT else ""
        )
        return read, _("The unit was hard to read.") if read else ""
    code = unit_beside(row.unit, analytes) or unit_beside(_unbracketed(row.unit), analytes)
    fits = any(analyte.has_unit(code) for analyte in analytes)
    if facts.recognised and (is_misread(row.unit) or not (code and fits)):
        read = recognised_unit(row.unit, _units_of(analytes))
        if read:
            return read, _("The unit was hard to read.")
    if code:
        return code, ""
    words = (
        _("The unit “{unit}” can mean two things.")
        if is_unit(row.unit)
        else _("Casebook doesn’t know the unit “{unit}”.")
    )
    return row.unit, words.format(unit=row.unit)


def _unbracketed(unit: str) -> str:
    """`[10^3/uL]`, as analysers print it, without its brackets."""
    inside = unit[1:-1]
    return inside if unit[:1] + unit[-1:] in ("[]", "()") and not set("[]()") & set(inside) else unit


def _usual(loinc: str, unit: str) -> Bounds | None:
    """The bounds that no result leaves; a density in g/L is a thousandfold of one without a unit."""
    analyte = analyte_of(loinc) if loinc else None
    return analyte.usual if analyte is not None and is_bare(unit) else None


def _ends(row: Row, facts: Facts, within: Bounds | None) -> tuple[float | None, float | None]:
    if row.ends is None:
        parted = MISREAD_DASH.fullmatch(row.range_text) if facts.recognised else None
        printed = f"{parted[1]} - {parted[2]}" if parted else row.range_text
        spread = read_range(printed, "" if within else facts.decimal, within)
        return spread.low, spread.high
    ends = [parse_number(read_value(text, facts.decimal, within).value) if text else None for text in row.ends]
    low, high = (end.value if end else None for end in ends)
    return (low, high) if low is None or high is None or low <= high else (None, None)


def _with_star(row: Row) -> Row:
    """A star between value and range (`1.250 * 150 - 450`) is the value's flag, wherever it was put."""
    star = _STAR.match(row.range_text)
    if star is None or len(row.results) != 1 or row.results[0].flag:
        return row
    result = replace(row.results[0], flag=star[1])
    return replace(row, range_text=row.range_text[star.end() :], results=[result])


def _range_text(row: Row) -> str:
    if row.ends is None or row.range_text:
        text = row.range_text if "(" in row.range_text else row.range_text.rstrip(")")
        return "" if _CALCULATED.fullmatch(text) else text
    low, high = row.ends
    return f"{low} – {high}" if low and high else f"≥ {low}" if low else f"≤ {high}"


def _date(result: Result, calendar: Calendar, taken: Taken) -> Taken:
    """The day over the column, else the report's."""
    if not result.date:
        return taken
    return Taken(calendar.day(result.date), True, calendar.sure(result.date), calendar.open_days(result.date))


def _doubtful_date(taken: Taken) -> str:
    """What speaks against the day of a sample; "" where nothing is open about it."""
    if taken.named and taken.sure:
        return ""
    if taken.open_days:
        return _("Day and month of the date may be the other way round.")
    if taken.date is None and not taken.named:
        return _("The report names no date for the sample.")
    if not taken.named:
        return _("The report doesn’t say that this is the day of the sample.")
    return _("The date of the sample was hard to read.")


def _place(row: Row) -> Place:
    return Place.around(row.line.page, [spot.word for spot in chain.from_iterable(line.spots for line in row.lines)])


def _flag_bold(reading: ReportReading, rows: Sequence[Row]) -> None:
    """A value in bold among values that aren't is flagged by it."""
    results = [result for result in chain.from_iterable(row.results for row in rows) if result.value]
    bold = [all(spot.word.bold for spot in result.spots) for result in results if result.spots]
    if not any(bold) or sum(bold) > 0.6 * len(bold):
        return
    printed = {id(result): all(spot.word.bold for spot in result.spots) for result in results if result.spots}
    by_place: dict[tuple[Place, str], Result] = {}
    for row in rows:
        by_place |= {(_place(row), result.value): result for result in row.results}
    for number, proposal in enumerate(reading.proposals):
        result = by_place.get((proposal.place, proposal.printed))
        if result is not None and printed.get(id(result)) and not proposal.flag:
            reading.proposals[number] = replace(proposal, flag=BOLD)


def _doubt_twins(reading: ReportReading) -> None:
    """The same name, specimen and time with two values is for the person to settle."""
    groups: dict[tuple[str, str, str, str], set[str]] = {}
    for proposal in reading.proposals:
        groups.setdefault(_twin(proposal), set()).add(proposal.value)
    for number, proposal in enumerate(reading.proposals):
        if len(groups[_twin(proposal)]) > 1:
            words = _("The report has another value of the same name and date.")
            reading.proposals[number] = replace(proposal, doubts=(*proposal.doubts, words))


def _twin(proposal: Proposal) -> tuple[str, str, str, str]:
    day = proposal.date.text if proposal.date else " / ".join(day.text for day in proposal.open_days)
    return (proposal.name.casefold(), proposal.unit, proposal.specimen, day)
