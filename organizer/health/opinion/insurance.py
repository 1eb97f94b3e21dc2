"""What to ask the insurer before a second opinion. Whether something is covered, only the insurer can say."""

from dataclasses import dataclass

from organizer.base.i18n import _, marked


@dataclass(frozen=True, slots=True)
class InsurerQuestion:
    """A question as the person asks it, and as somebody asks it for `{person}` ("" where that is the same).

    `own_elsewhere` and `other_elsewhere` are how it is asked where insurances have neither networks nor deductibles;
    "" where it is the same.
    """

    id: str
    own: str
    other: str = ""
    own_elsewhere: str = ""
    other_elsewhere: str = ""


INSURER_QUESTIONS: tuple[InsurerQuestion, ...] = (
    InsurerQuestion(
        "covered", marked("Is a second opinion covered for me?"), marked("Is a second opinion covered for {person}?")
    ),
    InsurerQuestion(
        "kind",
        marked("Does that hold for a visit, and for a review of my records alone?"),
        marked("Does that hold for a visit, and for a review of the records of {person} alone?"),
    ),
    InsurerQuestion(
        "rereading", marked("Are a new reading of the pathology and of the images covered, or billed apart?")
    ),
    InsurerQuestion(
        "network",
        marked("Is this specialist in my network, and at which site?"),
        marked("Is this specialist in the plan’s network, and at which site?"),
        marked("Do you pay for this specialist, and at which hospital or practice?"),
        marked("Do you pay for this specialist, and at which hospital or practice?"),
    ),
    InsurerQuestion("referral", marked("Do I need a referral?"), marked("Does {person} need a referral?")),
    InsurerQuestion(
        "preauthorisation",
        marked("Do I need an authorization beforehand, and who files it?"),
        marked("Does {person} need an authorization beforehand, and who files it?"),
    ),
    InsurerQuestion(
        "share",
        marked("What is my share, and how much of my deductible is left?"),
        marked("How much do we have to pay for {person}, and how much of the deductible is left?"),
        marked("What do I have to pay myself?"),
        marked("What do we have to pay for {person} ourselves?"),
    ),
    InsurerQuestion("tests", marked("Are tests covered that the second doctor orders?")),
    InsurerQuestion("repeated", marked("Are tests covered that are done again?")),
    InsurerQuestion(
        "remote",
        marked("Is a visit by video covered, also with a doctor in another state or country?"),
        "",
        marked("Is a visit by video covered, also with a doctor in another country?"),
        marked("Is a visit by video covered, also with a doctor in another country?"),
    ),
    InsurerQuestion("third", marked("If the two opinions differ, is a third one covered?")),
    InsurerQuestion(
        "required",
        marked("Does my plan require a second opinion before this treatment?"),
        marked("Does the plan of {person} require a second opinion before this treatment?"),
        marked("Do you require a second opinion before this treatment?"),
        marked("Do you require a second opinion before this treatment?"),
    ),
    InsurerQuestion("writing", marked("Can I have this answer in writing?")),
)
MAY_I_ASK = marked("What do you need from us so that you may speak with me about {person}?")
"""Asked first by whoever writes for somebody else: an insurer tells nobody else without it."""


def insurer_questions(for_whom: str = "", elsewhere: bool = False) -> list[str]:
    """The questions as the person asks them; with a name, as somebody asks them for that person.

    `elsewhere` where the person is known to live outside the United States.
    """
    asked = [_asked(question, for_whom, elsewhere) for question in INSURER_QUESTIONS]
    return [_(MAY_I_ASK).format(person=for_whom), *asked] if for_whom else asked


def _asked(question: InsurerQuestion, for_whom: str, elsewhere: bool) -> str:
    own, other = question.own, question.other
    if elsewhere and question.own_elsewhere:
        own, other = question.own_elsewhere, question.other_elsewhere
    return _(other or own).format(person=for_whom) if for_whom else _(own)
