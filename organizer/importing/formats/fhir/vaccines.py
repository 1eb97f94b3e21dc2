"""Names for vaccines that a source gives by their CVX code alone, as health cards do.

Short descriptions of CDC's CVX table (www2a.cdc.gov/vaccines/iis/iisstandards/vaccines.asp?rpt=cvx), public domain.
"""

SYSTEM = "http://hl7.org/fhir/sid/cvx"
NAMES = {
    "03": "MMR", "08": "Hep B, adolescent or pediatric", "10": "IPV (polio)", "20": "DTaP", "21": "Varicella",
    "33": "Pneumococcal polysaccharide PPSV23", "43": "Hep B, adult", "52": "Hep A, adult", "62": "HPV, quadrivalent",
    "88": "Influenza, unspecified", "94": "MMRV", "106": "DTaP, 5 pertussis antigens", "113": "Td (adult)",
    "114": "Meningococcal MCV4P", "115": "Tdap", "121": "Zoster, live", "133": "Pneumococcal conjugate PCV13",
    "140": "Influenza, seasonal, injectable, preservative free", "141": "Influenza, seasonal, injectable",
    "150": "Influenza, injectable, quadrivalent, preservative free", "165": "HPV9", "187": "Zoster recombinant",
    "207": "COVID-19, mRNA, Moderna", "208": "COVID-19, mRNA, Pfizer", "210": "COVID-19, vector, AstraZeneca",
    "211": "COVID-19, subunit, Novavax", "212": "COVID-19, vector, Janssen", "213": "COVID-19, unspecified",
    "217": "COVID-19, mRNA, Pfizer, tris-sucrose", "218": "COVID-19, mRNA, Pfizer, 5–11 years",
    "219": "COVID-19, mRNA, Pfizer, under 5 years", "221": "COVID-19, mRNA, Moderna, booster",
    "229": "COVID-19, mRNA, Moderna, bivalent", "300": "COVID-19, mRNA, Pfizer, bivalent",
    "309": "COVID-19, mRNA, Pfizer, 2023 and later", "312": "COVID-19, mRNA, Moderna, 2023 and later",
}  # fmt: skip


def named(code: str) -> str:
    """The vaccine of a CVX code (`8` and `08` are one); "" for one that isn't here."""
    return NAMES.get(code) or NAMES.get(code.zfill(2), "")
