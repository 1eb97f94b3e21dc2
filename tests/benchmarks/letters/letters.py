"""Letters of twelve kinds in four languages, made of words.py, each with what a careful person would enter of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.benchmarks.letters.words import LANGUAGES, Language


@dataclass(frozen=True)
class Expected:
    """An entry that the letter tells: its kind (`C`, `M`, `A`), name, strength, and whether in a list or in prose."""

    kind: str
    name: str
    dose: str = ""
    listed: bool = True
    none_known: bool = False


@dataclass
class Letter:
    """A letter's text, what it tells, and names that it only denies, fears or tells of others."""

    kind: str
    language: str
    text: str = ""
    expected: list[Expected] = field(default_factory=list)
    never: list[str] = field(default_factory=list)


class _Writer:
    """Writes one letter; no illness or medicine stands in it twice."""

    def __init__(self, kind: str, language: str, seed: int) -> None:
        self.random = Random(f"{kind} {language} {seed}")
        self.words: Language = LANGUAGES[language]
        self.letter = Letter(kind, language)
        self._illnesses = list(self.words.illnesses)
        self._medicines = list(self.words.medicines)
        self.random.shuffle(self._illnesses)
        self.random.shuffle(self._medicines)
        self.lines: list[str] = list(self.words.head)

    def pick(self, phrases: Sequence[str]) -> str:
        return self.random.choice(phrases)

    def illness(self, listed: bool = True) -> str:
        name = self._illnesses.pop()
        self.letter.expected.append(Expected("C", name, listed=listed))
        return name

    def denied_illness(self) -> str:
        name = self._illnesses.pop()
        self.letter.never.append(name)
        return name

    def medicine(self, listed: bool = True) -> tuple[str, str, str]:
        name, dose, often = self._medicines.pop()
        self.letter.expected.append(Expected("M", name, dose, listed))
        return name, dose, often

    def listed(self, heading: str, items: Sequence[str], how: str) -> None:
        marks = {"numbers": "{}. ", "dashes": "- ", "dots": "• ", "lines": ""}
        if how == "commas":
            self.lines.append(f"{heading.rstrip(' :')}: {', '.join(items)}.")
            return
        self.lines.append(heading)
        self.lines += [marks[how].format(number) + item for number, item in enumerate(items, 1)]

    def allergies(self, how: str) -> None:
        heading = self.pick(self.words.of_allergies)
        if self.random.random() < 0.4:
            self.letter.expected.append(Expected("A", "", none_known=True))
            self.lines.append(f"{heading} {self.pick(self.words.no_allergies)}")
            return
        found = self.random.sample(self.words.substances, 2)
        self.letter.expected += [Expected("A", name) for name, _ in found]
        items = [f"{name} ({does})" if does else name for name, does in found]
        if how in ("commas", "lines"):
            self.lines.append(f"{heading} {', '.join(items)}")
        else:
            self.listed(heading, items, how)

    def diagnoses(self, count: int, how: str, with_code: bool = False, with_year: bool = False) -> None:
        items = [self.illness() for _ in range(count)]
        if with_code:
            items = [f"{item} ({self.pick(['I10.90', 'E11.9', 'M06.9', 'K51.0'])})" for item in items]
        if with_year:
            items = [f"{item} ({self.random.randint(2001, 2024)})" for item in items]
        self.listed(self.pick(self.words.of_diagnoses), items, how)

    def past(self, count: int, how: str) -> None:
        self.listed(self.pick(self.words.of_past), [self.illness() for _ in range(count)], how)

    def medicines(self, count: int, how: str) -> None:
        items = [" ".join(self.medicine()) for _ in range(count)]
        self.listed(self.pick(self.words.of_medicines), items, how)

    def family(self) -> None:
        self.lines.append(
            f"{self.pick(self.words.of_family)} {self.pick(self.words.of_relatives).format(self.denied_illness())}"
        )

    def course(self, said: int, taken: int, taken_back: int) -> None:
        sentences = [self.pick(self.words.said).format(self.illness(listed=False)) for _ in range(said)]
        sentences += [self.pick(self.words.taken).format(*self.medicine(listed=False)) for _ in range(taken)]
        for _ in range(taken_back):
            told = self.pick((*self.words.denied, *self.words.of_relatives, *self.words.may_come))
            name = self.denied_illness()
            sentences.append(told.replace("{}", name, 1).replace("{}", name))
        if taken_back:
            name, dose, often = self._medicines.pop()
            self.letter.never.append(name)
            sentences.append(self.pick(self.words.not_taken).format(name, dose, often))
        self.random.shuffle(sentences)
        self.lines += [self.pick(self.words.of_course), " ".join(sentences)]

    def examination(self) -> None:
        self.lines += [self.pick(self.words.of_examination), " ".join(self.random.sample(self.words.examination, 2))]

    def end(self) -> Letter:
        self.listed(self.pick(self.words.of_plan), self.random.sample(self.words.plans, 2), "dashes")
        self.lines += [self.pick(self.words.farewell), "Dr. C. Grey"]
        self.letter.text = "\n".join(self.lines)
        return self.letter


