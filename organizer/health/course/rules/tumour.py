"""Cancer: the report's own words and the course of PSA; whether a tumour has grown is for the report to say."""

import re
from datetime import timedelta
from itertools import chain
from math import log

from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from organizer.health.course.model import Evidence
from organizer.health.course.rules.rule import Rule, Situation, Statement, evidence_of, per_year
from organizer.health.vocabulary import Mention, mentions_in, speaks_of

TUMOUR_SIZE = frozenset({"21889-1", "33728-7", "33729-5"})
PSA = frozenset({"2857-1", "83112-3", "35741-8"})
QUARTER = timedelta(days=90)
LONGEST_QUOTE = 160


def _quoted(situation: Situation) -> Statement | None:
    telling = [
        report
        for report in situation.reports
        if situation.plan.start <= report.when <= situation.as_of and _telling(report.words)
    ]
    if telling:
        last = max(telling, key=lambda quoted: quoted.when)
        sentence = _("The report of {day} says: “{words}”.")
        return Statement(
            sentence.format(day=spoken_day(last.when), words=_around(last.words)),
            excuses=situation.measure.code in TUMOUR_SIZE,
            evidence=(Evidence(last.entry_id, _("the report’s own words")),) if last.entry_id else (),
            question=_("What does this report mean for the plan?"),
        )
    if situation.measure.code in TUMOUR_SIZE:
        sentence = _("Whether a tumour has changed is for the report of the scan to say; ask for its words.")
        return Statement(
            sentence, excuses=True, question=_("What does the report say about the size, in its own words?")
        )
    return None


def _telling(words: str) -> Mention | None:
    """Where a report says how a growth has changed, also where it denies it: its words are quoted whole."""
    return next(iter(mentions_in(words, ("tumour-response",), contexts=False)), None)


def _around(words: str) -> str:
    """The sentence with the telling words, cut at a word where it is long."""
    telling = _telling(words)
    at = telling.start if telling else 0
    begin = max(words.rfind(mark, 0, at) + 1 for mark in ".\n;")
    sentence = re.split(r"(?<=[.;])\s|\n", words[begin:].strip())[0].rstrip(".; ")
    return sentence if len(sentence) <= LONGEST_QUOTE else sentence[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _doubling(situation: Situation) -> Statement | None:
    if situation.measure.code not in PSA:
        return None
    after = situation.records.days(after=situation.plan.start)
    days = [day for day in after if day.comparator is None and day.value > 0]
    if len(days) < 3 or days[-1].when - days[0].when < QUARTER:
        return None
    growth = per_year(days, log)
    if growth <= 0 or days[-1].value <= days[0].value or (months := 12 * log(2) / growth) >= 12:
        return None
    sentence = _("PSA has doubled in about {n} months over the last {count} results. It is worth asking about soon.")
    return Statement(
        sentence.format(n=max(1, round(months)), count=len(days)),
        evidence=evidence_of(chain.from_iterable(day.points for day in days), _("PSA rising")),
        question=_("What does the rise of PSA mean, and what would be done next?"),
        rising=True,
    )


def _after_treatment(situation: Situation) -> Statement | None:
    if situation.measure.code not in PSA:
        return None
    days = situation.records.days(after=situation.plan.start)
    numbers = [day for day in days if day.comparator is None]
    if len(numbers) < 2:
        return None
    words = " ".join([situation.plan.name, *(event.what for event in situation.plan.events)])
    last = numbers[-2:]
    if speaks_of(words, "prostate-surgery") and min(day.value for day in last) >= 0.2:
        sentence = _("PSA is 0.2 or more after surgery, twice. It is worth asking about soon.")
    elif speaks_of(words, "radiotherapy") and last[-1].value >= min(day.value for day in days) + 2:
        sentence = _("PSA is 2 or more above its lowest value after radiotherapy. It is worth asking about soon.")
    else:
        return None
    points = list(chain.from_iterable(day.points for day in last))
    return Statement(sentence, evidence=evidence_of(points, _("PSA after treatment")), rising=True)


REPORT_WORDS = Rule(
    "report-words",
    "RECIST 1.1, Eisenhauer et al., Eur J Cancer 45 (2009): +20 % and 5 mm, −30 % of the sum of target lesions; read "
    "by the radiologist, never computed here",
    _quoted,
)
PSA_DOUBLING = Rule(
    "psa-doubling",
    "EAU–EANM–ESTRO–ESUR–ISUP–SIOG guideline on prostate cancer (2023): doubling time of 12 months and less after "
    "treatment; from at least 3 values over 3 months (Arlen et al., J Urol 179, 2008)",
    _doubling,
)
PSA_AFTER_TREATMENT = Rule(
    "psa-after-treatment",
    "AUA: 0.2 ng/mL confirmed after prostatectomy (Cookson et al., J Urol 177, 2007); Phoenix: nadir + 2 after "
    "radiotherapy (Roach et al., Int J Radiat Oncol Biol Phys 65, 2006)",
    _after_treatment,
)
