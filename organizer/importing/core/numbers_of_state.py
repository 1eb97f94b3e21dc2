"""Numbers by which a state knows a person: never copied into the record's entries; the source document keeps them.

Social security and tax numbers, driving licences, passports and identity cards, as sources mark them: by a type (HL7
table 0203), by the system that gives them out, or by nothing but their shape.
"""

import re

_TYPES = frozenset({"SS", "SB", "PPN", "DL", "TAX", "CZ", "DP"})
"""HL7 v2 table 0203: social security, social beneficiary, passport, driver's licence, tax, citizenship card, diplomatic
passport (terminology.hl7.org/CodeSystem-v2-0203)."""
_SYSTEMS = (
    "http://hl7.org/fhir/sid/us-ssn",
    "http://hl7.org/fhir/sid/passport-",
    "2.16.840.1.113883.4.1",
    "2.16.840.1.113883.4.3.",
    "2.16.840.1.113883.4.330.",
    "1.3.6.1.4.1.19126.3",
    "1.3.6.1.4.1.19126.4",
    "1.2.250.1.213.1.4.8",
    "1.2.250.1.213.1.4.9",
    "1.2.250.1.213.1.4.10",
)
"""US social security numbers and passports by URI; both and driving licences by the OIDs that HL7 gives them; the
Spanish DNI and NIE, the French INS-NIR by their national OIDs. One that ends in a stroke or a point stands for all that
begin so."""
_SHAPE = re.compile(r"\d{3}-\d{2}-\d{4}")
"""A US social security number, whoever calls it what."""


def is_number_of_state(number: str, system: str = "", kind: str = "") -> bool:
    """Whether an identifier is one of these, by its type's code, its system (a URI or a bare OID) or its shape."""
    given = system.removeprefix("urn:oid:")
    is_known = any(given.startswith(known) if known.endswith(("-", ".")) else given == known for known in _SYSTEMS)
    return is_known or kind.upper() in _TYPES or _SHAPE.fullmatch(number.strip()) is not None
