"""What a document is called and when it was written, by its own first page, its file's name, or its camera.

What programs write into a PDF as its title (“untitled”, “Microsoft Word - Document1”) names no document.
"""

import re
from collections.abc import Sequence
from itertools import islice, takewhile
from pathlib import PurePath

from organizer.base import pictures
from organizer.base.apart.ask import ask
from organizer.base.dates import PartialDate
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.base.written_dates import DATE, order_of, readings_of
from organizer.health.named_patient import without_births


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


_EXIF, _TAKEN = 0x8769, 0x9003
"""EXIF's own directory and DateTimeOriginal in it (CIPA DC-008, 4.6.5 table 8; looked up 2026-11-29)."""
_HEAD_LINES, _HEAD_LETTERS = 25, 6000
_MOST_WORDS = 9
_AN_ACRONYM = 5  # letters
_KINDS_OF_PAPER = {
    "en": "report summary letter note result results prescription referral certificate plan consult consultation "
    "record history invoice discharge operation operative pathology radiology urinalysis panel questionnaire consent",
    "de": "befund bericht brief medikationsplan rezept schein pass überweisung bescheinigung verordnung",
    "es": "informe analítica análisis resultado resultados receta certificado volante alta",
    "fr": "compte-rendu ordonnance résultat résultats analyses certificat courrier lettre bilan",
}
_GERMAN_ENDS = ("befund", "bericht", "brief", "schein", "pass")  # Kumulativbefund, Arztbrief
_NO_HEADING = re.compile(
    r"[:@|;]|\d{5}|https?|www\.|\b(?:units?|reference|range|flag|einheit(?:en)?|referenzbereich|referenz|unidades|"
    r"referencia|unités?|référence|normal values|patient report|page \d)\b|\b(?:gmbh|inc|llc|ltd|laboratories)\b",
    re.IGNORECASE,
)
"""Addresses, firms, and the heads of tables."""
_PARTS_OF_LETTERS = _words("plan summary history note notes result results record consult resultado resultados bilan")
"""Words that head a paragraph of a letter as often as a paper: alone they name none."""
_FIRMS = _words(
    """associates centre center clinic clinics consultants department group hospital institute partners physicians
    practice services specialists abteilung institut klinik klinikum praxis zentrum centro clínica hospitales servicio
    cabinet centre clinique hôpital laboratoire laboratorio labor service"""
)
"""What a letterhead ends with: `Riverside Pathology Consultants` is whose paper it is, not what it is."""
_HOUSES = _words("hospital hôpital klinikum krankenhaus chu surgery infirmary")
"""What letterheads have at their beginning too."""
_SAY_NOTHING = _words(
    """untitled unbenannt title document dokument documento spreadsheet anonymous unspecified report patient scan
    scanned print printout image img picture letter template slide microsoft word excel powerpoint crystal reports page
    full photo sin título sans titre foto bild file pdf"""
)
"""What programs call a document that nobody named."""
_OF_CAMERAS = _words(
    """img dsc dscf dscn pxl photo foto image bild scan scanned document doc file dokument whatsapp screenshot
    bildschirmfoto signal pic pict p cam mvimg at am pm wa t z"""
)
_DATED_BY = (
    *("date", "dated", "datum", "date of report", "date of letter", "date of issue", "report date", "date reported"),
    *("reported", "reported on", "letter date", "befunddatum", "berichtsdatum", "erstellt", "erstellt am"),
    *("ausgedruckt am", "ausgestellt am", "fecha", "fecha informe", "fecha del informe", "fecha de emisión"),
    *("date du compte-rendu", "date du compte rendu", "date du courrier", "date du rapport", "édité le", "fait le"),
)
_OF_THE_PAPER = re.compile(rf"\b(?:{'|'.join(_DATED_BY)})\s*:?\s*$", re.IGNORECASE)
_OF = r"(?:vom|von|of|from|on|del?|du|le|am)"
_DAY_BEHIND = re.compile(rf"(?:[\s,–-]+(?:{'|'.join(_DATED_BY)}|{_OF})\s*:?)?\s+{DATE}.*$", re.IGNORECASE)
_GREETING = re.compile(r"(?:dear|sehr geehrte|guten tag|estimad[oa]|cher|chère)\b", re.IGNORECASE)
_LETTERHEAD = 4  # lines
_PLACE = re.compile(
    r"(?:[^\W\d_][\w .'’-]{1,30},\s*(?:den|le|a|the|am)?\s*|den\s+|le\s+|[^\W\d_]+day,?\s*)?", re.IGNORECASE
)
_RULED = re.compile(r"[-=_]{3,}\s*\w.*?\s*[-=_]{3,}")
_PACKED_DAY = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")


def title_of(page: str, printed: str, file_name: str) -> str:
    """A document's title: its printed title where that says something, the heading of its page, or its file's name.

    `printed` is what the file calls itself. A camera's or scanner's number is the last resort.
    """
    stem = PurePath(file_name).stem
    named = "" if _words(stem) <= _OF_CAMERAS else stem
    words = "" if _words(printed) <= _SAY_NOTHING or _is_a_files_name(printed) else printed.strip()
    return words or heading_on(page) or named or stem


