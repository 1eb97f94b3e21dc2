"""The steps in their order: STEPS is the registry, the page holds them."""

from ui.pages.opinion.after import AfterStep
from ui.pages.opinion.case import CaseStep
from ui.pages.opinion.compare import CompareStep
from ui.pages.opinion.gather import GatherStep
from ui.pages.opinion.insurance import InsuranceStep
from ui.pages.opinion.options import OptionsStep
from ui.pages.opinion.packet import PacketStep
from ui.pages.opinion.questions import QuestionsStep
from ui.pages.opinion.reasons import ReasonsStep
from ui.pages.opinion.step import Step
from ui.pages.opinion.visit import VisitStep

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
