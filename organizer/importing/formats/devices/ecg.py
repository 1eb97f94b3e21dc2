"""An ECG that a watch took: the finding and when, in the lines above the voltages. The curve stays in the original."""

import re

from organizer.base.groups import group_of_each
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.base.written_dates import date_of
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.formats.tables.grid import split
from organizer.importing.page_text.plain_words import decoded_text
from organizer.model.entry import Entry, Source
from organizer.model.statuses import Status

_LABELS = {
    "name": ("name", "nombre", "nom"),
    "born": ("date of birth", "geburtsdatum", "fecha de nacimiento", "date de naissance"),
    "when": ("recorded date", "aufzeichnungsdatum", "fecha de registro", "date d’enregistrement", "aufgezeichnet am"),
    "finding": ("classification", "klassifizierung", "clasificación"),
    "symptoms": ("symptoms", "symptome", "síntomas", "symptômes"),
    "device": ("device", "gerät", "dispositivo", "appareil"),
}
_BY_LABEL = group_of_each(_LABELS)
_VOLTAGES = re.compile(r"^(?:Unit|Einheit|Unidad|Unité)[,;]\s*[µμ]V", re.MULTILINE | re.IGNORECASE)
_LINES_ABOVE = 25


class EcgFormat(Format):
    """The CSV of a phone's ECG."""

    name = "ECG"

    def recognises(self, source: SourceFile) -> bool:
        """Lines that say when it was recorded and what was found, above voltages in µV."""
        text = decoded_text(source.head)[0]
        return _VOLTAGES.search(text[:4096]) is not None and {"when", "finding"} <= _header(text).keys()

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Whose it is, and one entry with the device's own words for what it found."""
        progress.check()
        fields = _header(decoded_text(source.head)[0])
        when = date_of(fields["when"])
        if when is None:
            reason = _("“{date}” isn’t a date that can be read.").format(date=fields["when"][:40])
            return Reading(skipped=[Skipped("row=3", "ECG", reason)])
        reading = Reading()
        name, born = fields.get("name", ""), date_of(fields.get("born", ""))
        patient = f"ecg:{name.casefold()}|{born.text}" if name and born else ""
        if patient and born:
            person = Entry(
                "Patient", name, data={"birth_date": born.text}, sources=(Source(locator="row=1", identifier=patient),)
            )
            reading.drafts.append(Draft(person, patient, stands_for=0))
        data = {"category": "exam", "performer": fields.get("device", ""), "note": fields.get("symptoms", "")}
        entry = Entry(
            "Observation",
            _("ECG by a watch"),
            happened=when,
            value_text=fields["finding"],
            status=Status.FINAL,
            data={field: text for field, text in data.items() if text},
            sources=(Source(locator="row=4", identifier=f"ecg|{fields.get('device', '')}|{when.text}"),),
        )
        reading.drafts.append(Draft(entry, patient, patient_name=name))
        reading.warnings.append(_("The curve itself stays in the original; the entry says what the device found."))
        return reading


ECG = EcgFormat()


def _header(text: str) -> dict[str, str]:
    rows = [row for _line, row in split(text[:4096], ",", _LINES_ABOVE)]
    named = ((_BY_LABEL.get(row[0].strip().casefold(), ""), row[1].strip()) for row in rows if len(row) > 1)
    return {role: value for role, value in named if role and value}
