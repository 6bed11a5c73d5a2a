"""A whistle in one line: what was understood of it as it is typed, and what is still to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app.domain.clock_words import plain
from app.domain.gazetteer import Gazetteer, Hit, Sense, Suggestion, complete
from app.domain.instants import Moment, ahead_message
from app.domain.line_fields import LineField
from app.domain.line_reading import Candidates, Figures, read_figures, read_names
from app.domain.message import Message
from app.domain.policy import MatterType, WhistleKind
from app.domain.text import clean, looks_personal
from app.domain.whistle import Severity

__all__ = ["Gazetteer", "LineField", "Span", "Suggestion", "Understood", "complete", "understand"]

ASKED = (LineField.GRID, LineField.KIND, LineField.WHAT, LineField.PLACE, LineField.TIME)
"""What the desk asks for, in this order, when a line does not say it."""

_CALL = re.compile("(?:联系电话|回电|来电|电话|手机|call|tel)[: ]{0,2}$")
_CLOCK = re.compile("(?<![0-9:.])(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?![0-9:])")
_SEPARATORS = " \t\n,，;；、:：。"


@dataclass(frozen=True, slots=True)
class Span:
    """``line[start:end]`` was recognised as ``field``; words of matter and severity may lie inside a place."""

    field: LineField
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line says. Empty or None = not said, or said in more than one way (see ``choices``)."""

    line: str
    grid: str = ""
    """Unit code, named or implied by the place."""
    kind: WhistleKind | None = None
    proposed_kind: WhistleKind | None = None
    """What severity or matter suggest when no kind was named."""
    place: str = ""
    moment: Moment | None = None
    matter: MatterType | None = None
    matter_word: str = ""
    """The word that points to the type: the reason for the proposed lead."""
    severity: Severity | None = None
    severity_word: str = ""
    phone: str = ""
    """As typed; show it through ``mask_phone``."""
    source_number: str = ""
    title: str = ""
    """The rest of the line, in its order, place words kept."""
    spans: tuple[Span, ...] = ()
    missing: tuple[LineField, ...] = ()
    choices: Mapping[LineField, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Codes between which the person has to choose; nothing ambiguous is guessed."""
    wrong_time: Message | None = None
    """Why the time that was typed is none a whistle can have; every clock would count from it."""
    problems: tuple[Message, ...] = ()
    """What contradicts itself or must not stand in a title, a wrong time first."""

    @property
    def lead(self) -> str:
        """Code of the department that leads by default; empty without a type."""
        return self.matter.lead if self.matter else ""


def understand(line: str, gazetteer: Gazetteer, now: datetime, zone: ZoneInfo) -> Understood:
    """Read a one-line whistle such as ``双河一 应急 双河大桥旁井盖冲开 23:52``; never raises, linear in the line.

    Full-width letters, digits and punctuation are read as ASCII; spans count characters of the line as typed.
    """
    figures = read_figures(plain(line), now, zone)
    names = read_names(plain(line), figures, gazetteer)
    title, what = _title(line, figures, names, gazetteer)
    kind = WhistleKind(names.kinds[0]) if len(names.kinds) == 1 else None
    moment = figures.time.moment if figures.time and not figures.time.ahead else None
    matter = gazetteer.matters[names.matter] if names.matter else None
    severity = _severity(names.severity_hit)
    wrong_time = _wrong_time(figures)
    said: dict[LineField, object] = {
        LineField.GRID: names.grid,
        LineField.KIND: kind,
        LineField.WHAT: what,
        LineField.PLACE: names.place,
        LineField.TIME: moment,
    }
    return Understood(
        line=line,
        grid=names.grid,
        kind=kind,
        proposed_kind=kind or _proposed(severity, matter),
        place=names.place,
        moment=moment,
        matter=matter,
        matter_word=_text(line, names.matter_hit),
        severity=severity,
        severity_word=_text(line, names.severity_hit),
        phone=line[slice(*figures.phone)] if figures.phone else "",
        source_number=plain(line)[slice(*figures.source)] if figures.source else "",
        title=title,
        spans=_spans(line, figures, names, gazetteer),
        missing=tuple(each for each in ASKED if not said[each]),
        choices=MappingProxyType(_choices(names)),
        wrong_time=wrong_time,
        problems=(*((wrong_time,) if wrong_time else ()), *_problems(figures, names, gazetteer)),
    )


def _severity(hit: Hit | None) -> Severity | None:
    if hit is None:
        return None
    return Severity.CRITICAL if hit.codes(Sense.CRITICAL) else Severity.URGENT


def _proposed(severity: Severity | None, matter: MatterType | None) -> WhistleKind | None:
    """Danger to people is an emergency (domain 2.8, 1); else the type may decide."""
    if severity is Severity.CRITICAL:
        return WhistleKind.EMERGENCY
    return matter.kind if matter else None


def _title(line: str, figures: Figures, names: Candidates, gazetteer: Gazetteer) -> tuple[str, str]:
    """The title, and what of it is not the name of a place."""
    replaced = {span: "" for span in (figures.source, _with_call_word(plain(line), figures.phone)) if span}
    if figures.time and not figures.time.ahead:
        replaced[figures.time.start, figures.time.end] = ""
    replaced |= dict.fromkeys(_removed(names, line, gazetteer), "")
    named = [hit for hit in names.hits if hit.codes(Sense.PLACE) and (hit.start, hit.end) not in replaced]
    without_places = _replaced(line, replaced | {(hit.start, hit.end): "" for hit in named})
    for hit in named:
        if spelt_out := _spelt_out(plain(line[hit.start : hit.end]), hit.codes(Sense.PLACE), gazetteer):
            replaced[hit.start, hit.end] = spelt_out
    return _replaced(line, replaced), without_places


def _with_call_word(flat: str, phone: tuple[int, int] | None) -> tuple[int, int] | None:
    """The phone's span with the 回电 before it."""
    word = _CALL.search(flat[max(0, phone[0] - 8) : phone[0]]) if phone else None
    return (phone[0] - len(word.group()), phone[1]) if phone and word else phone


def _removed(names: Candidates, line: str, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Spans of the grid's and kind's words once they are understood, 双河社区 before 一网格 with them."""
    removed = [
        (hit.start, hit.end)
        for hit in names.hits
        if (names.grid and names.grid in hit.codes(Sense.GRID)) or (len(names.kinds) == 1 and hit.codes(Sense.KIND))
    ]
    for before, after in zip(names.hits, names.hits[1:], strict=False):
        mine = any(names.grid in gazetteer.grids_of(code) for code in before.codes(Sense.COMMUNITY))
        if mine and (after.start, after.end) in removed and not line[before.end : after.start].strip():
            removed.append((before.start, before.end))
    return removed


def _spelt_out(text: str, codes: Sequence[str], gazetteer: Gazetteer) -> str:
    """The place's name for its pinyin initials or code; empty when it was named in words."""
    if len(codes) != 1:
        return ""
    place = gazetteer.places[codes[0]]
    return place.name.zh if text in (*plain(place.pinyin).split(), plain(place.code)) else ""


def _replaced(line: str, replaced: Mapping[tuple[int, int], str]) -> str:
    """The line with spans replaced, the separators around a removed one gone, cleaned."""
    pieces: list[str] = []
    done = 0
    for (start, end), text in sorted(replaced.items()):
        if start < done:
            continue
        before = line[done:start]
        pieces += [before, text] if text else [before.rstrip(_SEPARATORS), " "]
        done = end
        while not text and done < len(line) and line[done] in _SEPARATORS:
            done += 1
    return clean("".join((*pieces, line[done:])), one_line=True).strip(_SEPARATORS).removeprefix("的")


def _spans(line: str, figures: Figures, names: Candidates, gazetteer: Gazetteer) -> tuple[Span, ...]:
    """Everything recognised, in the order of the line."""
    found: list[tuple[int, int, LineField]] = []
    if figures.source:
        found.append((*figures.source, LineField.SOURCE_NUMBER))
    if figures.phone:
        found.append((*figures.phone, LineField.PHONE))
    if figures.time:
        found.append((figures.time.start, figures.time.end, LineField.TIME))
    for hit in names.hits:
        if hit.codes(Sense.GRID):
            found.append((hit.start, hit.end, LineField.GRID))
        elif hit.codes(Sense.PLACE):
            found.append((hit.start, hit.end, LineField.PLACE))
        elif hit.codes(Sense.KIND):
            found.append((hit.start, hit.end, LineField.KIND))
        elif not names.grid or any(names.grid in gazetteer.grids_of(code) for code in hit.codes(Sense.COMMUNITY)):
            found.append((hit.start, hit.end, LineField.GRID))
    for word, field_ in ((names.matter_hit, LineField.MATTER), (names.severity_hit, LineField.SEVERITY)):
        if word:
            found.append((word.start, word.end, field_))
    return tuple(Span(field_, start, end, line[start:end]) for start, end, field_ in sorted(found))


def _choices(names: Candidates) -> dict[LineField, tuple[str, ...]]:
    """The fields that could mean more than one thing, with the codes."""
    offered = {
        LineField.GRID: () if names.grid else names.grids,
        LineField.PLACE: () if names.place else names.places,
        LineField.KIND: names.kinds if len(names.kinds) > 1 else (),
        LineField.MATTER: names.matters if len(names.matters) > 1 else (),
    }
    return {each: codes for each, codes in offered.items() if codes}


def _wrong_time(figures: Figures) -> Message | None:
    """A time to come, or 25:99 where no other time is given."""
    if figures.time:
        return ahead_message(figures.time.moment) if figures.time.ahead else None
    for clock in _CLOCK.finditer(figures.rest):
        if int(clock["hour"]) > 24 or int(clock["minute"]) > 59:
            return Message("{text} is no time; type it like 23:52.", {"text": clock.group()})
    return None


def _problems(figures: Figures, names: Candidates, gazetteer: Gazetteer) -> Iterator[Message]:
    """What contradicts itself or must not stand in a title."""
    place = gazetteer.places.get(names.place)
    if place and names.grid and place.grid != names.grid and place.grid in gazetteer.units:
        yield Message(
            "{place} lies in {other}, not in {grid}.",
            {
                "place": place.name,
                "other": gazetteer.name_of(LineField.GRID, place.grid),
                "grid": gazetteer.name_of(LineField.GRID, names.grid),
            },
        )
    if looks_personal(figures.rest):
        yield Message("This looks like an identity or phone number; leave it out of the title.")


def _text(line: str, hit: Hit | None) -> str:
    return line[hit.start : hit.end] if hit else ""
