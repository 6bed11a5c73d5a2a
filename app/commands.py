"""Every command once: keys, hint line, help and palette are all read from here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import TYPE_CHECKING

from app.domain.message import N_, Message
from app.keymap import Keymap

if TYPE_CHECKING:
    from uuid import UUID

    from app.domain.actor import Actor
    from app.domain.next_step import NextStep
    from app.domain.round import Item
    from app.domain.round_file import RoundFile
    from app.services.whistles import CaseFile


class Need(Flag):
    """What must be there before a command makes sense."""

    NOTHING = 0
    HOUSE = auto()
    """The database is open."""
    WRITE = auto()
    """It can be written to, and somebody is on duty."""
    CASE = auto()
    """A case is under the cursor."""
    STEP = auto()
    """That case has a next step."""
    ENTRY = auto()
    """An entry of its timeline is under the cursor."""
    ROUND = auto()
    """A round that is being walked is under the cursor."""
    FINDING = auto()
    """A problem of its checklist is under the cursor."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is on the screen at the moment a key is pressed."""

    mode: str
    ready: bool = False
    read_only: str = ""
    """Why nothing can be written (a msgid), or empty."""
    actor: Actor | None = None
    file: CaseFile | None = None
    step: NextStep | None = None
    entry: UUID | None = None
    """The timeline's entry under the cursor, while the timeline has the focus."""
    departments: tuple[str, ...] = ()
    """Codes of the departments marked, or under the cursor of their table."""
    marks: tuple[UUID, ...] = ()
    """Ids of the marked cases, those in the list first."""
    round: RoundFile | None = None
    """The round under the cursor of the rounds mode."""
    item: Item | None = None
    """The question under the cursor of its checklist, while that has the focus."""
    keymap: Keymap = field(default_factory=lambda: DEFAULT_KEYS)
    """The keys of this desk."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do. ``title`` and ``help`` are msgids; the action is ``do_<id>`` of the desk."""

    id: str
    group: str
    """One of ``GROUPS``."""
    title: str
    help: str
    """Names keys of other commands as ``{id}``: see ``help_of``."""
    keys: tuple[str, ...]
    """As Textual names them; the first is the one shown, the rest are second ways."""
    needs: Need = Need.NOTHING
    danger: bool = False
    """Asks before it does it, naming the case."""
    many: bool = False
    """Done to all marked cases while there are any."""


NEW, CASE, FIND, DESK, SCREEN = N_("New whistle"), N_("This case"), N_("Finding"), N_("The desk"), N_("The screen")
ROUNDS, FLOOD, LOG, BRIEFING = N_("Rounds"), N_("Flood"), N_("The log"), N_("The briefing")
GROUPS = (NEW, CASE, ROUNDS, FLOOD, LOG, BRIEFING, FIND, DESK, SCREEN)
"""What the help sorts the commands by, in this order; msgids."""

_WRITE = Need.HOUSE | Need.WRITE
_CASE = Need.HOUSE | Need.CASE
_ACT = _CASE | Need.WRITE

