"""A handover in words: what is open, what was said of it, the equipment, who signed, what comes next (domain 6.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.domain.dues import DueKind
from app.domain.handover import (
    GROUPS,
    Gear,
    HandoverFile,
    HandoverSheet,
    HandoverState,
    Item,
    ItemKind,
    ItemLine,
    ReliefNote,
    Step,
    Why,
    counted,
    next_step,
)
from app.domain.message import N_
from app.domain.org import Shift
from app.domain.whistle import Waiting
from app.render.clock import day, hm
from app.render.sight import Sight

WHY: Mapping[Why, str] = {
    Why.EMERGENCY: N_("emergency"),
    Why.SEVERE: N_("urgent"),
    Why.OVERDUE: N_("overdue"),
    Why.SOON: N_("due within the hour"),
    Why.OUTSIDE: N_("team is out"),
}
"""Why an item is critical; msgids."""

STEPS: Mapping[Step, str] = {
    Step.LINES: N_("Outgoing: say what the relief must know about each critical item{key}; {n} to go, first {item}."),
    Step.EQUIPMENT: N_("Outgoing: go through the equipment{key}; to go: {names}."),
    Step.SIGN_OUT: N_("Outgoing: sign{key}. You hold the desk until the relief has signed."),
    Step.ROSTER: N_("Nobody follows on the roster: the relief opens its shift first{key}."),
    Step.ACCEPT: N_("Incoming: accept each item{key}, read back the critical ones; {n} to go, first {item}."),
    Step.SIGN_IN: N_("Incoming: sign{key}. From then on you hold the desk, and every open case is yours."),
    Step.DONE: N_("Handed over: {who} holds the desk since {at}."),
}
"""The next step in one sentence."""


def step_words(file: HandoverFile, sight: Sight, key: str = "") -> str:
    """What is to be done next, and by whom; ``key`` = what to press for it, where there is a keyboard."""
    sheet, step = file.sheet, next_step(file)
    lines = sheet.silent if step is Step.LINES else sheet.unaccepted
    return sight.t(
        STEPS[step], n=len(lines), item=named(lines[0].item, sight) if lines else "",
        names=tuple(one.name for one in sheet.unlooked), who=sight.person(sheet.taken_by) if sheet.taken_by else "",
        at=sight.stamp(sheet.taken_at), key=sight.t(" ({key})", key=key) if key else "",
    )  # fmt: skip


def shift_span(shift: Shift, sight: Sight) -> str:
    """``夜班 07-02 18:00–08:00``."""
    return (
        f"{sight.words.enum(shift.kind)} {day(shift.starts_at, sight.zone)} "
        f"{hm(shift.starts_at, sight.zone)}–{hm(shift.ends_at, sight.zone)}"
    )


def people_words(shift: Shift, sight: Sight) -> str:
    """``带班 办事处主任  值班员甲、值班员乙``: the post is left out where every name says it already."""
    leader, officers = sight.person(shift.leader), tuple(sight.person(code) for code in shift.officers)
    parts = (
        leader if _says(sight.t("leader"), (leader,)) else sight.t("leader {leader}", leader=leader),
        sight.words.listed(officers) if _says(sight.t("officer"), officers)
        else sight.t("officers {officers}", officers=officers),
    )  # fmt: skip
    return "  ".join(parts)


def _says(post: str, names: tuple[str, ...]) -> bool:
    return bool(names) and all(post.casefold() in name.casefold() for name in names)


def title_words(sheet: HandoverSheet, sight: Sight) -> str:
    """``交接班 夜班 07-02 18:00–08:00 → 白班 07-03 08:00–18:00``."""
    after = shift_span(sheet.incoming, sight) if sheet.incoming is not None else sight.t("no shift yet")
    return sight.t("Handover {before} {into} {after}", before=shift_span(sheet.outgoing, sight),
                   into=sight.glyphs.into, after=after)  # fmt: skip


def count_words(sheet: HandoverSheet, sight: Sight) -> str:
    """``未结哨 2 · 未完巡查 0 · 待续报 1 · 待回访 0``."""
    return " · ".join(f"{sight.t(GROUPS[kind])} {number}" for kind, number in counted(sheet))


# -- items ---------------------------------------------------------------------------------------
def named(item: Item, sight: Sight) -> str:
    """How a sentence names an item: ``0702-01 井盖被冲走``."""
    return f"{item_number(item, sight)} {what_words(item, sight)}".strip()


def item_number(item: Item, sight: Sight) -> str:
    """``0702-01`` of a case, ``R0702-01`` of a round, ``#3`` of the log; empty for a round that nobody began."""
    if item.kind is ItemKind.CASE and not item.number:
        return sight.t("draft")
    if item.number[:2] in ("W-", "R-"):
        return item.number[6:] if item.number[0] == "W" else f"R{item.number[6:]}"
    return item.number


