"""The data key of a record and the slots that wrap it: a passphrase, a recovery code.

keys.json holds for each slot the Argon2id parameters (RFC 9106) and the data key under AES-256-GCM. A new passphrase
rewrites one slot; the record itself is never encrypted anew.
"""

import base64
import hmac
import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from organizer.base.errors import NotARecordError, RecordDamagedError, RecordTooNewError, WrongPassphraseError
from organizer.base.i18n import _
from organizer.store.files import write_whole

FORMAT = 1
KEY_BYTES = 32
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_LETTERS = 32  # 31 random ones (155 bits) and one check letter


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Argon2id: memory in KiB (64 MiB to 1 GiB), passes (1–10), lanes (1–16). Bounded before it is run."""

    memory_kib: int = 131_072
    passes: int = 3
    lanes: int = 4

    def checked(self) -> "KdfCost":
        """Itself; raises RecordDamagedError where a hostile key file asks for more or less."""
        bounds = ((self.memory_kib, 65_536, 1_048_576), (self.passes, 1, 10), (self.lanes, 1, 16))
        if all(type(value) is int and low <= value <= high for value, low, high in bounds):
            return self
        raise _damaged()


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


def create_keys(folder: Path, passphrase: str, cost: KdfCost | None = None) -> tuple[bytes, str]:
    """Write keys.json for a new record; gives the data key and the recovery code, which is shown once."""
    data_key, code = secrets.token_bytes(KEY_BYTES), new_recovery_code()
    cost = cost or KdfCost()
    slots = [_wrap("passphrase", passphrase, data_key, cost), _wrap("recovery", _letters(code), data_key, cost)]
    _write(folder, data_key, slots)
    return data_key, code


def unlock(folder: Path, passphrase: str = "", recovery_code: str = "") -> bytes:
    """The data key, by passphrase or recovery code.

    Raises WrongPassphraseError, NotARecordError, RecordDamagedError or RecordTooNewError.
    """
    contents = _read(folder)
    kind, secret = ("recovery", _letters(recovery_code)) if recovery_code else ("passphrase", passphrase)
    for slot in contents["slots"]:
        if slot.get("kind") == kind:
            data_key = _unwrap(slot, secret)
            _check_mac(contents, data_key)
            return data_key
    raise _damaged()


def change_passphrase(folder: Path, data_key: bytes, passphrase: str, cost: KdfCost | None = None) -> None:
    """Write the slot of a new passphrase in place of the old one; the recovery code stays as it is."""
    _replace_slot(folder, data_key, _wrap("passphrase", passphrase, data_key, cost or KdfCost()))


def change_recovery_code(folder: Path, data_key: bytes, cost: KdfCost | None = None) -> str:
    """A new recovery code in place of the old one, which opens nothing from now on."""
    code = new_recovery_code()
    _replace_slot(folder, data_key, _wrap("recovery", _letters(code), data_key, cost or KdfCost()))
    return code


def _replace_slot(folder: Path, data_key: bytes, slot: dict[str, Any]) -> None:
    others = [one for one in _read(folder)["slots"] if one.get("kind") != slot["kind"]]
    _write(folder, data_key, sorted([slot, *others], key=lambda one: str(one["kind"])))


def new_recovery_code() -> str:
    """8 groups of 4 letters of Crockford's base 32, the last letter a check of the others."""
    letters = "".join(secrets.choice(CROCKFORD) for _place in range(RECOVERY_LETTERS - 1))
    letters += _check_letter(letters)
    return "-".join(letters[start : start + 4] for start in range(0, RECOVERY_LETTERS, 4))


def _letters(code: str) -> str:
    """A recovery code as its bare letters; O, I and L are read as 0 and 1. Raises WrongPassphraseError."""
    letters = "".join(code.upper().split()).replace("-", "").translate(str.maketrans("OIL", "011"))
    fits = len(letters) == RECOVERY_LETTERS and all(letter in CROCKFORD for letter in letters)
    if not fits or _check_letter(letters[:-1]) != letters[-1]:
        raise WrongPassphraseError(
            _("The recovery code has a slip in it."), _("Compare its 8 groups of 4 letters with the printed page.")
        )
    return letters


def _check_letter(letters: str) -> str:
    total = sum(place * CROCKFORD.index(letter) for place, letter in enumerate(letters, start=1))
    return CROCKFORD[total % 31]


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"casebook {purpose}".encode()).derive(key)


def _slot_key(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    plain = unicodedata.normalize("NFKC", secret).encode()
    return hash_secret_raw(plain, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


def _wrap(kind: str, secret: str, data_key: bytes, cost: KdfCost) -> dict[str, Any]:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = AESGCM(_slot_key(secret, salt, cost)).encrypt(nonce, data_key, kind.encode())
    return {"kind": kind, **asdict(cost), "salt": _text(salt), "nonce": _text(nonce), "wrapped": _text(wrapped)}


def _unwrap(slot: dict[str, Any], secret: str) -> bytes:
    try:
        cost = KdfCost(slot["memory_kib"], slot["passes"], slot["lanes"]).checked()
        salt, nonce, wrapped = (base64.b64decode(slot[name]) for name in ("salt", "nonce", "wrapped"))
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged() from error
    try:
        return AESGCM(_slot_key(secret, salt, cost)).decrypt(nonce, wrapped, str(slot["kind"]).encode())
    except InvalidTag as error:
        raise WrongPassphraseError(
            _("This passphrase doesn’t open the record."),
            _("Check Caps Lock and the keyboard’s language, or use the recovery code. Nothing was changed."),
        ) from error


def _mac(slots: list[dict[str, Any]], data_key: bytes) -> str:
    body = json.dumps(slots, sort_keys=True).encode()
    return _text(hmac.digest(subkeys(data_key).key_file, body, "sha256"))


def _check_mac(contents: dict[str, Any], data_key: bytes) -> None:
    if not hmac.compare_digest(str(contents.get("mac")), _mac(contents["slots"], data_key)):
        raise _damaged()


def _write(folder: Path, data_key: bytes, slots: list[dict[str, Any]]) -> None:
    contents = {"format": FORMAT, "slots": slots, "mac": _mac(slots, data_key)}
    write_whole(folder / "keys.json", json.dumps(contents, indent=1).encode())


def _read(folder: Path) -> dict[str, Any]:
    path = folder / "keys.json"
    if not path.is_file():
        raise NotARecordError(
            _("“{name}” isn’t a Casebook record.").format(name=folder.name),
            _("Choose a folder whose name ends in .casebook, or make a new record."),
        )
    try:
        contents = json.loads(path.read_bytes())
        slots_fit = all(isinstance(slot, dict) for slot in contents["slots"])
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged() from error
    if not slots_fit:
        raise _damaged()
    if contents.get("format") != FORMAT:
        raise RecordTooNewError(
            _("This record was made by a newer Casebook."), _("Open it with that version. Nothing was changed.")
        )
    return dict(contents)


def _damaged() -> RecordDamagedError:
    return RecordDamagedError(
        _("The key file of this record (keys.json) is damaged."), _("Put back keys.json from your latest backup.")
    )


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
