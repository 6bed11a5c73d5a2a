"""A report form on paper (信息报送单, domain 6.2, 6.3)."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.report_form import FIELD_LABELS, FormField, ReportForm
from app.domain.reports import ReportKind
from app.render.paper import Block, Item, Paper, Para, Table, drill_mark, section
from app.render.report_form import form_head, form_limit, form_parts, form_title
from app.render.sight import Sight

WIDTHS = (1, 4)
"""Of the column of labels and the column of what they say."""


def report_paper(form: ReportForm, sight: Sight, *, issuer: str = "", drill: bool = False) -> Paper:
    """The form as it goes up: what is known in a table, measures one below the other, room for who signs it."""
    limit = form_limit(form, sight)
    return Paper(
        form_title(form, sight), tuple(_blocks(form, sight)), issuer, form_head(form, sight),
        (limit, sight.t("Issued by: ____________")), drill_mark(sight, drill=drill),
    )  # fmt: skip


def _blocks(form: ReportForm, sight: Sight) -> Iterator[Block]:
    measures = sight.t(FIELD_LABELS[FormField.MEASURES])
    rows: list[tuple[str, ...]] = []
    done: tuple[str, ...] = ()
    for part in form_parts(form, sight):
        if part.label == measures:
            done = part.lines
        else:
            rows.append((part.label, sight.t("; ").join(part.lines)))
    yield section(1, sight.t("The matter"), sight)
    yield Table((sight.t("Item"), sight.t("What is known")), tuple(rows), WIDTHS)
    yield section(2, measures, sight)
    yield from (Item(line) for line in done)
    if form.unknown and form.kind is not ReportKind.FINAL:
        yield Para(sight.t("What is not known is supplemented in the next report."))
