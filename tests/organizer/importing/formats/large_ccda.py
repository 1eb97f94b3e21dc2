"""An ordinary summary of any size: results in panels of ten, each named three times by reference into the narrative."""

_HEAD = """<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><templateId root="2.16.840.1.113883.10.20.22.1.2"/>
<id root="1.2.3" extension="large"/><code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/><title>Summary</title>
<effectiveTime value="20240301120000-0500"/>
<recordTarget><patientRole><id root="1.2.3" extension="77"/><patient><name><given>Ada</given><family>Example</family>
</name><birthTime value="19700101"/></patient></patientRole></recordTarget><component><structuredBody><component>
<section><code code="30954-2" codeSystem="2.16.840.1.113883.6.1"/><title>Results</title><text><table><tbody>"""
_ROW = '<tr><td ID="name{n}">Analyte {n}</td><td ID="value{n}">Found {n}</td><td ID="range{n}">4.0–11.0</td></tr>'
_PANEL = """<entry><organizer classCode="BATTERY" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.1"/>
<id root="1.2.3.1" extension="{n}"/><code code="24323-8" codeSystem="2.16.840.1.113883.6.1" displayName="Panel"/>
<statusCode code="completed"/><author><time value="20240301"/><assignedAuthor><assignedPerson><name>Dr. Grey</name>
</assignedPerson></assignedAuthor></author>{results}</organizer></entry>"""
_RESULT = """<component><observation classCode="OBS" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.2"/>
<id root="1.2.3.2" extension="{n}"/><code code="{code}" codeSystem="2.16.840.1.113883.6.1"><originalText>
<reference value="#name{n}"/></originalText></code><text><reference value="#value{n}"/></text>
<statusCode code="completed"/><effectiveTime value="{time}"/><value xsi:type="PQ" value="{value}" unit="mg/dL"/>
<referenceRange><observationRange><text><reference value="#range{n}"/></text></observationRange></referenceRange>
</observation></component>"""


def large_document(results: int, of_one_day: bool = False) -> str:
    """The XML of a summary with that many results: of many analytes and days, or of one device on one day."""
    rows = "".join(_ROW.format(n=n) for n in range(results))
    panels = "".join(_panel(first, min(first + 10, results), of_one_day) for first in range(0, results, 10))
    end = "</section></component></structuredBody></component></ClinicalDocument>"
    return f"{_HEAD}{rows}</tbody></table></text>{panels}{end}"


def _panel(first: int, end: int, of_one_day: bool) -> str:
    return _PANEL.format(n=first, results="".join(_result(n, of_one_day) for n in range(first, end)))


def _result(n: int, of_one_day: bool) -> str:
    if of_one_day:
        time = f"20240110{n // 3600 % 24:02}{n // 60 % 60:02}{n % 60:02}-0500"
        return _RESULT.format(n=n, code="8867-4", time=time, value=n % 97 + 0.5)
    time = f"2023{n // 28 % 12 + 1:02}{n % 28 + 1:02}{n % 24:02}{n % 60:02}-0500"
    return _RESULT.format(n=n, code=f"{1000 + n % 200}-{n % 10}", time=time, value=n % 97 + 0.5)
