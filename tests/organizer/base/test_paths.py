"""What each system asks of a name or a place, played on the one that the tests run on."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base import paths
from organizer.base.paths import LONGEST_NAME, WAITS, harmless_name, is_elsewhere, put_in_place, remove, remove_folder


class HeldError(OSError):
    """What Windows says of a file that somebody else has open."""

    def __init__(self, winerror):
        super().__init__(13, "held")
        self.winerror = winerror


@pytest.fixture
def waited(monkeypatch):
    """The seconds that were waited; none of them is."""
    seconds = []
    monkeypatch.setattr(time, "sleep", seconds.append)
    return seconds


def failing(times, error):
    """Fails so many times, then says that it was done."""
    left = [times]

    def act():
        if left[0]:
            left[0] -= 1
            raise error
        done.append(True)

    done = []
    return act, done


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_file_that_a_scanner_holds_for_a_moment_is_waited_for(waited, winerror):
    act, done = failing(len(WAITS), HeldError(winerror))
    paths._patiently(act)
    assert done == [True]
    assert waited == list(WAITS)


def test_one_that_stays_held_is_told(waited):
    act, done = failing(len(WAITS) + 1, HeldError(32))
    with pytest.raises(HeldError):
        paths._patiently(act)
    assert not done


@pytest.mark.parametrize("error", [HeldError(2), OSError(13, "gone")])
def test_any_other_fault_is_told_at_once(waited, error):
    act, _done = failing(1, error)
    with pytest.raises(OSError, match=r"held|gone"):
        paths._patiently(act)
    assert waited == []


def test_files_and_folders_are_put_and_removed(tmp_path):
    beside, place = tmp_path / "beside", tmp_path / "place"
    place.write_text("old")
    beside.write_text("new")
    put_in_place(beside, place)
    assert place.read_text() == "new"
    remove(place)
    remove(place, missing_ok=True)
    with pytest.raises(FileNotFoundError):
        remove(place)
    (tmp_path / "folder" / "in").mkdir(parents=True)
    remove_folder(tmp_path / "folder")
    remove_folder(tmp_path / "folder", ignore_errors=True)
    with pytest.raises(FileNotFoundError):
        remove_folder(tmp_path / "folder")


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("Mum: 2024?.pdf", "Mum_ 2024_.pdf"), ("../../etc/passwd", "passwd"), ("a\\b\\letter.txt", "letter.txt"),
        ("CON.casebook", "_CON.casebook"), ("com¹.txt", "_com¹.txt"), ("CONIN$", "_CONIN$"),
        ("console.txt", "console.txt"),
        ("letter. ", "letter"), (".hidden", "hidden"), ("...", "none"), ("", "none"), ("Ağaoğlu.pdf", "Ağaoğlu.pdf"),
    ],
)  # fmt: skip
def test_a_name_is_one_that_every_system_takes(name, harmless):
    assert harmless_name(name, "none") == harmless


@pytest.mark.parametrize("more", [0, 1])
def test_a_name_is_no_longer_than_a_disk_takes_and_keeps_its_ending(more):
    name = "ü" * ((LONGEST_NAME - 4) // 2) + "x" * ((LONGEST_NAME - 4) % 2 + more) + ".pdf"
    short = harmless_name(name, "none")
    assert (short == name) is (more == 0)
    assert len(short.encode()) <= LONGEST_NAME
    assert short.endswith(".pdf")


@given(st.text(max_size=300))
def test_whatever_the_name_it_can_be_made(name):
    made = harmless_name(name, "none")
    assert made
    assert len(made.encode("utf-8", "surrogatepass")) <= LONGEST_NAME
    assert not set(made) & set('<>:"/\\|?*\0')


def test_a_link_leads_elsewhere_and_so_does_a_junction_of_windows(tmp_path, monkeypatch):
    folder = tmp_path / "folder"
    folder.mkdir()
    assert not is_elsewhere(folder)
    (tmp_path / "link").symlink_to(folder)
    assert is_elsewhere(tmp_path / "link")

    class _Junction:
        st_reparse_tag = 0xA0000003

    monkeypatch.setattr(type(folder), "lstat", lambda _self: _Junction())
    monkeypatch.setattr(type(folder), "is_symlink", lambda _self: False)
    assert is_elsewhere(folder)


@pytest.mark.parametrize(
    ("ending", "is_kept"), [("." + "x" * 19, True), ("." + "x" * 20, False), ("." + "x" * 300, False)]
)
def test_a_long_name_keeps_an_ending_that_says_something_and_no_more(ending, is_kept):
    short = harmless_name("y" * 300 + ending, "file")
    assert len(short) == 255
    assert short.endswith(ending) is is_kept
    assert harmless_name("y" * (255 - len(ending)) + ending if is_kept else "y" * 255, "file").count("y") >= 235
