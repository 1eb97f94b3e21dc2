"""The people who care for the patient, as header and care team section name them."""

from itertools import chain

from organizer.importing.core.format import Draft
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.xml import Element
from organizer.model.entry import Entry, Source, without_empty
from organizer.model.statuses import Status

_HEADER = "h:documentationOf/h:serviceEvent/h:performer"
_TEAM = "2.16.840.1.113883.10.20.22.4.500"
_MEMBERS = ".//h:performer|.//h:participant[@typeCode='IND']"


def care_team(root: Element, patient: str, version: str) -> list[Draft]:
    """A Practitioner draft for each person who is named; the same name twice is one."""
    members_by_name: dict[str, Draft] = {}
    for performer in _performers(root):
        entity = cda.first_of(performer, "h:assignedEntity|h:participantRole")
        name = cda.person_name(cda.first_of(entity, "h:assignedPerson|h:playingEntity"))
        if not name or name in members_by_name:
            continue
        place = cda.place_of(performer)
        source = Source(locator=place, identifier=cda.identifier(entity) or f"practitioner:{name}", version=version)
        entry = Entry("Practitioner", name, status=Status.ACTIVE, data=_about(performer, entity), sources=(source,))
        members_by_name[name] = Draft(entry, patient)
    return list(members_by_name.values())


def _performers(root: Element) -> list[Element]:
    """Those whom the header names, then the members of the care teams."""
    teams = [team for team in root.iter(f"{{{cda.NS['h']}}}organizer") if _TEAM in cda.templates(team)]
    members = list(chain.from_iterable(cda.all_of(team, _MEMBERS) for team in teams))
    return [*cda.all_of(root, _HEADER), *members]


def _about(performer: Element, entity: Element) -> dict[str, str]:
    lines = [cda.words(line) for line in cda.all_of(entity, "h:addr[1]/*")]
    return without_empty(
        {
            "role": cda.name_of(cda.first_of(performer, "h:functionCode|s:functionCode"), performer),
            "specialty": cda.name_of(cda.first_of(entity, "h:code"), performer),
            "organization": cda.words(cda.first_of(entity, "h:representedOrganization/h:name")),
            "phone": cda.telecom(entity, "tel"),
            "email": cda.telecom(entity, "mailto"),
            "address": "\n".join(line for line in lines if line),
        }
    )
