"""What to ask the insurer before a second opinion. Whether something is covered, only the insurer can say."""

from organizer.base.i18n import _, marked

INSURER_QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("covered", marked("Is a second opinion covered for me?"), marked("Is a second opinion covered for {person}?")),
    (
        "kind",
        marked("Does that hold for a visit, and for a review of my records alone?"),
        marked("Does that hold for a visit, and for a review of the records of {person} alone?"),
    ),
    ("rereading", marked("Are a new reading of the pathology and of the images covered, or billed apart?"), ""),
    (
        "network",
        marked("Is this specialist in my network, and at which site?"),
        marked("Is this specialist in the network of {person}, and at which site?"),
    ),
    ("referral", marked("Do I need a referral?"), marked("Does {person} need a referral?")),
    (
        "preauthorisation",
        marked("Do I need an authorization beforehand, and who files it?"),
        marked("Does {person} need an authorization beforehand, and who files it?"),
    ),
    (
        "share",
        marked("What is my share, and how much of my deductible is left?"),
        marked("What is the share of {person}, and how much of the deductible is left?"),
    ),
    ("tests", marked("Are tests covered that the second doctor orders?"), ""),
    ("repeated", marked("Are tests covered that are done again?"), ""),
    ("remote", marked("Is a visit by video covered, also with a doctor in another state or country?"), ""),
    ("third", marked("If the two opinions differ, is a third one covered?"), ""),
    (
        "required",
        marked("Does my plan require a second opinion before this treatment?"),
        marked("Does the plan of {person} require a second opinion before this treatment?"),
    ),
    ("writing", marked("Can I have this answer in writing?"), ""),
)
"""Each with its id, as the person asks it, and as somebody asks it for `{person}` ("" where that is the same)."""


def insurer_questions(for_whom: str = "") -> list[str]:
    """The questions as the person asks them; with a name, as somebody asks them for that person."""
    if not for_whom:
        return [_(own) for _id, own, _other in INSURER_QUESTIONS]
    return [_(other).format(person=for_whom) if other else _(own) for _id, own, other in INSURER_QUESTIONS]
