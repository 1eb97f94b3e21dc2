"""What readers of files write as fixed terms is shown in the language that is spoken; a source's own words stay."""

import gettext

import pytest

from organizer.base import i18n, terms
from organizer.health import printed
from organizer.importing.dicom_values import MODALITIES
from organizer.importing.formats.ccda import medicines
from organizer.importing.formats.fhir import dosage
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind

ACRONYMS = {"CT", "MRI", "PET", "OCT", "ECG"}


class Loud(gettext.NullTranslations):
    """A language in which everything is said in capitals, but for what is put in."""

    def gettext(self, message):
        return (
            message.upper()
            .replace("{N}", "{n}")
            .replace("{SPAN}", "{span}")
            .replace("{WHAT}", "{what}")
            .replace("{WHERE}", "{where}")
        )

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def loud(monkeypatch):
    monkeypatch.setattr(i18n, "_everywhere", Loud())


@pytest.mark.parametrize(
    "words",
    ["before meals", "every 8 hours", "2 × a day", "3 × in 2–3 days", "every day, at bedtime", "as needed: headache",
     "for 10 days", "Ultrasound", "1.5 mg/kg", "Take one tablet, with food"],
)  # fmt: skip
def test_in_english_terms_are_shown_as_they_are_stored(words):
    assert terms.shown(words) == words


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("before meals", "BEFORE MEALS"),
        ("every 8 hours, with breakfast", "EVERY 8 HOURS, WITH BREAKFAST"),
        ("every 1 hours", "EVERY 1 HOUR"),
        ("every week", "EVERY WEEK"),
        ("2 × a day", "2 × A DAY"),
        ("1–2 × in 6–8 hours", "1–2 × IN 6–8 HOURS"),
        ("as needed: my headache", "AS NEEDED: my headache"),
        ("for 1 days", "FOR 1 DAY"),
        ("two tablets of 5 mg, at bedtime", "two tablets of 5 mg, AT BEDTIME"),
        ("every other Sunday morning", "every other Sunday morning"),
    ],
)
def test_terms_are_put_into_the_language_and_own_words_stay(loud, stored, shown):
    assert terms.shown(stored) == shown


def test_every_term_that_a_reader_writes_is_known(loud):
    written = [*medicines._EVENTS.values(), *dosage._WHEN.values(), *dosage._DAYS.values()]
    written += [name for name in MODALITIES.values() if name not in ACRONYMS]
    assert [term for term in written if terms.shown(term) == term] == []
    units = {*medicines._UNITS.values(), *dosage._UNITS.values()}
    assert [unit for unit in units if terms.shown(f"every 2 {unit}s") == f"every 2 {unit}s"] == []


def test_a_medicine_and_a_study_are_shown_in_the_language(loud):
    tablet = Entry("MedicationStatement", "Metformin", data={"dose": "500 mg", "frequency": "2 × a day, with meals"})
    assert printed.dose(tablet) == "500 mg, 2 × A DAY, WITH MEALS"
    study = Entry("ImagingStudy", "Abdomen", data={"modality": "Ultrasound"})
    kind = find_kind("ImagingStudy")
    assert kind.show(study, kind.field("modality")) == "ULTRASOUND"


@pytest.mark.parametrize(
    ("stored", "shown"), [("Oral route", "ORAL ROUTE"), ("by mouth", "BY MOUTH"), ("Hives, Severe", "Hives, SEVERE")]
)
def test_ways_and_degrees_are_terms_with_and_without_a_capital(loud, stored, shown):
    assert terms.shown(stored) == shown


def test_a_capital_at_the_beginning_is_kept():
    assert terms.shown("Oral route") == "Oral route"
    assert terms.shown("Intravenous use") == "Intravenous use"


@pytest.mark.parametrize(("note", "shown"), [
    ("Age when it began: 57 years", "AGE WHEN IT BEGAN: 57 YEARS"),
    ("Cause of death: Stroke\nSaid not to have: Diabetes", "CAUSE OF DEATH: Stroke\nSAID NOT TO HAVE: Diabetes"),
    ("Discharged: Home\nWell on leaving", "DISCHARGED: Home\nWell on leaving"),
    ("The cause of death: unknown", "The cause of death: unknown"),
    ("high, normal", "high, normal"),
])  # fmt: skip
def test_lines_that_readers_add_to_notes_are_shown_in_the_language_and_a_sources_own_stay(loud, note, shown):
    kind = find_kind("FamilyMemberHistory")
    assert kind.show(Entry("FamilyMemberHistory", data={"note": note}), kind.field("note")) == shown
