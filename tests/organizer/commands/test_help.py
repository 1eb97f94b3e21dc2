"""--help speaks the language of the system, and English again after it."""

import click
import pytest

from organizer import commands
from organizer.base.i18n import speak

NAMES = sorted(next(one for one in vars(commands).values() if isinstance(one, click.Group)).commands)


@pytest.fixture
def helped(monkeypatch, capsys):
    def help_of(language, *words):
        monkeypatch.setenv("LC_ALL", f"{language}.UTF-8")
        assert commands.run_command([*words, "--help"]) == 0
        return " ".join(capsys.readouterr().out.split())

    yield help_of
    speak("en")


def test_the_list_of_commands_is_spanish_where_the_system_is(helped):
    told = helped("es_MX")
    assert told.startswith("Uso: casebook")
    assert "Opciones:" in told
    assert "Deshace la última operación." in told
    assert "Muestra este mensaje y termina." in told
    assert helped("en_US").startswith("Usage: casebook")
    assert "Take the last operation back." in helped("fr_FR")


@pytest.mark.parametrize("name", NAMES)
def test_each_command_tells_its_options_in_spanish(name, helped):
    told, english = helped("es_ES", name), helped("en_US", name)
    assert told.startswith("Uso: casebook") and "Opciones:" in told  # noqa: PT018
    assert english.startswith("Usage: casebook") and "Options:" in english  # noqa: PT018
    assert told != english
