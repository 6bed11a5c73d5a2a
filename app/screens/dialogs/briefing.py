"""What is typed at a briefing: what was said, who is there, who is to do what by when (domain 6.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC

from textual.content import Content

from app.domain.action_item import ActionItem
from app.domain.briefing import SECTIONS, NoteLine, Section
from app.domain.briefing_file import BriefingFile
from app.domain.due_phrases import DuePhrase, find_due
from app.domain.errors import BadInput
from app.domain.message import N_, Message
from app.domain.named_first import named_first
from app.domain.org import Member, SixRole
from app.domain.text import normalise_width
from app.render.paint import paint
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.flood_fields import code_of, distance, members_found
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.sights import sight_of
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.pick import Item, PickField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import Shown

_DIVIDES = ",，、;；"


def draft_of(form: str, file: BriefingFile) -> str:
    """What a form's draft is kept under: words typed for one meeting are not offered in another."""
    return f"briefing-{form}-{file.unit}-{file.until.astimezone(UTC):%Y%m%d%H%M}"


class BriefingNoteDialog(FormDialog[NoteLine]):
    """A section, who of the six roles speaks there, and the words. In a signed briefing it is an addition."""

    def __init__(
        self, context: DialogContext, file: BriefingFile, section: Section | None, typed: str = "",
        role: SixRole | None = None,
    ) -> None:  # fmt: skip
        """``typed`` = how the words begin: what was typed where no field took it; ``role`` = whose turn it is."""
        super().__init__(context, draft_of("added" if file.signed else "note", file))
        self._file = file
        self._typed = typed
        self._role = role
        self._section = section or Section.SIX_ROLES
        self.first_field = "text"

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Add to the briefing") if self._file.signed else self.words.t("Note in the briefing")

    def head(self) -> Content:
        """Which briefing."""
        sight = sight_of(self.context)
        return paint(f"{sight.name(self._file.unit)}  {sight.stamp(self._file.until)}")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, Way("1–9", N_("choice")), keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """The words first; then where they belong."""
        t = self.words.t
        yield FieldRow(t("What was said"), LineField("text"))
        sections = [Choice(section.value, t(SECTIONS[section])) for section in Section]
        yield FieldRow(t("Section"), ChoiceField("section", sections, value=self._section.value))
        roles = [Choice(role.value, self.words.enum(role)) for role in SixRole]
        yield FieldRow(t("Who speaks"), ChoiceField("six_role", roles, value=self._role or ""))

    def begin(self) -> None:
        """What was typed before it stood comes first."""
        super().begin()
        field, typed = self.rows["text"].content_field, self._typed
        self._typed = ""
        if typed and isinstance(field, LineField):
            field.take(typed)

    def understood(self) -> None:
        """Of the six roles one speaks, elsewhere none."""
        self.rows["six_role"].hidden = self.text("section") != Section.SIX_ROLES

    async def act(self) -> NoteLine:
        """Note it."""
        section = Section(self.text("section"))
        role = self.text("six_role") if section is Section.SIX_ROLES else ""
        if section is Section.SIX_ROLES and not role:
            raise BadInput(Message("Say which of the six roles speaks."), "six_role")
        file, record = self._file, self._file.record
        request, actor, text = self.request("note"), self.context.actor, self.text("text")
        return await self.submit(
            lambda: self.context.house.briefings.note(
                actor, request, file.unit, section, text, six_role=SixRole(role) if role else None,
                briefing_id=record.id if record is not None and file.signed else None,
            )
        )  # fmt: skip