def _discharge(writer: _Writer) -> None:
    writer.diagnoses(5, "numbers")
    writer.allergies("lines")
    writer.course(1, 1, 2)
    writer.examination()
    writer.medicines(5, "lines")


def _clinic(writer: _Writer) -> None:
    writer.diagnoses(3, "lines")
    writer.medicines(3, "commas")
    writer.course(2, 1, 2)


def _flowing(writer: _Writer) -> None:
    start = len(writer.lines)
    writer.past(3, "commas")
    writer.allergies("commas")
    writer.medicines(3, "commas")
    writer.family()
    writer.examination()
    flowing = " ".join(line if line.endswith((".", ":")) else f"{line}." for line in writer.lines[start:])
    writer.lines[start:] = [flowing]


def _dashes(writer: _Writer) -> None:
    writer.diagnoses(4, "dashes")
    writer.past(2, "dashes")
    writer.family()
    writer.medicines(4, "dashes")
    writer.allergies("dashes")


def _bare_lines(writer: _Writer) -> None:
    writer.diagnoses(4, "lines")
    writer.examination()
    writer.medicines(4, "lines")
    writer.allergies("lines")


def _coded(writer: _Writer) -> None:
    writer.diagnoses(5, "lines", with_code=True)
    writer.course(0, 0, 2)
    writer.medicines(3, "dots")


def _dated(writer: _Writer) -> None:
    writer.diagnoses(4, "dots", with_year=True)
    writer.allergies("commas")
    writer.course(1, 0, 1)


def _history_and_physical(writer: _Writer) -> None:
    writer.course(1, 1, 3)
    writer.past(4, "commas")
    writer.family()
    writer.allergies("commas")
    writer.medicines(3, "commas")
    writer.examination()


def _medication_list(writer: _Writer) -> None:
    writer.medicines(8, "lines")
    writer.allergies("commas")


def _narrative(writer: _Writer) -> None:
    writer.course(3, 3, 3)


def _emergency(writer: _Writer) -> None:
    writer.course(1, 0, 3)
    writer.examination()
    writer.diagnoses(2, "numbers")


def _specialist(writer: _Writer) -> None:
    writer.diagnoses(2, "dashes")
    writer.past(3, "lines")
    writer.course(1, 2, 2)
    writer.examination()
    writer.allergies("lines")


KINDS: dict[str, Callable[[_Writer], None]] = {
    "discharge": _discharge,
    "clinic": _clinic,
    "flowing": _flowing,
    "dashes": _dashes,
    "bare lines": _bare_lines,
    "coded": _coded,
    "dated": _dated,
    "history and physical": _history_and_physical,
    "medication list": _medication_list,
    "narrative": _narrative,
    "emergency": _emergency,
    "specialist": _specialist,
}


def letter(kind: str, language: str, seed: int) -> Letter:
    """A letter of a kind in a language; the same for the same seed."""
    writer = _Writer(kind, language, seed)
    KINDS[kind](writer)
    return writer.end()
