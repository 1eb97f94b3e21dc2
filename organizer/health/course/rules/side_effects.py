"""Side effects after a treatment began or changed: beside the verdict; severe ones before everything else."""

from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from organizer.health.course.model import Evidence, SideEffect
from organizer.health.course.rules.rule import Rule, Situation, Statement


def _since_start(situation: Situation) -> list[SideEffect]:
    return [
        side_effect
        for side_effect in situation.side_effects
        if situation.plan.start <= side_effect.when <= situation.as_of
    ]


def _severe(situation: Situation) -> Statement | None:
    side_effects = [side_effect for side_effect in _since_start(situation) if side_effect.severity == "severe"]
    if not side_effects:
        return None
    sentence = _("A severe side effect is recorded ({name}, {when}): if your doctor doesn’t know of it, call promptly.")
    return Statement(
        sentence.format(name=side_effects[-1].name, when=spoken_day(side_effects[-1].when)),
        urgent=True,
        also="side-effect-concern",
        evidence=tuple(
            Evidence(side_effect.entry_id, side_effect.name) for side_effect in side_effects if side_effect.entry_id
        ),
    )


def _concern(situation: Situation) -> Statement | None:
    side_effects = _since_start(situation)
    names = [side_effect.name.casefold() for side_effect in side_effects]
    telling = [
        side_effect
        for side_effect in side_effects
        if side_effect.severity in ("moderate", "severe")
        or side_effect.led_to_stop
        or names.count(side_effect.name.casefold()) > 1
    ]
    if not telling:
        return None
    sentence = _("A side effect is recorded since this treatment began: {name}, {when}.")
    return Statement(
        sentence.format(name=telling[-1].name, when=spoken_day(telling[-1].when)),
        also="side-effect-concern",
        evidence=tuple(
            Evidence(side_effect.entry_id, side_effect.name) for side_effect in telling if side_effect.entry_id
        ),
        question=_("Does {name} change which treatment is the right one?").format(name=telling[-1].name),
    )


SEVERE_SIDE_EFFECT = Rule(
    "severe-side-effect",
    "FDA, What is a Serious Adverse Event? (21 CFR 312.32): told to the treating doctor without waiting",
    _severe,
)
SIDE_EFFECT_CONCERN = Rule(
    "side-effect-concern",
    "CTCAE v5.0 (NCI 2017): grade 2 (moderate) and above limits daily life and is discussed with the prescriber",
    _concern,
)
