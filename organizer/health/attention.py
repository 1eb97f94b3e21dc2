"""What asks for prompt contact, whether or not a treatment plan names it.

Four sources: the laboratory's own critical flag, quoted; published values about which laboratories call a doctor
(resources/call_values.json, each with its source); thoughts of self-harm from any source; a severe side effect. Calm
and dated. It ends by itself: with a newer, better result, or with its age. A value that can hardly be right is asked
about and never alarmed over. Nothing here says what an illness is or what to take.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import chain
from operator import attrgetter

from organizer.base.analytes import analyte_of, converted, siblings_of
from organizer.base.dates import spoken_day
from organizer.base.i18n import _, marked
from organizer.base.resource_files import read_resource
from organizer.base.units import same_unit, spoken_unit
from organizer.health import printed, problems
from organizer.health.answers import points_of
from organizer.health.attention_changes import DISEASE_DAYS, FLAG_DAYS, creatinine, peak_flow
from organizer.health.attention_results import (
    Attention,
    Result,
    doubtful,
    is_of,
    loinc_of,
    plausible,
    results_of,
)
from organizer.health.dialysis import is_on_dialysis
from organizer.health.pregnancy import is_pregnant
from organizer.health.remarks import remark
from organizer.health.titles import plain_title
from organizer.health.vocabulary import is_about, speaks_of
from organizer.model.codes import measured_loinc
from organizer.model.entry import Entry
from organizer.model.ids import EntryId

__all__ = ["DISEASE_DAYS", "FLAG_DAYS", "Attention"]

CRITICAL = frozenset(
    {
        *("HH", "LL", "AA", "HU", "LU"),
        *("critical", "critical high", "critical low", "critical abnormal", "critical value", "critical result"),
        *("critically high", "critically low", "panic", "panic value", "panic high", "panic low"),
        *("significantly high", "significantly low"),
        *(
            "crítico",
            "crítica",
            "valor crítico",
            "resultado crítico",
            "crítico alto",
            "crítico bajo",
            "valor de pánico",
        ),
        *("kritisch", "kritischer wert", "kritisch hoch", "kritisch erhöht", "kritisch niedrig", "kritisch erniedrigt"),
        *("critique", "valeur critique", "résultat critique", "critique haut", "critique bas"),
        *("alarmwert", "panikwert", "valeur d'alerte", "valor de alerta"),
    }
)
"""Codes of HL7 v3 ObservationInterpretation that mean critical (HH, LL, AA; HU and LU significantly so), and words in
four languages."""
EFFECT_DAYS = 30
SELF_HARM_DAYS = 30
"""PHQ-9 and its like ask about the last two weeks; twice that (design judgement)."""
ITEM_NINE = frozenset({"44260-8", "93246-7"})
"""LOINC of PHQ-9's ninth item (HL7 US Core) and of the first of the C-SSRS screener, the wish to be dead (HL7 US
Behavioral Health Profiles); looked up 2026-11-29."""
NO_SUCH_GAIN_KG = 20.0
"""Design judgement: nobody gains so much within three days; it is a slip of the pen or of the unit."""

THANKS = marked("Thank you for answering this.")
CRISIS_HELP = marked(
    "If you may act on such thoughts or can’t keep yourself safe, call your local "
    "emergency number now (112 in Europe, 911 in the US). To talk to somebody at any hour: call or text 988 in the US "
    "and Canada, 116 123 in the UK and Ireland, 0800 111 0 111 in Germany, 142 in Austria, 143 in Switzerland, "
    "024 in Spain; elsewhere findahelpline.com lists one. "
    "Please tell your doctor or somebody near you today."
)
"""The numbers, looked up 2026-11-29: 988 in the US (internationalmentalhealth.org) and in Canada (cmhasaskatoon.ca);
116 123 (samaritans.org; newstalk.com for Ireland); 0800 1110111 (domradio.de); 142 (katholisch.at);
143 (srf.ch); 024 (theolivepress.es); findahelpline.com, in open code."""


@dataclass(frozen=True, slots=True)
class _CallValue:
    """A row of the table; ages in years, values in its unit."""

    code: str
    unit: str
    days: int
    source: str
    low: float | None = None
    high: float | None = None
    at: bool = False
    reading: bool = False
    by: float | None = None
    within_days: int = 0
    from_age: float | None = None
    until_age: float | None = None
    diagnosis: str = ""
    not_with: str = ""

    def crossed(self, value: float, comparator: str = "") -> bool:
        """Whether a value, in the row's unit, is one to call about; a bound where all that it allows is (`>600`)."""
        at = self.at or comparator in ("<", ">")
        below = self.low is not None and (value <= self.low if at else value < self.low)
        above = self.high is not None and (value >= self.high if at else value > self.high)
        return (below and not comparator.startswith(">")) or (above and not comparator.startswith("<"))


