"""The version, for window, command line and notices; a test holds it to pyproject.toml's."""

VERSION = "0.1.0"
