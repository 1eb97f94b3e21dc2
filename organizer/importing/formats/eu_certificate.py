"""EU certificates of vaccination, test and recovery (`HC1:`): base45, zlib, COSE, CBOR. Signatures aren't checked here.

The container: eHealth Network, Technical Specifications for EU Digital COVID Certificates, volume 1, 3; base45 is RFC
9285; what the letters mean: the schema of ehn-dcc-development/ehn-dcc-schema (looked up 2026-11-29). Codes of tests and
vaccines are SNOMED CT's, LOINC's and the EMA's.
"""

import zlib
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from organizer.base.dates import PartialDate, parse_date
from organizer.base.i18n import _, marked
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.model.codes import LOINC, SNOMED
from organizer.model.entry import Coding, Entry, Source, without_empty
from organizer.model.statuses import Status

PREFIX = "HC1:"
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_MOST_BYTES = 64 << 10
"""Of an inflated certificate; real ones have less than a kilobyte."""
_PAYLOAD = 2  # the third part of COSE_Sign1 (RFC 9052, 4.2)
_HEALTH_CLAIM, _CERTIFICATE = -260, 1
_PRODUCTS = {
    "EU/1/20/1528": "Comirnaty",
    "EU/1/20/1507": "Spikevax",
    "EU/1/21/1529": "Vaxzevria",
    "EU/1/20/1525": "COVID-19 Vaccine Janssen",
}
_SORTS = {"LP6464-4": marked("Nucleic acid amplification"), "LP217198-3": marked("Rapid antigen test")}
_OUTCOMES = {"260373001": marked("Detected"), "260415000": marked("Not detected")}


class EuCertificateFormat(Format):
    """The text of a certificate's QR code in a file."""

    name = marked("EU certificate")

    def recognises(self, source: SourceFile) -> bool:
        """It begins with HC1:."""
        return source.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(PREFIX.encode())

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Each line is a certificate."""
        lines = source.read().decode("utf-8-sig", "replace").splitlines()
        return read_certificates([line for line in lines if line.strip()], progress)


EU_CERTIFICATE = EuCertificateFormat()


def read_certificates(codes: list[str], progress: Progress) -> Reading:
    """What certificates hold, given as the texts of their codes; one that can't be read is skipped with the reason."""
    reading = Reading()
    for number, code in enumerate(codes, 1):
        progress.check()
        where = f"code={number}"
        held = certificate_in(code.strip())
        drafts = _drafts(held, where) if held else []
        reading.drafts += drafts
        if not drafts:
            reading.skipped.append(Skipped(where, _("certificate"), _("It is damaged, or of another kind.")))
    if reading.drafts:
        reading.warnings.append(_("The signature of the certificate was not checked."))
    return reading


def certificate_in(code: str) -> dict[str, Any]:
    """What a certificate says (`ver`, `nam`, `dob`, `v`, `t`, `r`); {} for a text that is none."""
    import cbor2

    packed = _from_base45(code.removeprefix(PREFIX)) if code.startswith(PREFIX) else b""
    unpacker = zlib.decompressobj()
    try:
        signed = unpacker.decompress(packed, _MOST_BYTES) if packed[:1] == b"\x78" else packed
        message = cbor2.loads(signed) if signed else None
        parts = message.value if isinstance(message, cbor2.CBORTag) else message
        payload = cbor2.loads(parts[_PAYLOAD]) if isinstance(parts, list | tuple) and len(parts) > _PAYLOAD else {}
    except (zlib.error, cbor2.CBORDecodeError, TypeError, ValueError, RecursionError):
        return {}
    claim = payload.get(_HEALTH_CLAIM) if isinstance(payload, dict) else None
    held = claim.get(_CERTIFICATE) if isinstance(claim, dict) else None
    return dict(held) if isinstance(held, dict) else {}


def _from_base45(text: str) -> bytes:
    """RFC 9285: three signs are two bytes, two signs one; b"" for what is none."""
    values = [_ALPHABET.find(sign) for sign in text]
    if -1 in values or len(values) % 3 == 1:
        return b""
    made = bytearray()
    for place in range(0, len(values), 3):
        group = values[place : place + 3]
        number = sum(value * 45**power for power, value in enumerate(group))
        size = len(group) - 1
        if number >= 256**size:
            return b""
        made += number.to_bytes(size, "big")
    return bytes(made)