def attention(entries: Iterable[Entry], as_of: date, birth: date | None = None) -> tuple[Attention, ...]:
    """What a person's entries ask to be told promptly on a day, the newest first.

    `entries` are Observations, AdverseEvents, Conditions and Procedures of one person, struck ones left out by the
    caller; `birth` the birth date, by which a row for children is told from one for adults (None: as for adults).
    """
    known = [
        entry
        for entry in entries
        if entry.happened is not None and entry.happened.first_day <= as_of and not entry.not_done
    ]
    results = list(chain.from_iterable(results_of(entry) for entry in known))
    numbers = [result for result in results if not result.comparator]
    by_id = {entry.id: entry for entry in known}
    alarms = [
        *_flagged(known, as_of),
        *_called(results, known, as_of, birth),
        *_gained(numbers, known, as_of),
        *(() if is_on_dialysis(known, as_of) else creatinine(numbers, as_of)),
        *peak_flow(numbers, as_of),
        *_self_harm(known, as_of),
        *_severe(known, as_of),
    ]
    # One entry is told once: the laboratory's own word comes first.
    by_evidence: dict[tuple[str, ...], Attention] = {}
    for alarm in alarms:
        by_evidence.setdefault(alarm.entries, _with_remark(alarm, by_id))
    return tuple(sorted(by_evidence.values(), key=lambda alarm: (not alarm.asks, alarm.when), reverse=True))


def _with_remark(alarm: Attention, by_id: Mapping[EntryId, Entry]) -> Attention:
    """An alarm with what is noted beside its value; what is only asked about has no alarm to add it to."""
    words = "" if alarm.asks else remark(by_id[EntryId(alarm.entries[-1])])
    return replace(alarm, sentence=f"{alarm.sentence} {words}") if words else alarm


def _flagged(known: Sequence[Entry], as_of: date) -> Iterable[Attention]:
    """The laboratory's own critical flags of the last two weeks that no newer result of the same thing has ended."""
    newest: dict[str, date] = {}
    for entry in known:
        if entry.kind == "Observation" and entry.happened is not None:
            key = _same_test(entry)
            newest[key] = max(newest.get(key, date.min), entry.happened.first_day)
    for entry in known:
        if entry.kind != "Observation" or entry.happened is None or not is_critical(entry):
            continue
        day = entry.happened.first_day
        if (as_of - day).days > FLAG_DAYS or newest[_same_test(entry)] > day:
            continue
        pattern = _(
            "{what}: {value} on {day}. The laboratory marked this as critical. If nobody has called you about it, call "
            "today."
        )
        sentence = pattern.format(what=plain_title(entry), value=entry.spoken_value(), day=spoken_day(day))
        yield Attention("critical-flag", sentence, day, (entry.id,), _("the laboratory’s own flag"))


def _same_test(entry: Entry) -> str:
    """What a newer result has to be of to end a flag: the analyte, whichever of its codes; else the measure itself."""
    analyte = analyte_of(measured_loinc(entry.measure)) if entry.measure else None
    return analyte.name if analyte else str(entry.measure)


