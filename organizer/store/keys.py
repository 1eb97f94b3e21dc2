"""The key files of a record: the slots that wrap its data key, kept twice, in keys.json and keys-copy.json.

Both say the same: the slots, the number of the writing, a SHA-256 over them by which damage is known before any secret
is, and a MAC under the data key by which tampering is known afterwards. Of two whole files the one written last counts.
A new passphrase rewrites one slot; the record itself is never encrypted anew.
"""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from organizer.base.errors import (
    DiskError,
    NotARecordError,
    OrganizerError,
    RecordDamagedError,
    RecordTooNewError,
    WrongPassphraseError,
)
from organizer.base.i18n import _
from organizer.store.files import own_file, plain_errors, write_whole
from organizer.store.key_slots import (
    KEY_BYTES,
    PASSPHRASE,
    RECOVERY,
    BrokenSlotError,
    KdfCost,
    Slot,
    Subkeys,
    letters_of,
    new_recovery_code,
    subkeys,
    text,
    unwrap,
    wrap,
)

__all__ = ["KdfCost", "Subkeys", "subkeys"]

FORMAT = 2
"""1 was kept once and had no checksum; it is still read, and written as 2 when the record is opened to write."""
KEYS, COPY = "keys.json", "keys-copy.json"
LARGEST = 65_536  # bytes; a key file has about one thousand


@dataclass(frozen=True, slots=True)
class _KeyFile:
    """What was read of one key file: nothing, slots that may be damaged, or the whole of it (its checksum fits)."""

    name: str
    there: bool = False
    whole: bool = False
    body: dict[str, Any] | None = None
    trouble: DiskError | None = None
    """Why it couldn't be read, where the disk or a permission is the reason."""

    @property
    def slots(self) -> list[Slot]:
        """Passphrase and recovery code, as far as they can be read."""
        return self.body["slots"] if self.body else []

    @property
    def revision(self) -> int:
        """How often the keys were written; 0 where that can't be believed."""
        return self.body.get("revision", 0) if self.body and self.whole else 0

    @property
    def unproven(self) -> list[str]:
        """Kinds of slots that were taken over from a damaged file."""
        return self.body.get("unproven", []) if self.body and self.whole else []

    def is_of(self, data_key: bytes) -> bool:
        """True where its MAC is one under this data key: it says what was written."""
        return self.body is not None and hmac.compare_digest(str(self.body.get("mac")), _mac(self.body, data_key))


def create_keys(folder: Path, passphrase: str, cost: KdfCost | None = None) -> tuple[bytes, str]:
    """Write the key files of a new record; gives the data key and the recovery code, which is shown once."""
    data_key, code = secrets.token_bytes(KEY_BYTES), new_recovery_code()
    cost = cost or KdfCost()
    slots = [wrap(PASSPHRASE, passphrase, data_key, cost), wrap(RECOVERY, letters_of(code), data_key, cost)]
    _write(folder, data_key, slots, 1)
    return data_key, code


def unlock(folder: Path, passphrase: str = "", recovery_code: str = "") -> bytes:
    """The data key, by passphrase or recovery code: whichever slot opens is enough.

    Raises WrongPassphraseError, NotARecordError, RecordDamagedError (of the slot that was asked) or RecordTooNewError.
    """
    kind, secret = (RECOVERY, letters_of(recovery_code)) if recovery_code else (PASSPHRASE, passphrase)
    files = _read_both(folder)
    latest = _latest(files)
    is_believed = latest is not None and kind not in latest.unproven
    slots = _slots_to_try(files, latest, kind)
    for slot in slots:
        try:
            data_key = unwrap(slot, kind, secret)
        except BrokenSlotError:
            is_believed = False
            continue
        if data_key is not None:
            return data_key
    raise _wrong(kind) if is_believed and slots else _damaged_slot(kind)


def _slots_to_try(files: Sequence[_KeyFile], latest: _KeyFile | None, kind: str) -> list[Slot]:
    """Those of the kind in the whole file that was written last. Where none is whole each slot may be the one, under
    whatever name; a key file has two, and each try costs a second."""
    if latest is not None:
        return [slot for slot in latest.slots if slot.get("kind") == kind][:1]
    tried: list[Slot] = []
    for slot in chain.from_iterable(file.slots[:2] for file in files):
        if slot not in tried:
            tried.append(slot)
    return tried


