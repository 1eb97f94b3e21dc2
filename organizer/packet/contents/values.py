"""Values as they are printed."""

import re

from organizer.packet.packet_input import PacketPoint


def said(point: PacketPoint) -> str:
    """A value as printed; one with more than five decimals, which no laboratory prints, as `≈52.85`."""
    decimals = point.text.partition(".")[2]
    short = f"≈{point.value:.4g}" if len(decimals) > 5 and decimals.isdecimal() else point.text
    return f"{point.comparator}{short}"


def brief(point: PacketPoint) -> str:
    """The same without what a source adds in brackets (`2.63 (298 mg/mmol)`), for a column or a chart's label.

    The whole stands in the table of results.
    """
    return re.sub(r"(?<=\d) \(.*\)$", "", said(point))
