"""What the resources of one file know of each other: references, contained resources, attachments."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from organizer.base.i18n import _
from organizer.base.progress import NoProgress, Progress
from organizer.importing.core.format import EmbeddedFile, Within
from organizer.importing.core.pages import Pages
from organizer.importing.core.persons import short_of
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.node import Node
from organizer.importing.page_text.contents import Contents, contents_of, decoded
from organizer.model.entry import Link
from organizer.model.ids import EntryId
from organizer.model.links import Role
from organizer.store.aside import Register

_LENGTH_OF_UUID = 36
_NEAR = 10_000
"""Resources of a file that are at hand by all their names; of more those that others speak of."""
_MOST_NEAR = 40_000
"""Names of what is at hand: some hundred mebibytes."""
_AT_ONCE = 500
_FAR = " "
"""No name: by it the files of a folder share what isn't at hand."""
SPOKEN_OF = frozenset({
    "Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "Medication", "Substance", "Device",
    "Specimen", "Binary", "Encounter", "Condition", "Procedure", "RelatedPerson", "BodyStructure", "CareTeam",
    "HealthcareService",
})  # fmt: skip
"""What other resources speak of in words (who, where, of what, why), or hold the bytes of."""


@dataclass(slots=True)
class Located:
    """A resource with its place in the file and the identifier by which others mean it."""

    resource: Node
    locator: str
    identifier: str
    type: str = ""
    """Its resourceType."""
    timestamp: str = ""
    """When the bundle around it was put together (Bundle.timestamp), or ""."""
    deleted: bool = False
    """Whether the bundle says that the server doesn't have it any more."""
    container: Node | None = None
    """The resource that holds it within itself."""

    def __post_init__(self) -> None:
        self.type = fhir.text(self.resource, "resourceType")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that an Attachment holds: its name in the record, its type, what it says."""

    sha256: str
    media_type: str
    contents: Contents


class Far:
    """Resources of a large file by their names, with their places in it instead of themselves."""

    def __init__(self, resources: "Sequence[Located] | Pages[Located]") -> None:
        self._resources = resources
        self._register = Register()
        self._waiting: list[tuple[str, int]] = []
        self._holds_any = False

    def add(self, place: int, names: Sequence[str]) -> None:
        """The names of the resource at this place."""
        self._waiting += [(name, place) for name in names]
        if len(self._waiting) > _NEAR:
            self.seal()

    def seal(self) -> bool:
        """No more comes for now; False where nothing came."""
        self._holds_any = self._holds_any or bool(self._waiting)
        self._register.add(self._waiting)
        self._waiting.clear()
        return self._holds_any

    def find(self, name: str) -> Located | None:
        """The first resource of that name."""
        for place in self._register.places([name]):
            located = self._resources[place]
            if name in _names(located):
                return located
        return None


@dataclass(slots=True)
class Context:
    """All resources of a file by every name that a reference may use; collects attachments and warnings.

    `beside` holds, by the same names, what the files that lie with it hold and others speak of.
    """

    resources: Sequence[Located] | Pages[Located]
    embedded: list[Within] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    beside: dict[str, Any] = field(default_factory=dict)
    dangling: set[str] = field(default_factory=set)
    progress: Progress = field(default_factory=NoProgress)
    within: Located | None = None
    """The resource that is being read."""
    claimed: set[object] = field(default_factory=set)
    """Whose diagnoses the claims that were read have named."""
    roles: list[Located] = field(default_factory=list)
    """Who works where (PractitionerRole)."""
    _by_name: dict[str, Located] = field(default_factory=dict)
    _far: "Far | None" = None
    _types: set[str] = field(default_factory=set)
    _server: str | None = None

    def __post_init__(self) -> None:
        far = Far(self.resources)
        for place, located in enumerate(self.resources):
            if place % _AT_ONCE == 0:
                self.progress.check()
                self.progress.report(_("Reading the entries"), place, len(self.resources))
            self._types.add(located.type)
            if place >= _NEAR and (located.type not in SPOKEN_OF or len(self._by_name) > _MOST_NEAR):
                far.add(place, _names(located))
                continue
            if located.type == "PractitionerRole":
                self.roles.append(located)
            for name in _names(located):
                self._by_name.setdefault(name, located)
                if located.type in SPOKEN_OF:
                    self._put_beside(name, located)
        if far.seal():
            self._far = far
            self.beside.setdefault(_FAR, []).append(far)

    def _put_beside(self, name: str, located: Located) -> None:
        """For the files that lie with it; where two say something else under one name, neither is meant for sure."""
        before = self.beside.setdefault(name, located)
        if before is not None and before.resource != located.resource:
            self.beside[name] = None

    def _beside(self, name: str) -> Located | None:
        """What a file beside it holds: a short name counts only where this file has nothing of the type itself."""
        located: Located | None = self.beside.get(name)
        if located is None and name not in self.beside:
            spoken_of = (far.find(name) for far in self.beside.get(_FAR, ()) if far is not self._far)
            located = next((resource for resource in spoken_of if resource and resource.type in SPOKEN_OF), None)
        if located is not None and short_of(name) == name and located.type in self._types:
            return None
        return located

    def find(self, reference: object, within: Node | None = None) -> Located | None:
        """The resource that a Reference means: contained, by URL, by `Type/id`, or by identifier."""
        name = fhir.text(reference, "reference")
        if name.startswith("#") and within is not None:
            parts = fhir.children(within, "contained")
            return next((Located(part, name, "") for part in parts if fhir.text(part, "id") == name[1:]), None)
        name = name.partition("/_history/")[0] or _logical(reference)
        name = name.rpartition("?identifier=")[2]
        if not name:
            return None
        located = self._held(name) or self._by_short_name(name) or self._beside(name)
        if located is None:
            self.dangling.add(name)
        return located

    def _held(self, name: str) -> Located | None:
        """What the file itself holds by this name."""
        return self._by_name.get(name) or (self._far.find(name) if self._far else None)

    def _by_short_name(self, address: str) -> Located | None:
        """What the server's whole address means where the file gives no fullUrl: `Type/id` of the same server."""
        short = short_of(address)
        located = self._held(short)
        if short == address or located is None or located.identifier != short:
            return None
        if self._server is None:
            self._server = self._most_named_server()
        return located if address.startswith(f"{self._server}/") else None

    def _most_named_server(self) -> str:
        """The server whose addresses the file's references use most."""
        servers: Counter[str] = Counter()
        for located in self.resources:
            for node in fhir.walk(located.resource):
                address = fhir.text(node, "reference") or fhir.text(node, "url")
                short = short_of(address)
                if short != address and self._held(short):
                    servers[address.removesuffix(f"/{short}")] += 1
        return next((server for server, _count in servers.most_common(1)), "")

    def identifier(self, reference: object) -> str:
        """The identifier of what a Reference means; a dangling one is its own name, and is told once."""
        located = self.find(reference)
        if located is not None:
            return located.identifier
        name = fhir.text(reference, "reference")
        if name.startswith("#"):
            return self._contained(name)
        return name or _logical(reference)

    def _contained(self, name: str) -> str:
        """The identifier of what the resource that is read holds within itself, where it is read as an entry."""
        if self.within is None:
            return ""
        place = f"{self.within.identifier or self.within.locator}{name}"
        return place if self._held(place) else ""

    def spoken(self, reference: object, within: Node | None = None) -> str:
        """Who or what a Reference means, in words."""
        shown = fhir.text(reference, "display")
        if shown:
            return shown
        located = self.find(reference, within)
        return title_of(located.resource, self) if located else ""

    def links(self, role: Role, references: Iterable[object]) -> list[Link]:
        """A link in one role to what each Reference means, where it means anything."""
        identifiers = [self.identifier(reference) for reference in references]
        return [Link(role, EntryId(identifier)) for identifier in identifiers if identifier]

    def attach(self, attachment: Node, name: str) -> Attached | None:
        """Keep an Attachment's bytes as a file of its own; None where the file holds none.

        They stand in the Attachment or in a Binary of the same file. What they are is told by the bytes: sources
        name the wrong type often enough.
        """
        binary = self.find({"reference": fhir.text(attachment, "url")})
        raw = fhir.text(attachment, "data") or (fhir.text(binary.resource, "data") if binary else "")
        if not raw:
            return None
        data = decoded(raw)
        if data is None:
            self.warnings.append(_("{name}: the attached file can’t be decoded.").format(name=name))
            return None
        contents = contents_of(data, name)
        self.warnings += contents.warnings
        if contents.is_harmful:
            return None
        words = fhir.text(attachment, "contentType") or (fhir.text(binary.resource, "contentType") if binary else "")
        media_type = contents.media_type if contents.media_type not in ("", "text/plain") else words
        file = EmbeddedFile(fhir.text(attachment, "title") or name, media_type or "application/octet-stream", data)
        self.embedded.append(file)
        return Attached(file.sha256, file.media_type, contents)