def _drafts(held: dict[str, Any], where: str) -> list[Draft]:
    """The person, and an entry for each vaccination, test and recovery."""
    named = _listed([held.get("nam")])
    name = _name(named)
    born = parse_date(_text(held.get("dob")))
    entries: list[Entry] = []
    for part, made in (("v", _vaccination), ("t", _test), ("r", _recovery)):
        statements = map(made, _listed(held.get(part)))
        entries += filter(None, statements)
    if not entries:
        return []
    identifier = f"eu-certificate:{name.casefold()}|{born.text}" if name and born else ""
    drafts = []
    if born is not None and identifier:
        source = Source(locator=where, identifier=identifier)
        person = Entry("Patient", name, data={"birth_date": born.text}, sources=(source,))
        drafts.append(Draft(person, identifier, stands_for=0))
    for number, entry in enumerate(entries):
        source = replace(entry.sources[0], locator=where)
        drafts.append(
            Draft(replace(entry, sources=(source,)), identifier, stands_for=int(number == 0), patient_name=name)
        )
    return drafts


def _name(named: list[dict[str, Any]]) -> str:
    """Given name, then family name."""
    names = named[0] if named else {}
    parts = (_text(names.get("gn")), _text(names.get("fn")))
    return " ".join(parts).strip()


def _listed(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _vaccination(statement: dict[str, Any]) -> Entry | None:
    when = _day(statement.get("dt"))
    product, vaccine = _text(statement.get("mp")), _text(statement.get("vp"))
    if when is None or not (product or vaccine):
        return None
    given, planned = _text(statement.get("dn")), _text(statement.get("sd"))
    data = {
        "manufacturer": _text(statement.get("ma")),
        "dose_number": given,
        "performer": _text(statement.get("is")),
        "note": _("Dose {number} of {total}").format(number=given, total=planned) if given and planned else "",
    }
    title = f"{_PRODUCTS.get(product, product or vaccine)} (COVID-19)"
    codes = (Coding(SNOMED, vaccine),) if vaccine.isdecimal() else ()
    return Entry(
        "Immunization",
        title,
        codes=codes,
        happened=when,
        status=Status.COMPLETED,
        data=without_empty(data),
        sources=(_source(statement),),
    )


def _test(statement: dict[str, Any]) -> Entry | None:
    when, outcome = _day(statement.get("sc")), _text(statement.get("tr"))
    if when is None or outcome not in _OUTCOMES:
        return None
    sort = _text(statement.get("tt"))
    data = {
        "category": "laboratory",
        "method": _(_SORTS[sort]) if sort in _SORTS else sort,
        "performer": _text(statement.get("tc")) or _text(statement.get("is")),
        "note": _text(statement.get("nm")) or _text(statement.get("ma")),
    }
    codes = (Coding(LOINC, sort),) if sort else ()
    return Entry(
        "Observation",
        _("SARS-CoV-2 test"),
        codes=codes,
        happened=when,
        value_text=_(_OUTCOMES[outcome]),
        status=Status.FINAL,
        data=without_empty(data),
        sources=(_source(statement),),
    )


def _recovery(statement: dict[str, Any]) -> Entry | None:
    """What it tells is a first positive test; when somebody fell ill or was well again it doesn't say."""
    when = _day(statement.get("fr"))
    if when is None:
        return None
    words = _("Certificate of recovery, valid from {begin} to {end}")
    note = words.format(begin=_text(statement.get("df")), end=_text(statement.get("du")))
    data = {"category": "laboratory", "performer": _text(statement.get("is")), "note": note}
    return Entry(
        "Observation",
        _("SARS-CoV-2 test"),
        happened=when,
        value_text=_("Detected"),
        status=Status.FINAL,
        data=without_empty(data),
        sources=(_source(statement),),
    )


def _source(statement: dict[str, Any]) -> Source:
    return Source(identifier=_text(statement.get("ci")))


def _day(value: object) -> PartialDate | None:
    text = _text(value)
    return parse_date(text) or parse_date(text[:19] + text[-6:]) or parse_date(text[:10])


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
