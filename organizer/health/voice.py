"""What the person says of themselves, as somebody says it who writes for them: headings, labels and short sentences.

A text is written once, as the person says it; FOR_ANOTHER holds it as a parent, a guardian or a carer says it. What
isn't there reads alike in both.
"""

from dataclasses import dataclass
from datetime import date

from organizer.base.i18n import _, marked
from organizer.health.writer import prepared_by, writer_of
from organizer.model.entry import Entry

FOR_ANOTHER: dict[str, str] = {
    marked("Why I’m here"): marked("Why {person} is here"),
    marked("Why I’m here, in one sentence"): marked("Why {person} is here, in one sentence"),
    marked("My question"): marked("The question about {person}"),
    marked("My questions"): marked("Questions about {person}"),
    marked("My question, in a sentence or two"): marked("The question, in a sentence or two"),
    marked("Why I ask"): marked("Why it is asked"),
    marked("Why I ask: {reason}"): marked("Why it is asked: {reason}"),
    marked("In my own words"): marked("In the words of {writer}"),
    marked("In my words"): marked("In the words of {writer}"),
    marked("What I’ve been told"): marked("What we have been told"),
    marked("I must decide by"): marked("To be decided by"),
    marked("I need to decide by {day}"): marked("To be decided by {day}"),
    marked("The first three matter most to me. There is room for your answers."): marked(
        "The first three matter most. There is room for your answers."
    ),
    marked("What matters to me"): marked("What matters to {person}"),
    marked("What matters most to me"): marked("What matters most to {person}"),
    marked("What I want to avoid, and what I would accept"): marked("What {person} wants to avoid, and would accept"),
    marked("My days, which a treatment has to fit"): marked("The days of {person}, which a treatment has to fit"),
    marked("My options"): marked("The options for {person}"),
    marked("My options, side by side"): marked("The options for {person}, side by side"),
    marked("In my own words. The numbers say how much each matters to me, from 0 to 5; they are not added up."): marked(
        "In the words of {writer}. The numbers say how much each matters, from 0 to 5; they are not added up."
    ),
    marked("How much these matter to me"): marked("How much these matter to {person}"),
    marked("How much this matters to me"): marked("How much this matters to {person}"),
    marked("Support that I have, and pressure that I feel"): marked("Support that there is, and pressure that is felt"),
    marked("What I still need to know"): marked("What we still need to know"),
    marked("Which way I lean"): marked("Which way we lean"),
    marked("How sure I am of the choice"): marked("How sure we are of the choice"),
    marked("What I have learned"): marked("What we have learned"),
    marked("Outcome, in my view"): marked("Outcome, in our view"),
    marked(
        "What each said, as I understood it. The words in brackets are mine: how it compares with what was before."
    ): marked(
        "What each said, as we understood it. The words in brackets are ours: how it compares with what was before."
    ),
    marked("I had time to say what worried me"): marked("We had time to say what worried us"),
    marked("I understood the explanation"): marked("We understood the explanation"),
    marked("My priorities shaped the plan"): marked("What matters to {person} shaped the plan"),
    marked("After the visit: how was it for me?"): marked("After the visit: how was it for {person}?"),
    marked("How I feel about it now"): marked("How it feels now"),
    marked("I have decided"): marked("It is decided"),
    marked("I choose"): marked("The choice"),
    marked("Make it my plan"): marked("Make it the plan"),
    marked("I have it"): marked("It is there"),
    marked("Ask for my records"): marked("Ask for the records of {person}"),
    marked("Ask my doctor for a referral"): marked("Ask for a referral of {person}"),
    marked("My cases"): marked("The cases of {person}"),
    marked("My comment"): marked("Comment of {writer}"),
    marked("Language, and what helps me in a conversation"): marked(
        "Language, and what helps {person} in a conversation"
    ),
    marked("in my record"): marked("in the record of {person}"),
    marked("{count} earlier ones are in my record."): marked("{count} earlier ones are in the record of {person}."),
    marked("A plan’s check compares my numbers with its goal; it doesn’t judge the illness."): marked(
        "A plan’s check compares the numbers with its goal; it doesn’t judge the illness."
    ),
    marked("“patient-reported” marks what I say myself, without a document behind it."): marked(
        "“patient-reported” marks what {writer} says, without a document behind it."
    ),
    marked("Confidential: health information, meant for the person named above and those who treat me."): marked(
        "Confidential: health information, meant for the person named above and those who treat {person}."
    ),
    marked("This list may be incomplete at the patient’s choice."): marked(
        "This list may be incomplete at the choice of {writer}."
    ),
    marked("This list may be incomplete at the patient’s choice: please ask."): marked(
        "This list may be incomplete at the choice of {writer}: please ask."
    ),
    marked("Some lines are left out at the patient’s choice."): marked(
        "Some lines are left out at the choice of {writer}."
    ),
    marked("Some may be left out at the patient’s choice."): marked("Some may be left out at the choice of {writer}."),
    marked("Some of it may be recorded, and left out at the patient’s choice."): marked(
        "Some of it may be recorded, and left out at the choice of {writer}."
    ),
}
"""Each text as the person says it, with how it is said for `{person}` by `{writer}`."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: `person` is the name of the one spoken for, "" where the person speaks; `writer` who speaks."""

    person: str = ""
    writer: str = ""

    def say(self, own: str, **values: object) -> str:
        """A text that the person would say so, translated; by somebody else as FOR_ANOTHER has it."""
        words = FOR_ANOTHER.get(own, own) if self.person else own
        return _(words).format(person=self.person, writer=self.writer, **values)


def voice_of(person: Entry, as_of: date) -> Voice:
    """In whose voice a person's papers and pages speak on a day."""
    writer = writer_of(person, as_of)
    if writer.is_patient:
        return Voice()
    return Voice(person.title, writer.name or prepared_by(person, as_of))