def title_of(resource: Node, context: Context) -> str:
    """What a resource is called."""
    names = [fhir.human_name(name) for name in fhir.children(resource, "name")]
    plain = [*names, fhir.text(resource, "name"), fhir.text(resource, "title"), fhir.concept(resource.get("code"))]
    if fhir.text(resource, "resourceType") == "PractitionerRole":
        plain.append(context.spoken(fhir.child(resource, "practitioner")))
    return next((text for text in plain if text), "")


def _logical(reference: object) -> str:
    """What a Reference means by a business identifier, as `system|value`."""
    identifier = fhir.child(reference, "identifier")
    value = fhir.text(identifier, "value")
    return f"{fhir.text(identifier, 'system')}|{value}" if value else ""


def _names(located: Located) -> list[str]:
    kind, resource_id = located.type, fhir.text(located.resource, "id")
    names = [located.identifier, located.locator, f"{kind}/{resource_id}" if resource_id else ""]
    if kind == "Bundle":
        return names
    if len(resource_id) == _LENGTH_OF_UUID:
        # Within Parameters there is no fullUrl: others mean it by its id.
        names.append(f"urn:uuid:{resource_id}")
    for identifier in fhir.children(located.resource, "identifier"):
        names.append(f"{fhir.text(identifier, 'system')}|{fhir.text(identifier, 'value')}")
    return [name for name in names if name]