def what_words(item: Item, sight: Sight) -> str:
    """What it is about."""
    return sight.words.name(item.name) if item.name is not None else item.text


def where_words(item: Item, sight: Sight) -> str:
    """Its grid."""
    return sight.short(item.grid) if item.grid else ""


def stands_words(item: Item, sight: Sight) -> str:
    """How it stands: the limit, what is waited for and from whom, which report."""
    parts = [sight.t("by {at}", at=sight.stamp(item.due_at))] if item.due_at is not None else []
    if item.kind is ItemKind.REPORT:
        parts.append(sight.words.enum(DueKind(item.part)))
    elif item.kind is ItemKind.CASE and item.waiting is not None and item.state is not None:
        who = sight.words.listed(tuple(sight.short(code) for code in item.departments))
        word = sight.words.enum(item.waiting)
        waits = word if item.waiting is Waiting.SUBMIT else sight.t("waits: {what}", what=word)
        parts.append(f"{waits} {who}".strip())
    if item.who:
        parts.append(sight.words.listed(sight.people(item.who)))
    return "  ".join(parts)


def why_words(item: Item, sight: Sight) -> str:
    """Why it is critical."""
    return sight.words.listed(tuple(sight.t(WHY[one]) for one in item.why))


def status_words(line: ItemLine, sight: Sight) -> str:
    """What is still to be done about it, or that it is accepted."""
    if line.is_accepted:
        return sight.t("accepted")
    if line.changed:
        return sight.t("changed after it was accepted")
    return sight.t("say what matters") if line.silent else sight.t("to be accepted")


def said_lines(line: ItemLine, sight: Sight) -> Iterator[str]:
    """What the outgoing officer said, and what was read back."""
    if line.told is not None:
        yield sight.t("Outgoing: {text} ({who}, {at})", text=line.told.text, who=sight.person(line.told.by),
                      at=sight.stamp(line.told.at))  # fmt: skip
    taken = line.accepted
    if taken is not None and taken.text:
        yield sight.t("Read back: {text} ({who}, {at})", text=taken.text, who=sight.person(taken.by),
                      at=sight.stamp(taken.at))  # fmt: skip


# -- the rest ------------------------------------------------------------------------------------
def gear_words(one: Gear, sight: Sight) -> str:
    """``电话 完好``, ``电台 缺一台``, ``钥匙 未清点``."""
    name = sight.words.name(one.name)
    if one.ok is None:
        return sight.t("{name}: not looked at", name=name)
    return sight.t("{name}: there", name=name) if one.ok else sight.t("{name}: {remark}", name=name, remark=one.remark)


def note_words(note: ReliefNote, sight: Sight) -> str:
    """A note with its author and time."""
    return sight.t("{text} ({who}, {at})", text=note.text, who=sight.person(note.by), at=sight.stamp(note.at))


def signature_words(file: HandoverFile, sight: Sight) -> tuple[str, str]:
    """Who signed out and in, and when; or that nobody has."""
    sheet = file.sheet
    nobody = sight.t("not signed yet")
    out = f"{sight.name(sheet.handed_by)} {sight.stamp(sheet.handed_at)}" if sheet.handed_at else nobody
    in_ = f"{sight.name(sheet.taken_by)} {sight.stamp(sheet.taken_at)}" if sheet.taken_at else nobody
    return sight.t("Signed out: {who}", who=out), sight.t("Signed in: {who}", who=in_)


def signed_words(file: HandoverFile, sight: Sight) -> Iterator[str]:
    """Those signatures that were given, short."""
    sheet = file.sheet
    if sheet.handed_at is not None:
        who = f"{sight.person(sheet.handed_by)} {sight.stamp(sheet.handed_at)}"
        yield sight.t("Signed out: {who}", who=who)
    if sheet.taken_at is not None:
        yield sight.t("Signed in: {who}", who=f"{sight.person(sheet.taken_by)} {sight.stamp(sheet.taken_at)}")


def state_words(state: HandoverState, sight: Sight) -> str:
    """How far a handover is."""
    return sight.t({
        HandoverState.DRAFT: N_("being prepared"), HandoverState.HANDED: N_("signed out, not taken over yet"),
        HandoverState.TAKEN: N_("handed over"),
    }[state])  # fmt: skip
