"""The ask-list as options, or as one line; options win over the line, the line over the draft (domain 2.8)."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from app.cli.parser import Parser
from app.cli.people import grid_code, matter_code, place_code
from app.cli.session import Session
from app.cli.times import past_moment
from app.cli.tongue import N_
from app.domain.errors import BadInput
from app.domain.facts import TEXT_FIELDS, Facts
from app.domain.message import Message
from app.domain.oneline import Gazetteer, LineField, Understood, understand
from app.domain.policy import WhistleKind
from app.domain.whistle import Precision, Severity, Source
from app.services.whistles import CaseFile

CODES = ("kind", "grid", "place", "matter", "severity", "source", "source_number", "happened_at", "happened_about")


def add_facts(parser: Parser) -> None:
    """The options of the ask-list."""
    parser.text("line", N_("everything in one line: sh1 emergency manhole cover gone 23:52"), "LINE")
    parser.choice("kind", N_("kind of whistle"), WhistleKind)
    parser.text("grid", N_("grid: code or short name"), "GRID")
    parser.text("place", N_("registered place: code, name or alias"), "PLACE")
    parser.text("matter", N_("type of matter: code or name"), "TYPE")
    parser.choice("severity", N_("grade"), Severity)
    parser.choice("source", N_("where it came from"), Source)
    parser.text("source_number", N_("number at the source, e.g. of 12345"), "NUMBER")
    parser.text("happened_at", N_("when it happened"), "TIME")
    parser.text("happened_about", N_("about when it happened"), "TIME")
    for name, label in TEXT_FIELDS.items():
        parser.text(name, label)


def facts_given(options: Namespace) -> bool:
    """Whether any fact stands on the command line."""
    return any(getattr(options, name) for name in ("line", *CODES, *TEXT_FIELDS))


def read_facts(session: Session, options: Namespace, known: Facts | None = None) -> Facts:
    """The facts that options and line give, over those already known; BadInput names what is unclear or missing."""
    facts, kind = known, known.kind if known else None
    texts: dict[str, str] = dict(known.texts) if known else {}
    if options.line:
        read = _understood(session, options)
        facts, kind = _from_line(read, facts), read.kind or kind or read.proposed_kind
        texts |= {name: text for name, text in (("title", read.title), ("callback", read.phone)) if text}
    kind = WhistleKind(options.kind) if options.kind else kind
    texts |= {name: getattr(options, name) for name in TEXT_FIELDS if getattr(options, name)}
    if kind is None:
        raise BadInput(Message("{what} is missing.", {"what": Message("Kind")}), "kind")
    base = facts or Facts(kind, "", {})
    return _with_codes(session, options, replace(base, kind=kind, texts=texts))


def known_facts(file: CaseFile) -> Facts:
    """The facts of a case as they stand, to be changed in part."""
    whistle = file.case.whistle
    typed: Mapping[str, str] = file.words.get(whistle.words_id, {}) if whistle.words_id else {}
    return Facts(
        kind=whistle.kind,
        grid=whistle.grid,
        texts={name: text for name, text in typed.items() if name in TEXT_FIELDS},
        severity=whistle.severity,
        place=whistle.place,
        matter=whistle.matter,
        source=whistle.source,
        source_number=whistle.source_number,
        occurred_at=whistle.occurred_at,
        precision=whistle.occurred_precision,
    )


def _with_codes(session: Session, options: Namespace, facts: Facts) -> Facts:
    street = session.street
    place = place_code(street, options.place) if options.place else facts.place
    implied = facts.grid or (street.places[place].grid if place in street.places else "")
    at, precision = _happened(session, options, facts)
    return replace(
        facts,
        grid=grid_code(street, options.grid) if options.grid else implied,
        place=place,
        matter=matter_code(session.policy, options.matter) if options.matter else facts.matter,
        severity=Severity(options.severity) if options.severity else facts.severity,
        source=Source(options.source) if options.source else facts.source,
        source_number=options.source_number or facts.source_number,
        occurred_at=at,
        precision=precision,
    )


def _happened(session: Session, options: Namespace, facts: Facts) -> tuple[datetime | None, Precision]:
    typed = options.happened_about or options.happened_at
    if not typed:
        return facts.occurred_at, facts.precision
    moment = past_moment(typed, session.now, session.zone, "occurred_at")
    about = moment.approximate or bool(options.happened_about)
    return moment.at, Precision.APPROX if about else Precision.EXACT


def _understood(session: Session, options: Namespace) -> Understood:
    """The line as read; BadInput when it can mean several things that no option settles.

    A type of matter that is not clear is left open: no call waits for it.
    """
    gazetteer = Gazetteer.of(session.street.street, session.policy)
    read = understand(options.line, gazetteer, session.now, session.zone)
    for field, codes in read.choices.items():
        if field is not LineField.MATTER and not getattr(options, field.value, ""):
            raise BadInput(Message("{text} fits several: {choices}. Say which.",
                                   {"text": options.line, "choices": codes}), field.value)  # fmt: skip
    if read.problems:
        raise BadInput(read.problems[0], "line")
    return read


def _from_line(read: Understood, known: Facts | None) -> Facts:
    kind = read.kind or read.proposed_kind or (known.kind if known else WhistleKind.ROUTINE)
    base = known or Facts(kind, "", {})
    moment = read.moment
    return replace(
        base,
        grid=read.grid or base.grid,
        place=read.place or base.place,
        matter=read.matter.code if read.matter else base.matter,
        severity=read.severity or base.severity,
        source_number=read.source_number or base.source_number,
        occurred_at=moment.at if moment else base.occurred_at,
        precision=(Precision.APPROX if moment.approximate else Precision.EXACT) if moment else base.precision,
    )
