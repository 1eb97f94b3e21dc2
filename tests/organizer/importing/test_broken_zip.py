"""A zip that breaks off, as a download does: what is whole in it is read, what is cut, locked or changed is named."""

import random
import zipfile
from io import BytesIO

import pytest

from organizer.importing.core import walk as walking
from organizer.importing.core.broken_zip import members_of
from organizer.importing.core.walk import walk

NOTE, LIST = b"A letter. " * 20, b"Sodium 141 mmol/L\n" * 20
HEAD = 30  # bytes of a member's local header before its name (APPNOTE 6.3.10, 4.3.7)
PLENTY = 100_000
FLAGS, CHECKSUM = 6, 14  # where they stand in that header
LOCKED, SIZES_BEHIND, UNICODE = 0x0001, 0x0008, 0x0800  # 4.4.4: bits 0, 3 and 11 of the flags


def zipped(packing=zipfile.ZIP_DEFLATED, **members):
    """The members alone, without the directory at the end."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    whole = made.getvalue()
    return whole[: whole.index(b"PK\x01\x02")]


def flagged(archive, flags):
    """The first member with other flags."""
    return archive[:FLAGS] + flags.to_bytes(2, "little") + archive[FLAGS + 2 :]


def members(archive, most=PLENTY):
    return {member.name.decode(): member.data for member in members_of(archive, most)}


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_member_is_whole_to_its_last_byte_and_cut_without_it(packing):
    archive = zipped(packing, **{"note.txt": NOTE, "list.csv": LIST})
    assert members(archive) == {"note.txt": NOTE, "list.csv": LIST}
    assert members(archive[:-1]) == {"note.txt": NOTE, "list.csv": None}


def test_a_head_is_whole_with_thirty_bytes():
    archive = zipped(**{"note.txt": NOTE})
    second = zipped(zipfile.ZIP_STORED, x=b"")[:HEAD]
    nameless = second[:26] + bytes(4)  # no name, nothing beside it
    assert members(archive + nameless) == {"note.txt": NOTE, "": b""}
    assert members(archive + nameless[:-1]) == {"note.txt": NOTE}


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_changed_member_is_not_taken_for_whole(packing):
    archive = bytearray(zipped(packing, **{"note.txt": NOTE, "list.csv": LIST}))
    archive[CHECKSUM] ^= 1
    assert members(bytes(archive)) == {"note.txt": None, "list.csv": LIST}


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_locked_member_is_named_and_the_next_is_read(packing):
    archive = flagged(zipped(packing, **{"note.txt": NOTE, "list.csv": LIST}), LOCKED)
    assert members(archive) == {"note.txt": None, "list.csv": LIST}


def test_sizes_that_stand_behind_a_member_are_not_needed_where_its_packing_ends_itself():
    sizeless = bytes(12)  # checksum, packed and unpacked size stand in the descriptor behind it
    for packing, outcome in ((zipfile.ZIP_DEFLATED, NOTE), (zipfile.ZIP_STORED, None)):
        archive = flagged(zipped(packing, **{"note.txt": NOTE, "list.csv": LIST}), SIZES_BEHIND)
        archive = archive[:CHECKSUM] + sizeless + archive[CHECKSUM + 12 :]
        assert members(archive) == {"note.txt": outcome, "list.csv": LIST}


@pytest.mark.parametrize(("flags", "is_unicode"), [(UNICODE, True), (0xFFFF ^ UNICODE, False)])
def test_a_name_is_in_unicode_where_its_flag_says_so(flags, is_unicode):
    (member,) = members_of(flagged(zipped(**{"note.txt": NOTE}), flags), PLENTY)
    assert member.is_unicode is is_unicode


@pytest.mark.parametrize(("most", "outcome"), [(len(NOTE), NOTE), (len(NOTE) - 1, None)])
def test_a_member_that_unpacks_to_more_than_is_allowed_is_not_taken(most, outcome):
    assert members(zipped(**{"note.txt": NOTE, "x.txt": b"x"}), most) == {"note.txt": outcome, "x.txt": b"x"}


def test_a_download_that_stopped_gives_what_is_whole_and_names_what_is_cut(tmp_path):
    slices = {f"{number}.txt": random.Random(number).randbytes(1_000) for number in range(3)}
    (tmp_path / "portal.zip").write_bytes(zipped(**slices)[:-10])
    outcomes = {
        source.name: (source.read(), error and error.message) for source, error in walk([tmp_path / "portal.zip"])
    }
    assert outcomes["portal.zip/1.txt"] == (slices["1.txt"], None)
    assert outcomes["portal.zip/2.txt"] == (b"", "“portal.zip/2.txt” isn’t whole in its zip.")
    assert "breaks off" in outcomes["portal.zip"][1]


@pytest.mark.parametrize(("spare", "is_saved"), [(0, True), (-1, False)])
def test_a_broken_zip_too_large_to_be_looked_through_in_memory_is_named(tmp_path, monkeypatch, spare, is_saved):
    assert walking.MOST_SALVAGED == 256 * 1024 * 1024
    archive = zipped(**{"note.txt": NOTE})
    (tmp_path / "portal.zip").write_bytes(archive)
    monkeypatch.setattr(walking, "MOST_SALVAGED", len(archive) + spare)
    outcomes = {source.name: error for source, error in walk([tmp_path / "portal.zip"])}
    assert (outcomes.get("portal.zip/note.txt", "absent") is None) is is_saved
    assert outcomes["portal.zip"] is not None


@pytest.mark.parametrize(("around", "is_saved"), [(0, True), (2, True), (3, False)])
def test_a_broken_zip_is_looked_through_as_deep_within_others_as_a_whole_one(tmp_path, around, is_saved):
    data = zipped(**{"note.txt": NOTE})
    for _level in range(around):
        outer = BytesIO()
        with zipfile.ZipFile(outer, "w") as archive:
            archive.writestr("inner.zip", data)
        data = outer.getvalue()
    (tmp_path / "outer.zip").write_bytes(data)
    assert (NOTE in [source.read() for source, _error in walk([tmp_path / "outer.zip"])]) is is_saved
