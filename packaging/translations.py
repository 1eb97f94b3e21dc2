"""Keeps the translations: run it after a visible string was added or changed, commit what it writes.

Gathers what the code marks with `_`, `ngettext`, `pgettext` and `marked`, and the words of resource files that are
shown through `_`; writes `resources/translations/CODE.po` anew with what is translated so far, and CODE.mo from it.
Lists what lacks a translation and fails then. Same sources, same bytes.
"""

import argparse
import ast
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from organizer.commands import casebook  # noqa: E402
from organizer.commands.spoken import texts  # noqa: E402

FOLDER = ROOT / "resources" / "translations"
MARKS = {"_": 1, "marked": 1, "ngettext": 2, "pgettext": 2}
"""The functions that mark what a person reads, and how many of their arguments are texts."""
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # the header asks for one, the same bytes forbid the clock
LEAD = "Words that a person reads. Written anew by packaging/translations.py; edit the translations only."


@dataclass(frozen=True)
class InContext:
    """A string that means one thing in this context, and another elsewhere."""

    context: str
    text: str


Text = str | tuple[str, str] | InContext
"""What is marked: a string, one and many, or a string with its context."""


def marked_strings() -> list[Text]:
    """Every string (or pair of one and many) that has to be translated, each once."""
    found: dict[str | InContext, Text] = {}
    for file in sorted([ROOT / "main.py", *ROOT.glob("organizer/**/*.py"), *ROOT.glob("ui/**/*.py")]):
        for text in marked_in(ast.parse(file.read_text(encoding="utf-8"))):
            key = text[0] if isinstance(text, tuple) else text
            if key and (isinstance(text, tuple) or key not in found):
                found[key] = text
    return [*found.values(), *(text for text in dict.fromkeys([*_in_resources(), *_in_help()]) if text not in found)]


def marked_in(module: ast.Module) -> Iterator[Text]:
    """What the calls of one file mark, also those within an f-string."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in MARKS:
            continue
        words = [arg.value for arg in node.args[: MARKS[node.func.id]] if isinstance(arg, ast.Constant)]
        if len(words) < MARKS[node.func.id]:
            continue
        if node.func.id == "ngettext":
            yield words[0], words[1]
        else:
            yield InContext(words[0], words[1]) if node.func.id == "pgettext" else words[0]


def _in_resources() -> list[str]:
    """The words of resource files that the code shows through `_`."""
    matters = json.loads((ROOT / "resources" / "sensitive.json").read_bytes())["matters"]
    goals = json.loads((ROOT / "resources" / "goals.json").read_bytes())["goals"]
    return list(dict.fromkeys([*(one["title"] for one in matters), *(one["title"] for one in goals)]))


def _in_help() -> list[str]:
    """What the command line's --help says: click keeps it beside the commands."""
    return [text for _owner, text in texts(casebook)]


def renewed(code: str, marked: list[Text]) -> Catalog:
    """The catalogue of a language with exactly the strings that are marked now."""
    file = FOLDER / f"{code}.po"
    old = Catalog(code)
    if file.is_file():
        with file.open("rb") as stream:
            old = read_po(stream, locale=code)
    new = Catalog(
        code, project="Casebook", header_comment=f"# {LEAD}", fuzzy=False, creation_date=NO_TIME, revision_date=NO_TIME
    )
    for text in marked:
        if isinstance(text, InContext):
            known = old.get(text.text, text.context)
            new.add(text.text, known.string if known is not None else "", context=text.context)
            continue
        known = old.get(text if isinstance(text, str) else text[0])
        new.add(text, known.string if known is not None and known.pluralizable == isinstance(text, tuple) else "")
    return new


def untranslated(catalog: Catalog) -> list[Message]:
    """The entries without a translation, or with one only for some numbers of things."""
    return [one for one in catalog if one.id and not _complete(one)]


def _complete(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def as_po(catalog: Catalog) -> bytes:
    """The catalogue as a text to edit, in the order of its English strings."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=0, no_location=True, omit_header=False, sort_output=True)
    lines = stream.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_CHANGING)).encode()


_CHANGING = ('"Generated-By', '"Last-Translator', '"Report-Msgid-Bugs-To')


def as_mo(catalog: bytes) -> bytes:
    """What gettext reads, from the text to edit."""
    stream = io.BytesIO()
    write_mo(stream, read_po(io.BytesIO(catalog)))
    return stream.getvalue()


def main() -> int:
    """Write every language's files; 1 when something is left to translate."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("languages", nargs="*", help="codes; all that there are by themselves")
    left, marked = 0, marked_strings()
    for code in parser.parse_args().languages or sorted(one.stem for one in FOLDER.glob("*.po")):
        catalog = renewed(code, marked)
        text = as_po(catalog)
        (FOLDER / f"{code}.po").write_bytes(text)
        (FOLDER / f"{code}.mo").write_bytes(as_mo(text))
        missing = untranslated(catalog)
        for one in missing:
            print(f"{code}: not translated: {one.id if isinstance(one.id, str) else one.id[0]}")
        left += len(missing)
        print(f"{code}: {len(catalog)} strings, {len(missing)} to translate")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
