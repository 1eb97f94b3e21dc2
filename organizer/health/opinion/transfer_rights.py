"""By which right records go straight from one clinic to another at a person's wish, and what that right doesn't cover.

Sources (looked up 2026-11-29). United States: 45 CFR 164.524(c)(3)(ii), a signed request that names the recipient and
where to send the copy; after Ciox Health, LLC v. Azar, 435 F. Supp. 3d 30 (D.D.C. 2020), it holds for an electronic
copy of what is in an electronic health record only, and the limit on fees of (c)(4) doesn't hold for it; an
authorization by 45 CFR 164.508(c) covers the rest. European Union: GDPR Article 20(2), direct transmission where
technically feasible, but by Article 20(1) only of data that the person provided, processed by automated means on the
ground of consent or a contract; recital 14 of the European Health Data Space Regulation says so of health data; the
copy itself is Article 15(3). United Kingdom: the same articles of the UK GDPR. Canada: in Ontario the Personal Health
Information Protection Act, 2004, which lets custodians pass on to others who give care, by consent express or implied
(IPC Ontario and Canadian Mental Health Association, Ontario, on chapter 6 of its privacy toolkit).
"""

from organizer.base.i18n import _, marked
from organizer.health.opinion.letter_rights import CA, EU, UK, US, right_of_access
from organizer.health.writer import Writer

_RIGHTS = {
    US: (
        marked(
            "This is my signed request under 45 CFR 164.524(c)(3)(ii): please send an electronic copy of what you keep "
            "of me in an electronic health record straight to the recipient named above. For what is kept in another "
            "form (paper, films, discs, slides), my authorization is enclosed. I know that after Ciox Health v. Azar "
            "(D.D.C. 2020) the fee for sending to somebody else may be another than for my own copy: please tell me "
            "the cost beforehand."
        ),
        marked(
            "This is a signed request under 45 CFR 164.524(c)(3)(ii): please send an electronic copy of what you keep "
            "of {person} in an electronic health record straight to the recipient named above. For what is kept in "
            "another form (paper, films, discs, slides), an authorization is enclosed. I know that after Ciox Health "
            "v. Azar (D.D.C. 2020) the fee for sending to somebody else may be another than for the person’s own copy: "
            "please tell me the cost beforehand."
        ),
    ),
    EU: (
        marked(
            "I ask for a copy of my data under Article 15(3) of the General Data Protection Regulation, and wish it to "
            "be sent to the recipient named above; my consent to that is enclosed. Where the data were given by me and "
            "are processed on the ground of consent or a contract, Article 20(2) provides for sending them directly "
            "where that is technically feasible. Where you can’t send them directly, please send the copy to me."
        ),
        marked(
            "I ask for a copy of the data of {person} under Article 15(3) of the General Data Protection Regulation, "
            "and wish it to be sent to the recipient named above; the consent to that is enclosed. Where the data were "
            "given by the person and are processed on the ground of consent or a contract, Article 20(2) provides for "
            "sending them directly where that is technically feasible. Where you can’t send them directly, please send "
            "the copy to me."
        ),
    ),
    UK: (
        marked(
            "I ask for a copy of my data under Article 15 of the UK GDPR, and wish it to be sent to the recipient "
            "named above; my consent to that is enclosed. Where the data were given by me and are processed on the "
            "ground of consent or a contract, Article 20(2) provides for sending them directly where that is "
            "technically feasible. Where you can’t send them directly, please send the copy to me."
        ),
        marked(
            "I ask for a copy of the data of {person} under Article 15 of the UK GDPR, and wish it to be sent to the "
            "recipient named above; the consent to that is enclosed. Where the data were given by the person and are "
            "processed on the ground of consent or a contract, Article 20(2) provides for sending them directly where "
            "that is technically feasible. Where you can’t send them directly, please send the copy to me."
        ),
    ),
    CA: (
        marked(
            "I consent to your sending this information to the recipient named above, who is to give me an opinion on "
            "my care; my consent is enclosed in writing. In Ontario the Personal Health Information Protection Act, "
            "2004, lets you pass it on with consent; elsewhere the law of the province or territory holds. Where you "
            "can’t send it directly, please send the copy to me."
        ),
        marked(
            "I consent for {person} to your sending this information to the recipient named above, who is to give an "
            "opinion on the care of {person}; the consent is enclosed in writing. In Ontario the Personal Health "
            "Information Protection Act, 2004, lets you pass it on with consent; elsewhere the law of the province or "
            "territory holds. Where you can’t send it directly, please send the copy to me."
        ),
    ),
}
_STATEMENTS = {
    US: (
        marked(
            "This authorization may be revoked in writing at any time, by a letter to the one who discloses; what was "
            "sent before stays sent. Treatment, payment, enrolment and eligibility do not depend on signing it. What "
            "has been disclosed may be disclosed again by the recipient and may then no longer be protected by the "
            "federal rule (45 CFR 164.508(c)(2))."
        ),
        marked(
            "Psychotherapy notes, and records of substance use treatment under 42 CFR Part 2, need a separate "
            "authorization, and the law of the state may ask for more (such as HIV or genetic tests). They are not "
            "part of this one."
        ),
    ),
    EU: (
        marked(
            "This consent is given freely and for this purpose only (GDPR Articles 6(1)(a) and 9(2)(a)). It may be "
            "withdrawn at any time with effect for the future (Article 7(3)); care does not depend on it. It releases "
            "from professional secrecy towards the recipient named, as far as national law asks for that."
        ),
    ),
    UK: (
        marked(
            "This consent is given freely and for this purpose only. It may be withdrawn at any time with effect for "
            "the future; care does not depend on it. It covers the duty of confidence and the UK GDPR."
        ),
    ),
    CA: (
        marked(
            "This consent is given freely, with knowledge of the purpose, and may be withdrawn at any time with effect "
            "for the future; care does not depend on it."
        ),
    ),
}


def right_to_send(variant: str, writer: Writer, person: str) -> str:
    """The paragraph that names the right and its limits, for one's own records or for those of somebody else.

    After a death none is named (see letter_rights.py).
    """
    if writer.after_death:
        return right_of_access(variant, writer, person)
    own, for_another = _RIGHTS[variant]
    return _(own) if writer.is_patient else _(for_another).format(person=person)


def statements(variant: str) -> list[str]:
    """What an authorization has to say to whoever signs it."""
    return [_(words) for words in _STATEMENTS[variant]]
