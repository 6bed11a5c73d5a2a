"""What was understood of a whistle, line by line: what is clear, what is proposed and why, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from app.domain.facts import Facts
from app.domain.message import N_, Message, Name
from app.domain.oneline import Understood
from app.domain.policy import MatterType
from app.domain.text import mask_phone
from app.domain.whistle import Precision, Severity
from app.render.paint import paint_text
from app.screens.context import DialogContext
from app.screens.dialogs.case_line import grid_name
from app.widgets.fields.shown import MUTED, Line

LABELS = (
    N_("Grid"), N_("Kind"), N_("What happened"), N_("Place"), N_("Happened at"), N_("Type of matter"), N_("Severity"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reasons:
    """The words of the line that something was concluded from; empty = it was said outright."""

    kind: str = ""
    matter: str = ""
    severity: str = ""
    wrong_time: Message | None = None
    """Why the time that was typed cannot be taken."""


class Preview:
    """Lines for the understood matter in one language."""

    def __init__(self, context: DialogContext) -> None:
        self._context = context
        self._words = context.words

    def labels(self) -> list[str]:
        """The labels of all lines."""
        return [self._words.t(label) for label in LABELS]

    def lines(self, facts: Facts, kind_known: bool, reasons: Reasons, gaps: frozenset[str]) -> list[Line]:
        """A line for each thing that matters at the desk; ``gaps`` are the fields that hold the whistle back."""
        values = [
            self._grid(facts, "grid" in gaps),
            self._kind(facts, kind_known, "kind" in gaps, reasons),
            self._plain(facts.texts.get("title", ""), "title" in gaps),
            self._place(facts),
            self._when(facts, reasons),
            self._matter(facts, reasons),
            self._severity(facts, reasons),
        ]
        lines = list(zip(self.labels(), values, strict=True))
        return [*lines, (self._words.t("Source"), self._source(facts))]

    def emergency_numbers(self) -> str:
        """``110 公安报警  119 火警  120 急救``: they come first when people are in danger."""
        numbers = self._context.policy.emergency_numbers
        return "  ".join(f"{number} {self._words.name(name)}" for number, name in numbers)

    # -- one value each ------------------------------------------------------------------------
    def _grid(self, facts: Facts, missing: bool) -> Content:
        if not facts.grid:
            ask = self._words.t("which grid? sh1, jf-sh-g01 or a place")
            return self._missing(ask) if missing else self._quiet(ask)
        community = self._context.street.label(self._context.street.community_of(facts.grid))
        return self._known(f"{grid_name(self._context, facts.grid)} · {self._words.name(community)}")

    def _kind(self, facts: Facts, known: bool, missing: bool, reasons: Reasons) -> Content:
        if not known:
            ask = (
                self._words.t("which kind? Enter, then 1–4")
                if missing
                else self._words.t("emergency, routine, tough or joint")
            )
            return self._missing(ask) if missing else self._quiet(ask)
        policy = self._context.policy.kinds[facts.kind]
        how = self._words.t("waits for approval") if policy.needs_approval else self._words.t("goes out at once")
        said = self._known(f"{self._words.enum(facts.kind)} · {how}")
        return Content.assemble(said, self._because(reasons.kind))

    def _place(self, facts: Facts) -> Content:
        if not facts.place:
            return self._quiet("–")
        return self._known(self._words.name(self._context.street.label(facts.place)))

    def _when(self, facts: Facts, reasons: Reasons) -> Content:
        now = self._context.house.clock.now()
        if reasons.wrong_time is not None:
            return self._missing(self._words.say(reasons.wrong_time, now))
        if facts.occurred_at is None:
            return self._quiet(self._words.t("not said; taken as now, {now}", now=self._words.when(now, now)))
        shown = self._words.when(facts.occurred_at)
        about = facts.precision is Precision.APPROX
        return self._known(self._words.t("about {when}", when=shown) if about else shown)

    def _matter(self, facts: Facts, reasons: Reasons) -> Content:
        matter = self._context.policy.matter(facts.matter)
        if matter is None:
            return self._quiet("–")
        return Content.assemble(
            self._known(f"{self._words.name(matter.name)} {lead_words(self._context, matter)}".rstrip()),
            self._because(reasons.matter),
        )

    def _severity(self, facts: Facts, reasons: Reasons) -> Content:
        word = self._words.enum(facts.severity)
        if facts.severity is Severity.NORMAL:
            return self._quiet(word)
        style = "bold $text-error" if facts.severity is Severity.CRITICAL else "$text-warning"
        mark = "! " if facts.severity is Severity.CRITICAL else ""
        return Content.assemble((paint_text(mark + word), style), self._because(reasons.severity))

    def _source(self, facts: Facts) -> Content:
        """Number and caller as typed; else the source that it is recorded with."""
        said = [part for part in (mask_phone(facts.texts.get("callback", "")), facts.source_number) if part]
        source = self._words.enum(facts.source)
        if said:
            return self._known(" · ".join((source, *said)))
        return self._quiet(self._words.t("not said; taken as {source}", source=source))

    def _plain(self, text: str, missing: bool) -> Content:
        if not text:
            return self._missing(self._words.t("what happened?")) if missing else self._quiet("–")
        return self._known(text)

    def _known(self, text: str) -> Content:
        done = self._context.glyphs.done
        return Content.assemble((f"{done} ", "$text-success"), paint_text(text).replace("\n", " "))

    def _missing(self, text: str) -> Content:
        return Content.styled(f"? {paint_text(text)}", "$text-warning")

    def _quiet(self, text: str) -> Content:
        return Content.styled(paint_text(text), MUTED)

    def _because(self, word: str) -> Content:
        if not word:
            return Content("")
        return Content.styled("  " + paint_text(self._words.t("from “{word}”", word=word)), MUTED)


def reasons_of(understood: Understood) -> Reasons:
    """Why the line was read as it was."""
    kind = "" if understood.kind else understood.severity_word or understood.matter_word
    return Reasons(kind, understood.matter_word, understood.severity_word, understood.wrong_time)


def lead_words(context: DialogContext, matter: MatterType) -> str:
    """``→ 公共事业中心(+应急局)``: who leads a type of matter by default, and who assists."""
    words, street, into = context.words, context.street, context.glyphs.into
    if matter.lead not in street.departments:
        return ""

    def called(code: str) -> Name:
        """Chinese names are short already."""
        department = street.departments[code]
        return department.short if words.language == "en" and department.short.en else department.name

    lead = f"{into} {words.name(called(matter.lead))}"
    assists = tuple(called(code) for code in matter.assists if code in street.departments)
    return f"{lead} +{words.listed(assists)}" if assists else lead
