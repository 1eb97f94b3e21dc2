"""One process at a time, on every system."""

import errno
import os
import shutil
import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from organizer.base.errors import DiskError, RecordInUseError
from organizer.services.record import records
from organizer.store import lock, opening
from tests.made_records import PASSPHRASE


def windows(monkeypatch):
    """The module as Windows loads it, with the C runtime's lock played: it locks from where the file pointer is."""
    held: set[tuple[int, int]] = set()

    def locking(handle, _mode, count):
        place = os.lseek(handle, 0, os.SEEK_CUR)
        wanted = {(os.fstat(handle).st_ino, byte) for byte in range(place, place + count)}
        if held & wanted:
            raise OSError(errno.EACCES, "held")
        held.update(wanted)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    names = {"__name__": "lock_of_windows"}
    exec(compile(Path(lock.__file__).read_text("utf-8"), lock.__file__, "exec"), names)
    monkeypatch.undo()
    return names["RecordLock"]


@pytest.mark.parametrize("first", [b"", b"17", b"123456"])
@pytest.mark.parametrize("second", [b"", b"9", b"1234567"])
def test_on_windows_too_the_second_process_is_told_whatever_stands_in_the_file(monkeypatch, tmp_path, first, second):
    held_lock = windows(monkeypatch)
    (tmp_path / "lock").write_bytes(first)
    mine = held_lock(tmp_path)
    (tmp_path / "lock").write_bytes(second)
    with pytest.raises(RecordInUseError):
        held_lock(tmp_path)
    mine.release()


def test_a_lock_that_there_can_not_be_is_not_told_as_another_window(monkeypatch, tmp_path):
    def refuse(_stream):
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(lock, "_hold", refuse)
    with pytest.raises(OSError, match="no locks"):
        lock.RecordLock(tmp_path)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_folder_that_only_refuses_when_written_to_opens_to_read(blank_record, tmp_path, monkeypatch, code):
    """As a guarded folder, a disc or a share does on Windows, where only the read-only mark can be asked for."""
    folder = shutil.copytree(blank_record(), tmp_path / "Ann.casebook")
    real = opening.own_file

    def guarded(path, mode="rb"):
        if mode != "rb":
            raise OSError(code, "refused", str(path))
        return real(path, mode)

    monkeypatch.setattr(opening, "own_file", guarded)
    record = records.open_record(folder, PASSPHRASE)
    assert record.read_only
    records.close(record)


def test_a_record_in_a_network_folder_of_windows_is_refused_in_words():
    with pytest.raises(DiskError, match=r"“Ann.casebook” lies in a network folder"):
        opening.refuse_network(PureWindowsPath(r"\\nas\family\Ann.casebook"))
    opening.refuse_network(PureWindowsPath(r"C:\Users\Ann\Ann.casebook"))