def _is_a_files_name(printed: str) -> bool:
    """`Letter.docx`, or what a word processor makes of it: `Microsoft Word - Letter.docx`."""
    return printed.startswith("Microsoft ") or PurePath(printed.strip()).suffix[1:].isalnum()


def _names_a_kind(line: str) -> bool:
    plain = line.casefold().replace("compte rendu", "compte-rendu")
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", plain)
    kinds = set(" ".join(_KINDS_OF_PAPER.values()).split())
    return any(word in kinds or word.endswith(_GERMAN_ENDS) for word in words)


def heading_on(page: str) -> str:
    """The first line of a page that says what sort of paper it is, as printed; "" where none does so plainly."""
    lines = _head_of(page)
    for line in map(_without_day, lines):
        words = line.split()
        if not words:
            continue
        if len(words) > _MOST_WORDS or not line[:1].isupper() or _NO_HEADING.search(line) or line.endswith((".", ",")):
            continue
        if _words(line) <= _PARTS_OF_LETTERS or words[-1].casefold() in _FIRMS:
            continue
        if _names_a_kind(line) and sum(word[:1].isalpha() for word in words) == len(words):
            return line.title() if line.upper() == line and len(line) > _AN_ACRONYM else line
    return _letter_from(lines)


def _head_of(page: str) -> list[str]:
    """The first lines of a page, without blank ones, up to a heading between rules (`---- VA ALLERGIES ----`).

    Below it stands a part: its name and its days are not those of the whole.
    """
    lines = filter(None, map(str.strip, page[:_HEAD_LETTERS].splitlines()))
    return list(islice(takewhile(lambda line: not _RULED.fullmatch(line), lines), _HEAD_LINES))


def _without_day(line: str) -> str:
    """`Rezept   Datum: 05.03.2026` is a prescription."""
    return _DAY_BEHIND.sub("", line).strip(" ,:–-")


def _letter_from(lines: Sequence[str]) -> str:
    """`Letter from Riverside Cardiology Associates`, where a greeting says that it is one."""
    firms = [line for line in lines[:_LETTERHEAD] if _words(line.split()[-1]) & _FIRMS or _words(line) & _HOUSES]
    is_letter = any(_GREETING.match(line) for line in lines)
    place = next((line for line in firms if len(line.split()) <= _MOST_WORDS and ":" not in line), "")
    return _("Letter from {place}").format(place=place.strip(" ,.")) if is_letter and place else ""


def day_on(page: str) -> PartialDate | None:
    """The day that a page's head gives itself: by a label, behind its heading (`Arztbrief vom 20.10.2026`), or as a
    line of a letter that is nothing but place and day.

    None where it gives none, several, or one that may be two.
    """
    head = "\n".join(_head_of(page))
    order = order_of(re.findall(DATE, head))
    head = without_births(head)
    heading = heading_on(page).casefold()
    days = set()
    for match in re.finditer(DATE, head):
        before = head[: match.start()].rpartition("\n")[2]
        after = head[match.end() :].partition("\n")[0]
        if _dates_its_paper(before, match[0], after, heading):
            days.add(readings_of(match[0], order))
    readings = days.pop() if len(days) == 1 else ()
    return readings[0] if len(readings) == 1 and len(readings[0].text) >= 10 else None


def _dates_its_paper(before: str, day: str, after: str, heading: str) -> bool:
    """Whether a day is that of its paper, by what stands before and behind it in its line."""
    if _OF_THE_PAPER.search(before):
        return True
    if after.strip(" .,"):
        return False
    # Of a stretch of time (`12.10.2026 bis 20.10.2026`) neither end is the paper's day.
    is_headed = re.search(DATE, before) is None and _without_day(f"{before}{day}").casefold() == heading
    return _PLACE.fullmatch(before) is not None or (bool(heading) and is_headed)


def day_in_name(file_name: str) -> PartialDate | None:
    """The one day that a file's name holds (`2025-03-05`, `18.06.2025`, `IMG_20250305_101500`); two say nothing."""
    stem = PurePath(file_name).stem
    spaced = re.sub(r"(?<=\d)_(?=\d)", "-", stem).replace("_", " ")
    printed = [match[0] for match in re.finditer(DATE, spaced)] or _PACKED_DAY.findall(stem)
    days = {readings_of(text) for text in printed} - {()}
    readings = days.pop() if len(days) == 1 else ()
    return readings[0] if len(readings) == 1 else None


def day_of_picture(data: bytes, media_type: str) -> PartialDate | None:
    """The day on which a camera took a picture (EXIF DateTimeOriginal); None where it tells none."""
    if not media_type.startswith("image/"):
        return None
    try:
        taken = str(ask(_taken_here, data).content)
    except UnreadableSourceError:
        return None
    day = taken[:10].replace(":", "-")
    readings = readings_of(day) if re.fullmatch(r"(?:19|20)\d{2}-\d{2}-\d{2}", day) else ()
    return readings[0] if len(readings) == 1 else None


def _taken_here(data: bytes, _progress: Progress) -> str:
    """What the camera noted, in the process that reads foreign files; "" where nothing can be read of it."""
    try:
        with pictures.opened(data) as picture:
            return str(picture.getexif().get_ifd(_EXIF).get(_TAKEN, ""))
    except pictures.PictureError:
        return ""
