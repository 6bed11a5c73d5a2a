"""`wangge warning`: signals typed in or imported as CAP, and what became of them (domain 4.1, 4.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.called import called
from app.cli.actions import Doing, run_action
from app.cli.flood_shape import alert_document, flood_document, signal_document, signal_documents
from app.cli.parser import Parser
from app.cli.session import Answer, Session
from app.cli.times import held_from, held_until, past_moment
from app.cli.tongue import N_
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.flood import Signal, spoken
from app.domain.hazard import RAISES
from app.domain.message import Message
from app.domain.warning import Alert
from app.domain.warning_words import colour_named
from app.files import printable
from app.render.flood import signal_cells
from app.render.sight import Sight
from app.render.table import columns
from app.render.warning import Came, file_lines, hidden_lines, whole_lines
from app.services.flood_entries import Recorded
from app.services.flood_ports import MOST
from app.services.flood_words import names_no_end
from app.services.problems import KEPT, Problems

if TYPE_CHECKING:
    from app.services.warning_files import Imported

ACTIONS = {
    "add": N_("record a signal as it was read or heard: colour, kind of weather, issuer"),
    "import": N_("record CAP messages from a file or a folder; a bad one is named and skipped"),
    "list": N_("signals that are in force or come later"),
    "show": N_("a warning whole: every language, areas, what it replaced"),
    "cancel": N_("a signal was lifted: it ends now; the posture stays until it is lowered"),
}


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge warning`."""
    doing: dict[str, Doing] = {
        "add": _add, "import": _import, "list": _list, "show": _show, "cancel": _cancel,
    }  # fmt: skip
    return run_action(session, "wangge warning", ACTIONS, doing, arguments)


