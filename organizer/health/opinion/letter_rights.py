"""Which right a request for records names, and what proves that somebody may act for another, by country.

Sources (looked up 2026-11-29): United States, 45 CFR 164.524(b)(2) (30 days) and 164.502(g) (personal
representatives: parents of minors, guardians, holders of a health care power of attorney). European Union, GDPR
Articles 12(3) (one month), 12(5) and 15(3) (the first copy free of charge); who acts for another is national law.
United Kingdom, UK GDPR Articles 12 and 15 with the Data Protection Act 2018; parental responsibility; lasting power of
attorney for health and welfare, or a deputy. Canada, the health privacy law of the province or territory, in Ontario
the Personal Health Information Protection Act, 2004, sections 23 (substitute decision-makers), 52 and 54(2) (30 days).

A child's own say (looked up 2026-11-29): in Scotland twelve-year-olds are presumed able to use their right themselves
(Information Commissioner's Office, "What rights do children have?"); in Ontario section 23(1) of the Act of 2004 lets a
parent consent below sixteen only, and by 23(3) what a capable child decides goes first (IPC Ontario, PHIPA Decision
244). After a death (looked up 2026-11-29): in the United States the executor or administrator (45 CFR 164.502(g)(4)),
in Ontario the estate trustee (section 23(1)); the GDPR does not apply to the dead (recital 27).
"""

from organizer.base.i18n import _, marked
from organizer.health.writer import Part, Writer

US, EU, UK, CA = "us", "eu", "uk", "ca"
VARIANTS: tuple[tuple[str, str], ...] = (
    (US, marked("United States")),
    (EU, marked("European Union")),
    (UK, marked("United Kingdom")),
    (CA, marked("Canada")),
)
OWN_SAY, OWN_CONSENT = 12, 16
"""Years from which a child may be asked for their own word, and from which a parent's isn't enough in Ontario."""
LETTER_PAPER = frozenset({US, CA})
"""Where one writes on US Letter; elsewhere on A4."""


def right_of_access(variant: str, writer: Writer, person: str) -> str:
    """The paragraph that names the right, for one's own records or for those of somebody else.

    After a death none is named: who may ask then differs from country to country.
    """
    if writer.after_death:
        words = _(
            "I ask for a copy of the records of {person}, who has died. Please tell me which rule holds for that."
        )
        return words.format(person=person)
    own, for_another = _RIGHTS[variant]
    return _(own) if writer.is_patient else _(for_another).format(person=person)


def cost(variant: str) -> str:
    """What is said of the cost; "" where the right makes the first copy free."""
    if variant == US:
        return _("Please tell me the cost before copying if it is more than $25.")
    return _("Please tell me the cost before copying, if there is one.") if variant == CA else ""


def proof(variant: str, writer: Writer, person: str) -> str:
    """What is enclosed as proof, of oneself and of the right to act for the person; asked for where it isn't said."""
    if writer.is_patient:
        return _(_OWN_PROOF[variant])
    if writer.part is Part.HELPER and variant == US:
        words = _("Please tell me which proof you need that I may act as personal representative of {person}.")
        return words.format(person=person)
    if writer.part is Part.HELPER:
        return _("Please tell me which proof you need that I may act for {person}.").format(person=person)
    if writer.part is Part.PARENT and variant == CA and (writer.years or 0) >= OWN_CONSENT:
        return _(_PARENT_OF_SIXTEEN).format(person=person)
    return _(_PROOFS[variant][writer.part]).format(person=person)


def to_enclose(variant: str, writer: Writer, person: str) -> list[str]:
    """What goes into the envelope with the letter, for the one who sends it."""
    enclosures = [_("a copy of your photo ID")] if variant in (US, CA) else []
    papers = {
        Part.PARENT: _("a copy of the birth certificate of {person}"),
        Part.GUARDIAN: _("a copy of the order that appoints you as guardian"),
        Part.CARER: _("a copy of the power of attorney, or of the order that lets you act for {person}"),
    }
    paper = papers.get(writer.part)
    return [*enclosures, paper.format(person=person)] if paper else enclosures


