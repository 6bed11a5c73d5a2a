"""The flood sheet as rows: signals, response levels, the rounds that follow, and who is to leave, grid by grid."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.due_round import DueRound
from app.domain.flood import EvacuationCount, FloodView, Household, HouseholdState, Response, Signal, holding, spoken
from app.domain.posture import Posture
from app.domain.text import mask_phone
from app.render.flood import TONES, also_words, level_state, rounds_words, signal_state, signal_words
from app.render.planned import planned_state, window_words
from app.render.rows import WHOLE, Cell, Column, Piece, Row, Tone, one
from app.render.sight import Sight

HOUSEHOLD_TONES: Mapping[HouseholdState, Tone] = {
    HouseholdState.TO_CALL: Tone.SOON, HouseholdState.NO_ANSWER: Tone.DANGER, HouseholdState.ANSWERED: Tone.ACCENT,
    HouseholdState.LEFT: Tone.GOOD, HouseholdState.RETURNED: Tone.QUIET,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above a part of the list, or what an empty part says. ``key`` tells it from the others."""

    key: str
    text: str
    quiet: bool = False


Entry = Heading | Signal | Response | DueRound | Household
"""What a line of the list is about."""


def flood_columns(sight: Sight) -> tuple[Column, ...]:
    """Glyph, what, where it stands, from whom, when."""
    wide = sight.words.language == "en"
    return (
        Column("glyph", "", 1, 10), Column("what", "", 30, 10, most=40, least=18),
        Column("state", "", 20 if wide else 14, 9), Column("who", "", 22, 8, most=40, least=12),
        Column("when", "", 20 if wide else 18, 9, most=34),
    )  # fmt: skip


def key_of(entry: Entry) -> Hashable:
    """What a line is known by through every refresh."""
    if isinstance(entry, Heading):
        return entry.key
    return entry.planned.id if isinstance(entry, DueRound) else entry.id


def flood_row(entry: Entry, sight: Sight, *, phones: bool = False) -> Row:
    """A line of the list."""
    if isinstance(entry, Heading):
        return Row(entry.key, {WHOLE: one(entry.text, Tone.QUIET if entry.quiet else Tone.STRONG)}, still=True)
    cells = _cells(entry, sight, phones=phones)
    return Row(key_of(entry), dict(zip(("glyph", "what", "state", "who", "when"), cells, strict=True)))


def _cells(entry: Signal | Response | DueRound | Household, sight: Sight, *, phones: bool) -> tuple[Cell, ...]:
    if isinstance(entry, Signal):
        return _signal_cells(entry, sight)
    if isinstance(entry, Response):
        return _level_cells(entry, sight)
    if isinstance(entry, DueRound):
        return _round_cells(entry, sight)
    return _household_cells(entry, sight, phones=phones)


def _signal_cells(one_: Signal, sight: Sight) -> tuple[Cell, ...]:
    holds = one_.in_force(sight.now)
    tone = TONES[one_.posture] if holds else Tone.QUIET
    also = also_words(one_, sight)
    what = (signal_words(one_, sight), tone if holds else Tone.QUIET), (f" +{also}" if also else "", Tone.QUIET)
    issuer = " ".join(part for part in (sight.words.name(one_.issuer), one_.number) if part)
    return (
        one(sight.glyphs.attention if holds else sight.glyphs.normal, tone),
        tuple(Piece(text, tone) for text, tone in what if text),
        one(signal_state(one_, sight), Tone.PLAIN if holds else Tone.QUIET),
        one(issuer, Tone.QUIET), one(_span(sight, sight.near(one_.sent), one_.expires_at), Tone.QUIET),
    )  # fmt: skip


def _level_cells(one_: Response, sight: Sight) -> tuple[Cell, ...]:
    holds = one_.in_force(sight.now)
    tone = TONES[one_.posture] if holds else Tone.QUIET
    return (
        one(sight.glyphs.attention if holds else sight.glyphs.normal, tone),
        one(sight.t("response {level}", level=one_.level), tone),
        one(level_state(one_, sight), Tone.PLAIN if holds else Tone.QUIET),
        one(f"{one_.issuer} {one_.number}".strip(), Tone.QUIET),
        one(_span(sight, sight.near(one_.begins_at), one_.until_at), Tone.QUIET),
    )  # fmt: skip


def _span(sight: Sight, begins: str, ends: object) -> str:
    if ends is None:
        return sight.t("from {at}", at=begins)
    return f"{begins} – {sight.near(ends)}"  # type: ignore[arg-type]


def _round_cells(due: DueRound, sight: Sight) -> tuple[Cell, ...]:
    late = sight.now >= due.planned.start_by
    return (
        one(sight.glyphs.attention if late else sight.glyphs.normal, Tone.SOON if late else Tone.QUIET),
        one(sight.words.name(due.name)),
        one(planned_state(due, sight), Tone.SOON if late else Tone.QUIET),
        one(sight.short(due.planned.grid), Tone.QUIET), one(window_words(due.planned, sight), Tone.QUIET),
    )  # fmt: skip


