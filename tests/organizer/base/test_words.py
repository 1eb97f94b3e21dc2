"""One language for the window, another for a packet that is drawn meanwhile."""

import threading

from organizer.base import i18n as words


class Shouting:
    def gettext(self, text):
        return text.upper()

    def ngettext(self, one, many, count):
        return (one if count == 1 else many).upper()


def test_english_is_spoken_where_nothing_else_was_chosen():
    assert words._("Save") == "Save"
    assert words.languages()[0] == "en"
    assert words.ngettext("{n} page", "{n} pages", 2) == "{n} pages"


def test_an_unknown_language_is_english():
    words.speak("tlh")
    assert words.language() == "en"
    with words.speaking("../../etc/passwd"):
        assert words._("Save") == "Save"


def test_one_piece_of_work_speaks_its_own_language_and_nobody_else_does(monkeypatch):
    monkeypatch.setattr(words, "_translation", lambda code: Shouting())
    heard = []
    with words.speaking("es"):
        other = threading.Thread(target=lambda: heard.append(words._("Save")))
        other.start()
        other.join()
        assert words._("Save") == "SAVE"
        assert words.ngettext("{x} page", "{x} pages", 1) == "{X} PAGE"
    assert heard == ["Save"]
    assert words._("Save") == "Save"


def test_nothing_stays_nothing():
    assert words._("") == ""
