"""What empty panes say: what would stand here and which key makes it, or which key shows all again."""

from __future__ import annotations

from collections.abc import Callable

from app.called import called
from app.domain.message import N_
from app.render.rows import Cell, Tone, one
from app.render.words import Words

Way = Callable[[str], str]
"""The key of a command as people read it, as the desk has it now."""


GROUPS = (
    N_("No whistle yet. {blow} blows one, {call} takes a call."),
    N_("Drafts and whistles to be approved stand here; {blow} makes one. ← → other groups"),
    N_("Whistles under way stand here; {next} is a case's next step. ← → other groups"),
    N_("Whistles whose departments are done stand here; {next} checks. ← → other groups"),
    N_("Whistles that passed their check stand here; {next} checks one. ← → other groups"),
    N_("Rejected, withdrawn, merged ones stand here; {moves} does that. ← → other groups"),
)
"""What would stand in each empty group of the whistles mode, and which key makes it."""


def no_case(
    words: Words, way: Way, *, needle: str = "", narrowed: bool = False, group: int | None = None, ended: int = 0
) -> Cell:
    """An empty list of cases: because of the search, of the filter, of the group, or because all is quiet.

    ``ended`` = how many found cases stand in no list here because they have ended.
    """
    if needle and ended and not narrowed:
        found = words.tn("None is open; one ended whistle is called “{needle}”: Enter, then {key} shows it.",
                         "None is open; {n} ended whistles are called “{needle}”: Enter, then {key} shows them.", ended,
                         needle=needle, key=way("whistles"))  # fmt: skip
        return one(found, Tone.SOON)
    if needle and narrowed:
        return one(words.t("Nothing here for “{needle}” within the filter. {key} shows all.", needle=needle,
                           key=way("widen")), Tone.SOON)  # fmt: skip
    if needle:
        return one(words.t("Nothing here is called “{needle}”. Esc shows all; fewer letters find more.",
                           needle=needle), Tone.SOON)  # fmt: skip
    if narrowed:
        return one(words.t("No case fits the filter. {key} shows all, {other} changes it.", key=way("widen"),
                           other=way("narrow")), Tone.SOON)  # fmt: skip
    if group is not None:
        ways = {name: way(name) for name in ("blow", "call", "next", "moves")}
        return one(words.t(GROUPS[group], **ways), Tone.QUIET)
    return one(words.t("No whistle is open. {key} blows one, {call} takes a call.", key=way("blow"), call=way("call")),
               Tone.QUIET)  # fmt: skip


def no_round(words: Words, way: Way) -> Cell:
    """An empty list of rounds, and the key that begins one."""
    return one(words.t("No round is walked. {key} begins one.", key=way("start_round")), Tone.QUIET)


def no_checklist(words: Words, way: Way) -> Cell:
    """A checklist without a round."""
    return one(words.t("The questions of a round stand here; {key} begins one.", key=way("start_round")), Tone.QUIET)


def no_street(words: Words, way: Way) -> Cell:
    """An empty database: how the street comes in."""
    return one(words.t("No street yet. {key} leaves; then run: {wangge} org load SHEET.xlsx", key=way("quit"),
                       wangge=called()), Tone.SOON)  # fmt: skip


def no_grid(words: Words) -> Cell:
    """No street is loaded."""
    return one(words.t("No grid yet: {wangge} org load FILE", wangge=called()), Tone.QUIET)


def no_department(words: Words, way: Way) -> Cell:
    """Nobody was whistled for."""
    return one(words.t("No department was whistled for yet. {key} is the next step.", key=way("next")), Tone.QUIET)


def no_entry(words: Words, way: Way) -> Cell:
    """No case is under the cursor, so nothing has happened to it."""
    return one(words.t("What happens to a case stands here, line by line; {key} adds to it.", key=way("record")),
               Tone.QUIET)  # fmt: skip


def no_reminder(words: Words, key: str) -> Cell:
    """An empty list of reminders, and the key that sets one."""
    return one(words.t("Nothing waits and nothing comes. {key} sets a reminder.", key=key), Tone.QUIET)


def no_log(words: Words, key: str) -> Cell:
    """An empty log, and the key that writes in it."""
    return one(words.t("Nothing was written and nothing happened. {key} writes an entry.", key=key), Tone.QUIET)


def nothing_soon(words: Words) -> Cell:
    """Nothing runs out within the hour."""
    return one(words.t("Limits of the next hour stand here."), Tone.QUIET)


def no_round_here(words: Words) -> Cell:
    """The duty desk's pane of rounds while none is due."""
    return one(words.t("No round is walked and none is due."), Tone.QUIET)
