"""From the words of a letter's pages to proposals: lists under headings, then what running text says of the person."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

from organizer.base.i18n import _, marked, ngettext
from organizer.base.written_dates import DATE
from organizer.health.absence import Says, absence_in
from organizer.health.medicine_names import is_a_medicine, names_a_medicine
from organizer.health.vocabulary import mentions_in
from organizer.health.vocabulary.concepts import illness_concepts
from organizer.importing.lab_reports.lines import cells_of, lines_of, text_of
from organizer.importing.letters.allergies import allergy_in
from organizer.importing.letters.author import author_of, with_author
from organizer.importing.letters.cards import appointments_in, vaccinations_in
from organizer.importing.letters.headings import sort_of
from organizer.importing.letters.items import (
    TICKED,
    UNTICKED,
    is_marked,
    is_sentence,
    items_of,
    paragraphs_in,
    part_of,
    sentences_in,
)
from organizer.importing.letters.listed_medicines import read_medicine
from organizer.importing.letters.medicines import Medicine, medicine_in
from organizer.importing.letters.model import LetterProposal, LetterReading
from organizer.importing.letters.paragraphs import Item, with_colons
from organizer.importing.letters.phrases import (
    ALLERGIES,
    DIAGNOSES,
    FAMILY,
    IMPRESSION,
    MEDICINE_LISTS,
    OTHER,
    PAST,
    PLAN,
    PROCEDURES,
    TEXT,
    TREATMENT,
    VACCINATIONS,
    any_of,
    at_start,
    either,
    plain,
    words,
)
from organizer.importing.letters.proposals import none_known, proposal_of
from organizer.importing.letters.prose import (
    EARLIER,
    IN_TEXT,
    allergies_in,
    denials_in_words,
    diagnoses_in,
    illnesses_in,
    is_a_template,
    medicines_in,
)
from organizer.importing.letters.reports import report_of
from organizer.importing.letters.sections import Section, is_farewell, is_signature, sections_of
from organizer.importing.letters.statements import (
    DATED,
    DENIED,
    statement_in,
)
from organizer.importing.letters.strengths import STRENGTH, how_often
from organizer.importing.page_text.words_on_page import PageWords
from organizer.model.statuses import Status, Verification

_UNSURE = marked("The letter only suspects it.")
_MOST_IN_A_NAME = 14
"""Words of an item of a list: what is longer is running text, and read as such."""
_MOST_IN_A_FINDING = 6
_MOST_IN_AN_ASSESSMENT = 7
_MOST_IN_AN_ALLERGY = 4
_LINE_OF_AN_EM, _COLUMNS = 1.2, 3
"""Height of a line of words in ems, and cells from which a line is a row of a table."""
_LONGEST_PLAN = 160  # letters
_MEASURED = re.compile(r"\d\s?/\s?\d|\d\s?(?:mg|ml|g|mmol|mmHg)\b")
"""What a finding is told by, and the name of no illness."""
_PLACE_AND_DAY = re.compile(rf"[^\W\d_]+,? (?:den |le |a )?{DATE}\S*")


def read_letter(pages: Sequence[PageWords]) -> LetterReading:
    """What a letter proposes, in the order of its pages; each once, a list's before running text's."""
    lines = [lines_of(with_colons(page)) for page in pages]
    reading = LetterReading(author=author_of(lines))
    sections = sections_of(lines)
    report = report_of(sections)
    if report is not None:
        reading.proposals.append(report)
        return reading
    sections = [section for section in sections if section.tokens]
    prose: list[tuple[str, Item]] = []
    for section in sections:
        if section is sections[0] and not section.heading and len(sections) > 1:
            continue  # the letterhead
        prose += [(section.sort, item) for item in _read_section(section, reading)]
    reading.proposals = _each_once(reading.proposals, reading.left_out)
    _drop_none_beside_some(reading)
    known = _concepts(reading.proposals)
    titles = {known.title.casefold() for known in reading.proposals}
    for sort, item in prose:
        if is_a_template(item):
            continue
        if sort != PLAN:
            reading.proposals += illnesses_in(item, known, reading.left_out)
            reading.proposals += diagnoses_in(item, titles)
        _add_unknown(medicines_in(item), reading)
        _add_unknown(allergies_in(item), reading)
        reading.proposals += appointments_in(item, "")
    reading.proposals = list(with_author(reading.proposals, reading.author, lines))
    reading.proposals.sort(key=lambda proposal: (proposal.place.page, proposal.place.y0))
    return reading


def _read_section(section: Section, reading: LetterReading) -> list[Item]:
    """Reads a list's items; gives what of the section is running text."""
    if section.sort == OTHER:
        return []
    if section.sort == FAMILY:
        reading.left_out += [denials_in_words("family", item.text) for item in paragraphs_in(section)]
        return []
    if section.sort == VACCINATIONS:
        reading.proposals += vaccinations_in(section, paragraphs_in(section))
        return []
    if section.sort == TEXT:
        return paragraphs_in(section)
    if section.sort == PLAN:
        return [item for item in paragraphs_in(section) if _read_plan(section, item, reading)]
    if section.sort == IMPRESSION:
        return [item for item in paragraphs_in(section) if _read_impression(section, item, reading)]
    listed = list(_ticked(items_of(section), reading))
    if section.sort == DIAGNOSES:
        listed = _without_findings(section, listed, reading)
    strays = [item for item in listed if _is_a_stray(section, item)]
    unread = [item for item in listed if item not in strays and _read_item(section, item, reading)]
    return [*unread, *strays]


