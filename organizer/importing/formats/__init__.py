"""One file (or folder) a format; FORMATS is the registry, in the order in which a file is offered to them.

A new format: one module here with an instance of `Format`, and its line in FORMATS. It reads lazily: what is heavy
is imported where it is used. The last one takes what no other recognises.
"""

from organizer.importing.core.format import Format
from organizer.importing.formats.apple_health import APPLE_HEALTH
from organizer.importing.formats.backup import BACKUP
from organizer.importing.formats.ccda import CCDA
from organizer.importing.formats.devices import (
    APP_JSON,
    APP_TABLE,
    BEARABLE,
    DIAGUARD,
    ECG,
    FIT,
    GLUCOSE,
    HEALTH_CONNECT,
    SAMSUNG,
)
from organizer.importing.formats.dicom import DICOM
from organizer.importing.formats.documents import DOCUMENTS
from organizer.importing.formats.eu_certificate import EU_CERTIFICATE
from organizer.importing.formats.fhir import FHIR
from organizer.importing.formats.health_cards import HEALTH_CARDS, KEY_SETS
from organizer.importing.formats.hl7v2 import HL7_V2
from organizer.importing.formats.tables import TABLES

FORMATS: tuple[Format, ...] = (
    BACKUP, DICOM, HEALTH_CARDS, EU_CERTIFICATE, KEY_SETS, FHIR, APPLE_HEALTH, CCDA, HL7_V2, GLUCOSE, SAMSUNG, ECG,
    APP_JSON, HEALTH_CONNECT, FIT, APP_TABLE, BEARABLE, DIAGUARD, TABLES, DOCUMENTS,
)  # fmt: skip