def mend(folder: Path, data_key: bytes) -> str:
    """Write a damaged or missing key file anew from the whole one, for a record that is opened to write.

    Gives a sentence on what was found, "" where all was well. Raises DiskError where nothing can be written.
    """
    files = _read_both(folder)
    good = _proven(files, data_key)
    if good is None or good.body is None:
        return _both_damaged()
    if all(file.whole and file.body == good.body for file in files):
        return _unproven_in_words(good.unproven)
    # A record of an older Casebook, or a change of keys that was cut off between its two files, is nothing to tell.
    fault = any(file.there and not (file.whole and file.is_of(data_key)) for file in files)
    missing = good.body.get("format") == FORMAT and not all(file.there for file in files)
    _write(folder, data_key, good.slots, max(1, good.revision), good.unproven)
    if fault or missing:
        return _("One of the record’s two key files was damaged or missing. It was made anew from the other one.")
    return _unproven_in_words(good.unproven)


def problems(folder: Path, data_key: bytes) -> list[str]:
    """A sentence for each thing that is wrong with the key files of an open record; nothing is changed."""
    files = _read_both(folder)
    good = _proven(files, data_key)
    if good is None:
        return [_both_damaged()]
    notes = [_unproven_in_words(good.unproven)] if good.unproven else []
    for file in files:
        if not (file.whole and file.is_of(data_key)):
            words = _("The key file “{name}” is damaged or missing; the record has a whole one beside it. {step}")
            step = _("Close the record and open it again: the file is then made anew.")
            notes.append(words.format(name=file.name, step=step))
    return notes


def proven_bytes(folder: Path, data_key: bytes) -> bytes:
    """A key file that is known to open this record, to be put into a backup. Raises RecordDamagedError."""
    good = _proven(_read_both(folder), data_key)
    if good is None or good.body is None or good.unproven:
        raise RecordDamagedError(
            _("The key files of this record are damaged: nobody could open a backup made now."),
            _("Make a new passphrase and a new recovery code while the record is open, then back it up again."),
        )
    return _written(data_key, good.slots, max(1, good.revision))


def change_passphrase(folder: Path, data_key: bytes, passphrase: str, cost: KdfCost | None = None) -> None:
    """Write the slot of a new passphrase in place of the old one; the recovery code stays as it is."""
    _replace_slot(folder, data_key, wrap(PASSPHRASE, passphrase, data_key, cost or KdfCost()))


def change_recovery_code(folder: Path, data_key: bytes, cost: KdfCost | None = None) -> str:
    """A new recovery code in place of the old one, which opens nothing from now on."""
    code = new_recovery_code()
    _replace_slot(folder, data_key, wrap(RECOVERY, letters_of(code), data_key, cost or KdfCost()))
    return code


def _replace_slot(folder: Path, data_key: bytes, slot: Slot) -> None:
    """The other slot stays. Where no file proves it to be as it was written, that is noted until it is replaced too."""
    files = _read_both(folder)
    good = _proven(files, data_key)
    source = good or max(files, key=lambda file: (len(file.slots), file.revision))
    other = RECOVERY if slot["kind"] == PASSPHRASE else PASSPHRASE
    # In a damaged file the name of its kind may be what is damaged: it is the one that isn't replaced.
    named = [slot for slot in source.slots if slot.get("kind") == other]
    others = named or [candidate for candidate in source.slots if candidate.get("kind") != slot["kind"]]
    unproven = {other} if good is None else {kind for kind in good.unproven if kind == other}
    slots = sorted([slot, *(slot | {"kind": other} for slot in others[:1])], key=lambda slot: str(slot["kind"]))
    _write(folder, data_key, slots, max(file.revision for file in files) + 1, sorted(unproven))


def _mac(body: dict[str, Any], data_key: bytes) -> str:
    """Over all but itself and the checksum; of format 1 over the slots alone."""
    covered: Any = body["slots"]
    if body.get("format") != 1:
        covered = {name: value for name, value in body.items() if name not in ("mac", "checksum")}
    return text(hmac.digest(subkeys(data_key).key_file, json.dumps(covered, sort_keys=True).encode(), "sha256"))


def _checksum(body: dict[str, Any]) -> str:
    covered = {name: value for name, value in body.items() if name != "checksum"}
    return hashlib.sha256(json.dumps(covered, sort_keys=True).encode()).hexdigest()


def _written(data_key: bytes, slots: Sequence[Slot], revision: int, unproven: Sequence[str] = ()) -> bytes:
    body: dict[str, Any] = {"format": FORMAT, "revision": revision, "slots": list(slots), "unproven": list(unproven)}
    body["mac"] = _mac(body, data_key)
    return json.dumps(body | {"checksum": _checksum(body)}, indent=1).encode()


