"""Writes requirements.lock: one file, every platform, every published file's hash, no index named."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOLVE = [
    "pip", "compile", "pyproject.toml", "--extra", "dev", "--universal", "--python-version", "3.11",
    "--generate-hashes", "--no-config", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate",
    "--quiet", "--custom-compile-command", "make lock", "--output-file", "requirements.lock",
]  # fmt: skip


def main() -> int:
    uv = str(Path(sys.executable).parent / "uv")
    # A machine's own index or cap would leave its mark in everybody's lock.
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    return subprocess.run([uv, *RESOLVE, *sys.argv[1:]], cwd=ROOT, env=plain, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