def _household_cells(found: Household, sight: Sight, *, phones: bool) -> tuple[Cell, ...]:
    glyphs = sight.glyphs
    said, to = (text if phones else mask_phone(text) for text in (found.text, found.to))
    signs = {HouseholdState.TO_CALL: glyphs.nobody, HouseholdState.NO_ANSWER: glyphs.failed,
             HouseholdState.ANSWERED: glyphs.normal, HouseholdState.LEFT: glyphs.done,
             HouseholdState.RETURNED: glyphs.normal}  # fmt: skip
    tone = HOUSEHOLD_TONES[found.state]
    people = sight.words.tn("{n} person", "{n} people", found.people) if found.people else ""
    return (
        one(signs[found.state], tone),
        (Piece(sight.t("H{number}", number=found.number) + " ", Tone.QUIET), Piece(said)),
        one(sight.words.enum(found.state) + (f" ×{found.calls}" if found.calls > 1 else ""), tone),
        one(" ".join(part for part in (people, to) if part), Tone.QUIET),
        one(_last_word(found, sight), Tone.QUIET),
    )  # fmt: skip


def _last_word(found: Household, sight: Sight) -> str:
    """When it was last heard of, and by whom."""
    at = found.returned_at or found.left_at or found.called_at
    who = found.moved_by if found.left_at else found.called_by
    return " ".join(part for part in (sight.near(at), sight.person(who) if who else "") if part)


# -- above the list ----------------------------------------------------------------------------
def head_lines(view: FloodView, sight: Sight) -> tuple[Cell, Cell]:
    """The posture with since and what it means for rounds; below it what holds it up, or that it may be lowered."""
    t, tone = sight.t, TONES[view.posture]
    if view.posture is Posture.SEASON:
        first: Cell = one(t("No flood posture is in force"), Tone.STRONG)
        return first, one(_season(view, sight), Tone.QUIET)
    since = t("from {at}", at=sight.stamp(view.standing.since)) if view.standing.since else ""
    first = (
        Piece(f"{sight.glyphs.attention} ", tone),
        Piece(t("flood posture {posture}", posture=spoken(view.posture)), tone),
        Piece(" · ".join(part for part in (f" {since}", rounds_words(view, sight)) if part)),
    )
    lower = view.lower_to(sight.now)
    if lower is not None:
        why = sight.words.listed(view.over, sight.now) if view.over else ""
        said = Piece(t("may be lowered to {posture}", posture=spoken(lower)), Tone.SOON)
        return first, (said, Piece(f" · {why}" if why else "", Tone.QUIET))
    asked = sight.words.listed(holding(view, sight.now))
    return first, one(t("held by {holding}", holding=asked) if asked else "", Tone.QUIET)


def _season(view: FloodView, sight: Sight) -> str:
    at = view.next_at(sight.now)
    if at is not None:
        return sight.t("What is recorded begins at {at}.", at=sight.stamp(at))
    return sight.t("A signal or a response level raises it at once; lowering is asked for.")


# -- the list ----------------------------------------------------------------------------------
def entries(
    signals: Sequence[Signal], responses: Sequence[Response], rounds: Sequence[DueRound],
    households: Sequence[Household], counted: Sequence[EvacuationCount], sight: Sight,
) -> Iterator[Entry]:  # fmt: skip
    """Part after part; an empty one says what would stand there and which key makes it."""
    t = sight.t
    yield Heading("signals", t("Warning signals {n}", n=len(signals)))
    if not signals:
        yield Heading("no signal", t("  None. F2 records one, F5 imports what came as a file."), quiet=True)
    yield from signals
    yield Heading("levels", t("Response levels {n}", n=len(responses)))
    if not responses:
        yield Heading("no level", t("  None. F4 records one from its document."), quiet=True)
    yield from responses
    if rounds:
        yield Heading("rounds", t("Next rounds"))
        yield from rounds
    yield Heading("households", _households(households, sight))
    if not households:
        yield Heading("no household", t("  None. F8 lists one that is to leave, 5 those a round named."), quiet=True)
    shown = {each.grid: each for each in counted}
    for grid in dict.fromkeys(each.grid for each in households):
        if grid in shown:
            yield Heading(f"grid {grid}", "  " + count_words(shown[grid], sight), quiet=True)
        yield from (each for each in households if each.grid == grid)


def _households(found: Sequence[Household], sight: Sight) -> str:
    away = [each for each in found if each.state is not HouseholdState.RETURNED]
    title = sight.t("To leave {n}", n=len(away))
    if not away:
        return title
    gone = sum(each.state is HouseholdState.LEFT for each in away)
    silent = sum(each.state is HouseholdState.NO_ANSWER for each in away)
    people = sum(each.people for each in away)
    told = [sight.words.tn("{n} person", "{n} people", people) if people else "", sight.t("left {n}", n=gone)]
    told += [sight.t("no answer {n}", n=silent)] if silent else []
    return " · ".join([title, *filter(None, told)])


def count_words(count: EvacuationCount, sight: Sight) -> str:
    """``双河一  3 户 7 人 · 已叫 2 · 应答 1 · 转移 1``: how far a grid is."""
    t, tn = sight.t, sight.words.tn
    people = tn("{n} person", "{n} people", count.people) if count.people else ""
    told = [
        " ".join(part for part in (tn("{n} household", "{n} households", count.households), people) if part),
        t("called {n}", n=count.called), t("answered {n}", n=count.answered), t("left {n}", n=count.left),
    ]  # fmt: skip
    told += [t("no answer {n}", n=count.unreachable)] if count.unreachable else []
    return f"{sight.short(count.grid)}  {' · '.join(told)}"
