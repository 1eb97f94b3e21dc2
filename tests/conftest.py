"""What every test gets: a home of its own, no screen, no network, and the fixtures that several rooms share.

Set before the first import of Qt or of the product, since both read the environment as they load.
"""

import gc
import os
import runpy
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings

from tests import cheap_keys, windows_rule

ROOT = Path(__file__).resolve().parent.parent
OFFLINE = ROOT / "tests" / "house" / "offline"
MEMORY, ROOM = Path("/dev/shm"), 4 << 30


def _work_in_memory() -> None:
    """Records of tests lie in memory where Linux has that much room in it: each commit would wait for a disk.

    What reaches a disk before it is said to be there is tested by what the system is asked (test_durability.py).
    """
    if sys.platform != "linux" or "TMPDIR" in os.environ or not MEMORY.is_dir():
        return
    place = os.statvfs(MEMORY)
    if place.f_bavail * place.f_frsize >= ROOM and not place.f_flag & os.ST_NOEXEC and os.access(MEMORY, os.W_OK):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


_work_in_memory()
HOME = Path(tempfile.mkdtemp(prefix="casebook-tests-"))


def _move_home() -> None:
    """Points every place that a program writes settings to into a folder that the run deletes."""
    # The key to the display stays where it is, or no window could be shown on a real one.
    os.environ.setdefault("XAUTHORITY", str(Path.home() / ".Xauthority"))
    places = {
        "HOME": "", "USERPROFILE": "", "APPDATA": "roaming", "LOCALAPPDATA": "local",
        "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
    }  # fmt: skip
    if "WAYLAND_DISPLAY" not in os.environ:
        places["XDG_RUNTIME_DIR"] = "runtime"
    for name, folder in places.items():
        path = HOME / folder
        path.mkdir(mode=0o700, exist_ok=True)
        os.environ[name] = str(path)


def _speak_english() -> None:
    """Tests compare words, so the machine's language must not choose them."""
    os.environ.pop("LANGUAGE", None)
    os.environ["LC_ALL"] = "C.UTF-8"


def _do_without_screen() -> None:
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _stay_offline() -> None:
    """The run itself, and each Python that a test starts, refuse internet sockets and look-ups."""
    runpy.run_path(str(OFFLINE / "sitecustomize.py"))
    paths = [str(OFFLINE), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)


def _keep_bytecode() -> None:
    """Tests rewritten for their assertions are kept for the next run, whatever the machine says of other programs.

    The programs that a test starts read what is kept, and write none where the machine says so.
    """
    sys.dont_write_bytecode = False


gc.disable()  # until all tests are known
gc.set_threshold(10_000, 30, 100)  # before the product notes what is usual: a test's garbage is small
_keep_bytecode()
_move_home()
_speak_english()
_do_without_screen()
_stay_offline()
windows_rule.begin()
cheap_keys.begin()

# Few examples and no deadline: the suite runs on small machines, often beside other work. The same ones every time, so
# that a change is judged by what it does; HYPOTHESIS_PROFILE=thorough looks further, each time elsewhere.
quiet = [HealthCheck.too_slow]
settings.register_profile("house", max_examples=25, deadline=None, suppress_health_check=quiet, derandomize=True)
settings.register_profile("thorough", parent=settings.get_profile("house"), max_examples=2000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


def pytest_collection_finish() -> None:
    """The tests and what they import stay until the end: a million things that no collection need go through."""
    cheap_keys.ask_for_the_least()
    _keep_reading()
    gc.freeze()
    gc.enable()


def _keep_reading() -> None:
    """The process that reads foreign files waits for the next test that needs it, however busy the machine is."""
    from organizer.base.apart.ask import SITTING, ask

    ask.__kwdefaults__["idle"] = SITTING


@pytest.fixture
def dear_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records are made as for a person, with keys that take a second to guess at."""
    from organizer.store.key_slots import KdfCost

    monkeypatch.setattr(KdfCost.__init__, "__defaults__", tuple(field.default for field in fields(KdfCost)))


@pytest.fixture
def open_anywhere() -> Iterator[None]:
    """For tests of records that another process opens or has made."""
    with cheap_keys.opening_anywhere():
        yield


@pytest.fixture
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that reads gives up a third of a second after its libraries stand, for a bomb would fill any room."""
    from organizer.base.apart.ask import ask

    monkeypatch.setitem(ask.__kwdefaults__, "memory", 400 << 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """A window that is closed because its test is over doesn't ask whether its work may stop: nobody would answer.

    The process that reads serves the next test, too.
    """
    shell = sys.modules.get("ui.shell.main_window")
    if shell is None:
        return (yield)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shell.MainWindow, "_may_stop", lambda _window: True)
        if documents := sys.modules.get("organizer.services.entries.documents"):
            patch.setattr(documents, "stop", lambda: None)
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Of a test on another process three reports and two messages go to the one that prints: of nine thousand that
    pass, one report each is enough, unless more is asked for."""
    option = item.config.option
    if not hasattr(item.config, "workerinput") or option.verbose > 0 or option.durations is not None:
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(trylast=True)
def pytest_runtest_call() -> None:
    windows_rule.breaches.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """What Windows would have refused fails the test in which it was done."""
    if call.when == "call" and call.excinfo is None and windows_rule.breaches:
        call.excinfo = pytest.ExceptionInfo.from_exception(AssertionError("\n".join(windows_rule.breaches)))


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds main.py."""
    return ROOT


@pytest.fixture(scope="session")
def blank_record(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """`blank_record()`: the folder of a closed record of Ann Example, or whoever is named, with nothing else in it.

    It is made once in a run: to be copied, never to be opened.
    """
    from tests.made_records import closed_record  # the product is imported where a test needs it

    @cache
    def _blank_record(person: str = "Ann Example") -> Path:
        with cheap_keys.opening_anywhere():
            return closed_record(tmp_path_factory.mktemp("blank"), person)

    return _blank_record


@pytest.fixture(scope="session")
def sample_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the closed sample record, made once in a run: to be copied, never to be opened."""
    from organizer.base.progress import NoProgress
    from organizer.services.record import records, sample

    with cheap_keys.opening_anywhere():
        record, _plan = sample.make_sample(tmp_path_factory.mktemp("sample") / "Elena", NoProgress())
    records.close(record)
    return record.path


@pytest.fixture(scope="session")
def shared_records() -> Path:
    """Third-party sample records beside the checkout; they may not be shipped, so not everybody has them."""
    folder = ROOT.parent / "shared" / "records"
    if not folder.is_dir():
        pytest.skip("the third-party sample records (../shared/records) are not here")
    return folder


@pytest.fixture(scope="session")
def poppler() -> None:
    """For tests that read a PDF back with a second program: pdftotext and pdftoppm are there."""
    missing = [tool for tool in ("pdftotext", "pdftoppm") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"poppler-utils is not installed ({', '.join(missing)} missing)")
