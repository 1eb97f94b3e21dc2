"""Each promise of SECURITY.md is broken on purpose, in a copy, to see that its test notices.

`make test-planted` prints what was planted and which test fails by it; it ends with 1 where one passes all the same.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STORE, TESTS = "organizer/store", "tests/organizer/store"
PLANTED = {
    "the MAC of the key file isn't looked at": (
        f"{STORE}/keys.py",
        'return self.body is not None and hmac.compare_digest(str(self.body.get("mac")), _mac(self.body, data_key))',
        "return self.body is not None",
        f"{TESTS}/test_two_ways_in.py",
    ),
    "the second key file isn't written": (
        f"{STORE}/keys.py",
        "    for name in (KEYS, COPY):\n        write_whole",
        "    for name in (KEYS,):\n        write_whole",
        f"{TESTS}/test_two_ways_in.py",
    ),
    "guessing a passphrase is cheap": (
        f"{STORE}/key_slots.py",
        "memory_kib: int = 131_072",
        "memory_kib: int = 65_536",
        f"{TESTS}/test_two_ways_in.py",
    ),
    "a backup isn't read back": (
        f"{STORE}/backup.py",
        "        harmed = backup_file.checked(pack, progress)\n",
        "        harmed = []\n",
        f"{TESTS}/test_backup.py",
    ),
    "the seal of a backup isn't compared": (
        f"{STORE}/backup_file.py",
        'return hmac.compare_digest(_mac(key, body), str(manifest.get("mac")))',
        "return True",
        f"{TESTS}/test_backup.py",
    ),
    "documents are copied without a look": (
        f"{STORE}/backup_file.py",
        "    for _chunk in originals.unsealed(key, original, cast(BinaryIO, heard)):\n        pass",
        "    while heard.read(STEP):\n        pass",
        f"{TESTS}/test_backup.py",
    ),
    "rotation knows a backup by its name": (
        f"{STORE}/backup.py",
        "    own = backup_file.is_sealed(session.keys.backup, manifest) and "
        'manifest.get(COPY) == session.meta(COPY) != ""',
        "    own = True",
        f"{TESTS}/test_shared_backups.py::test_two_people_of_one_name_share_a_stick_and_nothing_else",
    ),
    "a damaged document beside the backups stays damaged": (
        f"{STORE}/backup.py",
        "                shared.write(pack.files[name], partial(originals.opened_file, session, documents[name]))\n",
        "                pass\n",
        f"{TESTS}/test_shared_backups.py::test_a_lost_document_is_named_the_rest_comes_back_and_the_next_backup_mends_it",
    ),
    "documents are swept though a backup still needs them": (
        f"{STORE}/shared_documents.py",
        "if _FILE.fullmatch(path.name) and inside.name + path.name not in needed:",
        "if _FILE.fullmatch(path.name):",
        f"{TESTS}/test_shared_backups.py::test_documents_go_with_the_last_backup_that_needs_them",
    ),
    "documents are swept though a backup there can't be read": (
        f"{STORE}/backup.py",
        "        shared.sweep(needed)\n    except (OrganizerError, OSError):\n        return\n",
        "    except (OrganizerError, OSError):\n        pass\n    shared.sweep(needed)\n",
        f"{TESTS}/test_shared_backups.py::test_nothing_is_swept_while_a_backup_there_cannot_be_understood",
    ),
    "what another computer is writing is swept": (
        f"{STORE}/shared_documents.py",
        "remove_abandoned(path, ABANDONED)",
        "remove_abandoned(path, 0)",
        f"{TESTS}/test_shared_backups.py::test_what_a_cut_off_backup_left_goes_a_day_later_and_nothing_else_does",
    ),
    "two people's backups share a folder": (
        f"{STORE}/shared_documents.py",
        "hmac.digest(backup_key, f'documents of {copy}'.encode(), 'sha256')[:8].hex()",
        "'0' * 16",
        f"{TESTS}/test_shared_backups.py::test_two_people_of_one_name_share_a_stick_and_nothing_else",
    ),
    "a list of contents leads to any folder": (
        f"{STORE}/backup_file.py",
        "        and FOLDER.fullmatch(beside) is not None\n",
        "",
        f"{TESTS}/test_shared_backups.py::test_a_crafted_backup_leads_to_no_other_folder",
    ),
    "documents are put back though they are not what was listed": (
        f"{STORE}/backup_file.py",
        "    return seen == size and digest.hexdigest() == sha256",
        "    return seen == size",
        f"{TESTS}/test_shared_backups.py::test_a_lost_document_is_named_the_rest_comes_back_and_the_next_backup_mends_it",
    ),
    "a shared document is believed before it is read again": (
        f"{STORE}/backup.py",
        "        harmed = backup_file.checked(pack, progress)\n",
        "        harmed = []\n",
        f"{TESTS}/test_shared_backups.py::test_a_document_that_the_disk_spoils_while_it_is_written_is_never_said_to_be_safe",
    ),
    "a file without its folder is found out after the secret": (
        f"{STORE}/restoring.py",
        "            if not leave_out:\n                pack.refuse_without_documents()\n",
        "",
        f"{TESTS}/test_shared_backups.py::test_a_file_that_was_taken_out_of_its_folder_says_what_it_lacks_before_any_secret",
    ),
    "documents are not compressed": (
        f"{STORE}/originals.py",
        "        if len(deflated) < len(chunk):\n",
        "        if not deflated:\n",
        f"{TESTS}/test_shared_backups.py::test_documents_are_compressed_before_they_are_encrypted",
    ),
    "chunks of a document can be exchanged": (
        f"{STORE}/originals.py",
        '    return index.to_bytes(11, "big") + bytes([last])\n',
        "    return bytes(11) + bytes([last])\n",
        f"{TESTS}/test_originals.py",
    ),
    "a foreign database computes what it likes": (
        f"{STORE}/foreign.py",
        " if hidden == _PLAIN}",
        "}",
        f"{TESTS}/test_foreign.py",
    ),
    "a zip is held in memory whatever it unpacks to": (
        "organizer/importing/core/walk.py",
        "        if self.size and self.size + size > MOST_HELD:\n            return False\n",
        "",
        "tests/organizer/importing/test_walk.py",
    ),
    "a full disk is told as a read-only record": (
        f"{STORE}/opening.py",
        "        session._lock, session.lacks_room = lock, True\n",
        "        session._lock = lock\n",
        f"{TESTS}/test_disks.py::test_on_a_full_disk_every_sentence_is_true_and_the_record_whole",
    ),
    "memory is dumped when the program crashes": (
        "organizer/base/process.py",
        "    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n",
        "    del resource\n",
        "tests/organizer/base/test_process.py",
    ),
    "a connection is opened": (
        "organizer/services/record/backups.py",
        "import os\n",
        "import os\nimport socket\n",
        "tests/house/test_source_rules.py",
    ),
    "commits aren't counted outside": (
        f"{STORE}/session.py",
        "        self._repeat_outside(number)\n",
        "",
        f"{TESTS}/test_disks.py",
    ),
    "lost commits aren't kept in mind": (
        f"{STORE}/opening.py",
        "        session.set_meta(LOST, str(session.lost_before() + lost))\n",
        "",
        f"{TESTS}/test_disks.py",
    ),
    "freed pages keep their words": (
        f"{STORE}/erase.py",
        '        session.conn.execute("VACUUM")\n',
        "        pass\n",
        f"{TESTS}/test_erase.py",
    ),
    "an erasing that was cut off is forgotten": (
        f"{STORE}/erase.py",
        "    if not session.meta(_BEGUN):\n",
        "    if session.meta(_BEGUN):\n",
        f"{TESTS}/test_erase.py",
    ),
    "links are followed": (
        f"{STORE}/files.py",
        "    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):\n        raise link_refused(path)",
        "    if not mode:\n        raise link_refused(path)",
        f"{TESTS}/test_links.py",
    ),
    "files are for everybody": (f"{STORE}/files.py", "_NO_WAIT, 0o600)", "_NO_WAIT, 0o644)", f"{TESTS}/test_links.py"),
    "any trouble with a disk is damage": (
        f"{STORE}/engine.py",
        "    if code in (_CORRUPT, _NOTADB):",
        "    if code:",
        f"{TESTS}/test_disks.py",
    ),
    "documents stay when an import stops": (
        "organizer/importing/core/run.py",
        "        originals.discard(session, stored)\n",
        "        pass\n",
        "tests/organizer/importing/test_run.py",
    ),
    "what reads foreign files has no limits": (
        "organizer/base/apart/server.py",
        '        limits.limit(head["seconds"], head["memory"] + sum(map(len, held.values())))\n',
        "",
        "tests/organizer/importing/test_apart.py::test_a_bomb_ends_within_ten_seconds_and_a_gibibyte_with_a_plain_message[letter.docx]",
    ),
    "what reads foreign files is not shut in": (
        "organizer/base/apart/server.py",
        "    limits.close_in()\n",
        "",
        "tests/organizer/base/test_shut_in.py",
    ),
    "what reads foreign files may open any": (
        "organizer/base/apart/limits.py",
        "        landlock.own_files_only()\n",
        "",
        "tests/organizer/base/test_shut_in.py",
    ),
    "an exhibit comes into the packet as it was before it was finished": (
        "organizer/packet/exhibits/source.py",
        "        made_harmless(sheets)  # once more: a page may have come in by another way since\n",
        "",
        "tests/organizer/packet/test_exhibit_pages.py",
    ),
    "old keys are kept where new ones were asked for": (
        "organizer/store/renewal.py",
        "        if (folder / name).exists():\n            put_in_place(folder / name, path / name)\n",
        "        pass\n",
        "tests/organizer/store/test_renewal.py",
    ),
    "writing goes on between new keys and closing": (
        "organizer/store/session.py",
        "                self._refuse_renewed()  # it may have happened while this connection waited for its turn\n",
        "",
        "tests/organizer/store/test_renewal.py",
    ),
    "a passphrase that anybody tries first is taken": (
        "organizer/services/record/passphrases.py",
        "FIRST_TRIES = 1e6",
        "FIRST_TRIES = 0",
        "tests/organizer/services/test_passphrases.py",
    ),
    "the folders of others are swept": (
        "organizer/base/process.py",
        "    if known.st_uid != os.getuid() or known.st_mode & 0o077:\n        return False\n",
        "",
        "tests/organizer/base/test_process.py",
    ),
    "a terminal obeys what a file says": (
        "organizer/base/visible.py",
        'return _STEERING.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)',
        "return text",
        "tests/organizer/base/test_visible.py",
    ),
}
"""What is planted: the file, what stands there, what takes its place, and the test that must fail by it."""


def main(words: Sequence[str]) -> int:
    """Plant each, or those whose name has one of the words; gives 0 where each was noticed."""
    unnoticed = []
    chosen = {what: fault for what, fault in PLANTED.items() if not words or any(word in what for word in words)}
    with tempfile.TemporaryDirectory(prefix="casebook-planted-") as room:
        copy = Path(room) / "casebook"
        leave = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache")
        shutil.copytree(ROOT, copy, ignore=leave, symlinks=True)
        for what, (name, there, planted, test) in chosen.items():
            file = copy / name
            whole = file.read_text("utf-8")
            if there not in whole:
                sys.stdout.write(f"{what}: the place has changed, look at {name}\n")
                unnoticed.append(what)
                continue
            file.write_text(whole.replace(there, planted, 1), "utf-8")
            failed = _fails(copy, test)
            file.write_text(whole, "utf-8")
            sys.stdout.write(f"{what}: {f'noticed by {failed}' if failed else 'NOT NOTICED'}\n")
            sys.stdout.flush()
            if not failed:
                unnoticed.append(what)
    return 1 if unnoticed else 0


def _fails(copy: Path, test: str) -> str:
    """The first test that fails; "" where all pass."""
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--tb=no", test]
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{test} didn't run: {done.stdout[-500:]}{done.stderr[-500:]}")
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return lines[0].split(" - ")[0].split(" ", 1)[1] if lines else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
