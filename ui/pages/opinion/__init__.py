"""The way to a second opinion, one small file a step; STEPS in steps.py is their order in the stepper.

A new step: a class built on `ui.pages.opinion.step.Step` in a file here, and its line in STEPS. The page holds them.
"""

from ui.pages.opinion.page import OpinionPage

__all__ = ["OpinionPage"]
