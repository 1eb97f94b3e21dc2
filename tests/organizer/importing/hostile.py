"""Files that were made to break whoever reads them. Run as a script it imports each under a limit and says how it went.

python hostile.py FOLDER    → one line of JSON a case, imported within 1 GiB of address space
"""

import json
import os
import resource
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

MOST_MEMORY = 1 << 30  # bytes of address space
FHIR = (
    '{"resourceType":"Bundle","type":"collection","entry":['
    '{"resource":{"resourceType":"Patient","id":"p","name":[{"family":"Quill","given":["Ada"]}],%s"gender":"female"}},'
    '{"resource":{"resourceType":"Observation","id":"o","status":"final","code":{"text":"Sodium"},'
    '"subject":{"reference":"Patient/p"},"effectiveDateTime":"%s",%s}}]}'
)
SODIUM = '"valueQuantity":{"value":%s,"unit":"mmol/L"}'
MAIL = b"From: a@x.org\r\nSubject: Result\r\nMIME-Version: 1.0\r\n"
HL7 = b"MSH|^~\\&|A|B|C|D|20260301||ORU^R01|1|P|2.5\rPID|1||1||"
CDA = '<ClinicalDocument xmlns="urn:hl7-org:v3">%s</ClinicalDocument>'


def fhir(value: str = SODIUM % "141", when: str = "2026-03-01", more: str = "") -> bytes:
    return (FHIR % (more, when, value)).encode()


def zipped(*members: tuple[str, bytes], pack: int = zipfile.ZIP_DEFLATED) -> bytes:
    paper = BytesIO()
    with zipfile.ZipFile(paper, "w", pack) as made:
        for name, data in members:
            made.writestr(name, data)
    return paper.getvalue()


def nested_zip(depth: int) -> bytes:
    data = fhir()
    for level in range(depth):
        data = zipped((f"level{level}.zip" if level else "record.json", data))
    return data


def lying_zip() -> bytes:
    """A member whose declared size is a thousandth of what it unpacks to."""
    data = bytearray(zipped(("record.json", bytes(50_000_000))))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(mark)
        data[at + place : at + place + 4] = struct.pack("<I", 50_000)
    return bytes(data)


def overlapping_zip() -> bytes:
    """Many names in the index for one and the same member."""
    data = zipped(("a.json", fhir()))
    start = data.find(b"PK\x01\x02")
    end = data.find(b"PK\x05\x06")
    entry, tail = data[start:end], bytearray(data[end:])
    count = 200
    tail[8:12] = struct.pack("<HH", count, count)
    tail[12:16] = struct.pack("<I", len(entry) * count)
    return data[:start] + entry * count + bytes(tail)


def encrypted_zip() -> bytes:
    data = bytearray(zipped(("record.json", fhir())))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    return bytes(data)


def linking_zip() -> bytes:
    """A symbolic link as a member: read as the few bytes that it is, and never followed."""
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (0o120777 << 16) | 0
    paper = BytesIO()
    with zipfile.ZipFile(paper, "w") as made:
        made.writestr(info, "/etc/passwd")
    return paper.getvalue()


def vast_picture() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1 << 20))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def endless_pdf() -> bytes:
    """A cross-reference table that names itself as the one before."""
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 1/Prev 42>>\nstartxref\n42\n%%EOF"
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n" + table


def radiology(length: bytes) -> bytes:
    meta = b"\x02\x00\x10\x00UI\x14\x001.2.840.10008.1.2.1\x00"
    group = b"\x02\x00\x00\x00UL\x04\x00" + struct.pack("<I", len(meta))
    start = bytes(128) + b"DICM" + group + meta
    return start + b"\x10\x00\x10\x00PN\x04\x00Qu^A" + b"\x08\x00\x81\x11SQ\x00\x00" + length


CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    # what it is: the file's name, what makes it, and whether it may be "read", read in "part" or must be "refused"
    "an entity bomb": ("bomb.xml", lambda: (
        '<?xml version="1.0"?><!DOCTYPE ClinicalDocument [<!ENTITY a "lollollol">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + "]>" + CDA % "<title>&i;</title>").encode(), "refused"),
    "an external entity": ("xxe.xml", lambda: (
        '<?xml version="1.0"?><!DOCTYPE ClinicalDocument [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + CDA % "<title>&x;</title>").encode(), "refused or read"),
    "an external document type": ("dtd.xml", lambda: (
        '<!DOCTYPE ClinicalDocument SYSTEM "http://x.invalid/x.dtd">' + CDA % "<title>T</title>").encode(), "read"),
    "XML ten thousand deep": ("deep.xml", lambda: (CDA % ("<component>" * 10_000)).encode(), "refused"),
    "an attribute of 20 MB": ("attribute.xml", lambda: (
        CDA % f'<title language="{"x" * 20_000_000}">T</title>').encode(), "refused or read"),
    "millions of XML elements": ("many.xml", lambda: (CDA % ("<a/>" * 10_000_000)).encode(), "refused"),
    "a text of 12 MB in XML": ("text.xml", lambda: (CDA % f"<title>{'x' * 12_000_000}</title>").encode(), "read"),
    "JSON ten thousand deep": ("deep.json", lambda: fhir('"x":' + "[" * 10_000 + "]" * 10_000), "refused"),
    "JSON nine hundred deep": ("lists.json", lambda: fhir(
        '"interpretation":' + "[" * 900 + "]" * 900), "refused or read"),
    "ten million empty lists": ("lists.json", lambda: (
        b'{"resourceType":"Bundle","entry":[' + b"[]," * 10_000_000 + b"[]]}"), "refused"),
    "NaN": ("nan.json", lambda: fhir(SODIUM % "NaN"), "refused"),
    "1e999": ("huge.json", lambda: fhir(SODIUM % "1e999"), "read"),
    "a number of 100,000 digits": ("digits.json", lambda: fhir(SODIUM % ("9" * 100_000)), "refused or read"),
    "an integer beyond 2^63": ("integer.json", lambda: fhir(SODIUM % "9223372036854775808"), "read"),
    "a key that stands twice": ("twice.json", lambda: (
        fhir('"status":"final","status":"final",' + SODIUM % "141")), "read"),
    "lone surrogates": ("surrogate.json", lambda: (
        fhir('"note":[{"text":"\\ud800 and \\udc00"}],' + SODIUM % "141")), "read"),
    "zero characters": ("zero.json", lambda: fhir('"note":[{"text":"a\\u0000b"}],' + SODIUM % "141"), "read"),
    "directions turned in a name": ("bidi.json", lambda: (
        fhir(more='"maritalStatus":{"text":"\\u202egnp.exe"},')), "read"),
    "markup as values": ("markup.json", lambda: (
        fhir('"note":[{"text":"<img src=x onerror=alert(1)>"}],' + SODIUM % "1")), "read"),
    "the day 0000-00-00": ("zero-day.json", lambda: fhir(when="0000-00-00"), "read"),
    "the year 10000": ("far.json", lambda: fhir(when="10000-01-01"), "read"),
    "the 45th of month 13": ("month.json", lambda: fhir(when="2026-13-45T99:99:99+99:99"), "read"),
    "UTF-16 without a mark": ("wide.json", lambda: fhir().decode().encode("utf-16-le"), "refused or read"),
    "a path out of the zip": ("slip.zip", lambda: zipped(("../../../../tmp/slipped.json", fhir())), "read"),
    "an absolute path in the zip": ("absolute.zip", lambda: zipped(("/tmp/slipped.json", fhir())), "read"),
    "a zip bomb": ("bomb.zip", lambda: zipped(("record.json", bytes(100_000_000))), "refused"),
    "a zip that lies about a size": ("lying.zip", lying_zip, "refused"),
    "zips in zips in zips": ("nested.zip", lambda: nested_zip(6), "refused"),
    # Python's releases differ: some take none, some the first of those that overlap, some all of them.
    "one member under many names": ("overlap.zip", overlapping_zip, "refused or part or read"),
    "a locked zip": ("locked.zip", encrypted_zip, "refused"),
    "a link in a zip": ("linking.zip", linking_zip, "read"),
    "half a zip": ("half.zip", lambda: zipped(("record.json", fhir()))[:120], "refused"),
    "a vast picture": ("vast.png", vast_picture, "read"),
    "an endless cross-reference": ("endless.pdf", endless_pdf, "read"),
    "half a PDF": ("half.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<</Type /Cat", "read"),
    "a PDF that is a zip as well": ("both.pdf", lambda: b"%PDF-1.4\n" + zipped(("record.json", fhir())), "read"),
    "DICOM with a huge length": ("huge.dcm", lambda: radiology(struct.pack("<I", 0xFFFFFFF0)), "refused or read"),
    "DICOM without an end": ("open.dcm", lambda: (
        radiology(b"\xff\xff\xff\xff" + b"\xfe\xff\x00\xe0\xff\xff\xff\xff" * 5000)), "refused or read"),
    "zero bytes in a table": ("zero.csv", lambda: b"Date,Test,Result\n2026-02-01,So\x00dium,1\x0041\n", "read"),
    "formulas in a table": ("formula.csv", lambda: (
        b'Date,Test,Result\n2026-02-01,"=HYPERLINK(""http://x"")",141\n'), "read"),
    "a table of one endless row": ("row.csv", lambda: b"Date,Test,Result\n" + b"," * 20_000_000, "refused or read"),
    "a phone's export of one endless element": ("export.xml", lambda: (
        b'<HealthData><Workout a="1">' + b"<WorkoutEvent/>" * 1_000_000), "refused or part"),
    "a phone's entities": ("export.xml", lambda: (
        b'<!DOCTYPE HealthData [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        b'<HealthData><Record type="&b;"/></HealthData>'), "refused or part"),
    "a health card that is a bomb": ("card.txt", lambda: _card(bytes(30_000_000)), "refused"),
    "one entity of 50,000 letters, fifty thousand times": ("quadratic.xml", lambda: (
        f'<!DOCTYPE ClinicalDocument [<!ENTITY a "{"x" * 50_000}">]>' + CDA % f"<title>{'&a;' * 50_000}</title>"
    ).encode(), "refused"),
    "entities that make entities": ("parameter.xml", lambda: (
        "<!DOCTYPE ClinicalDocument [<!ENTITY % a \"<!ENTITY b SYSTEM 'file:///etc/passwd'>\">%a;]>"
        + CDA % "<title>&b;</title>").encode(), "refused or read"),
    "30,000 attributes": ("attributes.xml", lambda: (
        CDA % f"<title{_attributes(30_000)}>T</title>").encode(), "read"),
    "20,000 name spaces": ("spaces.xml", lambda: (
        CDA % f"<title{_name_spaces(20_000)}>T</title>").encode(), "read"),
    "a million comments": ("comments.xml", lambda: (CDA % ("<!---->" * 1_000_000)).encode(), "read"),
    "organizers four hundred deep": ("organizers.xml", lambda: (
        CDA % ("<component><organizer>" * 200 + "</organizer></component>" * 200)).encode(), "refused or read"),
    "results that are parts of each other in a circle": ("circle.json", lambda: _circle(200), "read"),
    "extensions 450 deep": ("extensions.json", lambda: fhir(
        '"extension":' + '[{"url":"u","extension":' * 450 + "[]" + "}]" * 450 + "," + SODIUM % "1"), "refused or read"),
    "a result of a million hyphens": ("hyphens.json", lambda: fhir(f'"valueString":"{"1-" * 500_000}"'), "read"),
    "a name of five million blanks": ("blanks.json", lambda: fhir(
        f'"note":[{{"text":"{" " * 5_000_000}x"}}],' + SODIUM % "1"), "read"),
    "a narrative of a million open signs": ("narrative.json", lambda: fhir(
        f'"text":{{"status":"generated","div":"<div>{"<" * 1_000_000}</div>"}},' + SODIUM % "1"), "read"),
    "a quotation mark that is never closed": ("quote.csv", lambda: (
        b'Date,Test,Result\n2026-02-01,"' + b"a,b\n" * 30_000), "refused or part or read"),
    "a table of quotation marks": ("quotes.csv", lambda: b"Date,Test,Result\n" + b'"' * 300_000, "refused or read"),
    "a day of strokes": ("strokes.csv", lambda: (
        b"Date,Test,Result\n" + b"1/" * 300_000 + b",Sodium,1\n"), "refused or read"),
    "a mail fifteen hundred parts deep": ("deep.eml", lambda: _deep_mail(1_500), "refused"),
    "five thousand mails within mails": ("mails.eml", lambda: (
        MAIL + b"Content-Type: message/rfc822\r\n\r\nSubject: y\r\n" * 5_000 + b"\r\nx"), "refused"),
    "a subject of half encoded words": ("subject.eml", lambda: (
        b"From: a@x.org\r\nSubject: " + b"=?utf-8?q?" * 50_000 + b"\r\n\r\nx"), "read"),
    "a sender of brackets": ("sender.eml", lambda: (
        b"From: " + b"(" * 100_000 + b"a@x.org\r\n" + MAIL + b"\r\nx"), "read"),
    "a zip bomb that came with a mail": ("bomb.eml", lambda: _mail_with(zipped(("a.csv", bytes(20_000_000)))), "part"),
    "a phone's database that computes": ("phone.db", lambda: _computing("zeroblob(900000000)"), "refused or read"),
    "DICOM three thousand deep": ("deep.dcm", lambda: radiology(
        b"\xff\xff\xff\xff" + (b"\xfe\xff\x00\xe0\xff\xff\xff\xff\x08\x00\x40\x11SQ\x00\x00\xff\xff\xff\xff") * 3_000),
        "refused"),
    "a name repeated a hundred thousand times in HL7": ("repeats.hl7", lambda: (
        HL7 + b"Quill^Ada~" * 100_000 + b"\r"), "refused or read"),
    "a million strokes in HL7": ("strokes.hl7", lambda: (
        HL7 + b"Quill^Ada\rOBR|1|||1^a\rOBX|1|TX|1^a||" + b"\\" * 1_000_000 + b"\r"), "refused or read"),
    "nights of a thousand years on a phone": ("export.xml", lambda: (
        b'<HealthData locale="en_GB">' + b'<Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" '
        b'startDate="1900-02-01 23:00:00 +0100" endDate="2900-02-02 06:00:00 +0100" '
        b'value="HKCategoryValueSleepAnalysisAsleepCore"/>' * 500 + b"</HealthData>"), "refused or part or read"),
    "an empty file": ("empty.json", lambda: b"", "refused"),
    "bytes of nothing known": ("noise.bin", lambda: bytes(range(256)) * 64, "refused"),
}  # fmt: skip


def _attributes(number: int) -> str:
    return "".join(f' a{place}="1"' for place in range(number))


def _name_spaces(number: int) -> str:
    return "".join(f' xmlns:a{place}="u{place}"' for place in range(number))


def _circle(number: int) -> bytes:
    """Results each of which says that the next one is a part of it."""
    resource = (
        '{"resource":{"resourceType":"Observation","id":"o%d","status":"final","code":{"text":"Panel"},'
        '"effectiveDateTime":"2026-03-01","hasMember":[{"reference":"Observation/o%d"}]}}'
    )
    entries = ",".join(resource % (place, (place + 1) % number) for place in range(number))
    return f'{{"resourceType":"Bundle","type":"collection","entry":[{entries}]}}'.encode()


def _deep_mail(depth: int) -> bytes:
    """Parts each of which holds one further part."""
    levels = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return MAIL + b"".join(levels) + b"\r\nhello\r\n"


def _mail_with(zip_file: bytes) -> bytes:
    import base64

    return (
        MAIL + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\n"
        b"Content-Disposition: attachment; filename=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(zip_file)
        + b"--b--"
    )


def _computing(expression: str) -> bytes:
    """A phone's database whose columns are expressions."""
    import sqlite3

    made = sqlite3.connect(":memory:")
    column = f"package_name text generated always as ({expression}) virtual"
    made.execute(f"create table weight_record_table (row_id integer primary key, time integer, weight real, {column})")
    made.execute("insert into weight_record_table (time, weight) values (1767225600000, 70000.0)")
    made.commit()
    return made.serialize()


def _card(payload: bytes) -> bytes:
    import base64

    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    parts = (b'{"zip":"DEF","alg":"ES256"}', engine.compress(payload) + engine.flush(), bytes(64))
    return b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)


def sparse(path: Path) -> Path:
    """Five GiB that take no room."""
    with path.open("wb") as stream:
        stream.write(b'{"resourceType":"Bundle","entry":[')
        stream.truncate(5 << 30)
    return path


def made(folder: Path) -> dict[str, Path]:
    """Every case as a file, and those that only a file system can be: a link in a circle, a pipe, a device, 5 GiB."""
    paths = {}
    for number, (what, (name, make, _may)) in enumerate(CASES.items()):
        paths[what] = folder / str(number) / name
        paths[what].parent.mkdir()
        paths[what].write_bytes(make())
    return paths | special(folder)


def special(folder: Path) -> dict[str, Path]:
    circle, pipe = folder / "circle.json", folder / "pipe.json"
    circle.symlink_to(circle)
    os.mkfifo(pipe)
    found = {"a link in a circle": circle, "a pipe": pipe, "a device": Path("/dev/zero")}
    return found | {"five gibibytes": sparse(folder / "vast.json"), "nothing there": folder / "absent.json"}


def became(record, path: Path) -> dict[str, object]:
    """How one file went: in words, in seconds; imported where there was something, and taken back again."""
    from organizer.base.progress import NoProgress
    from organizer.services.bring_in import importing
    from organizer.services.entries import entries
    from organizer.services.entries.entries import Query
    from organizer.services.record import history

    before = len(entries.find(record, Query()))
    began = time.monotonic()
    plan = importing.plan_import(record, [path], "", NoProgress())
    planned = len(entries.find(record, Query()))
    errors = [file.error for file in plan.files if file.error]
    if any(item.writes for item in plan.items()):
        importing.accept_import(record, plan, NoProgress())
        history.undo(record)
    told = "refused" if len(errors) == len(plan.files) else "part" if errors else "read"
    if told == "read" and any(file.skipped for file in plan.files):
        told = "part" if any(file.items for file in plan.files) else "read"
    return {
        "became": told,
        "said": [f"{error.message} {error.next_step}" for error in errors],
        "seconds": time.monotonic() - began,
        "entered": planned - before,
        "left": len(entries.find(record, Query())) - before,
    }


def environment(checkout: Path) -> dict[str, str]:
    """The variables of a process that runs this file: it finds the checkout."""
    paths = [str(checkout), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def main(folder: Path) -> None:
    """Import each case in this process, under the limit; a broken one ends it, and the cases after it are missing."""
    from organizer.services.record import records
    from tests.made_records import CHEAP

    paths = made(folder)
    record, _code = records.create(folder / "A.casebook", "a long passphrase", "Ann", CHEAP)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    for what, path in paths.items():
        sys.stdout.write(json.dumps({"case": what, **became(record, path)}) + "\n")
        sys.stdout.flush()
    records.close(record)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as made_in:
        main(Path(made_in))


def pdf(*objects):
    """Objects numbered from 1; the first is the catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(data)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return data + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)


def stream(body, more=b""):
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(body), more, body)


def form_bomb(levels):
    """Forms within forms, ten of each in the one above: 10 ** levels words on a page."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]"
    forms = [
        stream(b"/X Do " * 10, form + b"/Resources<</XObject<</X %d 0 R>>>>" % (7 + level)) for level in range(levels)
    ]
    words = stream(b"BT /F 12 Tf 10 10 Td (bomb) Tj ET", form + b"/Resources<</Font<</F 5 0 R>>>>")
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream(b"/X Do"), font, *forms, words)
