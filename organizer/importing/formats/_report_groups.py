"""Which kind of report it is, by the service that made it."""

REPORT_GROUPS = {
    "RAD": "imaging",
    "CT": "imaging",
    "CUS": "imaging",
    "MRI": "imaging",
    "NMR": "imaging",
    "RUS": "imaging",
    "XRC": "imaging",
    "LP29684-5": "imaging",
    "PAT": "pathology",
    "SP": "pathology",
    "CP": "pathology",
    "CTH": "pathology",
    "LP7839-6": "pathology",
    "GE": "genetics",
    "LAB": "laboratory",
    "HM": "laboratory",
    "CH": "laboratory",
    "IMM": "laboratory",
    "MB": "laboratory",
    "SR": "laboratory",
    "TX": "laboratory",
    "LP29693-6": "laboratory",
    "laboratory": "laboratory",
}
"""HL7 v2 table 0074 (diagnostic service section) and the LOINC parts that US Core uses, by our groups."""
