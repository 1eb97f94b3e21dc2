"""A record that lies where a sync tool copies it is noticed."""

from pathlib import Path

import pytest

from organizer.base.synced import synced_by


@pytest.mark.parametrize(
    ("folder", "tool"),
    [
        ("/home/ann/Dropbox/Ann.casebook", "Dropbox"), ("/home/ann/OneDrive - Clinic/x/Ann.casebook", "OneDrive"),
        ("/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/Ann.casebook", "iCloud"),
        ("/Users/ann/Library/CloudStorage/GoogleDrive-ann@example.org/My Drive/Ann.casebook", "Google Drive"),
        ("/home/ann/Documents/Ann.casebook", ""), ("/home/ann/Boxes/Ann.casebook", ""),
    ],
)  # fmt: skip
def test_folders_of_sync_tools_are_known_by_name(folder, tool):
    assert synced_by(Path(folder)) == tool


@pytest.mark.parametrize(("mark", "tool"), [(".stfolder", "Syncthing"), (".sync_1a2b.db", "Nextcloud")])
def test_a_folder_of_ones_own_choice_is_known_by_what_the_tool_leaves_there(tmp_path, mark, tool):
    assert synced_by(tmp_path / "care" / "Ann.casebook") == ""
    (tmp_path / mark).touch()
    assert synced_by(tmp_path / "care" / "Ann.casebook") == tool


@pytest.mark.parametrize("name", ["Documents", "Desktop"])
def test_icloud_copies_folders_of_the_home_whose_names_do_not_tell(tmp_path, name):
    record = tmp_path / name / "Ann.casebook"
    assert synced_by(record, tmp_path) == ""
    (tmp_path / "Library/Mobile Documents/com~apple~CloudDocs" / name).mkdir(parents=True)
    assert synced_by(record, tmp_path) == "iCloud"
    assert synced_by(tmp_path / "Casebook" / "Ann.casebook", tmp_path) == ""


def test_whatever_macos_lets_a_tool_provide_is_copied(tmp_path):
    assert synced_by(tmp_path / "Library/CloudStorage/Tresorit-ann/Ann.casebook", tmp_path) == "Tresorit"
    assert synced_by(tmp_path / "Library/CloudStorage", tmp_path) == ""
