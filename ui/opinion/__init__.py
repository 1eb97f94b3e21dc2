"""The way to a second opinion, one small file a step; STEPS is their order in the stepper.

A new step: a class built on `ui.opinion.step.Step` in a file here, and its line in STEPS. The page holds them.
"""

from ui.opinion.case import CaseStep
from ui.opinion.gather import GatherStep
from ui.opinion.packet import PacketStep
from ui.opinion.reasons import ReasonsStep
from ui.opinion.step import Step

STEPS: tuple[type[Step], ...] = (
    ReasonsStep,
    CaseStep,
    GatherStep,
    PacketStep,
)