class AttendDialog(FormDialog[BriefingFile]):
    """Who of the unit is there: the others are away, with their reasons where they are known."""

    enter_sends = False

    def __init__(self, context: DialogContext, file: BriefingFile) -> None:
        super().__init__(context, draft_of("attend", file))
        self._file = file
        self._members = members_of(context, file)

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Who is there")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, PickField.TAKE, PickField.ALL, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """The members, then why some are away, who chairs, who takes the notes."""
        t, sheet, record = self.words.t, self._file.sheet, self._file.record
        known = {one.member: one for one in sheet.present}
        here = [code for code, one in known.items() if one.here] or [member.code for member in self._members]
        picks = [Item(member.code, self.words.name(member.name)) for member in self._members]
        yield FieldRow(t("Here"), PickField("here", picks, taken=here, rows=8))
        whys = "、".join(f"{self._short(code)}={one.why}" for code, one in known.items() if one.why)
        yield FieldRow(t("Away because"), LineField("away", value=whys, placeholder=t("name=reason, name=reason")))
        actor = self.context.actor.member
        chair, recorder = (record.chair, record.recorder) if record else ("", "")
        yield FieldRow(t("Chair"), LookupField("chair", self._find, code=chair, label=self._named(chair)))
        taker = recorder or actor
        yield FieldRow(t("Takes notes"), LookupField("recorder", self._find, code=taker, label=self._named(taker)))

    def _named(self, code: str) -> str:
        return self.words.name(self.context.street.label(code)) if code else ""

    def _short(self, code: str) -> str:
        return self._named(code).rsplit("·", 1)[-1]

    def _find(self, text: str) -> Sequence[Hit]:
        return members_found(self.context, text)

    def _away(self, here: Sequence[str]) -> Mapping[str, str]:
        """Everybody who is not here, with what was typed about them."""
        away = {member.code: "" for member in self._members if member.code not in here}
        line = self.text("away")
        for sign in _DIVIDES:
            line = line.replace(sign, "\n")
        for part in filter(None, (part.strip() for part in line.split("\n"))):
            named, _, why = normalise_width(part).partition("=")
            found = [code for code in away if named.strip() and named.strip() in self._named(code)]
            if len(found) != 1:
                raise BadInput(Message("“{text}”: nobody who is away is called that.", {"text": part}), "away")
            away[found[0]] = why.strip()
        return away

    async def act(self) -> BriefingFile:
        """Record it."""
        here = [code for code in self.text("here").split(",") if code]
        away = self._away(here)
        request, actor, unit = self.request("attend"), self.context.actor, self._file.unit
        chair, recorder = code_of(self, "chair"), code_of(self, "recorder")
        return await self.submit(
            lambda: self.context.house.briefings.attend(
                actor, request, unit, here, away, chair=chair, recorder=recorder
            )
        )


class ItemDialog(FormDialog[ActionItem]):
    """By when, who and what in one line; who, where. Who is named in the line right after the time is offered."""

    aliases = {"due": "line", "what": "line", "owner": "owner"}

    def __init__(self, context: DialogContext, file: BriefingFile) -> None:
        super().__init__(context, draft_of("item", file))
        self._file = file
        self._named = ""
        """The owner that the line names."""

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Set an action item")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.LIST, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """The line, what is understood of it, who, where."""
        t = self.words.t
        example = t("by when, who, what: today 18:00 grid member A check the other covers")
        yield FieldRow(t("In one line"), LineField("line", placeholder=example))
        yield Shown([t("By when"), t("What")], id="preview")
        yield FieldRow(t("Who"), LookupField("owner", self._find))
        yield FieldRow(t("Where"), LineField("place"))

    def _find(self, text: str) -> Sequence[Hit]:
        """Those of the unit first."""
        return members_found(self.context, text, unit=self._file.unit)

    def _read(self) -> tuple[DuePhrase, str] | None:
        """What the line says: by when, and what is left once the owner that it names is taken out of it."""
        found = find_due(self.text("line"), self.now, self.context.policy.calendar)
        if found is None:
            self._suggest("")
            return None
        active = [member for member in self.context.street.street.members if member.active]
        near = [member for member in active if distance(self.context, member, self._file.unit) < 2]
        named = named_first(found[1], [near, active])
        self._suggest(named[0].code if named is not None else "")
        if named is None or self._owner.code != named[0].code:
            return found
        return found[0], named[1]

    @property
    def _owner(self) -> LookupField:
        field = self.rows["owner"].widget
        assert isinstance(field, LookupField)
        return field

    def _suggest(self, code: str) -> None:
        """This owner, as long as the person has chosen none."""
        if code != self._named:
            self._named = code
            self._owner.suggest(code, self.words.name(self.context.street.label(code)) if code else "")

    def understood(self) -> None:
        """What the line says."""
        t, shown = self.words.t, ["–", "–"]
        self.calm()
        try:
            found = self._read()
        except BadInput as error:
            self.status(self.words.say(error.message, self.now), "wrong")
            found = None
        if found is not None:
            shown = [self.words.when(found[0].at), found[1] or "–"]
        self.query_one("#preview", Shown).show([(t("By when"), paint(shown[0])), (t("What"), paint(shown[1]))])

    async def act(self) -> ActionItem:
        """Set it."""
        found = self._read()
        if found is None or found[0].recurrence is not None:
            raise BadInput(Message("Begin with a time: 明早8点, 30分钟后, 18:00, tomorrow 8:00."), "line")
        owner = code_of(self, "owner", needed=Message("Say who: F4 opens the list."))
        due, what = found
        request, actor, unit, place = self.request("item"), self.context.actor, self._file.unit, self.text("place")
        return await self.submit(
            lambda: self.context.house.action_items.add(actor, request, unit, what, owner, due.at, place=place)
        )


def members_of(context: DialogContext, file: BriefingFile) -> list[Member]:
    """Who is expected: those of the unit, or whoever was recorded before."""
    street = context.street
    known = [one.member for one in file.sheet.present]
    if known:
        return [street.members[code] for code in known if code in street.members]
    grids = {unit.code for unit in street.grids if street.covers(file.unit, unit.code)}
    own = [member for member in street.street.members if member.active and member.grid in grids]
    active = [member for member in street.street.members if member.active]
    posts = [member for member in active if any(post.at == file.unit for post in member.posts)]
    return list(dict.fromkeys([*posts, *(own if len(grids) == 1 else [])]))
