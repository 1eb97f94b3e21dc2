"""`make benchmark-fidelity`: what sources tell beside what the record holds, over everything shared and our own files.

Prints right, wrong and lost by source and by kind, and differences; `V=1` shows all of them, `MORE=folder` looks
through that folder alone. A difference is settled by the standard.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from lxml import etree

from tests.fidelity import cda, turned
from tests.fidelity.comparing import Comparison, Skip
from tests.fidelity.importing import imported
from tests.made_records import closed_record, opened_copy

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
CDA_FOLDERS = (
    SHARED / "records" / "ccda_vendors", SHARED / "records" / "ccda_documents", SHARED / "records" / "ccda_fragments",
    SHARED / "cases" / "formats", ROOT / "tests" / "data" / "ccda", ROOT / "tests" / "data" / "updates",
)  # fmt: skip
SHOWN = 60
Compared = Callable[[Any, Comparison], None]


def cda_files(folders: tuple[Path, ...] = CDA_FOLDERS) -> Iterator[Path]:
    """The CDA documents of some folders."""
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() == ".xml":
                yield path


def compare_cda(record: Any, path: Path, comparison: Comparison) -> bool:
    """One CDA document; False where it is no XML at all or holds several people's records."""
    try:
        document = cda.read(path)
    except (etree.XMLSyntaxError, ValueError):
        return False
    if len(document.root.xpath("//c:recordTarget", namespaces=cda.NS)) > 1:
        return False
    entries, skipped, error = imported(record, path)
    if error:
        return False
    by_place = {cda.located(document.root, locator): told for locator, told in entries.items()}
    skips = [Skip(cda.located(document.root, where), reason, again) for where, reason, again in skipped]
    comparison.compare(path.name, document.facts(), by_place, skips)
    turned.compare(path.name, by_place, comparison)
    return True


def _run(title: str, compare: Compared, record: Any) -> int:
    comparison = Comparison()
    compare(record, comparison)
    print(f"\n## {title}\n\n{comparison.table(1)}\n\n{comparison.table(0)}\n")
    for reason, count in comparison.reasons().most_common():
        print(f"- lost {count}: {reason}")
    shown = comparison.differences if "V=1" in sys.argv else comparison.differences[:SHOWN]
    for each in shown:
        where = f"{each.verdict} | {each.source} | {each.kind} | {each.name} | {each.field}"
        print(f"  {where}: {each.right!r} ← {each.found}")
    facts, wrong = comparison.total(lambda t: t.facts), comparison.total(lambda t: t.wrong)
    lost = comparison.total(lambda t: sum(t.lost.values()))
    fields = comparison.total(lambda t: t.right + t.wrong + t.fields_lost)
    fields_lost = comparison.total(lambda t: t.fields_lost)
    print(f"\n{facts} facts, {lost} lost; {fields} fields, {wrong} wrong, {fields_lost} lost\n")
    return wrong


def folders_asked() -> tuple[Path, ...]:
    """The folders that the command line names with MORE=, else all that are known."""
    named = tuple(Path(each.partition("=")[2]) for each in sys.argv[1:] if each.startswith("MORE="))
    return named or CDA_FOLDERS


def all_cda(record: Any, comparison: Comparison) -> None:
    """Every CDA document at hand."""
    for path in cda_files(folders_asked()):
        if not compare_cda(record, path, comparison):
            print(f"not compared: {path.name}")


def main() -> int:
    """The comparison of each format; the exit code is 1 where anything is wrong."""
    all_fhir = import_module("tests.fidelity.fhir").all_fhir  # it knows this module's folders
    runs: list[tuple[str, Compared]] = [("C-CDA, CCD and C32", all_cda), ("FHIR R4", all_fhir)]
    with tempfile.TemporaryDirectory() as folder:
        made = closed_record(Path(folder) / "made", "Nobody Known")
        with opened_copy(made, Path(folder)) as record:
            wrong = [_run(title, compare, record) for title, compare in runs]
    return int(any(wrong))


if __name__ == "__main__":
    sys.exit(main())
