"""A phone's health export (Apple Health, `export.xml` in whatever language its name is): read as a stream.

Weights, blood pressures and other single measurements are one entry each. What a phone or watch takes all day long
(steps, heart rate, sleep) is one entry a day and device, with the day's sum, mean or hours and every single reading.
"""

from organizer.importing.formats.apple_health.reader import APPLE_HEALTH

__all__ = ["APPLE_HEALTH"]