def _is_a_stray(section: Section, item: Item) -> bool:
    """Whether a line stands below a list that stood beside its heading, and is not of its sort.

    `Allergies: penicillin` ends with its line, unless what follows is an allergy too.
    """
    first, token = section.tokens[0], item.tokens[0]
    is_beside = section.heading != "" and not first.begins
    is_below = token.starts and token.line > first.line
    if not (is_beside and is_below) or is_marked(item, section.tokens):
        return False
    return not _is_of_its_sort(section.sort, item.text)


def _is_of_its_sort(sort: str, text: str) -> bool:
    """Whether words by themselves name what a list of this sort lists."""
    if sort in (DIAGNOSES, PAST):
        return bool(mentions_in(text, illness_concepts(), contexts=False))
    if sort == PROCEDURES:
        return any_of("operations").search(text) is not None
    is_taken = _is_taken(text)
    if sort == ALLERGIES:
        is_measured = is_taken or _MEASURED.search(text) is not None
        return (names_a_medicine(text) or any_of("allergens").search(text) is not None) and not is_measured
    return names_a_medicine(text) or is_taken


def _ticked(items: Iterable[Item], reading: LetterReading) -> Iterator[Item]:
    """The items of a form whose box is ticked, without it, and those that have none."""
    for item in items:
        box = item.tokens[0].text
        if box in UNTICKED:
            words = item.text[len(box) :].strip()
            reading.left_out.append(_("The box of “{words}” isn’t ticked").format(words=words))
        elif box not in TICKED:
            yield item
        elif len(item.tokens) > 1:
            yield Item(item.tokens[1:])


def _without_findings(section: Section, items: Sequence[Item], reading: LetterReading) -> list[Item]:
    """The diagnoses of a list; what stands below without a mark, in many words or behind a list that was read already,
    and names no illness, is what an examination has shown."""
    is_second = sum(known.kind == "Condition" and not known.doubts for known in reading.proposals) > 2
    diagnoses = []
    for place, item in enumerate(items):
        is_long = len(item.tokens) > _MOST_IN_A_FINDING
        is_doubtful = is_long if place else False
        is_illness = bool(mentions_in(item.text, illness_concepts(), contexts=False))
        is_doubtful = is_doubtful or (is_second and (is_long or plain(section.heading) in words("single_diagnosis")))
        if is_illness or is_marked(item, section.tokens) or not is_doubtful:
            diagnoses.append(item)
        else:
            reading.left_out.append(_("“{words}” could not be read as a diagnosis").format(words=item.text))
    return diagnoses


def _read_item(section: Section, item: Item, reading: LetterReading) -> bool:
    """An item of a list, by the heading it stands under; True where it is running text."""
    text = item.text
    if not any(sign.isalpha() for sign in text) or is_signature(text) or is_farewell(text):
        return False
    if _PLACE_AND_DAY.fullmatch(text):
        return False
    if section.sort in (DIAGNOSES, PAST) and _is_running_text(section, text):
        if _is_taken_back(item):
            reading.left_out.append(denials_in_words("negated", text))
            return False
        first = _name_of(item)
        if first is not None and not _is_running_text(section, first.text):
            _read_diagnosis(section, first, reading)
        return True
    if section.sort in (DIAGNOSES, PAST):
        _read_diagnosis(section, item, reading)
    elif section.sort in MEDICINE_LISTS:
        return read_medicine(section, item, reading)
    elif section.sort == ALLERGIES:
        return _read_allergy(section, item, reading)
    elif section.sort == PROCEDURES:
        return _read_procedure(section, item, reading)
    return False


