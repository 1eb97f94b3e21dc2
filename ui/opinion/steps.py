"""The steps in their order: STEPS is the registry, the page holds them."""

from ui.opinion.after import AfterStep
from ui.opinion.case import CaseStep
from ui.opinion.compare import CompareStep
from ui.opinion.gather import GatherStep
from ui.opinion.insurance import InsuranceStep
from ui.opinion.options import OptionsStep
from ui.opinion.packet import PacketStep
from ui.opinion.questions import QuestionsStep
from ui.opinion.reasons import ReasonsStep
from ui.opinion.step import Step
from ui.opinion.visit import VisitStep

STEPS: tuple[type[Step], ...] = (
    ReasonsStep,
    CaseStep,
    GatherStep,
    InsuranceStep,
    OptionsStep,
    QuestionsStep,
    PacketStep,
    VisitStep,
    CompareStep,
    AfterStep,
)
