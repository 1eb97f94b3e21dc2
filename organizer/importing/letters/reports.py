"""Reports of imaging and pathology: what they conclude, quoted, with its day, who signed it and where."""

import re
from collections.abc import Sequence

from organizer.base.written_dates import DATE, readings_of
from organizer.importing.letters.author import without_label_of_signer
from organizer.importing.letters.model import LetterProposal
from organizer.importing.letters.paragraphs import Item
from organizer.importing.letters.phrases import (
    DIAGNOSES,
    IMPRESSION,
    MEDICINE_LISTS,
    OTHER,
    PAST,
    TEXT,
    any_of,
    headings,
    plain,
    words,
)
from organizer.importing.letters.sections import Section

_HEAD_SECTIONS = 6
_MOST_IN_A_TITLE = 10  # words
_FEWEST_HEADINGS = 1
_SIGNED = re.compile(r"(?:[Dd]r\.?|Prof\.?|Dra\.?)\s[^\W\d_].*|.*,?\s(?:MD|M\.D\.|DO|FRCR|FRCPath)\b.*")
_NAME_WORDS = 7


def report_of(sections: Sequence[Section]) -> LetterProposal | None:
    """The report as one proposal; None where the letter is of another sort.

    A report says in its head what was examined, has headings of an examination and a conclusion, and lists no
    medicines.
    """
    conclusion = _conclusion(sections)
    title, category = _examination(sections)
    concludes = conclusion is not None and (conclusion.sort == IMPRESSION or category == "pathology")
    if (
        conclusion is None
        or not concludes
        or not title
        or any(section.sort in MEDICINE_LISTS | {PAST} for section in sections)
    ):
        return None
    of_reports = [section for section in sections if plain(section.heading) in words("of_reports")]
    if len(of_reports) < _FEWEST_HEADINGS:
        return None
    signed_by = _signed_by(sections)
    item = _without_signature(conclusion, signed_by)
    fields = {
        "title": title,
        "category": category,
        "conclusion": item.text,
        "happened": _day(sections),
        "performer": signed_by,
        "place": _place(sections),
    }
    filled = {name: text for name, text in fields.items() if text}
    return LetterProposal("DiagnosticReport", filled, item.text, item.place, conclusion.heading)


def _without_signature(section: Section, signed_by: str) -> Item:
    """The section's words without the line in which its author signs."""
    names = set(signed_by.split())
    lines = {token.line for token in section.tokens}
    signed = {
        line for line in lines if names and names <= {token.text for token in section.tokens if token.line == line}
    }
    return Item(tuple(token for token in section.tokens if token.line not in signed) or tuple(section.tokens))


def _conclusion(sections: Sequence[Section]) -> Section | None:
    """The last impression; where there is none, the diagnosis of a pathologist."""
    for sort in (IMPRESSION, DIAGNOSES):
        there = [section for section in _with_parts(sections) if section.sort == sort and section.tokens]
        if there:
            return there[-1]
    return None


def _with_parts(sections: Sequence[Section]) -> list[Section]:
    """The sections; one that is parted by headings of its own, as `Skin, left forearm:` below `Diagnosis:`, whole."""
    whole: list[Section] = []
    for section in sections:
        before = whole[-1] if whole else None
        is_part = section.sort == OTHER and section.tokens and plain(section.heading) not in headings()
        if before is not None and is_part and before.sort == DIAGNOSES and not _SIGNED.fullmatch(section.heading):
            whole[-1] = Section(before.sort, before.heading, [*before.tokens, *section.tokens])
        else:
            whole.append(section)
    return whole


def _examination(sections: Sequence[Section]) -> tuple[str, str]:
    """What was examined, as the head says it, and which group of reports it belongs to."""
    for line in _head(sections):
        if len(line.split()) > _MOST_IN_A_TITLE or any_of("hospitals").search(line):
            continue
        for category in ("pathology", "imaging"):
            if any_of(category).search(line):
                ends = any_of("title_ends").search(line)
                return (line[: ends.start()] if ends and ends.start() else line).strip(" .:"), category
    return "", ""


def _head(sections: Sequence[Section]) -> list[str]:
    """The lines and headings that the report begins with."""
    lines: list[str] = []
    for section in sections[:_HEAD_SECTIONS]:
        lines += [section.heading] if section.heading else []
        if section.sort in (TEXT, OTHER):
            lines += _lines(section)
    return [line for line in lines if line]


def _lines(section: Section) -> list[str]:
    numbers = sorted({token.line for token in section.tokens})
    return [" ".join(token.text for token in section.tokens if token.line == number) for number in numbers]


def _day(sections: Sequence[Section]) -> str:
    """The day of the examination, where its label says so and the day has one reading; birthdays are none."""
    for section in sections[:_HEAD_SECTIONS]:
        label = section.heading if any_of("examined_on").search(section.heading) else ""
        for line in _lines(section):
            if any_of("born").search(section.heading) or not (label or any_of("examined_on").search(line)):
                continue
            for match in re.finditer(DATE, line):
                if any_of("born").search(line[: match.start()]):
                    continue
                readings = readings_of(match[0])
                if len(readings) == 1:
                    return readings[0].text
    return ""


def _signed_by(sections: Sequence[Section]) -> str:
    """Who signs at the end."""
    for section in reversed(sections[-3:]):
        for line in reversed([section.heading, *_lines(section)]):
            bare = without_label_of_signer(line)
            if len(bare.split()) <= _NAME_WORDS and _SIGNED.fullmatch(bare):
                return bare.strip(" .,")
    return ""


def _place(sections: Sequence[Section]) -> str:
    """The hospital or practice in the first lines."""
    for line in _head(sections)[:5]:
        if any_of("hospitals").search(line) and len(line.split()) <= _MOST_IN_A_TITLE and ":" not in line:
            return line.strip(" .,")
    return ""
