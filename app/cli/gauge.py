"""`wangge gauge`: how high the water stands, readings typed or from a file, the line over a day (domain 4.1)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import partial
from pathlib import Path

from app.cli.actions import Doing, run_action
from app.cli.files import read_bytes
from app.cli.flood_shape import flood_document
from app.cli.parser import Parser
from app.cli.session import Answer, Session
from app.cli.sure import asked_about, sure_option
from app.cli.times import past_moment
from app.cli.tongue import N_
from app.cli.warning import posture_line
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.gauge import GaugeNow, Reading, Spot, levels_of
from app.domain.gauge_words import read_level, read_trend
from app.domain.message import Message
from app.domain.posture import WaterLevel
from app.domain.route import Gauge
from app.domain.text import normalise_width
from app.render.chart import draw
from app.render.gauges import crossing_lines, dropped_cells, level_cells, now_cells, plot_of, reading_cells, teaching
from app.render.rows import plain
from app.render.sight import Sight
from app.render.table import columns
from app.services.flood_entries import Recorded
from app.services.gauge_file import LARGEST
from app.services.gauge_log import Imported
from app.services.gauges import Dropped
from app.services.patrol_changes import LEVELS
from app.services.patrol_edit import with_levels

ACTIONS = {
    "list": N_("every gauge: how high, rising or falling, which level holds"),
    "add": N_("record a reading"),
    "drop": N_("strike out a reading that was misread or mistyped, with the reason; it is kept in the record"),
    "import": N_("load readings from a CSV file: gauge, time, level, trend"),
    "show": N_("the line over the last hours, and the readings"),
    "levels": N_("guard, warning and guarantee level of each gauge; with a gauge and a level: enters it"),
}
CHART_HEIGHT = 16
SHOWN = 50
"""Readings listed below a chart."""


class Hours(StrEnum):
    """How far a chart looks back."""

    DAY = "24"
    THREE_DAYS = "72"


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge gauge`."""
    doing: dict[str, Doing] = {
        "list": _list, "add": _add, "drop": _drop, "import": _import, "show": _show, "levels": _levels,
    }  # fmt: skip
    return run_action(session, "wangge gauge", ACTIONS, doing, arguments)


