"""The class that SNOMED CT writes in brackets behind a name, such as `Angina (disorder)`.

SNOMED CT Editorial Guide, semantic tags (confluence.ihtsdotools.org/display/DOCEG, looked up 2026-11-29).
"""

ASIDE = frozenset({"finding", "situation", "observable entity", "event", "person"})
"""What is noticed of a person or around them, beside disorders."""
CLASSES = ASIDE | {
    "disorder",
    "procedure",
    "regime/therapy",
    "qualifier value",
    "contextual qualifier",
    "morphologic abnormality",
    "substance",
    "product",
    "medicinal product",
    "physical object",
    "body structure",
    "organism",
}


def class_of(title: str) -> str:
    """The class at the end of a name; "" where there is none.

    >>> class_of("Angina (disorder)"), class_of("Angina (stable)")
    ('disorder', '')
    """
    _name, bracket, rest = title.rstrip().rpartition(" (")
    named = rest.removesuffix(")")
    return named if bracket and rest.endswith(")") and named in CLASSES else ""


def without_class(title: str) -> str:
    """A name without its class.

    >>> without_class("Angina (disorder)"), without_class("Angina (stable)")
    ('Angina', 'Angina (stable)')
    """
    named = class_of(title)
    return title.rstrip().removesuffix(f" ({named})") if named else title
