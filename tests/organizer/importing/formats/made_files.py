"""Files of watches, phones and certificates, made byte by byte as their makers’ descriptions say."""

import sqlite3
import struct
import zlib

import cbor2

FIT_NIGHT = 1_767_567_600 - 631_065_600  # 2026-01-04T23:00:00Z, the 5th in Berlin
UINT8, UINT16, UINT32 = (1, 0x02, "B"), (2, 0x84, "H"), (4, 0x86, "I")
TIME, TIME_16, LOCAL = (253, UINT32), (26, UINT16), (0, UINT32)
MONITORING, MONITORING_INFO, RESTING, WEIGHT, PRESSURE, OXYGEN, SESSION = 55, 103, 211, 30, 51, 269, 18


def checksum(data):
    """The protocol's CRC, half a byte at a time."""
    table = (0x0, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
             0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400)  # fmt: skip
    crc = 0
    for byte in data:
        for half in (byte & 15, byte >> 4):
            crc = (crc >> 4) ^ table[crc & 15] ^ table[half]
    return crc


def message(number, *fields):
    """A definition of local type 0 and its data: fields are (number, type), value."""
    defined = bytes([0x40, 0, 0]) + struct.pack("<HB", number, len(fields))
    defined += b"".join(bytes([field, kind[0], kind[1]]) for (field, kind), _value in fields)
    return defined + b"\0" + b"".join(struct.pack("<" + kind[2], value) for (_field, kind), value in fields)


def watch(*messages, cut=0):
    body = message(0, ((0, UINT8), 32)) + b"".join(messages)
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    head += struct.pack("<H", checksum(head))
    data = head + body
    data += struct.pack("<H", checksum(data))
    return data[: len(data) - cut]


COMMON = "row_id integer primary key, uuid blob, app_info_id integer"
AT, DURING = (
    "time integer, zone_offset integer",
    "start_time integer, start_zone_offset integer, end_time integer, end_zone_offset integer",
)
TABLES = {
    "application_info_table": "row_id integer primary key, package_name text, app_name text",
    "weight_record_table": f"{COMMON}, {AT}, weight real",
    "height_record_table": f"{COMMON}, {AT}, height real",
    "body_fat_record_table": f"{COMMON}, {AT}, percentage real",
    "resting_heart_rate_record_table": f"{COMMON}, {AT}, beats_per_minute integer",
    "body_temperature_record_table": f"{COMMON}, {AT}, temperature real",
    "basal_body_temperature_record_table": f"{COMMON}, {AT}, temperature real",
    "blood_glucose_record_table": f"{COMMON}, {AT}, level real",
    "blood_pressure_record_table": f"{COMMON}, {AT}, systolic real, diastolic real",
    "menstruation_flow_record_table": f"{COMMON}, {AT}, flow integer",
    "steps_record_table": f"{COMMON}, {DURING}, count integer",
    "sleep_session_record_table": f"{COMMON}, {DURING}",
    "sleep_stages_table": "parent_key integer, stage_start_time integer, stage_end_time integer, stage_type integer",
    "heart_rate_record_table": f"{COMMON}, {DURING}",
    "heart_rate_record_series_table": "parent_key integer, beats_per_minute integer, epoch_millis integer",
    "exercise_session_record_table": f"{COMMON}, {DURING}",
}
NIGHT = 1_767_567_600_000  # 2026-01-04T23:00:00Z, the 5th in Berlin
HOUR, BERLIN = 3_600_000, 3600


def phone(rows, wal=False):
    database = sqlite3.connect(":memory:")
    for table, columns in TABLES.items():
        database.execute(f"create table {table} ({columns})")
    for table, values in rows:
        database.execute(f"insert into {table} values ({', '.join('?' * len(values))})", values)
    database.commit()
    data = bytearray(database.serialize())
    database.close()
    data[18:20] = bytes([2, 2]) if wal else data[18:20]
    return bytes(data)


ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
VACCINATION = {
    "tg": "840539006", "vp": "1119349007", "mp": "EU/1/20/1528", "ma": "ORG-100030215", "dn": 1, "sd": 2,
    "dt": "2021-02-18", "co": "AT", "is": "Ministry of Health, Austria", "ci": "URN:UVCI:01:AT:1",
}  # fmt: skip


def base45(data):
    signs = []
    for place in range(0, len(data), 2):
        pair = data[place : place + 2]
        number = int.from_bytes(pair, "big")
        for _sign in range(len(pair) + 1):
            number, rest = divmod(number, 45)
            signs.append(ALPHABET[rest])
    return "".join(signs)


def certificate(**held):
    told = {"ver": "1.3.0", "nam": {"fn": "Example", "gn": "Ada"}, "dob": "1970-05-05", **held}
    payload = cbor2.dumps({1: "AT", 4: 1700000000, 6: 1600000000, -260: {1: told}})
    return "HC1:" + base45(zlib.compress(cbor2.dumps(cbor2.CBORTag(18, [b"", {}, payload, b"signature"]))))
