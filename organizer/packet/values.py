"""Values as they are printed."""

from organizer.packet.packet_input import PacketPoint


def said(point: PacketPoint) -> str:
    """A value as printed; one with more than five decimals, which no laboratory prints, as `≈52.85`."""
    decimals = point.text.partition(".")[2]
    short = f"≈{point.value:.4g}" if len(decimals) > 5 and decimals.isdecimal() else point.text
    return f"{point.comparator}{short}"
