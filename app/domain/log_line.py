"""An entry of the shift log in one line: 23:40 电话 双河一 路灯不亮 / 报 带班领导 / 结果 明早派修 (domain 6.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app.domain.clock_words import plain
from app.domain.gazetteer import Gazetteer
from app.domain.instants import FoundMoment, Moment, ahead_message, find_moment
from app.domain.line_reading import Figures, read_names
from app.domain.message import Message
from app.domain.shift_log import LogSource, LogState
from app.domain.text import clean, find_phone, looks_personal

_SOURCES: tuple[tuple[LogSource, str], ...] = (
    (LogSource.PHONE, "电话|来电|phone|call"),
    (LogSource.RADIO, "电台|对讲机?|radio"),
    (LogSource.PLATFORM, "平台|12345|platform"),
    (LogSource.VISIT, "来访|上门|visit"),
    (LogSource.PATROL, "巡查|巡河|patrol"),
    (LogSource.SUPERIOR, "上级|superior|above"),
    (LogSource.DESK, "本室|值班室|desk"),
)
_SOURCE = re.compile("(?:" + "|".join(f"(?P<{source}>{words})" for source, words in _SOURCES) + r")(?=$|[\s:,，。、])")
_PARTS: tuple[tuple[str, str], ...] = (
    ("caller", "来电人|来访人|报告人|who|caller"),
    ("told", "已?报告?给?|told"),
    ("instruction", "指示|批示|instruction|told to"),
    ("action", "处置|处理|已办|action"),
    ("result", "结果|result"),
    ("closed", "办结|已结|完结|closed|done"),
    ("open", "未了|未结|待办|open"),
)
_SLASH = re.compile(
    r"\s*[/|]\s*(?=(?:" + "|".join(words for _, words in _PARTS) + r")(?:$|[\s:]|(?<=[一-鿿])(?=[一-鿿0-9])))"
)
"""A stroke parts columns only before a word that names one: 2/3 of the lamps stays a sentence."""
_PART = re.compile("(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _PARTS) + r")[\s:]*")
_CASE = re.compile(r"(?<![\w-])(?:W-[0-9]{8}-[0-9]{2,4}|[01][0-9][0-3][0-9]-[0-9]{2,4})(?![\w-])", re.IGNORECASE)
_CLOCK = re.compile("[0-9]{1,2}:[0-9]{2}(?![0-9:])")
"""What looks like a time and is none, such as 25:99."""
_EDGE = " \t,;:，；：、。"


@dataclass(frozen=True, slots=True)
class LogLineRead:
    """What a line says; what it does not say is empty."""

    source: LogSource | None = None
    moment: Moment | None = None
    grid: str = ""
    place: str = ""
    case: str = ""
    """Number of a case as it was typed."""
    state: LogState = LogState.NOTED
    texts: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """By column of ``shift_log.COLUMNS``."""
    problems: tuple[Message, ...] = ()
    """Why the line cannot be kept as it is."""


def read_log_line(line: str, gazetteer: Gazetteer, now: datetime, zone: ZoneInfo) -> LogLineRead:
    """The columns of a line: time, source, phone and case at its beginning, then the content.

    What follows stands after a stroke and a word each: 来电人, 报, 指示, 处置, 结果, 办结, 未了; or who, told,
    instruction, action, result, closed, open.
    """
    head, *parts = _split(line)
    problems: list[Message] = []
    texts: dict[str, str] = {}
    state = LogState.NOTED
    for part in parts:
        match = _PART.match(plain(part))
        name, text = (match.lastgroup or "content", part[match.end() :]) if match else ("content", part)
        if name in ("closed", "open"):
            state, name = LogState.CLOSED if name == "closed" else LogState.OPEN, "result"
        text = clean(text, one_line=True).strip(_EDGE)
        texts[name] = f"{texts[name]} {text}".strip() if name in texts else text
    moment, source, phone, case, content = _beginning(head, now, zone, problems)
    names = read_names(plain(content), Figures(None, None, None, plain(content)), gazetteer)
    texts = {"content": content, "phone": phone, **texts}
    if wrong := _CLOCK.match(plain(content)):
        problems.append(Message("{text} is no time; type it like 23:52.", {"text": wrong.group()}))
    if not content:
        problems.append(Message("{what} is missing.", {"what": Message("Content")}))
    if any(looks_personal(text) for name, text in texts.items() if name != "phone"):
        problems.append(Message("This looks like an identity or phone number; leave it out of the text."))
    grid = names.grid or (gazetteer.places[names.place].grid if names.place else "")
    return LogLineRead(
        source, moment, grid if grid in gazetteer.units else "", names.place, case, state,
        MappingProxyType({name: text for name, text in texts.items() if text}), tuple(problems),
    )  # fmt: skip


def _split(line: str) -> list[str]:
    """The content and the named columns after it, as they were typed."""
    flat, pieces, done = plain(line), [], 0
    for stroke in _SLASH.finditer(flat):
        pieces.append(line[done : stroke.start()])
        done = stroke.end()
    return [*pieces, line[done:]]


def _beginning(
    head: str, now: datetime, zone: ZoneInfo, problems: list[Message]
) -> tuple[Moment | None, LogSource | None, str, str, str]:
    """Time, source, phone number and case number, and the content that they leave."""
    rest, flat = head, plain(head)
    phone = case = ""
    source: LogSource | None = None
    if found := find_phone(flat):
        phone, rest, flat = rest[slice(*found)], *_less(rest, flat, *found)
    if match := _CASE.search(flat):
        case, rest, flat = match.group(), *_less(rest, flat, match.start(), match.end())
    moment = _moment(flat, now, zone)
    if moment is not None:
        if moment.ahead:
            problems.append(ahead_message(moment.moment))
        rest, flat = _less(rest, flat, moment.start, moment.end)
    lead = len(flat) - len(flat.lstrip(_EDGE))
    if match := _SOURCE.match(flat, lead):
        source = LogSource(match.lastgroup or "")
        rest, flat = _less(rest, flat, match.start(), match.end())
    elif phone:
        source = LogSource.PHONE
    return moment.moment if moment else None, source, phone, case, clean(rest, one_line=True).strip(_EDGE)


def _moment(flat: str, now: datetime, zone: ZoneInfo) -> FoundMoment | None:
    """The time at the beginning, after the source at most: one inside a sentence is part of what was said."""
    found = find_moment(flat, now, zone)
    if found is None:
        return None
    before = _SOURCE.sub("", flat[: found.start]).strip(_EDGE)
    return None if before else found


def _less(rest: str, flat: str, start: int, end: int) -> tuple[str, str]:
    """Without what was understood, as typed and in plain signs."""
    return f"{rest[:start]} {rest[end:]}", f"{flat[:start]} {flat[end:]}"