COMMANDS: tuple[Command, ...] = (
    Command("help", DESK, N_("Help"),
            N_("What can be done now and with which key; Enter does it."), ("f1", "question_mark")),
    Command("blow", NEW, N_("Blow"),
            N_("Blow a whistle in one line: grid, kind, what and when."), ("f2", "b"), Need.HOUSE | Need.WRITE),
    Command("search", FIND, N_("Search"),
            N_("Narrow the list to what you type, pinyin initials too. Esc shows all again."),
            ("f3", "slash"), Need.HOUSE),
    Command("next", CASE, N_("Next step"),
            N_("The step this case waits for: approve, raise, dispatch, record, check, rate."),
            ("f4", "n"), _ACT | Need.STEP, many=True),
    Command("record", CASE, N_("Record"),
            N_("Departments acknowledged, on the way, reported in, working or done."), ("f5", "r"), _ACT, many=True),
    Command("moves", CASE, N_("All moves"),
            N_("Everything that can be done to this case; what cannot says why."), ("f6", "m"), _CASE, many=True),
    Command("spot", NEW, N_("On the spot"),
            N_("Record a service, visit or finding that was solved on the spot."),
            ("f7", "s"), Need.HOUSE | Need.WRITE),
    Command("duty", DESK, N_("On duty"),
            N_("Say who is at this desk now, and open the shift if none is."), ("f8", "d"), Need.HOUSE),
    Command("palette", DESK, N_("Commands"),
            N_("Find a command by a few letters, in either language."), ("f9", "ctrl+p")),
    Command("quit", DESK, N_("Quit"), N_("Leave the desk; what was being typed is kept."), ("f10", "ctrl+q")),
    Command("desk", DESK, N_("Duty desk"), N_("Grids, open whistles, and the case under the cursor."), ("1",)),
    Command("whistles", DESK, N_("Whistles"), N_("All whistles by state, every one that ever ended too."), ("2",)),
    Command("rounds", DESK, N_("Rounds"),
            N_("Rounds of today; Enter opens a checklist, which digits answer then."), ("3",)),
    Command("reminders", DESK, N_("Reminders"),
            N_("What waits for an answer, what comes, what is over."), ("5",)),
    Command("briefing", DESK, N_("Morning briefing"),
            N_("The next briefing as it would be now; each number opens its list; there the same key notes something."),
            ("4",)),
    Command("log", DESK, N_("Shift log"),
            N_("What was written and what happened, shift by shift; there the same key writes an entry."), ("6",)),
    Command("answer", DESK, N_("Answer"),
            N_("The most pressing reminder: in hand, phoned, put off, passed on. In {reminders}: the one chosen."),
            ("0",), Need.HOUSE | Need.WRITE),
    Command("remind", NEW, N_("Set a reminder"),
            N_("When and what in one line; for whom, about which case, until it is closed."),
            ("i",), Need.HOUSE | Need.WRITE),
    Command("log_entry", LOG, N_("Write in the log"),
            N_("One line: time, where from, what; who was told, what came of it, still open or not."), (), _WRITE),
    Command("log_line", LOG, N_("This entry"),
            N_("Close an open entry of the log, put another one right, or read what happened."), (), Need.HOUSE),
    Command("log_correct", LOG, N_("Put an entry right"),
            N_("A new entry in the place of the one under the cursor; both stay to be read."), (), _WRITE),
    Command("log_reminders", LOG, N_("Reminders in the log"),
            N_("Who was told and who answered among the lines of the log, or not."), (), Need.HOUSE),
    Command("handover", LOG, N_("Handover"),
            N_("What is open and what comes next; said, accepted item by item, signed by both shifts."), (),
            Need.HOUSE),
    Command("handover_print", LOG, N_("Print the handover"),
            N_("Writes it as a document (.docx) and as Markdown into your folder of papers and says where."), (),
            Need.HOUSE),
    Command("briefing_present", BRIEFING, N_("Hold the briefing"),
            N_("In front of everybody, one section a page: for the projector, with clock, timer and notes."),
            (), Need.HOUSE),
    Command("briefing_note", BRIEFING, N_("Note in the briefing"),
            N_("What was said, in the section under the cursor or by one of the six roles."), (), _WRITE),
    Command("briefing_attend", BRIEFING, N_("Who is there"),
            N_("Who is there and who is not, who chairs, who takes the notes."), (), _WRITE),
    Command("briefing_item", BRIEFING, N_("Set an action item"),
            N_("Who does what by when; it reminds them and stands in every briefing until it is done."), (), _WRITE),
    Command("briefing_sign", BRIEFING, N_("Sign the briefing"),
            N_("Freezes it as it is shown; later notes are additions."), (), _WRITE, danger=True),
    Command("briefing_print", BRIEFING, N_("Print the briefing"),
            N_("Writes it as a document (.docx) and as Markdown into your folder of papers and says where."),
            (), Need.HOUSE),
    Command("briefing_unit", BRIEFING, N_("Briefing of…"),
            N_("Of the street, of a community or of a grid."), (), Need.HOUSE),
    Command("call", NEW, N_("Take a call"),
            N_("Fill in the questions to a caller one by one and blow or save it."), ("c",), Need.HOUSE | Need.WRITE),
    Command("phones", FIND, N_("Phone book"),
            N_("Whom to call, with numbers: the case's departments first, then all others."), ("p",), Need.HOUSE),
    Command("start_round", ROUNDS, N_("Begin a round"),
            N_("Which checklist, along which way or through which grid, and who walks."),
            ("o",), Need.HOUSE | Need.WRITE),
    Command("say_round", ROUNDS, N_("By radio"),
            N_("Several answers in one line, as they are told: 1 水位 199.42 涨 / 4 井盖 缺失 / 6 好."),
            ("h",), Need.HOUSE | Need.WRITE | Need.ROUND),
    Command("finding", ROUNDS, N_("The finding"),
            N_("How grave a problem is, who is exposed, solved on the spot or not; {blow} makes it a whistle."),
            ("ctrl+n",), Need.HOUSE | Need.WRITE | Need.FINDING),
    Command("said_by", ROUNDS, N_("Said by"),
            N_("Who of the team says the answers, and how they are told."),
            ("ctrl+r",), Need.HOUSE | Need.WRITE | Need.ROUND),
    Command("round_ok", ROUNDS, N_("Team is well"),
            N_("They were heard from: the check-in of the night begins anew."),
            ("ctrl+o",), Need.HOUSE | Need.WRITE | Need.ROUND),
    Command("end_round", ROUNDS, N_("End the round"),
            N_("Finished, or incomplete with the reason; what is missing is named."),
            ("q",), Need.HOUSE | Need.WRITE | Need.ROUND),
    Command("checklists", ROUNDS, N_("Checklists"),
            N_("What is asked on rounds, levels of gauges, routes; the street administrator changes them."),
            ("ctrl+t",), Need.HOUSE),
    Command("plans", ROUNDS, N_("Plans of rounds"),
            N_("When rounds are due, and what is next; sets a plan or ends one."), ("ctrl+g",), Need.HOUSE),
    Command("plan_case", CASE, N_("Plan rounds for it"),
            N_("Rounds of this case's grid until it is closed, such as keeping order at school hours."), (), _ACT),
    Command("flood", FLOOD, N_("Flood"),
            N_("Signals, response level, posture, next rounds, households to leave; all of it is done there."),
            ("9",), Need.HOUSE),
    Command("signal", FLOOD, N_("Record a signal"),
            N_("A warning signal as it was read or heard: 暴雨黄色 州气象台 17:40 至 明早6点."), (), _WRITE),
    Command("level", FLOOD, N_("Response level"),
            N_("Record a response level from its document: level, issuer, number, from, until."), (), _WRITE),
    Command("import_warnings", FLOOD, N_("Import warnings"),
            N_("From a CAP file or a folder; what came of each file is listed."), (), _WRITE),
    Command("lower", FLOOD, N_("Lower the posture"),
            N_("On the word of the duty leader; asks once more and says what it means for rounds."), (), _WRITE,
            danger=True),
    Command("undo_posture", FLOOD, N_("Undo about the flood"),
            N_("Take back the last signal, level or lowering recorded here, within ten minutes; asks and names it."),
            (), _WRITE,
            danger=True),
    Command("household", FLOOD, N_("A household to leave"),
            N_("List it; {flood} shows who is to be called, and digits record what came of it."), (), _WRITE),
    Command("take_over", FLOOD, N_("Households of a round"),
            N_("List those that a round named."), (), _WRITE),
    Command("report_form", CASE, N_("Report form"),
            N_("The report up the line that is next, filled from the case, with its countdown; sends and prints it."),
            (), _CASE),
    Command("case_print", CASE, N_("Print the case"),
            N_("The whole case as a document and as Markdown into your folder of papers."), (), _CASE),
    Command("undo", CASE, N_("Undo"),
            N_("Take back this desk's last entry on the case, after asking."), ("u", "ctrl+z"), _ACT, danger=True),
    Command("correct", CASE, N_("Correct an entry"),
            N_("Correct the time of the timeline's entry under the cursor."), ("e",), _ACT | Need.ENTRY),
    Command("mark", CASE, N_("Mark"),
            N_("Mark the case under the cursor; {next}, {record}, {moves} then go to all marked ones."),
            ("space",), _CASE),
    Command("mark_all", CASE, N_("Mark all"),
            N_("Mark every case of the list, or none; Esc takes all marks away."), ("a",), Need.HOUSE),
    Command("needs", FIND, N_("Needs me"),
            N_("The next case that needs you, round and round, and why it does."),
            ("f11", "w"), Need.HOUSE | Need.WRITE),
    Command("go", FIND, N_("Go to"),
            N_("To a case by its number or words, or the list of a grid, a department, a member."),
            ("f12", "g"), Need.HOUSE),
    Command("repeat", CASE, N_("Again"),
            N_("The last move offered for this case, or the marked ones; Enter sends it."),
            ("full_stop",), _ACT, many=True),
    Command("copy", CASE, N_("Copy"),
            N_("The case as text: to the clipboard, else through the terminal and into a file."), ("y",), _CASE),
    Command("narrow", FIND, N_("Show only…"),
            N_("Show only some kinds, grids or departments, or a named view."), ("v",), Need.HOUSE),
    Command("widen", FIND, N_("Show all"), N_("Take every filter and the search away."), ("x",), Need.HOUSE),
    Command("language", SCREEN, N_("中文 / English"), N_("Show everything in the other language."), ("l",)),
    Command("theme", SCREEN, N_("Look"),
            N_("Night, day or high contrast, one after the other; the choice is kept."), ("t",)),
    Command("water", ROUNDS, N_("Water level"),
            N_("The line of a gauge over a day or three: left and right change the span, up and down the gauge."),
            ("8",), Need.HOUSE),
    Command("drop_reading", ROUNDS, N_("Strike out a reading"),
            N_("A gauge's reading that was a slip, with the reason; the posture is then the one without it."),
            (), _WRITE),
    Command("map", SCREEN, N_("Map"),
            N_("The grids as a map or as a list; arrows go from grid to grid, Enter shows the whistles of one."),
            ("7",), Need.HOUSE),
    Command("zoom", SCREEN, N_("Zoom"), N_("This pane alone over the whole screen, or all of them again."), ("z",)),
    Command("jump", FIND, N_("Go by number"),
            N_("A number on every pane, row and chip; typing it goes there."), ("f",)),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}