def is_critical(entry: Entry) -> bool:
    """Whether the laboratory marked a result as critical."""
    flag = entry.text("interpretation").strip()
    return flag in CRITICAL or flag.casefold() in CRITICAL


def _called(results: Sequence[Result], known: Sequence[Entry], as_of: date, birth: date | None) -> Iterable[Attention]:
    """Values of the table: the newest of each measure, while it is new enough."""
    for row in _table("values"):
        if not _fits(row, known, as_of, birth):
            continue
        latest = _latest(results, row)
        if latest is None or (as_of - latest.when).days > row.days:
            continue
        value = converted(latest.value, latest.unit, row.unit, row.code)
        if value is None or not row.crossed(value, latest.comparator):
            continue
        if not plausible(row.code, row.unit, value):
            yield doubtful(latest)
            continue
        pattern = (
            _(
                "{what}: {value} on {day}. Guidelines tell people to call about such a reading: if a second one "
                "after some minutes’ rest is like it, or if you feel ill, call your doctor or the emergency number now."
            )
            if row.reading
            else _(
                "{what}: {value} on {day}. Laboratories call a doctor at once about such a value. If nobody has "
                "called you about it, call today."
            )
        )
        sentence = pattern.format(what=latest.title, value=latest.shown, day=spoken_day(latest.when))
        yield Attention("call-value", sentence, latest.when, (latest.entry.id,), row.source)


def _gained(results: Sequence[Result], known: Sequence[Entry], as_of: date) -> Iterable[Attention]:
    """Weight gained within days by somebody with heart failure."""
    for row in _table("rises"):
        if not _fits(row, known, as_of, None) or row.by is None:
            continue
        mine = [result for result in results if result.loinc in siblings_of(row.code)]
        latest = max(mine, key=lambda result: result.when, default=None)
        if latest is None or (as_of - latest.when).days > row.days:
            continue
        since = latest.when - timedelta(days=row.within_days)
        alike = [result for result in mine if same_unit(result.unit, latest.unit)]
        before = [result for result in alike if since <= result.when < latest.when]
        lowest = min(before, key=lambda result: result.value, default=None)
        if lowest is None:
            continue
        if not all(plausible(row.code, result.unit, result.value) for result in (lowest, latest)):
            yield doubtful(latest)
            continue
        gain = converted(latest.value - lowest.value, latest.unit, row.unit, row.code)
        if gain is not None and gain > NO_SUCH_GAIN_KG:
            yield doubtful(latest)
            continue
        if gain is None or round(gain, 6) <= row.by:
            continue
        pattern = _(
            "{what} rose from {before} on {from_day} to {value} on {day}. With heart failure, more than {by} within "
            "{days} days is a reason to call your doctor or heart failure nurse today."
        )
        sentence = pattern.format(
            what=latest.title,
            before=lowest.shown,
            from_day=spoken_day(lowest.when),
            value=latest.shown,
            day=spoken_day(latest.when),
            by=_in_both(row, latest.unit),
            days=row.within_days,
        )
        yield Attention("weight-gain", sentence, latest.when, (lowest.entry.id, latest.entry.id), row.source)


def _in_both(row: _CallValue, unit: str) -> str:
    """How much a row names, and the same in the unit of a person's own scale: `4.4 lb (2 kg)`."""
    assert row.by is not None
    published = f"{printed.number(row.by)} {spoken_unit(row.unit)}"
    own = converted(row.by, row.unit, unit, row.code)
    if own is None or same_unit(unit, row.unit):
        return published
    return f"{printed.number(round(own, 1))} {spoken_unit(unit)} ({published})"


