"""The people who care for the patient, as header and care team section name them."""

from organizer.importing.core.format import Draft
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.xml import Element
from organizer.model.entry import Entry, Source

_HEADER = "//h:documentationOf/h:serviceEvent/h:performer"
_TEAM = "//h:organizer[h:templateId/@root='2.16.840.1.113883.10.20.22.4.500']//h:performer"
_MEMBER = "//h:organizer[h:templateId/@root='2.16.840.1.113883.10.20.22.4.500']//h:participant[@typeCode='IND']"


def care_team(root: Element, patient: str, version: str) -> list[Draft]:
    """A Practitioner draft for each person who is named; the same name twice is one."""
    found: dict[str, Draft] = {}
    for performer in cda.all_of(root, f"{_HEADER}|{_TEAM}|{_MEMBER}"):
        entity = cda.one(performer, "h:assignedEntity|h:participantRole")
        name = cda.person_name(cda.one(entity, "h:assignedPerson|h:playingEntity"))
        if not name or name in found:
            continue
        place = cda.place_of(performer)
        source = Source(locator=place, identifier=cda.identifier(entity) or f"practitioner:{name}", version=version)
        entry = Entry("Practitioner", name, status="active", data=_about(performer, entity), sources=(source,))
        found[name] = Draft(entry, patient)
    return list(found.values())


def _about(performer: Element, entity: Element) -> dict[str, str]:
    lines = [cda.words(each) for each in cda.all_of(entity, "h:addr[1]/*")]
    return cda.filled(
        {
            "role": cda.name_of(cda.one(performer, "h:functionCode|s:functionCode"), performer),
            "specialty": cda.name_of(cda.one(entity, "h:code"), performer),
            "organization": cda.words(cda.one(entity, "h:representedOrganization/h:name")),
            "phone": cda.telecom(entity, "tel"),
            "email": cda.telecom(entity, "mailto"),
            "address": "\n".join(line for line in lines if line),
        }
    )
