"""Data files that no reader takes: what they are and what to ask for instead, told beside the document that is kept."""

import re

from organizer.base.i18n import marked

_ASK = marked("Ask for the records as FHIR or C-CDA, or as a table (CSV) with dates, names, values and units.")
_ASK_APP = marked("Export the values as CSV, or through the phone’s own health app.")
_KINDS: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (re.compile(rb"(?:FHS|BHS|MSH)\|"), marked("an HL7 message without results"), _ASK),
    (re.compile(rb"UNB\+|UNA.{6}UNB"), marked("an EDIFACT message"), _ASK),
    (re.compile(rb"(?:\d{7}8000|01380008)"), marked("an LDT or xDT message"), _ASK),
    (re.compile(rb"BEGIN:VC(?:ALENDAR|ARD)"), marked("a calendar or an address"), _ASK),
    (re.compile(rb"<\?xml|<[A-Za-z][\w:.-]*[ >/]"), marked("XML data"), _ASK),
    (re.compile(rb"\{\s*\"|\[\s*[\[{]"), marked("JSON data"), _ASK_APP),
)
_CELLS = re.compile(rb"[^\r\n]*[,;\t][^\r\n]*[\r\n]+(?:[^\r\n]*[,;\t][^\r\n]*[\r\n]*){2}")
_NUMBERS = re.compile(rb"\d[,;\t]|[,;\t]\"?\d")


def unread_data(head: bytes, name: str) -> tuple[str, str]:
    """What a file of data is and what to ask for, both to be translated; ("", "") for words that people write."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x0b")
    for pattern, what, ask in _KINDS:
        if pattern.match(start):
            return what, ask
    looks = name.lower().endswith((".csv", ".tsv", ".tab", ".dat"))
    if looks and _CELLS.match(start) and len(_NUMBERS.findall(start[:4096])) > 2:
        return marked("a table whose form isn’t known"), marked(
            "Say what its columns hold, or ask for one heading row."
        )
    return "", ""
