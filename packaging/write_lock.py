"""Writes the two locks: every platform, every published file's hash, no index named.

requirements.lock is for running and working on Casebook, packaging/requirements.lock for building the program.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOLVE = [
    "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11",
    "--generate-hashes", "--no-config", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate",
    "--quiet", "--custom-compile-command", "make lock",
]  # fmt: skip

LOCKS = (
    ("dev", ["--output-file", "requirements.lock"]),
    # The program is built from the very versions that were tested.
    ("package", ["--constraint", "requirements.lock", "--output-file", "packaging/requirements.lock"]),
)


def main() -> int:
    uv = str(Path(sys.executable).parent / "uv")
    # A machine's own index or cap would leave its mark in everybody's lock.
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    for extra, more in LOCKS:
        done = subprocess.run([uv, *RESOLVE, "--extra", extra, *more, *sys.argv[1:]], cwd=ROOT, env=plain, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
