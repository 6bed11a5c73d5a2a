"""What is said first and last when a briefing is held: who is there, and what stays to do (domain 6.1 ①, ⑪)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.domain.action_item import ActionItem
from app.domain.briefing_file import BriefingFile
from app.domain.briefing_privacy import refuse_personal_numbers
from app.domain.briefing_record import EARLIEST, SIGNS
from app.domain.errors import BadInput
from app.domain.org import Role
from app.domain.permissions import ROLE_LABELS
from app.render.briefing import Said, unknown_lines
from app.render.briefing_changes import Since, change_lines
from app.render.briefing_paper import signed_words
from app.render.rows import Tone
from app.render.sight import Sight

MOST_NAMES = 4
"""Names of those who may sign; there may be many."""


def attendance_lines(file: BriefingFile, sight: Sight) -> list[Said]:
    """Who chairs and takes the notes, who is there, and each one who is not, with the reason."""
    sheet, record = file.sheet, file.record
    unsaid = sight.t("not said")
    chair, recorder = (record.chair, record.recorder) if record else ("", "")
    lines = [
        Said(sight.t("chair {who}", who=sight.name(chair) if chair else unsaid)),
        Said(sight.t("notes {who}", who=sight.name(recorder) if recorder else unsaid)),
    ]
    if not sheet.present:
        return [*lines, Said(sight.t("Who is present was not recorded yet."), Tone.SOON)]
    here = sight.people([one.member for one in sheet.present if one.here])
    if here:
        lines.append(Said(sight.t("here: {who}", who=here), Tone.STRONG))
    for one in sheet.present:
        if not one.here:
            why = one.why or sight.t("no reason given")
            lines.append(Said(sight.t("{who}: not here, {why}", who=sight.name(one.member), why=why), Tone.SOON))
    return lines


def closing_lines(file: BriefingFile, sight: Sight, since: Since | None = None) -> list[Said]:
    """To be signed and by whom, what must be mended first, what is not known, what is to be done by when.

    ``since`` = what changed while it was held.
    """
    if file.signed:
        return [Said(signed_words(file, sight), Tone.GOOD), *_items(file.items, sight)]
    signs = sight.t("Not signed yet: for {roles}.", roles=tuple(ROLE_LABELS[role] for role in SIGNS))
    if names := _who_signs(file.unit, sight):
        signs += " " + sight.words.listed(names)
    lines = [Said(signs, Tone.STRONG)]
    if sight.now < file.until - EARLIEST:
        early = sight.t("It can be signed from {at} on.", at=sight.stamp(file.until - EARLIEST))
        lines.append(Said(early, Tone.SOON))
    try:
        refuse_personal_numbers(file.sheet)
    except BadInput as refusal:
        lines.append(Said(sight.say(refusal.message), Tone.DANGER))
    lines += [Said(text, Tone.SOON) for text in unknown_lines(file.sheet, sight)]
    lines += _items(file.items, sight)
    if since is not None:
        told = sight.t("Changed since {at}: {n}", at=sight.stamp(since.at), n=len(since.changes))
        lines += [Said(told, Tone.STRONG), *(replace(line, deep=True) for line in change_lines(since.changes, sight))]
    return lines


def _who_signs(unit: str, sight: Sight) -> tuple[str, ...]:
    """Names of those who may, those of the unit first: a grid leader only in the own community."""
    found = [
        member.code for member in sight.street.street.members
        if member.active and any(
            post.role in SIGNS and (post.role is not Role.GRID_LEADER or sight.street.covers(post.at, unit))
            for post in member.posts
        )
    ]  # fmt: skip
    own = {
        member.code for member in sight.street.street.members
        if any(post.role is Role.GRID_LEADER for post in member.posts)
    }  # fmt: skip
    found.sort(key=lambda code: code not in own)
    return tuple(sight.name(code) for code in found[:MOST_NAMES])


def _items(items: tuple[ActionItem, ...], sight: Sight) -> Iterator[Said]:
    if not items:
        yield Said(sight.t("No action item is open."), Tone.QUIET)
    for item in items:
        said = sight.t("#{n} {at} {who}: {what}", n=item.number, at=sight.stamp(item.due_at),
                       who=sight.name(item.owner), what=item.texts.get("what", ""))  # fmt: skip
        yield Said(said, Tone.DANGER if item.due_at < sight.now else Tone.PLAIN)
