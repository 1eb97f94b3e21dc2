"""What meters, watches and their apps export, each in a form of its own. One module a family of files."""

from organizer.importing.formats.devices.app_json import APP_JSON
from organizer.importing.formats.devices.app_tables import APP_TABLE
from organizer.importing.formats.devices.diaries import BEARABLE, DIAGUARD
from organizer.importing.formats.devices.ecg import ECG
from organizer.importing.formats.devices.fit import FIT
from organizer.importing.formats.devices.glucose import GLUCOSE
from organizer.importing.formats.devices.health_connect import HEALTH_CONNECT
from organizer.importing.formats.devices.samsung import SAMSUNG

__all__ = ["APP_JSON", "APP_TABLE", "BEARABLE", "DIAGUARD", "ECG", "FIT", "GLUCOSE", "HEALTH_CONNECT", "SAMSUNG"]
