"""The measures whose scatter, smallest change and window are published: resources/measures.json."""

import json
from functools import cache
from importlib import resources
from statistics import median

from organizer.health.course.model import Checkpoint, Measure
from organizer.model.codes import LOINC, TITLE, Code, MeasureKey, measured_loinc

DEFAULT_CV = 0.15
"""For a measure that nobody described: wider than most laboratory tests (EFLM CVi of the listed ones: median 8 %)."""


def find(code: str) -> Measure | None:
    """The measure of a LOINC code, or of `title:` and a plain name where there is no code; else None."""
    return _all().get(code.casefold())


def of_key(key: MeasureKey) -> Measure | None:
    """The measure of a record's series: by LOINC, by its title where it has no code; another system's is unknown."""
    return find(measured_loinc(key) or (key if key.startswith(TITLE) else ""))


def key_of(measure: Measure) -> MeasureKey:
    """By what a record knows the results of a described measure."""
    return MeasureKey(measure.code if measure.code.startswith(TITLE) else Code(LOINC, measure.code).key)


def every() -> tuple[Measure, ...]:
    """All described measures, one for each of their codes."""
    return tuple(_all().values())


def unknown(code: str, unit: str, values: list[float]) -> Measure:
    """A wide default from the series' own level: scatter 15 %, the smallest change that matters twice that.

    Its sentence says that no published figures are used.
    """
    level = abs(median(values)) if values else 1.0
    scale = level or max((abs(value) for value in values), default=1.0) or 1.0
    return Measure(
        code=code, unit=unit, within_person_sd=DEFAULT_CV * scale, mcid=2 * DEFAULT_CV * scale, source="own scatter"
    )


@cache
def _all() -> dict[str, Measure]:
    told = json.loads((resources.files("resources") / "measures.json").read_text("utf-8"))
    found = {}
    for one in told["measures"]:
        cited = {name: told["shared"].get(figure.get("shared"), figure) for name, figure in one["figures"].items()}
        figures = {name: figure["value"] for name, figure in cited.items()}
        source = "; ".join(dict.fromkeys(figure["source"] for figure in cited.values()))
        for code in one["codes"]:
            found[code.casefold()] = Measure(
                code=code,
                unit=one["unit"],
                name=one["name"],
                source=source,
                codes=tuple(one["codes"]),
                better=one.get("better", ""),
                prompt=one.get("prompt", False),
                adult_limits=one.get("adult_limits", False),
                kin=tuple(one.get("kin", ())),
                checkpoints=tuple(Checkpoint(**checkpoint) for checkpoint in one.get("checkpoints", ())),
                **figures,
            )
    return found
