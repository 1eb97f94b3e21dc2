"""A file of cards, read card by card; one bad card doesn't hide a good one."""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson

from organizer.base.dates import now
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _, marked
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.core.pages import Pages
from organizer.importing.formats.fhir import FHIR
from organizer.importing.formats.health_cards.codes import BadCardError, is_part, word_of
from organizer.importing.formats.health_cards.signatures import Keys, is_key_set, keys_of, verdict
from organizer.model.ids import EntryId

MOST_BYTES = 4 << 20  # of an inflated card; real ones have a few kB
_JWS = re.compile(r"[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


class HealthCardsFormat(Format):
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
        reading = read_words(_words(source), source, progress)
        if not reading.drafts:
            reason = reading.skipped[0].reason if reading.skipped else _("It holds no card.")
            raise _unreadable(source, reason)
        return reading


HEALTH_CARDS = HealthCardsFormat()


class KeySetsFormat(Format):
    """An issuer's public keys, by which the cards of the same import are checked. It becomes no entry."""

    name = marked("Key set")

    def recognises(self, source: SourceFile) -> bool:
        """A JSON Web Key Set."""
        return is_key_set(source.head)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """The keys. Raises UnreadableSourceError where no card is signed with such."""
        data = source.read()
        keys = keys_of(data, source.name)
        words = _("Used to check the signatures of the health cards that are imported with it.")
        listed = [Skipped(f"key={kid or '–'}", _("key"), words) for kid, _x, _y in keys.points]
        return Reading(skipped=listed, keys=data)


KEY_SETS = KeySetsFormat()


def read_words(words: Sequence[str], source: SourceFile, progress: Progress) -> Reading:
    """What the cards of these signed words hold; a card that can't be read is skipped with its reason."""
    reading = Reading()
    keys = keys_of(source.answers.keys, _("The key set")) if source.answers.keys else None
    reading.cards = len(words)
    for place, word in enumerate(words):
        progress.check()
        try:
            card = _card(word, keys, source, progress)
        except BadCardError as error:
            reading.skipped.append(Skipped(f"card={place + 1}", _("health card"), str(error)))
            continue
        reading.add(card)
    return reading


def read_codes(texts: Sequence[str], source: SourceFile, progress: Progress) -> Reading:
    """What the cards hold whose QR codes say this; what is wrong with one is in `skipped`.

    The parts of a card that isn't whole are given back as `card_parts`: the others may be on other pictures.
    """
    reading, parts, words = Reading(), [word for word in texts if is_part(word)], []
    for number, text in enumerate(word for word in texts if not is_part(word)):
        if "shlink:/" in text:
            reading.skipped.append(Skipped(f"code={number + 1}", _("health link"), _only_a_link()))
            continue
        try:
            words.append(word_of([text]))
        except BadCardError as error:
            reading.skipped.append(Skipped(f"code={number + 1}", _("health card"), str(error)))
    try:
        words += [word_of(parts)] if parts else []
    except BadCardError:
        reading.card_parts = parts
    reading.add(read_words(words, source, progress))
    return reading


def _card(word: str, keys: Keys | None, source: SourceFile, progress: Progress) -> Reading:
    header, fields = _opened(word)
    holds = fields.get("vc")
    subject = holds.get("credentialSubject") if isinstance(holds, dict) else None
    bundle = subject.get("fhirBundle") if isinstance(subject, dict) else None
    if not isinstance(bundle, dict):
        raise BadCardError(_("it holds no health records."))
    right, words = verdict(word, header, str(fields.get("iss") or ""), keys)
    if not right:
        raise BadCardError(words)
    try:
        reading = FHIR.read(SourceFile(source.name, data=orjson.dumps(bundle)), progress)
    except UnreadableSourceError as error:
        raise BadCardError(_("it holds no health records.")) from error
    name = hashlib.sha256(word.encode()).hexdigest()[:16]
    drafts = [_of_card(name, draft) for draft in reading.drafts]
    return Reading(Pages(drafts), reading.skipped, [*reading.warnings, words, *_out_of_time(fields)])


def _of_card(card: str, draft: Draft) -> Draft:
    """Every card calls its resources `resource:0`, `resource:1` …: the card's own name keeps those of two apart."""
    entry = draft.entry
    sources = tuple(replace(source, identifier=f"{card}:{source.identifier}") for source in entry.sources)
    links = tuple(replace(link, target=EntryId(f"{card}:{link.target}")) for link in entry.links)
    patient = f"{card}:{draft.patient}" if draft.patient else ""
    return Draft(entry.having(sources=sources, links=links), patient)


def _out_of_time(claims: dict[str, Any]) -> list[str]:
    """A card may say until when, and from when on, it may be shown (`exp`, `nbf`: seconds since 1970)."""
    lines = []
    for name, words in (("exp", _("The card expired on {day}.")), ("nbf", _("The card isn’t valid before {day}."))):
        seconds = claims.get(name)
        if not isinstance(seconds, int | float) or not 0 < seconds < 1e11:
            continue
        moment = datetime.fromtimestamp(seconds, UTC)
        if (moment < now()) == (name == "exp"):
            lines.append(words.format(day=moment.date().isoformat()) + " " + _("What it says is read all the same."))
    return lines


def _unreadable(source: SourceFile, reason: str) -> UnreadableSourceError:
    message = _("“{name}” can’t be read as a health card: {reason}").format(name=source.name, reason=reason)
    return UnreadableSourceError(message, _("Save the card again from where it came, as a file."))


def _only_a_link() -> str:
    return _("it is only a link to the internet, which Casebook never opens.")


def _words(source: SourceFile) -> list[str]:
    """The signed words of a file."""
    text = source.read().decode("utf-8-sig", "replace").strip()
    if text.startswith("shlink:/"):
        message = _("“{name}” can’t be read as a health card: {reason}").format(name=source.name, reason=_only_a_link())
        step = _("Open the link where you got it, save the records as a file, then import that.")
        raise UnreadableSourceError(message, step)
    if text.startswith("{"):
        try:
            listed = orjson.loads(text).get("verifiableCredential")
        except (orjson.JSONDecodeError, AttributeError) as error:
            raise _unreadable(source, _("its JSON breaks off or is damaged.")) from error
        return [item for item in listed if isinstance(item, str)] if isinstance(listed, list) else []
    try:
        return [word_of(text.split())] if text.startswith("shc:") else [text]
    except BadCardError as error:
        raise _unreadable(source, str(error)) from error


def _opened(word: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and content of a signed word."""
    parts = word.strip().split(".")
    if len(parts) != 3:
        raise BadCardError(_("it isn’t a signed card."))
    header = _json(_decoded(parts[0]))
    payload = _decoded(parts[1])
    return header, _json(_inflated(payload) if header.get("zip") == "DEF" else payload)


def _inflated(data: bytes) -> bytes:
    engine = zlib.decompressobj(wbits=-15)
    try:
        inflated = engine.decompress(data, MOST_BYTES)
    except zlib.error as error:
        raise BadCardError(_("its content is damaged (it can’t be unpacked).")) from error
    if engine.unconsumed_tail or not engine.eof:
        raise BadCardError(_("its content breaks off or is far too large."))
    return inflated


def _decoded(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError) as error:
        raise BadCardError(_("its content is damaged.")) from error


def _json(data: bytes) -> dict[str, Any]:
    try:
        payload = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise BadCardError(_("its content is damaged.")) from error
    if not isinstance(payload, dict):
        raise BadCardError(_("its content is damaged."))
    return payload
