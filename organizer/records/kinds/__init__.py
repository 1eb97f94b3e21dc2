"""One file a kind; KINDS is the registry, in the order of the window.

A new kind: one file here that declares a `Kind`, and its line in KINDS. Form, table, search, undo and the packet's
plain table follow from the declaration.
"""

from organizer.base.errors import NotFoundError
from organizer.base.words import _
from organizer.records.kind import Kind
from organizer.records.kinds.adverse_event import ADVERSE_EVENT
from organizer.records.kinds.allergy_intolerance import ALLERGY_INTOLERANCE
from organizer.records.kinds.care_plan import CARE_PLAN
from organizer.records.kinds.communication import COMMUNICATION
from organizer.records.kinds.condition import CONDITION
from organizer.records.kinds.coverage import COVERAGE
from organizer.records.kinds.device import DEVICE
from organizer.records.kinds.diagnostic_report import DIAGNOSTIC_REPORT
from organizer.records.kinds.document_reference import DOCUMENT_REFERENCE
from organizer.records.kinds.encounter import ENCOUNTER
from organizer.records.kinds.family_member_history import FAMILY_MEMBER_HISTORY
from organizer.records.kinds.goal import GOAL
from organizer.records.kinds.imaging_study import IMAGING_STUDY
from organizer.records.kinds.immunization import IMMUNIZATION
from organizer.records.kinds.medication_statement import MEDICATION_STATEMENT
from organizer.records.kinds.observation import OBSERVATION
from organizer.records.kinds.opinion_case import OPINION_CASE
from organizer.records.kinds.organization import ORGANIZATION
from organizer.records.kinds.patient import PATIENT
from organizer.records.kinds.practitioner import PRACTITIONER
from organizer.records.kinds.procedure import PROCEDURE
from organizer.records.kinds.question import QUESTION
from organizer.records.kinds.service_request import SERVICE_REQUEST
from organizer.records.kinds.task import TASK
from organizer.records.kinds.treatment_option import TREATMENT_OPTION

KINDS: tuple[Kind, ...] = (
    PATIENT,
    CONDITION,
    OBSERVATION,
    DIAGNOSTIC_REPORT,
    IMAGING_STUDY,
    MEDICATION_STATEMENT,
    PROCEDURE,
    SERVICE_REQUEST,
    DEVICE,
    ALLERGY_INTOLERANCE,
    ADVERSE_EVENT,
    IMMUNIZATION,
    FAMILY_MEMBER_HISTORY,
    ENCOUNTER,
    PRACTITIONER,
    ORGANIZATION,
    COVERAGE,
    COMMUNICATION,
    CARE_PLAN,
    GOAL,
    DOCUMENT_REFERENCE,
    OPINION_CASE,
    TREATMENT_OPTION,
    QUESTION,
    TASK,
)

_BY_NAME = {kind.name.casefold(): kind for kind in KINDS}


def find_kind(name: str) -> Kind:
    """The kind of that FHIR name, in any case. Raises NotFoundError for an unknown one."""
    kind = _BY_NAME.get(name.casefold())
    if kind is None:
        names = ", ".join(kind.name for kind in KINDS)
        raise NotFoundError(
            _("There is no kind “{name}”.").format(name=name), _("Use one of: {names}.").format(names=names)
        )
    return kind
