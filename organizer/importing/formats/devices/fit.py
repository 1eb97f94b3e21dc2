"""FIT, the file of sports watches and scales (Garmin and others): heart rates of the day, weights, pressures, oxygen.

Fields and units: the FIT protocol's profile, as fitdecode brings it. Times are UTC seconds since 1989-12-31; the
message `monitoring_info` tells the local time beside it. A heart rate of the day has only the last 16 bits of its time
(developer.garmin.com/fit, “FIT Cookbook”: timestamp_16 counts on from the last whole one), as public readers have it
(looked up 2026-11-29). Steps are counted up through the day and over several files: they aren't read.
"""

import struct
import warnings
from typing import Any

from organizer.base.apart.ask import ask
from organizer.base.dates import PartialDate
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.days import DayBook
from organizer.importing.formats.devices.readings import Measure, in_utc_words, instant, number_of, observation

_EPOCH = 631_065_600  # 1989-12-31T00:00:00Z
_SIGNATURE, _SIGNATURE_AT = b".FIT", 8
_LOW = 0xFFFF
_QUARTER = 900  # seconds; zones differ by quarters of an hour
_WANTED = {
    "monitoring": ("heart_rate", "steps"),
    "monitoring_info": (),
    "monitoring_hr_data": ("resting_heart_rate", "current_day_resting_heart_rate"),
    "weight_scale": ("weight", "percent_fat"),
    "blood_pressure": ("systolic_pressure", "diastolic_pressure", "heart_rate"),
    "spo2_data": ("reading_spo2",),
    "respiration_rate": ("respiration_rate",),
    "hrv_status_summary": ("last_night_average",),
}
"""Messages and their fields that become entries."""
_ALL_DAY: dict[str, tuple[str, Measure]] = {
    "monitoring": ("heart_rate", known.PULSE),
    "spo2_data": ("reading_spo2", known.OXYGEN),
    "respiration_rate": ("respiration_rate", known.BREATHS),
}
_NOT_SHOWN = frozenset({"file_id", "file_creator", "device_info", "software", "event", "monitoring_info"})
"""Messages about the file and the watch."""

_DAMAGED = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, AssertionError, struct.error,
)  # fmt: skip
"""What fitdecode lets through of a file that isn't whole, besides its own errors."""

Message = dict[str, Any]


class FitFormat(Format):
    """One file of a watch or a scale."""

    name = "FIT"

    def recognises(self, source: SourceFile) -> bool:
        """By the four letters in its head."""
        return source.head[_SIGNATURE_AT : _SIGNATURE_AT + len(_SIGNATURE)] == _SIGNATURE

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """The values for a health record; other messages are counted by their kind. Raises UnreadableSourceError."""
        answer = ask(messages_here, source.read(), source.name, name=source.name, progress=progress).content
        return _Watch(answer["messages"], answer["others"]).read(broken=bool(answer["broken"]))


FIT = FitFormat()


def messages_here(data: bytes, name: str, _progress: Progress) -> dict[str, Any]:
    """The wanted messages, how many others there are of each kind, and whether the file breaks off; in this process.

    Raises UnreadableSourceError where nothing of it can be read.
    """
    import fitdecode  # type: ignore[import-untyped]

    messages: list[Message] = []
    others: dict[str, int] = {}
    broken = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with fitdecode.FitReader(data) as frames:
                for frame in frames:
                    if frame.frame_type != fitdecode.FIT_FRAME_DATA:
                        continue
                    if frame.name in _WANTED:
                        messages.append(_message(frame))
                    else:
                        others[frame.name] = others.get(frame.name, 0) + 1
        except (fitdecode.FitError, *_DAMAGED):
            broken = True
    if broken and not messages and not others:
        raise UnreadableSourceError(
            _("“{name}” breaks off or is damaged.").format(name=name), _("Get the file again from where it came.")
        )
    return {"messages": messages, "others": others, "broken": broken}


def _message(frame: Any) -> Message:
    """The fields of a message that are asked for, with its times as numbers."""
    fields: Message = {"name": frame.name}
    for field in frame.fields:
        if field.name in ("timestamp", "timestamp_16", "local_timestamp"):
            fields[field.name] = field.raw_value
        elif field.name in _WANTED[frame.name]:
            fields[field.name] = field.value
    return fields


