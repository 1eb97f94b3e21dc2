"""The CDA document that lies beside the main file of a phone's export and repeats it."""

import re
from contextlib import suppress
from dataclasses import replace

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import NoProgress
from organizer.importing.core.format import Reading, Skipped, SourceFile
from organizer.importing.formats.ccda import header
from organizer.importing.formats.ccda.parsing import parsed

_MAIN = "apple-health:main"
_PHONES = re.compile(rb"<title>\s*Health Data Export\s*</title>|HKQuantityTypeIdentifier|HKCategoryTypeIdentifier")
"""What the phone writes in its CDA: the title isn't translated, nor are HealthKit's names."""
_WHOSE = re.compile(rb"<recordTarget\b.*?</recordTarget>", re.DOTALL)


def met_main(source: SourceFile) -> None:
    """Remember that the main file of an export lies in this folder."""
    source.beside[_MAIN] = source.name.rpartition("/")[2]


def repeats_main(source: SourceFile) -> bool:
    """True for the phone's CDA where the export's main file, which says the same and more, lies beside it."""
    head = source.head
    return _MAIN in source.beside and b"<ClinicalDocument" in head and _PHONES.search(head) is not None


def read_sibling(source: SourceFile) -> Reading:
    """Nothing but whose export it is, which the main file doesn't tell."""
    words = _("It repeats “{name}”, which lies beside it and is read: everything of it would stand there twice.")
    skipped = Skipped("/ClinicalDocument", _("document"), words.format(name=source.beside[_MAIN]))
    reading = Reading(skipped=[skipped], in_other_files=True)
    whose = _WHOSE.search(source.head)
    if whose is not None:
        data = b'<ClinicalDocument xmlns="urn:hl7-org:v3">' + whose[0] + b"</ClinicalDocument>"
        with suppress(UnreadableSourceError):  # then it tells nobody
            root = parsed(SourceFile(source.name, data=data), Reading(), NoProgress()).root
            reading.drafts += [replace(draft, stands_for=0) for draft in header.patients(root)]
    return reading
