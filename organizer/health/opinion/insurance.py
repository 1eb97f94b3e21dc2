"""What to ask the insurer before a second opinion. Whether something is covered, only the insurer can say."""

from organizer.base.i18n import marked

INSURER_QUESTIONS: tuple[tuple[str, str], ...] = (
    ("covered", marked("Is a second opinion covered for me?")),
    ("kind", marked("Does that hold for a visit, and for a review of my records alone?")),
    ("rereading", marked("Are a new reading of the pathology and of the images covered, or billed apart?")),
    ("network", marked("Is this specialist in my network, and at which site?")),
    ("referral", marked("Do I need a referral?")),
    ("preauthorisation", marked("Do I need an authorization beforehand, and who files it?")),
    ("share", marked("What is my share, and how much of my deductible is left?")),
    ("tests", marked("Are tests covered that the second doctor orders?")),
    ("repeated", marked("Are tests covered that are done again?")),
    ("remote", marked("Is a visit by video covered, also with a doctor in another state or country?")),
    ("third", marked("If the two opinions differ, is a third one covered?")),
    ("required", marked("Does my plan require a second opinion before this treatment?")),
    ("writing", marked("Can I have this answer in writing?")),
)
