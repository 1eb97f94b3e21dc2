"""Whom a page names as its patient: by a label (“Patient:”, “Re:”, “Paciente:”), or beside a date of birth.

Letters and reports are read in English, German, Spanish and French. What is no plain name names nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import combining, normalize

from organizer.base.dates import PartialDate
from organizer.base.written_dates import DATE, order_of, readings_of

_HEAD_LINES, _HEAD_LETTERS = 60, 6000
"""Whose a paper is stands in its head; further down are other people: senders, relatives, contacts."""
_MOST_WORDS = 7
_LINES_ABOVE = 3


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_COLON = r"\s*[:：]\s*"
_PATIENT = re.compile(
    r"\b(?:(?:name (?:of (?:the )?|des |der )|nom du |nombre del? (?:la )?)?"
    r"(?:patient(?:in|en|e)?(?:/-?in|\(in\)|\(e\)| / patientin)?|paciente|paziente)(?:['’]s)?(?:[ -]?name)?"
    rf"|patientenname|pt\.?(?: name)?|medikationsplan für){_COLON}",
    re.IGNORECASE,
)
_PATIENT_ALONE = re.compile(
    r"^(?:patient(?:in)?|patient name|patientenname|name of patient|paciente|nom du patient|nombre del paciente)$",
    re.IGNORECASE | re.MULTILINE,
)
_ABOUT = re.compile(
    rf"^(?:re|ref|réf|betr(?:eff)?\.?|betrifft|asunto|objet|concerne|concerning){_COLON}", re.IGNORECASE | re.MULTILINE
)
_FOR = re.compile(rf"^(?:für|fuer|for|para|pour){_COLON}", re.IGNORECASE | re.MULTILINE)
"""For whom a plan or a prescription is, beside a date of birth: alone it may be for a doctor."""
_WHOLE_NAME = re.compile(
    r"(?:(?<![^\W\d_])(?<![^\W\d_] )(?:full |legal )?name|name, ?vorname|nachname, ?vorname|"
    r"noms? ?(?:et|,|/) ?pr[ée]noms?|"
    r"nombres? y apellidos?|apellidos? ?(?:y|,) ?nombres?|cognome e nome|"
    rf"(?<![^\W\d_])(?<![^\W\d_] )nom(?:bre)?){_COLON}",
    re.IGNORECASE,
)
_SURNAME = re.compile(
    r"\b(?:last ?name|surname|family name|nachname|familienname|name|apellidos?|nom(?: de famille| de naissance)?|"
    rf"cognome){_COLON}",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    rf"\b(?:first ?names?|given names?|forenames?|vornamen?|pr[ée]noms?|nombres?|nome){_COLON}", re.IGNORECASE
)
_BORN = re.compile(
    r"(?:\bd\.? ?o\.? ?b\.?|\bdate of birth|\bbirth ?date|\bborn(?: on)?|"
    r"\bgeb(?:oren|\.)?(?:[ -]?(?:am|dat(?:um)?\.?))?|"
    r"\bgeburts(?:datum|tag)|\bn[ée](?:e|\(e\))?\s+le|\b(?:date de )?naissance|\bddn|"
    r"\bf(?:echa|\.)? ?(?:de )?nac(?:imiento|\.)?|\bnacimiento|\bnacid[oa](?:\(a\))?(?: el)?|"
    rf"\bdata di nascita|\bnat[oa] il|\*)\s*[:.]?\s*(?P<day>{DATE})",
    re.IGNORECASE,
)
_HONORIFICS = _words("mr mrs ms miss dr prof herr herrn frau sr sra srta don dona d da m mme mlle madame monsieur med")
_PARTICLES = _words("von van der den de del della di du da la le los las bin al el y zu zum zur ten ter")
_NO_NAMES = _words(
    """a about account accession address admission admitted adresse age alter anonymous anschrift appointment arzt
    arztbrief auftrag befund bericht betreff bill billing birth blood born cita client clinic clinical collected
    colleague compte consent consultation contact copy country ct culture date dated datum dear department diagnosis
    direccion discharge discharged discussion doctor dob dossier edad education einsender einwilligung email encounter
    entlassung episodio ergebnis expediente f family fasting fax fecha female femenino feminin final first followup
    for from fur geb geboren geburtsdatum geehrte gender genero geschl geschlecht given hausarzt her his historia
    history home hospital id identification info information informe ihr ihre imaging instructions insurance invoice
    kasse klinik krankenhaus lab labor laboratory last letter male masculin masculino mailing med medecin medical
    medication medications medico member middle mri mrn msg na nacimiento nachname naissance name nhc nhs no nom nombre
    none note notes nr number of office on order ordering our page pathology patient patienten patienteninformation
    patientin phone physician plan portal praxis prenom prescripteur prescription primary printed procedure provider
    radiology received record records reference referral referred referring rendu report reported request requisition
    result results resultados resultats room sample scan sehr seite sex sexe sexo signature solicitado specimen
    ssn station status street study subject summary surgery surname tel telefon telefono termin test tests the this to
    ultrasound unknown untersuchung update urine versicherung visit vorname ward weight your zip
    abdominal acute back biopsy breast cancer cardiac care chest chronic colonoscopy covid diabetes disease endoscopy
    exercise eye foot fracture hand head heart hip hypertension infection injection injury kidney knee liver lung
    mammogram migraine pain physiotherapy screening shoulder skin syndrome tablets therapy treatment vaccination
    vaccine capsules tablet mg"""
)


@dataclass(frozen=True, slots=True)
class NamedPatient:
    """`name` as people write it (given name first), "" where the page names nobody; `born` holds the days that the
    printed date of birth can mean: none, one, or two for `04/03/1951`."""

    name: str = ""
    born: tuple[PartialDate, ...] = ()

    def spoken(self) -> str:
        """Name, or the day of birth where a page names no more."""
        return self.name or " / ".join(day.spoken() for day in self.born)


def patient_on(page: str) -> NamedPatient:
    """The patient whom a page's text names; nobody where it names none plainly."""
    lines = [line.strip() for line in page[:_HEAD_LETTERS].splitlines() if line.strip()][:_HEAD_LINES]
    head = "\n".join(lines)
    born = _BORN.search(head)
    days = readings_of(born["day"], order_of(re.findall(DATE, head))) if born else ()
    name = next((name for name in _names(head, born) if name), "")
    return NamedPatient(name, tuple(day for day in days if len(day.text) >= 10))