DEFAULT_KEYS: Keymap = Keymap({command.id: command.keys for command in COMMANDS})
"""What is asked for by which key unless the configuration says otherwise."""


def help_of(command: Command, keymap: Keymap) -> Message:
    """What a command does, with the keys of the others it names as this desk has them."""
    return Message(command.help, {named: keymap.way(named) for named in _NAMED.findall(command.help)})


_NAMED = re.compile(r"{(\w+)}")


def refusal(command: Command, now: Situation) -> Message | None:
    """Why a command cannot be done now; None when it can."""
    passed = _BY_MARKS if command.many and now.marks else Need.NOTHING
    for need, reason in _REFUSALS.items():
        if need in command.needs and need not in passed:
            found = reason(now)
            if found is not None:
                return found
    return None


def _no_house(now: Situation) -> Message | None:
    return None if now.ready else Message("The database is not open yet.")


def _no_write(now: Situation) -> Message | None:
    if now.read_only:
        return Message("Read only: {why}", {"why": Message(now.read_only)})
    return None if now.actor else Message("Say first who is on duty: {key}.", {"key": now.keymap.way("duty")})


def _no_case(now: Situation) -> Message | None:
    return None if now.file else Message("Put the cursor on a case first.")


def _no_step(now: Situation) -> Message | None:
    if now.step is None:
        return Message("Nobody has to act on this case any more.")
    from app.domain.moves import BY_ACTION
    from app.domain.next_step import out_of_reach

    return out_of_reach(BY_ACTION[now.step.action], now.actor) if now.actor else None


