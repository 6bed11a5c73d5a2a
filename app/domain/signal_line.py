"""A warning signal in one line, as it comes by phone: 暴雨黄色 州气象台 17:40 至 明早6点 (domain 4.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.clock_words import plain
from app.domain.posture import Colour
from app.domain.warning_words import colour_named

_COLOURS = (
    re.compile("[蓝黄橙红]色"),
    re.compile(r"[蓝黄橙红](?=$|\s|预警|信号)|\b(?:blue|yellow|orange|amber|red)\b"),
)
"""A whole word of colour first: 红旗县 is none."""
_ISSUER = re.compile(
    r"\S{1,30}?(?:气象台|气象局|水文局|水利局|应急局|资源局|指挥部|防指|防汛办|台|局|中心|办)(?=$|\s|发布)"
)
_BY = re.compile(r"\b(?:by|from) +(?P<who>[a-z][^0-9,;]*?)(?=$| +(?:at|until|till|no)\b| *[0-9,;])")
_UNTIL = re.compile(r"(?:有效)?(?:到|至|until|till) *(?P<when>\S.*?)(?:止|为止)?$")
_NUMBER = re.compile(r"(?<![月0-9])[^\s号月]{0,20}?[0-9〕]{1,6}号")
_REST = re.compile(r"预警信号|预警|信号|发布|签发|\b(?:warning|signal|alert|issued|at)\b|[,，;；。]")
_TIME = re.compile(
    r"(?:(?:[0-9]{4}[-/年])?[0-9]{1,2}[-/月][0-9]{1,2}[日号]? *|[今昨前](?:天|日|晚|早|上|夜)? *)?"
    r"(?:上午|下午|晚上|凌晨|中午)? *(?:[0-9]{1,2}:[0-9]{2}|[0-9]{1,2}[点时](?:[0-9]{1,2}分|半)?)"
)


@dataclass(frozen=True, slots=True)
class SignalLine:
    """What a line says; what it does not say is empty. Times are as they were written."""

    event: str = ""
    colour: Colour | None = None
    issuer: str = ""
    number: str = ""
    issued: str = ""
    until: str = ""


def read_signal(line: str) -> SignalLine:
    """The parts of a line, in any order: kind and colour stand together, the end after 至, to or until."""
    rest, flat = line.strip()[:300], plain(line.strip()[:300])
    until = issuer = number = issued = ""
    if match := _UNTIL.search(flat):
        until, rest, flat = rest[match.start("when") : match.end("when")], *_without(rest, flat, match)
    if match := _NUMBER.search(flat):
        number, rest, flat = rest[match.start() : match.end()], *_without(rest, flat, match)
    colour_at = next((found for pattern in _COLOURS if (found := pattern.search(flat))), None)
    colour = colour_named(colour_at.group()) if colour_at else None
    if colour_at is not None:
        rest, flat = _without(rest, flat, colour_at)
    if match := _TIME.search(flat):
        issued, rest, flat = rest[match.start() : match.end()].strip(), *_without(rest, flat, match)
    if match := _ISSUER.search(flat):
        issuer, rest, flat = rest[match.start() : match.end()].strip(), *_without(rest, flat, match)
    elif match := _BY.search(flat):
        issuer, rest, flat = rest[match.start("who") : match.end("who")].strip(), *_without(rest, flat, match)
    event = " ".join(_REST.sub(" ", rest if not rest.isascii() else flat).split())
    return SignalLine(event, colour, issuer, number, issued, until.strip())


def _without(rest: str, flat: str, match: re.Match[str]) -> tuple[str, str]:
    """The line less what was understood of it, as typed and in plain signs."""
    return (f"{rest[: match.start()]} {rest[match.end() :]}", f"{flat[: match.start()]} {flat[match.end() :]}")