def _is_taken_back(item: Item) -> bool:
    """Whether a sentence ends by denying what it begins with: `Asthma, suspected in 2025, is ruled out`."""
    return any_of("denied").search(sentences_in(item)[0].text) is not None


def _name_of(item: Item) -> Item | None:
    """The name that a long item begins with: its first sentence, or what stands before a bracket or a comma."""
    first = sentences_in(item)[0]
    if len(first.tokens) <= _MOST_IN_A_NAME and first != item:
        return first
    text = item.text
    ends = [place for place in (text.find(" ("), text.find(", "), text.find(" - ")) if place > 0]
    name = part_of(item, 0, min(ends)) if ends else None
    return name if name is not None and len(name.tokens) <= _MOST_IN_A_NAME // 2 else None


def _is_running_text(section: Section, text: str) -> bool:
    """Whether an item names no illness but tells something."""
    if is_sentence(text) or len(text.split()) > _MOST_IN_A_NAME:
        return True
    label, colon, rest = text.partition(": ")
    if colon and len(rest.split()) > 2 and not mentions_in(label, illness_concepts(), contexts=False):
        return not any_of("uncertain").search(label) and DATED.match(text) is None
    return section.sort == PAST and len(text.split()) > 6 and not mentions_in(text, illness_concepts(), contexts=False)


def _read_diagnosis(section: Section, item: Item, reading: LetterReading, doubts_there: Sequence[str] = ()) -> None:
    is_of_an_allergy = any_of("of_allergies").search(item.text) is not None
    if is_of_an_allergy and (_is_of_an_allergy(item.text) or any_of("tolerated").search(item.text)):
        _read_allergy(section, item, reading)
        return
    if section.sort == PAST and sort_of(item.text)[1]:
        return  # a heading of its own
    absence = absence_in("Condition", (), item.text.strip(" ."))
    statement = statement_in(item.text)
    if absence is not None or not statement.name:
        reading.left_out.append(denials_in_words("negated", item.text))
        return
    if section.sort == PAST and any_of("nothing").search(item.text):
        reading.left_out.append(_("“{words}” could not be read as a diagnosis").format(words=item.text))
        return
    denied = statement.contexts & DENIED
    if denied:
        reading.left_out.append(denials_in_words(min(denied), item.text))
        return
    is_illness = bool(mentions_in(statement.name, illness_concepts(), contexts=False))
    bare = _lacking().sub(" ", statement.name)
    is_finding = _MEASURED.search(statement.name) or any_of("markers").search(statement.name)
    if (is_finding and not is_illness) or any_of("no_diagnosis").search(bare):
        reading.left_out.append(_("“{words}” could not be read as a diagnosis").format(words=item.text))
        return
    is_event = DATED.match(item.text) is not None and section.sort == PAST
    is_operation = any_of("operations").search(statement.name) is not None
    if (
        (is_event or is_operation)
        and (not is_illness or any_of("operations").match(statement.name))
        and not any_of("after_words").search(statement.name)
    ):
        reading.proposals.append(
            proposal_of("Procedure", {"title": statement.name, "happened": statement.since}, section, item)
        )
        return
    fields = {"title": statement.name, "happened": statement.since, "ended": statement.ended}
    doubts = list(doubts_there)
    if "uncertain" in statement.contexts:
        fields["verification"] = Verification.PROVISIONAL
        doubts.append(_(_UNSURE))
    elif statement.contexts & {"history", "remission"}:
        fields["status"] = Status.REMISSION if "remission" in statement.contexts else ""
        fields["status"] = Status.RESOLVED if statement.is_over else fields["status"]
        doubts.append(_(EARLIER))
    reading.proposals.append(proposal_of("Condition", fields, section, item, doubts))


@cache
def _lacking() -> re.Pattern[str]:
    """What a tumour lacks is no denial of it: `HER2 negative`."""
    between = r"[\s:-]*(?:status\s*)?"
    return re.compile(
        rf"(?<!\w)(?:{either('may_be_lacking')}){between}(?:{either('negative_words')})(?!\w)", re.IGNORECASE
    )


def _is_of_an_allergy(text: str) -> bool:
    """Whether an item of a list of diagnoses names an allergy, or its absence, and no illness beside it."""
    if _says_none(text.strip(" .")):
        return True
    is_illness = bool(mentions_in(text, illness_concepts(), contexts=False))
    return not is_illness and len(statement_in(text).name.split()) <= _MOST_IN_AN_ALLERGY


