"""The bench of letters itself: a few of its letters reach the goals, and its judge counts what is wrong."""

from collections import Counter

from organizer.importing.lab_reports.model import Place
from organizer.importing.letters.model import LetterProposal
from organizer.importing.letters.reader import read_letter
from tests.benchmarks.letters.bench_letters import page_of, scored
from tests.benchmarks.letters.letters import KINDS, Expected, Letter, letter
from tests.benchmarks.letters.words import LANGUAGES


def test_a_letter_of_each_kind_and_language_reaches_the_goals():
    counts: Counter[str] = Counter()
    for kind in KINDS:
        for language in LANGUAGES:
            written = letter(kind, language, 1)
            found, _ = scored(written, read_letter([page_of(written.text)]).proposals)
            counts += found
    assert counts["listed exact"] >= 0.9 * counts["listed in all"]
    assert counts["prose exact"] >= 0.5 * counts["prose in all"]
    assert counts["wrong"] <= 0.04 * counts["proposed"]


def test_the_judge_counts_what_is_missed_wrong_and_denied():
    told = Letter("", "en", expected=[Expected("C", "Gout")], never=["Asthma"])
    place = Place(1, 0, 0, 1, 1)
    counts, _ = scored(told, [LetterProposal("Condition", {"title": "Asthma"}, "Asthma", place)])
    assert counts["listed exact"] == 0
    assert counts["wrong"] == counts["wrong and certain"] == counts["denied, of others or feared"] == 1
