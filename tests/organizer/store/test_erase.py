"""What goes is told before it goes, and afterwards nothing of it is left in any file of the record."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from organizer.base.errors import DiskFullError
from organizer.base.progress import NoProgress
from organizer.model.entry import Entry, Source
from organizer.services.entries import search
from organizer.services.entries.entries import Query, edit, find
from organizer.services.record import erasing, history, records
from organizer.store import change_log, engine, originals
from organizer.store.session import BEFORE_UPDATE, copy_before_update
from tests.made_records import CHEAP, opened_copy

PASSPHRASE = "five plain words to remember"
WORD = "Quokkafieber"


@pytest.fixture(scope="module")
def family(tmp_path_factory):
    """A closed record of two people with two documents."""
    made, _code = records.create(tmp_path_factory.mktemp("family") / "Ann", PASSPHRASE, "Ann Lee", CHEAP)
    (ann,) = find(made, Query(kinds=("Patient",)))
    change_log.apply(made, "Ben", [change_log.Add(Entry("Patient", "Ben Lee"))])
    own = originals.put(made, f"{WORD} letter".encode(), "own.txt", "text/plain")
    shared = originals.put(made, b"shared letter", "shared.txt", "text/plain")
    sources = (Source(document=own), Source(document=shared))
    added = [
        Entry("Condition", WORD, person=ann.id, sources=sources),
        Entry("Condition", "Other", person=ann.id, sources=(Source(document=shared),)),
    ]
    change_log.apply(made, f"Added {WORD}", [change_log.Add(one) for one in added])
    records.close(made)
    return made.path


@pytest.fixture
def record(family, tmp_path):
    with opened_copy(family, tmp_path, PASSPHRASE) as made:
        yield made


def named(record, title):
    return next(one for one in find(record, Query()) if one.title == title)


def test_what_would_go_and_what_would_stay_is_told_and_nothing_touched(record):
    before = find(record, Query())
    going = erasing.going_with(record, named(record, WORD).id)
    assert (going.entries, going.documents, going.kept_documents) == (1, ("own.txt",), ("shared.txt",))
    assert find(record, Query()) == before


def test_a_person_goes_with_all_that_is_theirs(record):
    going = erasing.going_with(record, named(record, "Ann Lee").id)
    assert (going.entries, going.kept_documents) == (3, ())
    assert sorted(going.documents) == ["own.txt", "shared.txt"]


def test_what_was_told_is_what_goes(record):
    target = named(record, WORD)
    edit(record, target.id, {"note": f"{WORD}, looked at again"})
    going = erasing.going_with(record, target.id)
    erased = erasing.entries(record, [target.id])
    assert (erased.entries, erased.documents) == (going.entries, len(going.documents))
    assert erased.kept_documents == going.kept_documents


def test_search_undo_and_the_copy_before_an_update_know_it_no_more(record):
    target = named(record, WORD)
    edit(record, target.id, {"note": f"{WORD}, looked at again"})
    copy_before_update(record)
    erasing.entries(record, [target.id])
    assert not (record.path / BEFORE_UPDATE).exists()
    assert WORD not in (history.next_undo(record) or "")
    assert list(search.search(record, WORD)) == []
    tables = [row[0] for row in record.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    told = repr([record.rows(f'SELECT * FROM "{name}"') for name in tables]).lower()
    assert WORD.lower() not in told
    assert target.id not in told


def decrypted(record):
    """Every page of the file itself, freed ones too, decrypted by a second hand (SQLCipher 4's design: AES-256-CBC,
    the last 80 bytes of a page are its IV and MAC, the first 16 of the first one a salt)."""
    record.checkpoint()
    data = (record.path / "record.db").read_bytes()
    pages = []
    for start in range(0, len(data), 4096):
        page = data[start : start + 4096]
        body, vector = page[16 if start == 0 else 0 : -80], page[-80:-64]
        cipher = Cipher(algorithms.AES(record.keys.database), modes.CBC(vector)).decryptor()
        pages.append(cipher.update(body) + cipher.finalize())
    return b"".join(pages).lower()


def test_the_decrypted_pages_hold_no_trace_of_it(record):
    """Not only the rows: freed pages and the search index, byte by byte."""
    assert WORD.lower().encode() in decrypted(record)
    erasing.entries(record, [named(record, WORD).id])
    assert WORD.lower().encode() not in decrypted(record)


def test_what_was_undone_goes_too(record):
    """An undone step may hold words of the same person that no list shows."""
    change_log.apply(record, "more", [change_log.Add(Entry("Condition", f"{WORD} again"))])
    change_log.undo(record)
    erasing.entries(record, [named(record, WORD).id])
    assert history.next_redo(record) == ""
    assert WORD.lower().encode() not in decrypted(record)


class PowerCut(BaseException):
    """The program ends here."""


def test_an_erasing_that_was_cut_off_is_finished_at_the_next_opening_and_says_so(record, monkeypatch):
    copy_before_update(record)
    target = named(record, WORD)
    (document,) = [one for one in originals.all_originals(record) if one.name == "own.txt"]

    def cut(_database):
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr("organizer.store.erase._wipe", cut)
        with pytest.raises(PowerCut):
            erasing.entries(record, [target.id])
    records.close(record)
    again = records.open_record(record.path, PASSPHRASE)
    assert any("finished now" in told for told in records.notices(again))
    assert WORD.lower().encode() not in decrypted(again)
    assert not (again.path / BEFORE_UPDATE).exists()
    assert not originals.place(again, document.sha256).exists()
    records.close(again)
    third = records.open_record(record.path, PASSPHRASE)
    assert records.notices(third) == []
    records.close(third)


def test_without_room_to_wipe_it_is_said_what_is_left_and_what_helps(record, monkeypatch):
    class Full(engine.OperationalError):
        sqlite_errorcode = 13

    class Connection:
        """The record's own, on a disk that has no room for a second file."""

        def __init__(self, conn):
            self._conn = conn

        def __getattr__(self, name):
            return getattr(self._conn, name)

        def execute(self, sql, *given):
            if sql == "VACUUM":
                raise Full("database or disk is full")
            return self._conn.execute(sql, *given)

    with monkeypatch.context() as patch:
        patch.setattr(record, "conn", Connection(record.conn))
        with pytest.raises(DiskFullError, match="are erased"):
            erasing.entries(record, [named(record, WORD).id])
    records.close(record)
    again = records.open_record(record.path, PASSPHRASE)
    assert any("finished now" in told for told in records.notices(again))
    assert WORD.lower().encode() not in decrypted(again)
    records.close(again)


def test_it_is_whole_afterwards(record):
    from organizer.services.record import verifying

    erasing.person(record, named(record, "Ann Lee").id)
    assert verifying.verify(record, NoProgress()).ok