def _add(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("colour", N_("its colour: 蓝, 黄, 橙, 红 or blue, yellow, orange, red"))
    parser.operands("kind", N_("what it warns of: 暴雨, 山洪灾害, rainstorm"))
    parser.text("issuer", N_("who issued it: 州气象台"), "NAME", required=True)
    parser.text("issued", N_("when it was issued; without it: now"), "TIME")
    parser.text("from", N_("from when it holds; without it: when it was issued"), "TIME", dest="begins")
    parser.text("until", N_("until when; without it: until it is cancelled or replaced"), "TIME")
    parser.text("number", N_("its number"))
    parser.text("area", N_("where it holds"))
    options = parser.parse_args(arguments)
    colour = colour_named(options.colour)
    if colour is None:
        raise BadInput(Message("{text} is no colour of a signal: 蓝, 黄, 橙, 红 or blue, yellow, orange, red.",
                               {"text": options.colour}), "colour")  # fmt: skip
    done = session.house.flood.warnings.add(
        session.actor(), session.request_id, colour, " ".join(options.kind), options.issuer,
        issued_at=past_moment(options.issued, session.now, session.zone, "issued").at if options.issued else None,
        begins_at=held_from(session, options.begins, "from"),
        until=held_until(session, options.until, "until"),
        number=options.number, area=options.area,
    )  # fmt: skip
    return recorded_answer(session, done)


def recorded_answer(session: Session, done: Recorded) -> Answer:
    """What an entry came to: the row, and whether the posture rose."""
    document: dict[str, Json] = {
        "known": done.known, "before": done.before.value, "flood": flood_document(session, done.flood),
    }  # fmt: skip
    if done.taken_back is not None:
        document["taken_back"] = session.words.say(done.taken_back)
    if done.signal is not None:
        document["warning"] = signal_document(session, done.signal)
        document["ended"] = [one.identifier for one in done.ended]
    if done.response is not None:
        document["response"] = session.shaper.shape(done.response)
    return Answer(document, lambda: _recorded_lines(session.sight, done))


def _recorded_lines(sight: Sight, done: Recorded) -> Iterator[str]:
    if done.taken_back is not None:
        yield sight.t("Taken back: {what}.", what=done.taken_back)
    if done.known:
        yield sight.t("It is recorded already; nothing was written.")
    if done.signal is not None:
        yield from columns([signal_cells(done.signal, sight)])
        if done.signal.in_force(sight.now) and done.signal.hazard not in RAISES:
            yield sight.t("It brings no flood: it does not raise the posture.")
    if done.response is not None:
        from app.render.flood import level_cells

        yield from columns([level_cells(done.response, sight)])
    yield posture_line(sight, done)


def posture_line(sight: Sight, done: Recorded) -> str:
    """What became of the posture."""
    after, lower = done.flood.posture, done.flood.lower_to(sight.now)
    if after is not done.before:
        return sight.t("Posture: {before} → {after}.", before=spoken(done.before), after=spoken(after))
    if lower is not None:
        return sight.t("Posture: {posture} stays; it may be lowered to {to}: {wangge} flood lower {code}",
                       posture=spoken(after), to=spoken(lower), wangge=called(), code=lower.value)  # fmt: skip
    return sight.t("Posture: {posture}, unchanged.", posture=spoken(after))


# -- importing -----------------------------------------------------------------------------------
def _import(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("path", N_("a file, or a folder whose files are read in the order they were sent"))
    options = parser.parse_args(arguments)
    if not options.path.strip():
        raise BadInput(Message("Which file or folder?"), "path")
    from app.services.warning_files import import_warnings

    before = session.house.flood.show().posture
    found = import_warnings(
        session.house.flood.warnings, session.actor(), session.request_id, Path(options.path), session.zone
    )
    files = found.files
    if files and all(one.skipped for one in files):
        raise _nothing_good(options.path, files)
    after = session.house.flood.show()
    done = Recorded(after, before)

    def lines() -> Iterator[str]:
        sight = session.sight
        for one in files:
            came = [
                Came(alert, made.signal, made.known, made.ended, names_no_end(alert), made.told)
                for alert, made in one.alerts
            ]
            yield from file_lines(sight, one.file, came, one.troubles)
        if not files:
            yield sight.t("There is no file in it.")
        yield from hidden_lines(sight, found.hidden)
        yield posture_line(sight, done)

    document: dict[str, Json] = {
        "files": [
            {
                "file": one.file,
                "read": not one.skipped,
                "reason": session.words.say(one.troubles[0]) if one.skipped else None,
                "bad": [session.words.say(reason) for reason in one.troubles],
                "messages": _message_documents(session, one.alerts),
            }
            for one in files
        ],
        "recorded": sum(not made.known for one in files for _, made in one.alerts),
        "known": sum(made.known for one in files for _, made in one.alerts),
        "hidden": found.hidden,
        "skipped": sum(len(one.troubles) for one in files),
        "before": before.value,
        "flood": flood_document(session, after),
    }
    return Answer(document, lines)


def _nothing_good(path: str, files: Sequence[Imported]) -> Problems:
    """Why nothing was recorded: of one file its own reasons, of a folder each file with its reason."""
    if len(files) == 1:
        return Problems(files[0].file, files[0].troubles[:KEPT], len(files[0].troubles))
    reasons = [Message("{file}: {reason}", {"file": one.file, "reason": why}) for one in files for why in one.troubles]
    return Problems(printable(path), reasons[:KEPT], len(reasons))


def _message_documents(session: Session, came: Sequence[tuple[Alert, Recorded]]) -> list[Json]:
    signals = iter(signal_documents(session, [made.signal for _, made in came if made.signal]))
    return [
        {
            "identifier": alert.identifier,
            "known": made.known,
            "ended": [one.identifier for one in made.ended],
            "notes": [session.words.say(note) for note in (*alert.notes, *made.told)],
            "names_no_end": names_no_end(alert),
            "warning": next(signals) if made.signal else None,
        }
        for alert, made in came
    ]


# -- looking -------------------------------------------------------------------------------------
def _list(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.switch("all", N_("also what is over, tests and cancellations"))
    parser.text("since", N_("recorded from when on, with --all; without it: the last 30 days"), "TIME")
    options = parser.parse_args(arguments)
    flood = session.house.flood
    if options.all or options.since:
        since = past_moment(options.since, session.now, session.zone, "since").at if options.since else None
        found = flood.warnings.since(since)
    else:
        found = flood.show().signals
    document: dict[str, Json] = {"warnings": [*signal_documents(session, found)]}
    return Answer(document, lambda: _list_lines(session.sight, found))


def _list_lines(sight: Sight, found: Sequence[Signal]) -> Iterator[str]:
    if not found:
        yield sight.t("No warning is in force.")
    yield from columns(signal_cells(one, sight) for one in found)
    if len(found) == MOST:
        yield sight.t("Only the latest {n} are listed; --since narrows them.", n=MOST)


def _show(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _id(parser)
    options = parser.parse_args(arguments)
    warnings = session.house.flood.warnings
    one = warnings.find(options.id)
    alert = warnings.message(one.id)
    document: dict[str, Json] = {
        "warning": signal_document(session, one), "message": alert_document(session, alert) if alert else None,
    }  # fmt: skip
    return Answer(document, lambda: whole_lines(session.sight, one, alert))


def _cancel(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _id(parser)
    parser.text("reason", N_("why, or by which message"))
    options = parser.parse_args(arguments)
    warnings = session.house.flood.warnings
    one = warnings.find(options.id)
    return recorded_answer(session, warnings.cancel(session.actor(), session.request_id, one.id, reason=options.reason))


def _id(parser: Parser) -> None:
    parser.operand("id", N_("which warning: the digits after #, or its identifier"))
