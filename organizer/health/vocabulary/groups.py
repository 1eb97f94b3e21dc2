"""Whether a code belongs to a group of codes, within its own system.

`C50` is a cancer in ICD-10 and anything in a hospital's own list.
"""

from organizer.model.codes import ATC, LOINC, RXNORM, SNOMED, Code, family_of

_ICD9 = "icd-9"
_BY_SYSTEM = {SNOMED: "snomed", LOINC: "loinc", RXNORM: "rxnorm", ATC: "atc"}
_BY_PREFIX = frozenset({"icd10", "icd9", "atc"})
"""Systems whose codes stand under shorter ones; in the others a code is alone."""


def family(code: Code) -> str:
    """`icd10` and `icd9` for all their editions, `snomed`, `loinc`, `rxnorm`, `atc`; "" for any other system."""
    if code.icd10:
        return "icd10"
    editions = family_of(code.system)
    if editions:
        return "icd9" if editions == _ICD9 else ""
    return _BY_SYSTEM.get(code.system, "")


def belongs(code: Code, group: str) -> bool:
    """Whether a code is of a group: `C50`, `N18.4`, a range of categories `I05-I09`; exact where nothing is below.

    >>> from organizer.model.codes import code_of
    >>> belongs(code_of("http://hl7.org/fhir/sid/icd-10-cm", "C50.911"), "C50")
    True
    >>> belongs(code_of("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "I06.1"), "I05-I09")
    True
    """
    if family(code) not in _BY_PREFIX:
        return code.code == group
    first, _dash, last = group.replace(".", "").partition("-")
    if not last:
        return code.code.startswith(first)
    return first <= code.code[: len(first)] and code.code[: len(last)] <= last
