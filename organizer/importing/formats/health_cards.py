"""SMART Health Cards: a file, the text of its QR code, or the bare signed word; read offline.

Framework: spec.smarthealth.cards, sections “Encoding chunks as QR codes” and “Health cards are encoded as compact
serialization JWS”. The signature is not checked: that would need the issuer's key from the internet, and it is said.
"""

import base64
import binascii
import hashlib
import re
import zlib
from dataclasses import replace
from typing import Any

import orjson

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.importing.format import Draft, Reading, Skipped, SourceFile
from organizer.importing.formats.fhir import FHIR

MOST_BYTES = 4 << 20  # of an inflated card; real ones have a few kB
_CHUNK = re.compile(r"shc:/(?:(\d+)/(\d+)/)?(\d+)")
_JWS = re.compile(r"[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


class _BadCardError(ValueError):
    """One card of a file that can't be read; its text says why."""


class HealthCardsFormat:
    """SMART Health Cards."""

    name = "SMART Health Card"

    def recognises(self, source: SourceFile) -> bool:
        """A JSON file of credentials, `shc:/` or `shlink:/`, or one signed word."""
        head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
        named = head.startswith((b"shc:", b"shlink:/"))
        listed = head.startswith(b"{") and b'"verifiableCredential"' in head[:2000]
        return named or listed or bool(_JWS.fullmatch(head.decode("ascii", "replace").strip()))

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """The resources of all cards. Raises UnreadableSourceError where no card can be read."""
        reading = Reading()
        for place, word in enumerate(_words(source)):
            progress.check()
            try:
                bundle = _bundle(word)
            except _BadCardError as error:
                reading.skipped.append(Skipped(f"card={place + 1}", _("health card"), str(error)))
                continue
            found = FHIR.read(SourceFile(source.name, data=bundle), progress)
            card = hashlib.sha256(word.encode()).hexdigest()[:16]
            reading.drafts += [_of_card(card, draft) for draft in found.drafts]
            reading.skipped += found.skipped
            reading.warnings += found.warnings
        if not reading.drafts:
            reason = reading.skipped[0].reason if reading.skipped else _("It holds no card.")
            raise _unreadable(source, reason)
        reading.warnings.append(_("The card’s signature was not checked: that would need the internet."))
        return reading


HEALTH_CARDS = HealthCardsFormat()


def _of_card(card: str, draft: Draft) -> Draft:
    """Every card calls its resources `resource:0`, `resource:1` …: the card's own name keeps those of two apart."""
    entry = draft.entry
    sources = tuple(replace(one, identifier=f"{card}:{one.identifier}") for one in entry.sources)
    links = tuple(replace(one, target=f"{card}:{one.target}") for one in entry.links)
    patient = f"{card}:{draft.patient}" if draft.patient else ""
    return Draft(entry.having(sources=sources, links=links), patient)


def _unreadable(source: SourceFile, reason: str) -> UnreadableSourceError:
    message = _("“{name}” can’t be read as a health card: {reason}").format(name=source.name, reason=reason)
    return UnreadableSourceError(message, _("Save the card again from where it came, as a file."))


def _words(source: SourceFile) -> list[str]:
    """The signed words of a file."""
    text = source.read().decode("utf-8-sig", "replace").strip()
    if text.startswith("shlink:/"):
        raise _unreadable(source, _("it is only a link to the internet, which Casebook never opens."))
    if text.startswith("{"):
        try:
            listed = orjson.loads(text).get("verifiableCredential")
        except (orjson.JSONDecodeError, AttributeError) as error:
            raise _unreadable(source, _("its JSON breaks off or is damaged.")) from error
        return [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    try:
        return [_of_chunks(text)] if text.startswith("shc:") else [text]
    except _BadCardError as error:
        raise _unreadable(source, str(error)) from error


def _of_chunks(text: str) -> str:
    """The word that the digits of one QR code, or of several numbered ones, stand for: two digits, plus 45, a sign."""
    chunks = text.split()
    found = [_CHUNK.fullmatch(one) for one in chunks]
    if not all(found):
        raise _BadCardError(_("the text of the QR code isn’t made of digits."))
    told = [(int(one[1] or 1), int(one[2] or 1), one[3]) for one in found if one]
    total = told[0][1]
    numbers = sorted(number for number, _total, _digits in told)
    if any(one != total for _n, one, _d in told) or numbers != list(range(1, total + 1)):
        words = _("it is part {part} of {total}; all parts are needed, one a line.")
        raise _BadCardError(words.format(part=numbers[0], total=total))
    digits = "".join(one for _number, _total, one in sorted(told))
    pairs = [int(digits[start : start + 2]) for start in range(0, len(digits), 2)]
    if len(digits) % 2 or any(pair > 77 for pair in pairs):  # 77 + 45 = "z", the last sign that a word can have
        raise _BadCardError(_("the digits of the QR code are damaged."))
    return "".join(chr(pair + 45) for pair in pairs)


def _bundle(word: str) -> bytes:
    """The FHIR bundle of a signed word, as JSON."""
    parts = word.strip().split(".")
    if len(parts) != 3:
        raise _BadCardError(_("it isn’t a signed card."))
    header = _json(_decoded(parts[0]))
    payload = _decoded(parts[1])
    if header.get("zip") == "DEF":
        payload = _inflated(payload)
    bundle = _json(payload).get("vc", {})
    bundle = bundle.get("credentialSubject", {}) if isinstance(bundle, dict) else {}
    bundle = bundle.get("fhirBundle") if isinstance(bundle, dict) else None
    if not isinstance(bundle, dict):
        raise _BadCardError(_("it holds no health records."))
    return orjson.dumps(bundle)


def _inflated(data: bytes) -> bytes:
    engine = zlib.decompressobj(wbits=-15)
    try:
        inflated = engine.decompress(data, MOST_BYTES)
    except zlib.error as error:
        raise _BadCardError(_("its content is damaged (it can’t be unpacked).")) from error
    if engine.unconsumed_tail or not engine.eof:
        raise _BadCardError(_("its content breaks off or is far too large."))
    return inflated


def _decoded(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError) as error:
        raise _BadCardError(_("its content is damaged.")) from error


def _json(data: bytes) -> dict[str, Any]:
    try:
        told = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise _BadCardError(_("its content is damaged.")) from error
    if not isinstance(told, dict):
        raise _BadCardError(_("its content is damaged."))
    return told
