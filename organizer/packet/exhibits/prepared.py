"""Documents turned into pages: opened, made harmless, searched as they will be seen, and blacked out where needed.

What is checked is what is printed: forms and notes are drawn into their pages first, recognised words laid over
scans, and the finished page is looked through. A page that can't be is held back.
"""

from collections.abc import Mapping
from dataclasses import replace

from organizer.base.apart.ask import ask
from organizer.base.apart.wire import Answer
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.plain_text import is_mail, shown_text
from organizer.base.progress import Progress
from organizer.packet.exhibits.checked import checked
from organizer.packet.exhibits.drawn import Drawn, opened
from organizer.packet.exhibits.invisible import with_words
from organizer.packet.exhibits.margins import PageNeeds
from organizer.packet.exhibits.pictures import picture_pages
from organizer.packet.exhibits.readable import entry_pages, text_pages
from organizer.packet.exhibits.ready import FAULTS, Ready, Wanted, is_pdf, reason_of
from organizer.packet.exhibits.source import Source
from organizer.packet.facts import Place
from organizer.packet.page import style
from organizer.packet.page.scripts import lost_letters

_BYTES_A_SECOND = 3_000
"""About a page of text: each is searched, and drawn anew where a line of it is blacked out."""


class Prepared:
    """Documents that were turned into pages already, so that another choice doesn't do it again.

    Whoever previews keeps one and lets go of it with the preview: it holds the record's own pages.
    """

    def __init__(self, passwords: Mapping[str, str] | None = None) -> None:
        self._passwords = dict(passwords or {})
        self._ready: dict[tuple[object, ...], Ready] = {}

    def of(self, wanted: Wanted, progress: Progress) -> Ready:
        """The document as pages, made now or earlier for the same entries. Raises what FAULTS names, Cancelled."""
        wanted = replace(wanted, password=self._passwords.get(wanted.original.sha256, ""))
        key = wanted.key()
        if key not in self._ready:
            self._ready[key] = _made_apart(wanted, progress) if wanted.is_foreign else _made_whole(wanted)
        return self._ready[key]


def _made_apart(wanted: Wanted, progress: Progress) -> Ready:
    """The document as pages, made in the process that reads foreign files."""
    original = wanted.original
    answer = ask(
        _made_here,
        original.data,
        wanted.holding(b""),
        name=original.file_name,
        progress=progress,
        bytes_a_second=_BYTES_A_SECOND,
    )
    made, (pdf,) = answer.content, answer.parts
    places = {str(entry): Place(0, page, top, tuple(map(tuple, boxes))) for entry, page, top, boxes in made["places"]}
    return Ready(
        Source(pdf, tuple(made["removed"]), marks=tuple(map(tuple, made["marks"]))),
        tuple(PageNeeds(*needs) for needs in made["needs"]),
        places,
        tuple(map(tuple, made["blackened"])),
        tuple(made["done"]),
        tuple(made["held"]),
        tuple(map(tuple, made["others"])),
        made["pages"],
    )


def _made_here(data: bytes, wanted: Wanted, _progress: Progress) -> Answer:
    """The same in that process: what is known of the pages, then a PDF in which nothing acts."""
    style.register_fonts()
    try:
        ready = _made_whole(wanted.holding(data))
        source = ready.source.finished()
    except MemoryError:
        raise  # the file asks for too much, and what was taken for it can't be told
    except FAULTS as error:
        raise UnreadableSourceError(reason_of(error), "") from error
    fields = {
        "removed": source.removed,
        "marks": source.marks,
        "needs": [(needs.above, needs.below, needs.has_text) for needs in ready.needs],
        "places": [(entry, place.page, place.top, place.boxes) for entry, place in ready.places.items()],
        "blackened": ready.blackened,
        "done": ready.done,
        "held": ready.held,
        "others": ready.others,
        "pages": ready.pages,
    }
    return Answer(fields, (source.pdf,))


def _made_whole(wanted: Wanted) -> Ready:
    with lost_letters() as lost:
        ready = _made(wanted)
    unprinted = _("letters that can’t be printed: {letters}").format(letters=" ".join(lost))
    return replace(ready, done=(*ready.done, unprinted)) if lost else ready


def _made(wanted: Wanted) -> Ready:
    original, size = wanted.original, wanted.choice.page_size
    if is_pdf(original.data):
        return checked(_pdf(wanted), wanted)
    if original.media_type.startswith("image/"):
        return checked(_picture(wanted), wanted)
    if wanted.is_own_file and (original.media_type == "text/plain" or is_mail(original.data)):
        pdf = text_pages(original, shown_text(original.data), size)
        return checked(Drawn(pdf, (_("text, set on pages"),), Source(pdf)), wanted)

    pdf, spots = entry_pages(original, wanted.title, wanted.entries, size)
    ready = checked(Drawn(pdf, (_("written out from the data"),), Source(pdf)), wanted)
    places = {text: Place(0, page, top) for text, (page, top) in spots.items()}
    return replace(ready, places=places, needs=(PageNeeds(),) * ready.pages)


def _pdf(wanted: Wanted) -> Drawn:
    """A PDF with the words that were recognised on it."""
    drawn = opened(wanted.original.data, wanted.password)
    heard = with_words(drawn.pdf, wanted.original.recognised)
    return drawn if heard is drawn.pdf else drawn.changed(heard, _("recognised words laid over it, unseen"))


def _picture(wanted: Wanted) -> Drawn:
    """A picture on pages, and what was done to it."""
    original = wanted.original
    pictures = picture_pages(original, wanted.choice.page_size, wanted.entries if original.caption else ())
    placed = _("picture, placed on a page")
    if original.caption:
        placed = _("picture drawn from the scan’s data; what is written within it was not searched")
    done = (placed, *((_("with fewer pixels than it has"),) if pictures.is_smaller else ()))
    return Drawn(pictures.pdf, done, Source(pictures.pdf))