_RIGHTS = {
    US: (
        marked(
            "This is a request for access to my own records under 45 CFR 164.524, not an authorization. The rule gives "
            "30 days. Should it take longer, or should a part be withheld, please write me the reason and until when."
        ),
        marked(
            "This is a request for access to the records of {person} under 45 CFR 164.524, not an authorization. The "
            "rule gives 30 days. Should it take longer, or should a part be withheld, please write me the reason and "
            "until when."
        ),
    ),
    EU: (
        marked(
            "This is a request for access to my own data under Article 15 of the General Data Protection Regulation. "
            "Article 12(3) gives one month, and Article 15(3) makes the first copy free of charge. Should it take "
            "longer, or should a part be withheld, please write me the reason."
        ),
        marked(
            "This is a request for access to the data of {person} under Article 15 of the General Data Protection "
            "Regulation. Article 12(3) gives one month, and Article 15(3) makes the first copy free of charge. Should "
            "it take longer, or should a part be withheld, please write me the reason."
        ),
    ),
    UK: (
        marked(
            "This is a subject access request for my own data under Article 15 of the UK GDPR and the Data Protection "
            "Act 2018. The law gives one month, and the copy is free of charge. Should it take longer, or should a "
            "part be withheld, please write me the reason."
        ),
        marked(
            "This is a subject access request for the data of {person} under Article 15 of the UK GDPR and the Data "
            "Protection Act 2018. The law gives one month, and the copy is free of charge. Should it take longer, or "
            "should a part be withheld, please write me the reason."
        ),
    ),
    CA: (
        marked(
            "This is a request for access to my own personal health information under the health privacy law of this "
            "province or territory; in Ontario, sections 52 to 54 of the Personal Health Information Protection Act, "
            "2004, which give 30 days. Should it take longer, or should a part be withheld, please write me the reason."
        ),
        marked(
            "This is a request for access to the personal health information of {person} under the health privacy law "
            "of this province or territory; in Ontario, sections 52 to 54 of the Personal Health Information "
            "Protection Act, 2004, which give 30 days. Should it take longer, or should a part be withheld, please "
            "write me the reason."
        ),
    ),
}
_OWN_PROOF = {
    US: marked("A copy of my photo ID is enclosed."),
    EU: marked("If you need proof of who I am, please tell me what is enough."),
    UK: marked("If you need proof of who I am, please tell me what is enough."),
    CA: marked("A copy of my photo ID is enclosed."),
}
_PARENT_OF_SIXTEEN = marked(
    "A copy of my photo ID and of the birth certificate of {person} is enclosed. If {person} has to sign too, please "
    "tell me."
)
_PROOFS = {
    US: {
        Part.PARENT: marked(
            "As a parent I am the personal representative of {person} (45 CFR 164.502(g)). A copy of my photo ID and "
            "of the birth certificate of {person} is enclosed."
        ),
        Part.GUARDIAN: marked(
            "As legal guardian I am the personal representative of {person} (45 CFR 164.502(g)). A copy of my photo ID "
            "and of the order that appoints me is enclosed."
        ),
        Part.CARER: marked(
            "I am the personal representative of {person} (45 CFR 164.502(g)). A copy of my photo ID and of the health "
            "care power of attorney, or of the order that appoints me, is enclosed."
        ),
    },
    EU: {
        Part.PARENT: marked(
            "I hold parental responsibility for {person}; a copy of the birth certificate is enclosed. If you need "
            "proof of who I am, please tell me what is enough."
        ),
        Part.GUARDIAN: marked(
            "I am the legal guardian of {person}; a copy of the order that appoints me is enclosed. If you need proof "
            "of who I am, please tell me what is enough."
        ),
        Part.CARER: marked(
            "I represent {person} in matters of health; a copy of the power of attorney, or of the order that appoints "
            "me, is enclosed. If you need proof of who I am, please tell me what is enough."
        ),
    },
    UK: {
        Part.PARENT: marked(
            "I hold parental responsibility for {person}; a copy of the birth certificate is enclosed. If you need "
            "proof of who I am, please tell me what is enough."
        ),
        Part.GUARDIAN: marked(
            "I am the guardian of {person}; a copy of the order that appoints me is enclosed. If you need proof of who "
            "I am, please tell me what is enough."
        ),
        Part.CARER: marked(
            "I act for {person} by a lasting power of attorney for health and welfare, or as deputy; a copy is "
            "enclosed. If you need proof of who I am, please tell me what is enough."
        ),
    },
    CA: {
        Part.PARENT: marked(
            "As a parent I am the substitute decision-maker of {person}. A copy of my photo ID and of the birth "
            "certificate of {person} is enclosed."
        ),
        Part.GUARDIAN: marked(
            "As guardian I am the substitute decision-maker of {person}. A copy of my photo ID and of the order that "
            "appoints me is enclosed."
        ),
        Part.CARER: marked(
            "I am the substitute decision-maker of {person}. A copy of my photo ID and of the power of attorney for "
            "personal care, or of the order that appoints me, is enclosed."
        ),
    },
}
