"""What no other format recognises, kept whole: PDF, pictures, plain text, RTF, HTML. One file is one document.

Where the code of a health card, an EU certificate or a German medication plan is on it, what that holds comes in too.
"""

from dataclasses import replace

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _, marked
from organizer.base.progress import Progress
from organizer.health.named_patient import patient_on
from organizer.importing.core.format import MOST_AT_ONCE, Draft, Format, Reading, SourceFile
from organizer.importing.formats._medication_plan import is_plan, read_plans
from organizer.importing.formats._unread import unread_data
from organizer.importing.formats.eu_certificate import PREFIX, read_certificates
from organizer.importing.formats.health_cards.codes import codes_of
from organizer.importing.formats.health_cards.reader import read_codes
from organizer.importing.page_text.contents import contents_of, media_type_of
from organizer.importing.page_text.headings import day_in_name, day_of_picture, day_on, title_of
from organizer.importing.page_text.kept_types import OLE
from organizer.model.entry import Entry, Source
from organizer.model.media_types import is_as_promised, promised_type, spoken_type
from organizer.model.statuses import Status


class DocumentsFormat(Format):
    """The fallback: a file that is kept as a document."""

    name = marked("Document")

    def recognises(self, source: SourceFile) -> bool:
        """A PDF, a picture, words, or what people have besides and keep; never an unknown binary file."""
        if source.head.startswith((OLE, b"PK")) and source.size <= MOST_AT_ONCE:
            return media_type_of(source.read()) != ""
        return media_type_of(source.head) != ""

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """One DocumentReference draft; what of it can't be read is a warning."""
        whole = source.read()
        contents = contents_of(whole, source.name, progress)
        if contents.is_harmful:
            raise UnreadableSourceError(contents.warnings[0], "")
        reading = Reading(warnings=[*_other_than_named(source.name, contents.media_type), *contents.warnings])
        page = contents.first_page
        title = title_of(page, contents.title, source.name)
        data = {"file": source.sha256, "media_type": contents.media_type, **contents.data}
        happened = day_on(page) or day_in_name(source.name) or day_of_picture(whole, contents.media_type)
        entry = Entry("DocumentReference", title, happened=happened, status=Status.CURRENT, data=data)
        whose = patient_on(page)
        born = tuple(day.text for day in whose.born)
        entry = entry.having(sources=(Source(locator="page=1"),))
        reading.drafts.append(Draft(entry, patient_name=whose.name, patient_born=born))
        what, ask = unread_data(source.head, source.name) if contents.media_type == "text/plain" else ("", "")
        if what:
            words = _("It is {what}, which isn’t read: nothing of it becomes an entry, and it is kept as a document.")
            reading.warnings.append(f"{words.format(what=_(what))} {_(ask)}")
        every = codes_of(whole, contents.media_type)
        plans = [code for code in every if is_plan(code)]
        if plans:
            plan = read_plans(plans, contents.words)
            if plan.drafts and not whose.name:
                named = plan.drafts[0]
                reading.drafts[0] = replace(
                    reading.drafts[0], patient_name=named.patient_name, patient_born=named.patient_born
                )
            reading.add(plan)
        certificates = [code for code in every if code.startswith(PREFIX)]
        if certificates:
            reading.add(read_certificates(certificates, progress))
        codes = [code for code in every if not code.startswith(("<", PREFIX))]
        if codes:
            card = read_codes(codes, source, progress)
            reading.add(card)
            reading.card_parts = card.card_parts
        return reading


def _other_than_named(name: str, media_type: str) -> list[str]:
    """That a file isn't what its name promises: often a page that a portal gave in place of the report."""
    if is_as_promised(name, media_type):
        return []
    words = _(
        "“{name}” is not what its name says ({promised}) but: {what}. It is kept as that; look whether it is what you"
        " meant to get."
    )
    return [words.format(name=name, promised=spoken_type(promised_type(name)), what=spoken_type(media_type))]


DOCUMENTS = DocumentsFormat()