def without_births(text: str) -> str:
    """A text without its dates of birth, labels and all."""
    return _BORN.sub("", text)


def _names(head: str, born: re.Match[str] | None) -> Iterator[str]:
    """The names that a head may name its patient by, the surest first."""
    alone = born is not None
    yield from (_name_at(head, match.end(), alone) for match in _PATIENT.finditer(head))
    yield from (_name_at(head, match.end(), alone) for match in _PATIENT_ALONE.finditer(head))
    yield _in_two_fields(head)
    if born is not None:
        yield from (_name_at(head, match.end(), alone) for match in _FOR.finditer(head))
    yield from (_name_at(head, match.end(), alone) for match in _ABOUT.finditer(head))
    if born is not None:
        in_french = born[0].casefold().startswith(("né", "ne"))
        yield _before(head[: born.start()].rpartition("\n")[2], in_french)
    yield from (_name_at(head, match.end(), False) for match in _WHOLE_NAME.finditer(head))
    if born is not None:
        yield _above(head[: born.start()].split("\n"))


def _name_at(head: str, start: int, alone: bool) -> str:
    """The name behind a label, in its line or in the next; a single word only beside a date of birth or a title."""
    line, _end, rest = head[start:].partition("\n")
    text = line if line.strip() else rest.partition("\n")[0]
    born = _BORN.search(text)
    text = text[: born.start()] if born else text  # `MARTA F. Nacimiento: 03/11/1980`: no middle initial
    words, titled, _whole = _leading(text)
    return _spoken(words) if len(words) > 1 or (words and (alone or titled)) else ""