def _read_impression(section: Section, item: Item, reading: LetterReading) -> bool:
    """An assessment that lists illnesses; True where it is running text."""
    first = sentences_in(item)[0]
    if is_signature(first.text) or is_farewell(first.text) or at_start("titles").match(first.text):
        return False
    if _is_taken_back(item):
        reading.left_out.append(denials_in_words("negated", first.text))
        return False
    name: Item | None = first
    if is_sentence(first.text) or len(first.tokens) > _MOST_IN_A_NAME:
        name = _name_of(first)
    if name is None or is_sentence(name.text) or STRENGTH.search(name.text):
        return True
    is_illness = bool(mentions_in(name.text, illness_concepts(), contexts=False))
    if len(name.tokens) <= (_MOST_IN_A_NAME if is_illness else _MOST_IN_AN_ASSESSMENT) and not is_sentence(name.text):
        _read_diagnosis(section, name, reading, () if is_illness else (_(IN_TEXT),))
    return True


def _read_allergy(section: Section, item: Item, reading: LetterReading) -> bool:
    text = item.text.strip(" .")
    absence = absence_in("AllergyIntolerance", (), text)
    if absence is not None and absence.says is Says.NOT_ASKED:
        reading.left_out.append(denials_in_words("not-asked", text))
        return False
    if _says_none(text):
        reading.proposals.append(none_known("AllergyIntolerance", section, item))
        return False
    allergy = allergy_in(_without_columns(item))
    contexts = statement_in(item.text).contexts
    denied = contexts & DENIED
    if (
        allergy is None
        or denied
        or any_of("nothing_else").match(text)
        or len(allergy.substance.split()) > _MOST_IN_A_NAME // 2
        or any_of("of_the_card").match(allergy.substance)
        or _is_taken(item.text)
        or any_of("born").search(item.text)
        or any_of("sentence_words").search(allergy.substance)
    ):
        reading.left_out.append(_("“{words}” could not be read as an allergy").format(words=item.text))
        return False
    is_unsure = "uncertain" in contexts
    sure = {"verification": str(Verification.UNCONFIRMED)} if is_unsure else {}
    for substance in _both(allergy.substance):
        fields = {"title": substance, "reaction": allergy.reaction, **sure}
        doubts = (_(_UNSURE),) if is_unsure else ()
        reading.proposals.append(proposal_of("AllergyIntolerance", fields, section, item, doubts))
    return False


def _without_columns(item: Item) -> str:
    """A row of a table as a line says it: `Penicillin: Rash` of `Penicillin | Rash | Moderate | 2010`."""
    spots = [token.spot for token in item.tokens]
    is_one_line = len({token.line for token in item.tokens}) == 1
    cells = cells_of(spots, (spots[0].y1 - spots[0].y0) / _LINE_OF_AN_EM)
    if not is_one_line or len(cells) < _COLUMNS:
        return item.text
    return f"{text_of(cells[0])}: {text_of(cells[1])}"


def _is_taken(text: str) -> bool:
    """`Metformin 500 mg twice daily` below an allergy is a medicine of the next list."""
    strength = STRENGTH.search(text)
    return strength is not None and how_often(text, strength.end()) is not None


def _says_none(text: str) -> bool:
    """Whether a letter says that no allergy is known: `no allergies to latex` doesn't."""
    if absence_in("AllergyIntolerance", (), text) is not None:
        return True
    bare = any_of("any_drugs").sub(" ", text)
    return any_of("no_allergies").search(bare) is not None and any_of("except").search(bare) is None


def _both(substance: str) -> list[str]:
    """`Levaquin and Cipro` is two substances."""
    parts = re.split(rf"\s(?:{either('ands')})\s", substance)
    return parts if len(parts) == 2 and all(len(part.split()) <= 2 for part in parts) else [substance]


def _read_procedure(section: Section, item: Item, reading: LetterReading) -> bool:
    statement = statement_in(item.text)
    denied = statement.contexts & {"negated", "family", "not-asked"}
    if is_sentence(item.text):
        return True
    if denied or not statement.name or absence_in("Procedure", (), item.text.strip(" .")) is not None:
        reading.left_out.append(denials_in_words(min(denied, default="negated"), item.text))
    elif len(statement.name.split()) <= 2 * _MOST_IN_A_NAME:
        fields = {"title": statement.name, "happened": statement.since}
        reading.proposals.append(proposal_of("Procedure", fields, section, item))
    return False


