"""`wangge policy`: the street's limits and lists as numbered versions (decisions 7)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.cli.actions import action_of
from app.cli.files import read_text
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.domain.policy import Limit, LimitUnit, Policy
from app.files import write_new
from app.render.sight import Sight
from app.render.table import columns
from app.samples import POLICY, sample_text

ACTIONS = {
    "load": N_("load a policy file as the next version; running cases keep theirs"),
    "show": N_("the version in force"),
    "template": N_("write the default policy, every number explained, to be changed and loaded"),
}


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge policy`."""
    name, rest = action_of(session, "wangge policy", ACTIONS, arguments), arguments[1:]
    if isinstance(name, int):
        return name
    parser = session.parser(f"wangge policy {name}", ACTIONS[name])
    if name != "show":
        parser.operand("path", N_("the file"))
    options = parser.parse_args(rest)
    if name == "load":
        text = read_text(Path(options.path))
        before = session.policy.version
        policy = session.house.policies.load(text, session.actor(), session.request_id, name=options.path)
        return Answer(
            {"version": policy.version, "before": before, "changed": policy.version != before},
            lambda: [session.words.t("Version {n} is in force.", n=policy.version)],
            session.misfits(),
        )
    if name == "template":
        write_new(Path(options.path), sample_text(POLICY).encode("utf-8"))
        return Answer({"path": options.path}, lambda: [str(options.path)])
    policy = session.policy
    return Answer(session.shaper.members(policy), lambda: _show_lines(session.sight, policy))


def _show_lines(sight: Sight, policy: Policy) -> Iterator[str]:
    t, word = sight.t, sight.words.enum
    hours = f"{policy.calendar.opens:%H:%M}–{policy.calendar.closes:%H:%M}"
    yield t(
        "Version {n} · working hours {hours} · {zone}", n=policy.version, hours=hours, zone=policy.calendar.zone.key
    )
    yield ""
    rules = [
        (word(kind), t("yes") if rule.needs_approval else t("no"),
         *(_limit(sight, limit) for limit in (rule.acknowledge, rule.report_in, rule.first_feedback,
                                              rule.feedback_every, rule.made_safe, rule.close, rule.close_at_most)))
        for kind, rule in policy.kinds.items()
    ]  # fmt: skip
    yield from columns(
        rules,
        (t("Kind"), t("Approval"), t("Acknowledge"), t("Report in on site"), t("First feedback"), t("Then every"),
         t("Made safe"), t("To close"), t("At most")),
    )  # fmt: skip
    yield ""
    yield t("Types of matter and who leads")
    yield from columns(
        (one.code, sight.words.name(one.name), sight.short(one.lead) if one.lead else "",
         " ".join(map(sight.short, one.assists)), word(one.kind) if one.kind else "")
        for one in policy.types
    )  # fmt: skip


def _limit(sight: Sight, limit: Limit | None) -> str:
    if limit is None:
        return ""
    unit = sight.words.enum(limit.unit)
    return unit if limit.unit is LimitUnit.SAME_DAY else f"{limit.n} {unit}"
