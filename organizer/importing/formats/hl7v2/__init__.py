"""HL7 v2 messages with results (ORU and its kin), as laboratories and hospitals send them."""

from organizer.importing.formats.hl7v2.reader import HL7_V2

__all__ = ["HL7_V2"]
