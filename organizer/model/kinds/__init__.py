"""One file a kind; KINDS is the registry, in the order of the window.

A new kind: one file here that declares a `Kind`, and its line in KINDS. Form, table, search, undo, timeline, the
packet's plain table, chronology, export and import follow from the declaration.
"""

from collections.abc import Callable

from organizer.base.errors import NotFoundError
from organizer.base.i18n import _
from organizer.model.kind import Kind
from organizer.model.kinds.adverse_event import ADVERSE_EVENT
from organizer.model.kinds.allergy_intolerance import ALLERGY_INTOLERANCE
from organizer.model.kinds.care_plan import CARE_PLAN
from organizer.model.kinds.communication import COMMUNICATION
from organizer.model.kinds.condition import CONDITION
from organizer.model.kinds.coverage import COVERAGE
from organizer.model.kinds.device import DEVICE
from organizer.model.kinds.diagnostic_report import DIAGNOSTIC_REPORT
from organizer.model.kinds.document_reference import DOCUMENT_REFERENCE
from organizer.model.kinds.encounter import ENCOUNTER
from organizer.model.kinds.family_member_history import FAMILY_MEMBER_HISTORY
from organizer.model.kinds.goal import GOAL
from organizer.model.kinds.imaging_study import IMAGING_STUDY
from organizer.model.kinds.immunization import IMMUNIZATION
from organizer.model.kinds.medication_statement import MEDICATION_STATEMENT
from organizer.model.kinds.observation import OBSERVATION
from organizer.model.kinds.opinion_case import OPINION_CASE
from organizer.model.kinds.organization import ORGANIZATION
from organizer.model.kinds.patient import PATIENT
from organizer.model.kinds.practitioner import PRACTITIONER
from organizer.model.kinds.procedure import PROCEDURE
from organizer.model.kinds.question import QUESTION
from organizer.model.kinds.service_request import SERVICE_REQUEST
from organizer.model.kinds.task import TASK
from organizer.model.kinds.treatment_option import TREATMENT_OPTION

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


def names(wanted: Callable[[Kind], object]) -> tuple[str, ...]:
    """The names of the kinds of which something holds, in the order of the window: `names(lambda kind: kind.medical)`.

    Whoever needs several kinds asks for what they have in common, which their own files declare.
    """
    return tuple(kind.name for kind in KINDS if wanted(kind))


def find_kind(name: str) -> Kind:
    """The kind of that FHIR name, in any case. Raises NotFoundError for an unknown one."""
    kind = _BY_NAME.get(name.casefold())
    if kind is None:
        names = ", ".join(kind.name for kind in KINDS)
        raise NotFoundError(
            _("There is no kind “{name}”.").format(name=name), _("Use one of: {names}.").format(names=names)
        )
    return kind