def _read_plan(section: Section, item: Item, reading: LetterReading) -> bool:
    """What is to be done; True where medicines may stand in its text."""
    parts = [item] if len(item.text) <= _LONGEST_PLAN else sentences_in(item)
    for part in parts:
        text = part.text.strip(" .;")
        medicine = medicine_in(text) if not is_sentence(text) else None
        if medicine is not None and medicine.dose and medicine.frequency and _is_its_beginning(medicine):
            read_medicine(Section(TREATMENT, section.heading), part, reading)
            return False
        if len(text.split()) > 1 and len(text) <= _LONGEST_PLAN and not is_signature(text) and not _is_done(text):
            reading.proposals.append(proposal_of("Task", {"title": text}, section, part))
    return True


def _is_its_beginning(medicine: Medicine) -> bool:
    """Whether a line of a plan begins with the medicine: `GP to prescribe amitriptyline` doesn't."""
    names = medicine.name.split()
    return is_a_medicine(names[0]) or len(names) <= 2


def _is_done(text: str) -> bool:
    """Whether a sentence tells what was done or said, rather than what is to be done."""
    return any_of("done").search(text) is not None


def _concepts(proposals: Sequence[LetterProposal]) -> set[str]:
    """The illnesses that are proposed already, with the wider ones."""
    named = [proposal.title for proposal in proposals if proposal.kind == "Condition"]
    mentions = chain.from_iterable(mentions_in(title, contexts=False) for title in named)
    return set(chain.from_iterable(mention.concepts for mention in mentions))


def _add_unknown(proposals: Iterable[LetterProposal], reading: LetterReading) -> None:
    """Those that no list of the letter names already, each once; one with its dose goes before a bare name."""
    for proposal in proposals:
        same = [
            known
            for known in reading.proposals
            if known.kind == proposal.kind and _first_word(known) == _first_word(proposal)
        ]
        if proposal.fields.get("none_known"):
            same = [known for known in reading.proposals if known.kind == proposal.kind]
        bare = [known for known in same if not known.fields.get("dose") and not known.fields.get("status")]
        if same and bare == same and proposal.fields.get("dose"):
            reading.proposals = [known for known in reading.proposals if known not in bare]
            same = []
        if not same:
            reading.proposals.append(proposal)


def _first_word(proposal: LetterProposal) -> str:
    return proposal.title.casefold().replace("-", " ").split()[0]


def _each_once(proposals: Sequence[LetterProposal], left_out: list[str]) -> list[LetterProposal]:
    """What admission and discharge both list stands once, by kind and name: the one in less doubt, that of now."""
    by_key: dict[tuple[str, str, str], LetterProposal] = {}
    listed: dict[str, str] = {Status.ACTIVE: _("“{words}” stands in the list of now as well")}
    listed |= dict.fromkeys((Status.STOPPED, Status.NOT_TAKEN), _("“{words}” is ended in the same letter"))
    reasons: dict[str, str] = {}
    for proposal in proposals:
        reason = listed.get(proposal.fields.get("status", ""))
        reasons |= {proposal.title.casefold(): reason} if reason else {}

    for proposal in proposals:
        name = proposal.title.casefold()
        is_medicine = proposal.kind == "MedicationStatement"
        if is_medicine and not proposal.fields.get("status") and name in reasons:
            left_out.append(reasons[name].format(words=proposal.quote))
            continue
        key = (proposal.kind, name, proposal.fields.get("dose", ""))
        earlier = by_key.get(key)
        if earlier is None or len(earlier.doubts) > len(proposal.doubts):
            by_key[key] = proposal
    return list(by_key.values())


def _drop_none_beside_some(reading: LetterReading) -> None:
    """`NKFA` beside an allergy to a medicine, or `none` beside one that is taken, isn't said of all."""
    named = {known.kind for known in reading.proposals if not known.fields.get("none_known")}
    contradicted = [known for known in reading.proposals if known.fields.get("none_known") and known.kind in named]
    words = _("“{words}” stands beside others that are named")
    reading.left_out += [words.format(words=known.quote) for known in contradicted]
    reading.proposals = [known for known in reading.proposals if known not in contradicted]


def left_out_in_words(reading: LetterReading) -> str:
    """How many statements were left out, in words; each is named in `left_out`."""
    words = ngettext("{n} statement isn’t proposed.", "{n} statements aren’t proposed.", len(reading.left_out))
    return words.format(n=len(reading.left_out))
