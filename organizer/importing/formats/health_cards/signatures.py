"""Is a card what its issuer signed? ES256 (ECDSA over P-256 with SHA-256) against the keys of a JSON Web Key Set.

RFC 7515 (the word), RFC 7517 (key sets), RFC 7518, 3.4 (ES256: the numbers r and s, 32 bytes each).
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

import orjson

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _

_HALF = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """Public keys by their id (`kid`); a key without id stands under ""."""

    points: tuple[tuple[str, bytes, bytes], ...]  # id, x, y


def is_key_set(head: bytes) -> bool:
    """True for the beginning of a JSON Web Key Set."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:4096]
    return start.startswith(b"{") and b'"keys"' in start[:200] and b'"kty"' in start


def keys_of(data: bytes, name: str) -> Keys:
    """The elliptic-curve keys (P-256) of a key set. Raises UnreadableSourceError where it holds none."""
    try:
        listed = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))["keys"]
        points = tuple(point for key in listed if (point := _point(key)) is not None)
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        points = ()
    if not points:
        raise UnreadableSourceError(
            _("“{name}” holds no key that health cards are signed with.").format(name=name),
            _("Choose the issuer’s key set: a file that is often called jwks.json."),
        )
    return Keys(points)


def verdict(word: str, header: dict[str, Any], issuer: str, keys: Keys | None) -> tuple[bool, str]:
    """Whether to go on, and what to tell the person. A card is refused only where a key says that it was changed."""
    if keys is None:
        return True, _("The card’s signature was not checked: choose the issuer’s key set to check it.")
    if header.get("alg") != "ES256":
        return True, _("The card’s signature was not checked: it is of a kind that health cards don’t have.")
    kid = header.get("kid")
    fitting = [point for point in keys.points if not kid or point[0] in ("", kid)]
    if not fitting:
        return True, _("The card’s signature was not checked: the key set doesn’t hold the key of this card.")
    signed, _dot, signature = word.strip().rpartition(".")
    if any(_fits(point, signed.encode(), signature) for point in fitting):
        return True, _("The signature is right: the card is as {issuer} signed it.").format(issuer=issuer or "–")
    return False, _("its signature doesn’t fit: it was changed, or somebody else signed it.")


def _point(key: Any) -> tuple[str, bytes, bytes] | None:
    if key.get("kty") != "EC" or key.get("crv") != "P-256":
        return None
    x, y = _bytes(str(key.get("x", ""))), _bytes(str(key.get("y", "")))
    return (str(key.get("kid") or ""), x, y) if len(x) == len(y) == _HALF else None


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


def _fits(point: tuple[str, bytes, bytes], signed: bytes, signature: str) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicNumbers
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    raw = _bytes(signature)
    if len(raw) != 2 * _HALF:
        return False
    numbers = (int.from_bytes(data, "big") for data in (*point[1:], raw[:_HALF], raw[_HALF:]))
    x, y, r, s = numbers
    try:
        key = EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()
        key.verify(encode_dss_signature(r, s), signed, ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True
