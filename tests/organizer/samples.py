"""What a person could type into every field of a kind, by the field's type."""

from organizer.model.kind import FieldType

TYPED = {
    FieldType.TEXT: "Something with ünïcode",
    FieldType.LONG_TEXT: "First line\nsecond line",
    FieldType.DATE: "2026-03",
    FieldType.NUMBER: "7.5",
    FieldType.VALUE: "<0.10",
    FieldType.SCALE: "4",
    FieldType.WEIGHT: "3",
    FieldType.FLAG: "yes",
    FieldType.LINES: "one\ntwo",
}


def typed(kind):
    """Field name → text, for every field that a form shows."""
    return {
        field.name: field.choices[-1].value if field.type is FieldType.CHOICE else TYPED[field.type]
        for field in kind.fields
        if field.type is not FieldType.TABLE
    }