class _Watch:
    def __init__(self, messages: list[Message], others: dict[str, int]) -> None:
        self.messages, self.others = messages, others
        self.reading = Reading()
        self.book = DayBook("fit")
        self.zone: int | None = next((zone for message in messages if (zone := _zone(message)) is not None), None)
        self.resting: dict[str, tuple[str, str]] = {}

    def read(self, broken: bool) -> Reading:
        last = 0
        for number, message in enumerate(self.messages, 1):
            last = _seconds(message, last)
            when = instant(last + _EPOCH, self.zone or 0) if last else None
            if when is not None and message["name"] != "monitoring_info":
                self._message(message, when, f"message={number}")
        for day, (beats, where) in self.resting.items():
            entry = observation(known.RESTING, PartialDate(day), beats, where, f"fit|rest|{day}")
            self.reading.drafts.append(Draft(entry))
        self.reading.drafts += self.book.drafts()
        steps = sum("steps" in message for message in self.messages)
        if steps:
            reason = _(
                "Steps are counted up through the day, over several files and sorts of walking: a file alone doesn’t "
                "tell the day’s sum. The account’s archive (JSON) has it, a line a day."
            )
            self.reading.skipped.append(Skipped(f"messages={steps}", _("steps"), reason))
        for name, count in self.others.items():
            if name not in _NOT_SHOWN and not name.startswith("unknown"):
                reason = _("Casebook has no place for it yet; it stays in the original.")
                self.reading.skipped.append(Skipped(f"messages={count}", name.replace("_", " "), reason))
        self.reading.name_emptiness()
        if self.reading.drafts and self.zone is None:
            self.reading.warnings.append(in_utc_words())
        if broken:
            self.reading.warnings.append(_("The file breaks off or is damaged: what stands before that is read."))
        return self.reading

    def _message(self, message: Message, when: PartialDate, where: str) -> None:
        name = message["name"]
        if name in _ALL_DAY:
            field, measure = _ALL_DAY[name]
            value = number_of(message.get(field))
            if value and float(value) > 0:
                self.book.add(measure, "FIT", when, value, where)
        elif name == "monitoring_hr_data":
            beats = number_of(message.get("current_day_resting_heart_rate")) or number_of(
                message.get("resting_heart_rate")
            )
            if beats and float(beats) > 0:
                self.resting[when.text[:10]] = (beats, where)
        elif name == "hrv_status_summary":
            self._single(known.VARIABILITY, PartialDate(when.text[:10]), message.get("last_night_average"), where)
        elif name == "weight_scale":
            self._single(known.WEIGHT, when, message.get("weight"), where)
            self._single(known.BODY_FAT, when, message.get("percent_fat"), where)
        elif name == "blood_pressure":
            self._pressure(message, when, where)

    def _single(self, measure: Measure, when: PartialDate, value: Any, where: str) -> None:
        text = number_of(value)
        if text and float(text) > 0:
            name = f"fit|{measure.title}|{when.text}"
            self.reading.drafts.append(Draft(observation(measure, when, text, where, name)))

    def _pressure(self, message: Message, when: PartialDate, where: str) -> None:
        upper, lower = number_of(message.get("systolic_pressure")), number_of(message.get("diastolic_pressure"))
        if upper and lower:
            entry = known.blood_pressure(when, upper, lower, where, f"fit|pressure|{when.text}")
            self.reading.drafts.append(Draft(entry))
        self._single(known.PULSE, when, message.get("heart_rate"), where)


def _zone(message: Message) -> int | None:
    """How many seconds the local time was ahead of UTC; None where the message doesn't tell it."""
    local, utc = message.get("local_timestamp"), message.get("timestamp")
    if not isinstance(local, int) or not isinstance(utc, int):
        return None
    ahead = round((local - utc) / _QUARTER) * _QUARTER
    return ahead if abs(ahead) <= 14 * 3600 else None


def _seconds(message: Message, last: int) -> int:
    """The time of a message: its own, or the last whole one with other low bits."""
    own, low = message.get("timestamp"), message.get("timestamp_16")
    if isinstance(own, int):
        return own
    if isinstance(low, int) and last:
        return last + ((low - (last & _LOW)) & _LOW)
    return last
