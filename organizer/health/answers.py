"""Answers in words to a question of a questionnaire or a screening: how many points, or yes and no.

Sources export the ninth item of a PHQ-9 as `Several days` as often as with its point.
"""

from functools import cache

from organizer.base.analyte_names import plain_words
from organizer.base.groups import group_of_each

_POINTS = {
    0: (
        "not at all|no|none|never|absent|negative|denied|denies|patient denies|not present|nunca|ningún día|para nada|"
        "ausente|negativo|negativa|niega|nein|überhaupt nicht|nicht vorhanden|keine|verneint|nie|negativ|non|jamais|"
        "pas du tout|absent|absente|absentes|négatif|négative|false"
    ),
    1: (
        "several days|yes|present|positive|sí|si|presente|positivo|positiva|varios días|ja|an einzelnen tagen|"
        "einzelne tage|vorhanden|positiv|bejaht|oui|plusieurs jours|présent|présente|présentes|positif|true"
    ),
    2: (
        "more than half the days|más de la mitad de los días|an mehr als der hälfte der tage|"
        "plus de la moitié du temps|plus de la moitié des jours"
    ),
    3: "nearly every day|casi todos los días|beinahe jeden tag|fast jeden tag|presque tous les jours",
}
"""Points by answer: those of the PHQ-9 (LOINC LL358-3 and its translations), and yes and no. What a word means is
taken as one point, the least that asks for help."""


def points_of(words: str) -> int | None:
    """The points of an answer in words, with or without its number (`Several days`, `1 - Several days`, `1`); None
    where it is none that is known."""
    spelled = plain_words(words)
    numbers = [word for word in spelled if word.isdigit()]
    if spelled == numbers:
        return int(numbers[0]) if len(numbers) == 1 and int(numbers[0]) in _POINTS else None
    return _points().get(" ".join(word for word in spelled if not word.isdigit()))


@cache
def _points() -> dict[str, int]:
    spelled = group_of_each({points: wordings.split("|") for points, wordings in _POINTS.items()})
    return {" ".join(plain_words(wording)): points for wording, points in spelled.items()}
