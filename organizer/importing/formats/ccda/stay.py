"""The visit or stay that a whole document is about, as its header tells it."""

from dataclasses import replace

from organizer.base.i18n import _
from organizer.importing.core.format import Draft, Reading, Skipped
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.acts import visit_name, went_to
from organizer.importing.formats.ccda.xml import Element
from organizer.model.entry import Entry, Source, without_empty
from organizer.model.statuses import Status

_STAY = "h:componentOf/h:encompassingEncounter"
_PEOPLE = ("h:responsibleParty", "h:encounterParticipant[@typeCode='ATND']", "h:encounterParticipant")
_PLACES = ("h:location//h:location/h:name", "h:location//h:serviceProviderOrganization/h:name")


def add_stay(root: Element, patient: str, version: str, reading: Reading) -> None:
    """A draft of the document's EncompassingEncounter (HL7 CDA R2), unless it has no date or a section tells of it."""
    stay = cda.first_of(root, _STAY)
    begin, end = cda.time_of(stay) if stay is not None else (None, None)
    if stay is None or begin is None:
        return
    people = (cda.person_name(cda.first_of(stay, f"{path}//h:assignedPerson")) for path in _PEOPLE)
    places = (cda.words(cda.first_of(stay, path)) for path in _PLACES)
    data = {
        "provider": next(filter(None, people), ""),
        "place": next(filter(None, places), ""),
        "note": went_to(stay),
    }
    own, where = cda.identifier(stay), cda.place_of(stay)
    source = Source(locator=where, identifier=own, version=version)
    entry = Entry(
        "Encounter",
        visit_name(cda.first_of(stay, "h:code"), stay),
        codes=cda.codings(cda.first_of(stay, "h:code")),
        happened=begin,
        ended=end,
        status=Status.FINISHED if end else Status.UNKNOWN,
        data=without_empty(data),
        sources=(source,),
    )
    if any(_is_listed(entry, draft) for draft in reading.drafts):
        reason = _("The document tells this a second time, with less.")
        reading.skipped.append(Skipped(where, "encompassingEncounter", reason))
        return
    taken = bool(own) and any(draft.identifier == own for draft in reading.drafts)
    source = replace(source, identifier=f"{own}#stay") if taken else source
    reading.drafts.append(Draft(replace(entry, sources=(source,)), patient))


def _is_listed(stay: Entry, draft: Draft) -> bool:
    """True where a section tells of a visit that began on the same day."""
    visit = draft.entry
    if visit.kind != "Encounter" or visit.happened is None or stay.happened is None:
        return False
    return visit.happened.text[:10] == stay.happened.text[:10]