def _self_harm(known: Sequence[Entry], as_of: date) -> Iterable[Attention]:
    """Item 9 of a PHQ-9 above zero from any source, a symptom or a current diagnosis so named; a later answer of zero
    ends it."""
    entries = [entry for entry in known if entry.happened is not None and _tells_self_harm(entry, as_of)]
    latest = max(entries, key=attrgetter("day_key"), default=None)
    if latest is None or latest.happened is None:
        return
    day = latest.happened.first_day
    denied = [entry.happened.first_day for entry in known if entry.happened is not None and 0 in _item_nine(entry)]
    if (as_of - day).days <= SELF_HARM_DAYS and max(denied, default=date.min) <= day:
        words = _("An entry of {day} tells of thoughts of self-harm: {what}.").format(
            what=plain_title(latest).rstrip("."), day=spoken_day(day)
        )
        yield Attention("self-harm", f"{words} {_(CRISIS_HELP)}", day, (latest.id,))


def _tells_self_harm(entry: Entry, as_of: date) -> bool:
    if entry.kind == "Condition":
        return problems.is_open_illness(entry, "self-harm", as_of)
    if entry.kind != "Observation":
        return False
    answers = _item_nine(entry)
    if answers:
        return any(answer > 0 for answer in answers)
    symptom = entry.text("category") in ("symptom", "survey")
    return symptom and is_about(entry, "self-harm") and (entry.value is None or entry.value > 0)


def _item_nine(entry: Entry) -> list[float]:
    """The answers, as points, to the ninth item of a PHQ-9 or to what else asks for thoughts of self-harm, alone or
    within a questionnaire; an answer in words that nobody knows isn't among them."""
    if entry.kind != "Observation":
        return []
    answers: list[float | None] = []
    if measured_loinc(entry.measure) in ITEM_NINE or (entry.value is None and is_about(entry, "self-harm")):
        answers.append(entry.value if entry.value is not None else points_of(entry.value_text))
    for part in entry.data.get("components") or ():
        value, asked = part.get("value"), str(part.get("title") or "")
        if not ITEM_NINE.isdisjoint(loinc_of(part)) or speaks_of(asked, "self-harm"):
            number = isinstance(value, int | float)
            answers.append(float(value) if number else points_of(str(part.get("value_text") or "")))
    return [answer for answer in answers if answer is not None]


def _severe(known: Sequence[Entry], as_of: date) -> Iterable[Attention]:
    for entry in known:
        if entry.kind != "AdverseEvent" or entry.text("severity") != "severe" or entry.happened is None:
            continue
        day = entry.happened.first_day
        if (as_of - day).days > EFFECT_DAYS or entry.ended is not None:
            continue
        pattern = _(
            "A severe side effect is recorded ({name}, {when}): if your doctor doesn’t know of it, call promptly."
        )
        yield Attention(
            "severe-side-effect", pattern.format(name=plain_title(entry), when=spoken_day(day)), day, (entry.id,)
        )


def _latest(results: Sequence[Result], row: _CallValue) -> Result | None:
    mine = [result for result in results if is_of(result, row.code)]
    return max(mine, key=lambda result: result.entry.day_key, default=None)


def _fits(row: _CallValue, known: Sequence[Entry], as_of: date, birth: date | None) -> bool:
    """Whether a row is for this person: by age, and by a current diagnosis where it names one."""
    age = (as_of - birth).days / 365.25 if birth is not None else None
    if row.until_age is not None and (age is None or age >= row.until_age):
        return False
    if row.from_age is not None and age is not None and age < row.from_age:
        return False
    if row.not_with and any(problems.is_open_illness(entry, row.not_with, as_of) for entry in known):
        return False
    if row.diagnosis == "pregnancy":
        return is_pregnant(known, as_of)
    return not row.diagnosis or any(problems.is_open_illness(entry, row.diagnosis, as_of) for entry in known)


@cache
def _table(name: str) -> tuple[_CallValue, ...]:
    table: Mapping[str, list[dict[str, object]]] = read_resource("call_values.json")
    return tuple(_CallValue(**row) for row in table[name])  # type: ignore[arg-type]