def _list(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.parse_args(arguments)
    found = session.house.gauges.all()
    return Answer({"gauges": [_document(session, one) for one in found]}, lambda: _list_lines(session.sight, found))


def _list_lines(sight: Sight, found: Sequence[GaugeNow]) -> Iterator[str]:
    if not found:
        yield sight.t("The rules for rounds name no gauge.")
    yield from columns(now_cells(one, sight) for one in found)


def _document(session: Session, now: GaugeNow) -> dict[str, Json]:
    shaper, latest = session.shaper, now.latest
    return {
        "id": now.gauge.id, "name": session.words.name(now.gauge.name),
        "latest": _reading(session, latest) if latest else None,
        "age": int((session.now - latest.at).total_seconds()) if latest else None, "fresh": now.fresh,
        "trend": shaper.shape(now.trend), "rate": shaper.shape(now.rate), "level": shaper.shape(now.level),
        "levels": _level_document(session, now.gauge),
    }  # fmt: skip


def _level_document(session: Session, gauge: Gauge) -> dict[str, Json]:
    levels = dict(levels_of(gauge))
    return {level.value: session.shaper.shape(levels.get(level)) for level in WaterLevel}


def _reading(session: Session, one: Reading) -> dict[str, Json]:
    return session.shaper.members(one)


def _add(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("gauge", N_("which gauge: its id or name, see wangge gauge list"))
    parser.operand("level", N_("metres, such as 199.42"))
    parser.text("at", N_("when it was read; without it: now"), "TIME")
    parser.text("trend", N_("rising, falling or steady (涨, 落, 平)"), "TREND")
    sure_option(parser)
    options = parser.parse_args(arguments)
    gauges, actor = session.house.gauges, session.actor()
    gauge = gauges.find(options.gauge)
    at = past_moment(options.at, session.now, session.zone, "at").at if options.at else None
    with asked_about():
        recorded = gauges.record(
            actor, gauge, read_level(options.level), session.request_id, at=at, trend=read_trend(options.trend),
            sure=options.sure,
        )  # fmt: skip
    now = gauges.now(gauge)
    document: dict[str, Json] = {
        "reading": _reading(session, recorded.reading), "gauge": _document(session, now),
        "crossings": [session.shaper.shape(one) for one in recorded.crossings],
        "instead_of": _reading(session, recorded.instead) if recorded.instead else None,
    }  # fmt: skip
    sight = session.sight
    return Answer(document, lambda: [
        "  ".join((sight.words.name(gauge.name), *filter(None, reading_cells(recorded.reading, sight)[:3]))),
        *_instead(recorded.instead, sight),
        *crossing_lines(recorded.crossings, {gauge.id: gauge}, sight),
    ])  # fmt: skip


def _instead(one: Reading | None, sight: Sight) -> Iterator[str]:
    if one is not None:
        yield sight.t("It takes the place of {metres} m, {at}.", metres=str(one.metres), at=sight.stamp(one.at))


def _drop(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("gauge", N_("which gauge: its id or name, see wangge gauge list"))
    parser.text("at", N_("when it was read; without it: the last reading"), "TIME")
    parser.text("reason", N_("why: misread, mistyped"), required=True)
    options = parser.parse_args(arguments)
    gauges, actor = session.house.gauges, session.actor()
    gauge = gauges.find(options.gauge)
    at = past_moment(options.at, session.now, session.zone, "at").at if options.at else None
    before = session.house.flood.show().posture
    dropped = gauges.drop(actor, gauge, gauges.reading(gauge, at).at, session.request_id, reason=options.reason)
    now, done = gauges.now(gauge), Recorded(session.house.flood.show(), before)
    document: dict[str, Json] = {
        "dropped": _struck_out(session, dropped), "gauge": _document(session, now),
        "crossings": [session.shaper.shape(one) for one in dropped.crossings],
        "before": before.value, "flood": flood_document(session, done.flood),
    }  # fmt: skip
    return Answer(document, lambda: [
        *columns([dropped_cells(dropped.reading, dropped.at, dropped.by, dropped.reason, session.sight)]),
        *crossing_lines(dropped.crossings, {gauge.id: gauge}, session.sight),
        *columns([now_cells(now, session.sight)]),
        posture_line(session.sight, done),
    ])  # fmt: skip


def _struck_out(session: Session, one: Dropped) -> dict[str, Json]:
    return {
        "reading": _reading(session, one.reading), "at": session.shaper.instant(one.at), "by": one.by,
        "reason": one.reason,
    }  # fmt: skip


def _import(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("path", N_("the file"))
    parser.switch("skip_bad", N_("load the good lines and name the bad ones; without it nothing is loaded then"))
    sure_option(parser)
    options = parser.parse_args(arguments)
    path, actor = Path(options.path), session.actor()
    done = session.house.gauges.load(
        actor, read_bytes(path, LARGEST), session.request_id, name=options.path, skip_bad=options.skip_bad,
        sure=options.sure,
    )  # fmt: skip
    problems = [session.words.say(one) for one in done.problems]
    document: dict[str, Json] = {
        "new": done.new, "corrected": done.corrected, "known": done.known, "bad": done.bad,
        "problems": list[Json](problems), "ignored_columns": list[Json](done.ignored),
        "crossings": [session.shaper.shape(one) for one in done.crossings],
    }  # fmt: skip
    return Answer(document, lambda: _import_lines(session, done, problems))


def _import_lines(session: Session, done: Imported, problems: Sequence[str]) -> Iterator[str]:
    sight = session.sight
    yield sight.t("{new} new, {corrected} corrected, {known} known already.", new=done.new, corrected=done.corrected,
                  known=done.known)  # fmt: skip
    if done.ignored:
        yield sight.t("Columns not looked at: {names}", names=done.ignored)
    if done.bad:
        yield sight.words.tn("{n} line left out:", "{n} lines left out:", done.bad)
        yield from (f"  {one}" for one in problems)
    yield from crossing_lines(done.crossings, session.house.patrol_rules.current().gauges, sight)


def _show(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("gauge", N_("which gauge: its id or name, see wangge gauge list"))
    parser.choice("hours", N_("how far back; without it: 24"), Hours)
    options = parser.parse_args(arguments)
    gauges = session.house.gauges
    gauge = gauges.find(options.gauge)
    hours = int(options.hours or Hours.DAY)
    until = session.now
    since = until - timedelta(hours=hours)
    now, readings = gauges.now(gauge), gauges.readings(gauge, since, until)
    dropped = gauges.dropped(gauge, since)
    document: dict[str, Json] = {
        "gauge": _document(session, now), "since": session.shaper.instant(since),
        "until": session.shaper.instant(until), "readings": [_reading(session, one) for one in readings],
        "dropped": [_struck_out(session, one) for one in dropped],
    }  # fmt: skip
    return Answer(document, lambda: [
        *columns([now_cells(now, session.sight)]),
        "",
        *(_chart(session, gauge, gauges.curve(gauge, since, until), hours) if readings
          else [teaching(gauge, now.latest, hours, session.sight)]),
        "",
        *_reading_lines(session.sight, readings),
        *columns(dropped_cells(one.reading, one.at, one.by, one.reason, session.sight) for one in dropped),
    ])  # fmt: skip


def _chart(session: Session, gauge: Gauge, spots: Sequence[Spot], hours: int) -> Iterator[str]:
    sight = session.sight
    plot = plot_of(gauge, spots, sight.now - timedelta(hours=hours), sight.now, sight)
    width = shutil.get_terminal_size((80, 24)).columns
    for line in draw(plot, max(40, min(width - 1, 160)), CHART_HEIGHT):
        yield plain(line).rstrip()


def _reading_lines(sight: Sight, readings: Sequence[Reading]) -> Iterator[str]:
    yield from columns(reading_cells(one, sight) for one in readings[:SHOWN])
    if len(readings) > SHOWN:
        yield sight.t("… {n} more; --json lists them", n=len(readings) - SHOWN)


def _levels(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("gauge", N_("which gauge: its id or name, see wangge gauge list"), required=False)
    parser.text("guard", N_("guard level in metres; - takes it away"), "METRES")
    parser.text("warning", N_("warning level in metres; - takes it away"), "METRES")
    parser.text("guarantee", N_("guarantee level in metres; - takes it away"), "METRES")
    parser.text("margin", N_("metres below a level before it is over; - as usual"), "METRES")
    options = parser.parse_args(arguments)
    wanted = {name: _metres(text, name) for name in LEVELS if (text := getattr(options, name))}
    if wanted and not options.gauge:
        raise BadInput(Message("Say which gauge."), "gauge")
    book = session.house.patrol_rules.current()
    found = tuple(book.gauges.values())
    if options.gauge:
        gauge = session.house.gauges.find(options.gauge)
        if wanted:
            change = partial(with_levels, gauge=gauge.id, levels=wanted)
            book = session.house.patrol_rules.change(change, session.actor(), session.request_id)
        found = (book.gauges[gauge.id],)
    document: dict[str, Json] = {"version": book.version, "gauges": [
        {"id": one.id, "name": session.words.name(one.name), "levels": _level_document(session, one),
         **{name: session.shaper.shape(getattr(one, name)) for name in ("margin", "fall", "rise", "jump", "stale")}}
        for one in found
    ]}  # fmt: skip
    return Answer(document, lambda: _level_lines(session.sight, found))


def _metres(text: str, field: str) -> Decimal | None:
    """A level as it is typed; None = taken away."""
    wanted = normalise_width(text).strip()
    if wanted == "-":
        return None
    try:
        metres = Decimal(wanted.removesuffix("m"))
    except InvalidOperation:
        metres = Decimal("NaN")
    if not metres.is_finite():
        raise BadInput(Message("“{text}” is no number.", {"text": text[:40]}), field)
    return metres


def _level_lines(sight: Sight, gauges: Sequence[Gauge]) -> Iterator[str]:
    t = sight.t
    heads = ("", t("Gauge"), *(sight.words.enum(one) for one in WaterLevel), t("margin"), t("fall"), t("rise"),
             t("jump"), t("valid for"))  # fmt: skip
    yield from columns([level_cells(one, sight) for one in gauges], heads)
    yield ""
    yield t("They stand in the rules for rounds, under [[gauges]]: guard, warning, guarantee, margin, fall, rise, "
            "jump, stale_hours.")  # fmt: skip
    yield t("wangge gauge levels GAUGE --guard 199.5 --warning 201 enters them here; - takes one away. Or in the file: "
            "wangge round template FILE · wangge round load FILE")  # fmt: skip
