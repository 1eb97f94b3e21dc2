"""What meters, watches and their apps export, each in a form of its own. One module a family of files."""

from organizer.importing.formats.devices.glucose import GLUCOSE

__all__ = ["GLUCOSE"]