def _write(folder: Path, data_key: bytes, slots: Sequence[Slot], revision: int, unproven: Sequence[str] = ()) -> None:
    """One after the other, each whole or as before: a kill leaves at least one that opens."""
    data = _written(data_key, slots, revision, unproven)
    for name in (KEYS, COPY):
        write_whole(folder / name, data)


def _read_both(folder: Path) -> list[_KeyFile]:
    files = [_read(folder, name) for name in (KEYS, COPY)]
    trouble = next((file.trouble for file in files if file.trouble), None)
    if trouble is not None and not any(file.whole for file in files):
        raise trouble
    if not any(file.there for file in files):
        raise NotARecordError(
            _("“{name}” isn’t a Casebook record.").format(name=folder.name),
            _("Choose a folder whose name ends in .casebook, or make a new record."),
        )
    return files


def _read(folder: Path, name: str) -> _KeyFile:
    path = folder / name
    try:
        with plain_errors(path), own_file(path) as stream:
            raw = stream.read(LARGEST + 1)
    except DiskError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return _KeyFile(name)
        return _KeyFile(name, there=True, trouble=error)
    try:
        body = orjson.loads(raw) if len(raw) <= LARGEST else None
    except orjson.JSONDecodeError:
        body = None
    if not isinstance(body, dict) or not _fits(body):
        return _KeyFile(name, there=True, body={"slots": _salvaged(raw[:LARGEST])})
    # A file of format 1 has no checksum and is taken as it is.
    whole = body.get("checksum") == _checksum(body) or (body.get("format") == 1 and "checksum" not in body)
    if whole and body.get("format") not in (1, FORMAT):
        raise RecordTooNewError(
            _("This record was made by a newer Casebook."), _("Open it with that version. Nothing was changed.")
        )
    return _KeyFile(name, there=True, whole=whole, body=body)


def _salvaged(raw: bytes) -> list[Slot]:
    """The slots that can still be read one by one where the file around them can't."""
    slots = []
    for part in re.findall(rb"\{[^{}]*\}", raw):
        try:
            slots.append(orjson.loads(part))
        except orjson.JSONDecodeError:
            continue
    return [slot for slot in slots if _fits({"slots": [slot]})]


def _fits(body: dict[str, Any]) -> bool:
    """True for what a key file may consist of, damaged or not: flat slots, short lists, whole numbers."""
    slots, unproven, revision = body.get("slots"), body.get("unproven", []), body.get("revision", 0)
    plain = (str, int)
    return (
        isinstance(slots, list)
        and all(isinstance(slot, dict) and all(isinstance(part, plain) for part in slot.values()) for slot in slots)
        and isinstance(unproven, list)
        and all(isinstance(kind, str) for kind in unproven)
        and type(revision) is int
        and all(isinstance(part, plain) for name, part in body.items() if name not in ("slots", "unproven"))
    )


def _latest(files: Sequence[_KeyFile]) -> _KeyFile | None:
    """The whole file that was written last."""
    whole = [file for file in files if file.whole]
    return max(whole, key=lambda file: file.revision) if whole else None


def _proven(files: Sequence[_KeyFile], data_key: bytes) -> _KeyFile | None:
    proven = [file for file in files if file.is_of(data_key)]
    return max(proven, key=lambda file: file.revision) if proven else None


def _both_damaged() -> str:
    return _(
        "The record’s key files are damaged. Make a new passphrase and a new recovery code now, while the record is "
        "open: only then will both open it again."
    )


def _unproven_in_words(kinds: Sequence[str]) -> str:
    if RECOVERY in kinds:
        return _("The recovery code may not open this record any more: its key file was damaged. Make a new one.")
    if PASSPHRASE in kinds:
        return _("The passphrase may not open this record any more: its key file was damaged. Make a new one.")
    return ""


def _wrong(kind: str) -> WrongPassphraseError:
    if kind == RECOVERY:
        return WrongPassphraseError(
            _("This recovery code doesn’t open the record."),
            _("Is it the newest code, and of this record? Try the passphrase too. Nothing was changed."),
        )
    return WrongPassphraseError(
        _("This passphrase doesn’t open the record."),
        _("Check Caps Lock and the keyboard’s language, or use the recovery code. Nothing was changed."),
    )


def _damaged_slot(kind: str) -> OrganizerError:
    """Nobody can tell then whether the secret was right: damage is said, and the other way in."""
    message = _("The key file of this record (keys.json) is damaged, so it can’t be told whether this is right.")
    if kind == RECOVERY:
        return RecordDamagedError(message, _("Try the passphrase, or put back keys.json from your latest backup."))
    return RecordDamagedError(
        message, _("Try once more, then the recovery code; else put back keys.json from your latest backup.")
    )
