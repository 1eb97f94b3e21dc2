"""Fixed words that readers of files write into entries, and what they are in the language that is spoken.

A record is read in many languages over the years; what a reader makes of a code (`AC`, `PIVL 8 h`, `US`) is therefore
stored as one English term, which stands for the code, and is put into words only where it is shown. What isn't one of
these terms is the source's own words, and stays.
"""

import re
from collections.abc import Callable

from organizer.base.i18n import _, marked, ngettext

_TERMS = frozenset(
    {
        # times of day and meals: HL7 v3 TimingEvent, hl7.org/fhir/R4/valueset-event-timing.html
        marked("before meals"), marked("before breakfast"), marked("before lunch"), marked("before dinner"),
        marked("with meals"), marked("with breakfast"), marked("with lunch"), marked("with dinner"),
        marked("after meals"), marked("after breakfast"), marked("after lunch"), marked("after dinner"),
        marked("in the morning"), marked("early in the morning"), marked("late in the morning"), marked("at noon"),
        marked("in the afternoon"), marked("early in the afternoon"), marked("late in the afternoon"),
        marked("in the evening"), marked("early in the evening"), marked("late in the evening"), marked("at night"),
        marked("at bedtime"), marked("after going to sleep"), marked("after waking up"), marked("immediately"),
        marked("as needed"), marked("Monday"), marked("Tuesday"), marked("Wednesday"), marked("Thursday"),
        marked("Friday"), marked("Saturday"), marked("Sunday"),
        # how severe: hl7.org/fhir/R4/valueset-reaction-event-severity.html and what C-CDA names
        marked("mild"), marked("mild to moderate"), marked("moderate"), marked("moderate to severe"), marked("severe"),
        marked("life threatening"), marked("fatal"),
        # by what way: names of SNOMED CT, EDQM and HL7 v3 RouteOfAdministration
        marked("by mouth"), marked("oral"), marked("oral route"), marked("oral use"), marked("intravenous"),
        marked("intravenous route"), marked("intravenous use"), marked("subcutaneous"), marked("subcutaneous route"),
        marked("subcutaneous use"), marked("intramuscular"), marked("intramuscular route"),
        marked("intramuscular use"), marked("topical"), marked("topical route"), marked("cutaneous use"),
        marked("inhalation"), marked("inhalation use"), marked("nasal"), marked("nasal route"), marked("nasal use"),
        marked("ophthalmic"), marked("ophthalmic route"), marked("ocular use"), marked("rectal"),
        marked("rectal route"), marked("rectal use"), marked("sublingual"), marked("sublingual route"),
        marked("transdermal"), marked("transdermal route"), marked("vaginal"), marked("vaginal route"),
        marked("into a vein"), marked("into a muscle"), marked("under the skin"), marked("on the skin"),
        # flags as laboratories spell them: terminology.hl7.org/CodeSystem/v3-ObservationInterpretation
        marked("high"), marked("low"), marked("critically high"), marked("critically low"), marked("abnormal"),
        marked("normal"),
        # kinds of imaging: DICOM PS3.3, C.7.3.1.1.1
        marked("Ultrasound"), marked("X-ray"), marked("Dental X-ray"), marked("Fluoroscopy"), marked("Scintigraphy"),
        marked("Mammography"), marked("Angiography"), marked("Endoscopy"), marked("Slide"), marked("Report"),
        marked("Other"), marked("MRI"),
    }
)  # fmt: skip
_EVERY_ONE = {
    "second": marked("every second"),
    "minute": marked("every minute"),
    "hour": marked("every hour"),
    "day": marked("every day"),
    "week": marked("every week"),
    "month": marked("every month"),
    "year": marked("every year"),
}
_TIMES_A = {
    "second": marked("{n} × a second"),
    "minute": marked("{n} × a minute"),
    "hour": marked("{n} × an hour"),
    "day": marked("{n} × a day"),
    "week": marked("{n} × a week"),
    "month": marked("{n} × a month"),
    "year": marked("{n} × a year"),
}
_UNITS = "|".join(_EVERY_ONE)
_AMOUNT = r"\d+(?:\.\d+)?(?:–\d+(?:\.\d+)?)?"


def _span(amount: str, unit: str) -> str:
    """`8 hours`, `2–3 days`: plural by the last number of a span."""
    count = int(float(amount.rpartition("–")[2]))
    words = {
        "second": ngettext("{n} second", "{n} seconds", count),
        "minute": ngettext("{n} minute", "{n} minutes", count),
        "hour": ngettext("{n} hour", "{n} hours", count),
        "day": ngettext("{n} day", "{n} days", count),
        "week": ngettext("{n} week", "{n} weeks", count),
        "month": ngettext("{n} month", "{n} months", count),
        "year": ngettext("{n} year", "{n} years", count),
    }
    return words[unit].format(n=amount)


Forms = tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]
_FORMS: Forms = (
    (re.compile(rf"every ({_UNITS})"), lambda match: _(_EVERY_ONE[match[1]])),
    (
        re.compile(rf"every ({_AMOUNT}) ({_UNITS})s?"),
        lambda match: _("every {span}").format(span=_span(match[1], match[2])),
    ),
    (re.compile(rf"({_AMOUNT}) × an? ({_UNITS})"), lambda match: _(_TIMES_A[match[2]]).format(n=match[1])),
    (
        re.compile(rf"({_AMOUNT}) × in ({_AMOUNT}) ({_UNITS})s?"),
        lambda match: _("{n} × in {span}").format(n=match[1], span=_span(match[2], match[3])),
    ),
    (
        re.compile(rf"for ({_AMOUNT}) ({_UNITS})s?"),
        lambda match: _("for {span}").format(span=_span(match[1], match[2])),
    ),
    (re.compile(r"(\d+) times in all"), lambda match: _("{n} times in all").format(n=match[1])),
    (re.compile(r"at (\d\d:\d\d)"), lambda match: _("at {time}").format(time=match[1])),
    (re.compile(r"as needed: (.+)"), lambda match: _("as needed: {what}").format(what=match[1])),
)
"""How often and how long, in the forms in which the readers of C-CDA and FHIR write it."""


_REMARKS: Forms = (
    (
        re.compile(rf"Age when it began: ({_AMOUNT}) ({_UNITS})s?"),
        lambda match: _("Age when it began: {span}").format(span=_span(match[1], match[2])),
    ),
    (re.compile(r"Cause of death: (.+)"), lambda match: _("Cause of death: {what}").format(what=match[1])),
    (re.compile(r"Said not to have: (.+)"), lambda match: _("Said not to have: {what}").format(what=match[1])),
    (re.compile(r"Discharged: (.+)"), lambda match: _("Discharged: {where}").format(where=match[1])),
)
"""Lines that the readers of C-CDA add to a source's own notes."""


def remarked(text: str) -> str:
    """Stored notes as they are shown: each line that a reader of files wrote in the language that is spoken."""
    return "\n".join(_formed(line, _REMARKS) for line in text.split("\n"))


def shown(text: str) -> str:
    """Stored words as they are shown: each part between commas that is a term in the language that is spoken."""
    return ", ".join(_part(part) for part in text.split(", "))


def _part(part: str) -> str:
    if part in _TERMS:
        return _(part)
    small = part[:1].lower() + part[1:]
    if small in _TERMS:
        translated = _(small)
        return translated[:1].upper() + translated[1:]
    return _formed(part, _FORMS)


def _formed(text: str, forms: Forms) -> str:
    """A text in the language that is spoken, where it has one of these forms; else as it is."""
    for form, words in forms:
        match = form.fullmatch(text)
        if match:
            return words(match)
    return text
