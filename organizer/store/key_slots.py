"""What unlocks a record: a random data key, its subkeys, and the slots that wrap it under a secret of the person's.

A slot is the data key under AES-256-GCM, whose key comes from the secret by Argon2id (RFC 9106). GCM's tag tells that
a data key is the right one, so each slot opens by itself, whatever has become of the rest of its file.
"""

import base64
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from organizer.base.errors import WrongPassphraseError
from organizer.base.i18n import _

KEY_BYTES = 32
SALT_BYTES, NONCE_BYTES, TAG_BYTES = 16, 12, 16
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_LETTERS = 32  # 31 random ones (155 bits) and one check letter
_FIELD, _MODULUS = 32, 0b100101
PASSPHRASE, RECOVERY = "passphrase", "recovery"
Slot = dict[str, Any]


class BrokenSlotError(ValueError):
    """A slot isn't made as slots are: told by whoever knows its file."""


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Argon2id: memory in KiB (64 MiB to 1 GiB), passes (1–10), lanes (1–16). Bounded before it is run."""

    memory_kib: int = 131_072
    passes: int = 3
    lanes: int = 4

    def checked(self) -> "KdfCost":
        """Itself; raises BrokenSlotError where a hostile key file asks for more or less."""
        bounds = ((self.memory_kib, 65_536, 1_048_576), (self.passes, 1, 10), (self.lanes, 1, 16))
        if all(type(value) is int and low <= value <= high for value, low, high in bounds):
            return self
        raise BrokenSlotError


@dataclass(frozen=True, slots=True)
class Subkeys:
    """One key a purpose, derived from the data key by HKDF-SHA256 (RFC 5869)."""

    database: bytes
    originals: bytes
    key_file: bytes
    backup: bytes


def subkeys(data_key: bytes) -> Subkeys:
    """The keys for database, originals, the MAC of the key file and that of backups, 32 bytes each."""
    return Subkeys(*(_derived(data_key, purpose) for purpose in ("database", "originals", "key file", "backup")))


def new_recovery_code() -> str:
    """8 groups of 4 letters of Crockford's base 32, the last letter a check of the others."""
    letters = "".join(secrets.choice(CROCKFORD) for _place in range(RECOVERY_LETTERS - 1))
    letters += _check_letter(letters)
    return "-".join(letters[start : start + 4] for start in range(0, RECOVERY_LETTERS, 4))


def letters_of(code: str) -> str:
    """A recovery code as its bare letters; O, I and L are read as 0 and 1. Raises WrongPassphraseError.

    Whatever stands between the letters is no part of it: blanks, any dash, a mark of a file's encoding.
    """
    plain = unicodedata.normalize("NFKC", code).upper()
    letters = "".join(sign for sign in plain if sign.isalnum()).translate(str.maketrans("OIL", "011"))
    fits = len(letters) == RECOVERY_LETTERS and all(letter in CROCKFORD for letter in letters)
    if not fits or letters[-1] not in (_check_letter(letters[:-1]), _first_check_letter(letters[:-1])):
        raise WrongPassphraseError(
            _("The recovery code has a slip in it."), _("Compare its 8 groups of 4 letters with the printed page.")
        )
    return letters


def _check_letter(letters: str) -> str:
    """The sum of the letters in the field of 32 elements (modulo x⁵ + x² + 1), each weighed by another power of x than
    its neighbour: any one wrong letter changes it, and any two that changed places side by side."""
    total = 0
    for letter in letters:
        total ^= CROCKFORD.index(letter)
        total <<= 1
        if total >= _FIELD:
            total ^= _MODULUS
    return CROCKFORD[total]


def _first_check_letter(letters: str) -> str:
    """That of the codes made before, which is blind to a slip in the last place."""
    total = sum(place * CROCKFORD.index(letter) for place, letter in enumerate(letters, start=1))
    return CROCKFORD[total % 31]


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"casebook {purpose}".encode()).derive(key)


def _slot_key(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    plain = unicodedata.normalize("NFKC", secret).encode()
    return hash_secret_raw(plain, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


def wrap(kind: str, secret: str, data_key: bytes, cost: KdfCost) -> Slot:
    """A slot of that kind which opens with the secret."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    wrapped = AESGCM(_slot_key(secret, salt, cost)).encrypt(nonce, data_key, kind.encode())
    return {"kind": kind, **asdict(cost), "salt": text(salt), "nonce": text(nonce), "wrapped": text(wrapped)}


def unwrap(slot: Slot, kind: str, secret: str) -> bytes | None:
    """The data key; None where the secret doesn't open the slot. Raises BrokenSlotError for what can't be one."""
    try:
        cost = KdfCost(slot["memory_kib"], slot["passes"], slot["lanes"]).checked()
        salt, nonce, wrapped = (base64.b64decode(slot[name], validate=True) for name in ("salt", "nonce", "wrapped"))
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenSlotError from error
    if (len(salt), len(nonce), len(wrapped)) != (SALT_BYTES, NONCE_BYTES, KEY_BYTES + TAG_BYTES):
        raise BrokenSlotError
    try:
        return AESGCM(_slot_key(secret, salt, cost)).decrypt(nonce, wrapped, kind.encode())
    except InvalidTag:
        return None
    except HashingError as error:  # less memory than the slot asks for
        raise BrokenSlotError from error


def text(raw: bytes) -> str:
    """Bytes as they stand in a key file: base64."""
    return base64.b64encode(raw).decode()
