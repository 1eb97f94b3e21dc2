"""The German medication plan's DataMatrix: medicines with doses, reasons and allergies, as its writer coded them.

“Ultrakurzformat” of the Bundeseinheitlicher Medikationsplan (§ 31a SGB V, Anlage 3 of the agreement of KBV, BÄK and
ABDA, version 2.x; units: KBV's table BMP_DOSIEREINHEIT 1.01; both looked up 2026-11-29). A medicine often stands in the
code by its number alone (PZN): its name is taken from the printed table where that has the same doses row by row.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from lxml import etree

from organizer.base.i18n import _
from organizer.base.numbers import readings_of
from organizer.base.written_dates import date_of
from organizer.importing.core.format import Draft, Reading, Skipped
from organizer.model.entry import Coding, Entry, Json, Source, without_empty

PZN = "http://fhir.de/CodeSystem/ifa/pzn"
_TIMES = ("m", "d", "v", "h")  # morning, noon, evening, night
_UNITS = {
    "#": "Messlöffel", "0": "Messbecher", "1": "Stück", "2": "Pkg.", "3": "Flasche", "4": "Beutel", "5": "Hub",
    "6": "Tropfen", "7": "Teelöffel", "8": "Esslöffel", "9": "E", "a": "Tasse", "b": "Applikatorfüllung",
    "c": "Augenbadewanne", "d": "Dosierbriefchen", "e": "Dosierpipette", "f": "Dosierspritze", "g": "Einzeldosis",
    "h": "Glas", "i": "Likörglas", "j": "Messkappe", "k": "Messschale", "l": "Mio E", "m": "Mio IE",
    "n": "Pipettenteilstrich", "o": "Sprühstoß", "p": "IE", "q": "cm", "r": "l", "s": "ml", "t": "g",
    "u": "kg", "v": "mg",
}  # fmt: skip
_NONE = re.compile(r"\s*(?:keine?\b.*|nicht bekannt.*|unbekannt.*|-*)\s*", re.IGNORECASE)
_DOSE = r"(?:\d+(?:[.,]\d+)?)"
_ROW = re.compile(rf"(?P<name>\S.*?)\s+(?P<doses>{_DOSE}(?:\s+{_DOSE}){{3}})(?:\s|$)")


def is_plan(code: str) -> bool:
    """True for the text of a medication plan's code."""
    return re.match(r"\s*(?:<\?xml[^>]*\?>\s*)?<MP\s", code) is not None


def read_plans(codes: Sequence[str], page_text: str) -> Reading:
    """The medicines and allergies of a plan's codes (one a page); `page_text` are the printed words, if known."""
    reading = Reading()
    roots = [root for root in map(_parsed, codes) if root is not None]
    if len(roots) < len(codes):
        reading.warnings.append(_("The code of the medication plan is damaged; it was kept as a document."))
    names = _printed_names(list(chain.from_iterable(root.iter("M") for root in roots)), page_text)
    number = 0
    for root in roots:
        name, days = _patient(root.find("P"))
        for entry in _entries(root, reading, names, number):
            reading.drafts.append(Draft(entry, patient_name=name, patient_born=days))
        number += len(list(root.iter("M")))
    return reading


def _patient(patient: etree._Element | None) -> tuple[str, tuple[str, ...]]:
    """Whose plan it is: name and birth date."""
    if patient is None:
        return "", ()
    born = date_of(patient.get("b", ""))
    days = (born.text,) if born is not None and len(born.text) == len("1951-04-02") else ()
    return " ".join(filter(None, (patient.get("g", ""), patient.get("f", "")))), days


def _parsed(code: str) -> etree._Element | None:
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", code)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(bare.encode(), parser)
    except etree.XMLSyntaxError:
        return None


def _entries(root: etree._Element, reading: Reading, names: Sequence[str], first: int) -> Iterator[Entry]:
    plan = root.get("U", "")
    author = root.find("A")
    for place, medicine in enumerate(root.iter("M")):
        section = medicine.getparent()
        title = "" if section is None else section.get("t", "")
        yield _medicine(medicine, names[first + place], title, author, f"bmp:{plan}:{first + place}")
    for line in root.iter("X", "R"):
        reading.skipped.append(Skipped("page=1", _("line of the medication plan"), line.get("t", "")))
    observations = root.find("O")
    if observations is not None:
        yield from _allergies(observations.get("ai", ""), plan)


def _allergies(text: str, plan: str) -> Iterator[Entry]:
    """One for each substance; “keine bekannt” is none."""
    substances = [] if _NONE.fullmatch(text) else re.split(r"\s*[,;]\s*", text.strip(" ,;"))
    for place, substance in enumerate(substances):
        source = Source(locator="page=1", identifier=f"bmp:{plan}:allergy:{place}")
        yield Entry("AllergyIntolerance", substance, sources=(source,))


def _medicine(
    medicine: etree._Element, printed: str, section: str, author: etree._Element | None, identifier: str
) -> Entry:
    pzn = medicine.get("p", "").strip()
    ingredients = [
        " ".join(filter(None, (element.get("w", ""), element.get("s", "")))) for element in medicine.iter("W")
    ]
    title = medicine.get("a", "").strip() or " / ".join(ingredients) or printed
    title = title or _("Medicine with the German number (PZN) {number}").format(number=pzn or "–")
    notes = [medicine.get("i", ""), medicine.get("x", ""), section]
    if author is not None and author.get("t"):
        notes.append(_("On the medication plan of {day}.").format(day=author.get("t", "")[:10]))
    data: dict[str, Json] = {
        **_dosage(medicine),
        "reason": medicine.get("r", ""),
        "ingredient": " / ".join(ingredients),
        "note": "\n".join(filter(None, notes)),
    }
    codes = (Coding(PZN, pzn.zfill(8)),) if pzn.isdigit() else ()
    source = Source(locator="page=1", identifier=identifier)
    return Entry("MedicationStatement", title, codes=codes, data=without_empty(data), sources=(source,))


def _dosage(medicine: etree._Element) -> dict[str, Json]:
    """`1-0-0-1` as Germans write it, with the dose where each is the same; free words where these stand instead."""
    unit = _UNITS.get(medicine.get("du", ""), "") or medicine.get("dud", "")
    if medicine.get("t"):
        return {"frequency": medicine.get("t", "")}
    doses = [medicine.get(time) or "0" for time in _TIMES]
    taken = set(doses) - {"0"}
    if not taken:
        return {}
    scheme = "-".join(doses)
    if len(taken) > 1:
        return {"frequency": f"{scheme} {unit}".strip()}
    return {"dose": f"{taken.pop()} {unit}".strip(), "frequency": scheme}


def _printed_names(medicines: Sequence[etree._Element], page_text: str) -> list[str]:
    """The names of the printed table's rows, where these are as many as the code's and have the same doses in order."""
    rows = list(filter(None, map(_ROW.match, page_text.splitlines())))
    printed = [_doses(match["doses"].split()) for match in rows]
    coded = [_doses(medicine.get(time) or "0" for time in _TIMES) for medicine in medicines]
    if printed != coded:
        return [""] * len(medicines)
    return [match["name"].strip() for match in rows]


def _doses(written: Iterable[str]) -> list[tuple[str, ...]]:
    """What each dose may mean, as Germans write numbers."""
    return [readings_of(dose, ",") for dose in written]
