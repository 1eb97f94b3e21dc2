"""Any entry of any kind, made from the kinds' declarations, as hypothesis strategies."""

from hypothesis import strategies as st

from organizer.base.dates import PartialDate
from organizer.model.entry import Coding, Entry, Link, Source
from organizer.model.kind import COLUMNS, FieldType

LETTERS = "ab Z9.,:–<&>\"'\\\n\té😀ש\x01"
words = st.text(LETTERS, max_size=12)
named = words.filter(lambda text: text.strip("\x01 \t\n"))
days = st.sampled_from(("2019", "2019-03", "2019-03-07", "2024-02-29"))
instants = st.sampled_from(
    ("2019-03-07T08:30:00Z", "2019-03-07T08:30:00.250+02:00", "2019-03-07T08:30", "2019-03-07T08:30:00", "1890-01-01")
)
dates = days | instants
numbers = st.integers(-500, 500) | st.floats(-1e6, 1e6).map(lambda number: round(number, 3)) | st.just(1e-7)
units = st.sampled_from(("", "mg/dL", "10*3/uL", "K/uL", "mm[Hg]", "{score}", "tablets a day", "%"))
codings = st.builds(
    Coding,
    st.sampled_from(("http://loinc.org", "http://snomed.info/sct", "", "urn:oid:1.2.3", "local list")),
    st.sampled_from(("1234-5", "38341003", "a b", " odd ")),
    words,
)
by = st.sampled_from(("me", "Ann Example"))
sources = st.builds(Source, recorded_by=by, recorded_at=st.just("2026-01-02T03:04:05+00:00"))


@st.composite
def measured(draw):
    """value, value_text, comparator, unit as an import or a person leaves them."""
    text = draw(st.sampled_from(("1.10", "7", "-0.5", "007", "+5", ".5", "1e3", "Trace", "1:40", "3+", "", " 2")))
    value = draw(st.none() | st.just(float(text)) if text not in ("Trace", "1:40", "3+", "") else st.none())
    comparator = draw(st.sampled_from(("", "<", ">=")))
    return {"value": value, "value_text": text, "comparator": comparator, "unit": draw(units)}


@st.composite
def parts(draw):
    """A component of a panel."""
    codes = [
        {"system": one.system, "code": one.code, "display": one.display} for one in draw(st.lists(codings, max_size=2))
    ]
    return {"title": draw(named), "codes": codes, **draw(measured())}


TABLES = {
    "components": st.lists(parts(), max_size=2),
    "conditions": st.lists(st.fixed_dictionaries({"title": named}, optional={"onset": words}), max_size=2),
    "series": st.lists(
        st.fixed_dictionaries({"uid": st.sampled_from(("1.2.3", "x")), "modality": st.sampled_from(("CT", "scan"))}),
        max_size=2,
    ),
    "page_texts": st.lists(words, max_size=2),
}
LISTED = st.lists(st.fixed_dictionaries({"title": words}), max_size=2)


def values(field):
    """What a field of that type may hold."""
    if field.type is FieldType.CHOICE:
        return st.sampled_from([choice.value for choice in field.choices])
    if field.type is FieldType.TABLE:
        return TABLES.get(field.name, LISTED)
    by_type = {
        FieldType.DATE: dates,
        FieldType.NUMBER: numbers,
        FieldType.SCALE: st.integers(0, 10),
        FieldType.WEIGHT: st.integers(0, 5),
        FieldType.FLAG: st.booleans(),
        FieldType.LINES: st.lists(named, max_size=2),
    }
    return by_type.get(field.type, words)


@st.composite
def entries(draw, kind, person="", others=()):
    """An entry of a kind; `others` are entries that it may be linked to."""
    data = {}
    for field in kind.fields:
        if field.name not in COLUMNS and draw(st.booleans()):
            data[field.name] = draw(values(field))
    if draw(st.booleans()):
        data["something undeclared"] = draw(words | numbers | st.lists(numbers, max_size=2))
    status = kind.field("status")
    roles = [role for role, _kinds in kind.links] + ["member", "conflicts-with"]
    made = str(draw(st.uuids()))
    return Entry(
        kind.name,
        draw(named),
        id=made,
        person=made if kind.name == "Patient" else person,
        codes=tuple(draw(st.lists(codings, max_size=2))),
        happened=draw(st.none() | dates.map(PartialDate)),
        ended=draw(st.none() | dates.map(PartialDate)),
        status=draw(values(status) | words) if status else "",
        data=data,
        sources=(draw(sources),),
        links=tuple(
            dict.fromkeys(
                Link(draw(st.sampled_from(roles)), one.id)
                for one in draw(st.lists(st.sampled_from(others), max_size=2))
            )
        )
        if others
        else (),
        **(draw(measured()) if kind.name in ("Observation", "Goal") else {}),
    )


@st.composite
def records(draw, kinds):
    """One person with one entry of each kind, linked to what came before."""
    patient = next(kind for kind in kinds if kind.name == "Patient")
    made = [draw(entries(patient))]
    for kind in kinds:
        if kind is not patient:
            made.append(draw(entries(kind, made[0].id, made[1:])))
    return made