def _in_two_fields(head: str) -> str:
    given, surname = _GIVEN.search(head), _SURNAME.search(head)
    if given is None or surname is None:
        return ""
    first, last = (_leading(head[match.end() :].partition("\n")[0])[0] for match in (given, surname))
    return _spoken([*first, *last]) if first and last else ""


def _before(text: str, in_french: bool = False) -> str:
    """The name at the end of what stands before a birth date: `for Mr John Smith, `; before `né le` M. is Monsieur."""
    words: list[str] = []
    for printed in reversed(text.rstrip(" ,;(-–|").split()):
        bare = printed.rstrip(",;")
        is_monsieur = in_french and bare == "M." and bool(words)
        if is_monsieur or (_plain(bare) in _HONORIFICS and not _is_initial(bare)):
            return _spoken(_trimmed(words)) if words else ""
        if printed.endswith((":", ".")) and not _is_initial(bare):
            break
        if not (_is_of_a_name(bare) or bare in _PARTICLES) or len(words) == _MOST_WORDS:
            break
        words.insert(0, printed.rstrip(";"))
    words = _trimmed(words)
    return _spoken(words) if len(words) > 1 else ""


def _above(lines: list[str]) -> str:
    """`MOORE, HANNAH R` near above a date of birth; or a whole line that is nothing but a name, just above it."""
    for distance, line in enumerate(reversed(lines[-1 - _LINES_ABOVE : -1] if lines else [])):
        words, _titled, whole = _leading(line)
        comma = any(word.endswith(",") for word in words[:-1])
        if len(words) > 1 and (comma or (whole and distance == 0)):
            return _spoken(words)
    return ""


def _leading(text: str) -> tuple[list[str], bool, bool]:
    """The words of a name that a text begins with; whether a title stood before them; whether the text is no more."""
    words: list[str] = []
    titled = False
    for printed in text.split():
        bare = printed.rstrip(",;")
        if _plain(bare) in _HONORIFICS and (not words or bare.endswith(".")) and not (words and _is_initial(bare)):
            titled = True
            continue
        if not (bare in _PARTICLES or _is_of_a_name(bare)) or len(words) == _MOST_WORDS:
            return _trimmed(words), titled, False
        words.append(printed.rstrip(";"))
        if printed.endswith(";") or sum(word.endswith(",") for word in words) > 1:
            return _trimmed(words), titled, False
    return _trimmed(words), titled, True


def _trimmed(words: list[str]) -> list[str]:
    """Without a particle at the end, and without words before the last that are none of a name."""
    while words and words[-1].rstrip(",") in _PARTICLES:
        words = words[:-1]
    return words if any(len(_plain(word)) > 1 and word.rstrip(",") not in _PARTICLES for word in words) else []


def _is_of_a_name(word: str) -> bool:
    letters = word.rstrip(".")
    if not letters[:1].isupper() or not all(sign.isalpha() or sign in "-'’." for sign in letters):
        return False
    return _is_initial(word) or (_plain(word) not in _NO_NAMES and not word.endswith("."))


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".,")) == 1


def _plain(word: str) -> str:
    """Without case, accents, point and hyphens."""
    letters = normalize("NFKD", word.casefold())
    return "".join(sign for sign in letters if not combining(sign) and sign not in ".-,'’")


def _spoken(words: list[str]) -> str:
    """Given name first and not in capitals: `RUIZ PEÑA, MARTA` → `Marta Ruiz Peña`."""
    name = " ".join(words).strip(" ,")
    surname, comma, given = name.partition(",")
    name = f"{given.strip()} {surname.strip()}" if comma else name
    return name.title() if name.upper() == name else name