def _no_entry(now: Situation) -> Message | None:
    return None if now.entry else Message("Go to the timeline with Tab and put the cursor on an entry.")


def _no_round(now: Situation) -> Message | None:
    if now.round is None:
        return Message("Put the cursor on a round first: {key}.", {"key": now.keymap.way("rounds")})
    if now.round.round.ended_at is not None:
        return Message("The round is over since {at}.", {"at": now.round.round.ended_at})
    return None


def _no_finding(now: Situation) -> Message | None:
    if now.round is not None and now.item in now.round.round.problems:
        return None
    return Message("Put the cursor on a problem of a checklist first.")


_REFUSALS: dict[Need, Callable[[Situation], Message | None]] = {
    Need.HOUSE: _no_house,
    Need.CASE: _no_case,
    Need.WRITE: _no_write,
    Need.STEP: _no_step,
    Need.ENTRY: _no_entry,
    Need.ROUND: _no_round,
    Need.FINDING: _no_finding,
}

_BY_MARKS = Need.CASE | Need.STEP
"""What the marked cases stand in for."""

HINTS = 6
"""At most so many in the hint line."""

_HINT_ORDER = ("help", "blow", "search", "next", "record", "moves", "spot", "duty", "phones", "palette", "quit")

OWN_GROUP: Mapping[str, str] = {"rounds": ROUNDS, "briefing": BRIEFING, "log": LOG}
"""The group of commands that a mode has for itself: it stands first in the help and among the commands there."""

_OWN_HINTS: Mapping[str, tuple[str, ...]] = {
    "briefing": ("help", "briefing", "palette"),
    "log": ("help", "log", "palette"),
}
"""Modes that are written in by their own key: what stands first in their hint line."""

_OWN_TITLES: Mapping[tuple[str, str], str] = {
    ("briefing", "briefing"): N_("Note what is said"),
    ("briefing", "palette"): N_("Hold, attend, sign …"),
    ("log", "log"): N_("Write an entry"),
    ("log", "palette"): N_("Close, correct, hand over …"),
}
"""(mode, command) → what the command is for there; msgids."""


def hints(now: Situation) -> tuple[Command, ...]:
    """The commands worth showing: valid now, in the order of their keys."""
    order = dict.fromkeys((*_OWN_HINTS.get(now.mode, ()), *_HINT_ORDER))
    named = [BY_ID[name] for name in order if now.keymap.of(name)]
    valid = [command for command in named if refusal(command, now) is None]
    return tuple(valid[:HINTS])


def title_of(command: Command, now: Situation) -> str:
    """The msgid a command shows now: the next step names itself."""
    return now.step.name if command.id == "next" and now.step and not now.marks else command.title


def hint_of(command: Command, now: Situation) -> str:
    """The msgid of a command in the hint line: a mode's own key says what it does there."""
    return _OWN_TITLES.get((now.mode, command.id)) or title_of(command, now)
