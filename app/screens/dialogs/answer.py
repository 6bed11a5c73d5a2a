"""Answers one reminder: it is in hand, somebody was phoned, put off, passed on (叫应, behaviours 22, 23)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from textual.content import Content

from app.domain.actor import Channel
from app.domain.due_phrases import parse_due
from app.domain.errors import BadInput
from app.domain.message import N_, Message
from app.domain.notice import Notice
from app.domain.notice_file import NoticeFile
from app.domain.text import normalise_width
from app.render.notices import age, case_line, sending_words, sentence, to_whom
from app.render.paint import paint
from app.render.sight import Sight
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.form import FormDialog
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import MUTED, Shown


class Answer(StrEnum):
    """What can be done about a reminder."""

    MINE = "mine"
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    SNOOZE = "snooze"
    PASS = "pass"


ANSWERS = {
    Answer.MINE: N_("in hand"),
    Answer.ANSWERED: N_("phoned: answered"),
    Answer.NO_ANSWER: N_("phoned: no answer"),
    Answer.SNOOZE: N_("put off"),
    Answer.PASS: N_("pass on"),
}
LABELS = (N_("Told"), N_("Due"), N_("Messages"))
SOON = "10分钟后"


class AnswerDialog(FormDialog[Notice]):
    """A digit says what, Enter records it; in hand is proposed, so that one key and Enter answer."""

    aliases = {"as": "who"}

    def __init__(
        self, context: DialogContext, file: NoticeFile, what: Answer = Answer.MINE, who: str = ""
    ) -> None:  # fmt: skip
        """``what`` is proposed, and ``who`` was phoned; without it the first of those who were told."""
        super().__init__(context, f"answer-{file.notice.id.hex[:12]}")
        self._notice_file = file
        self._what = what
        self._proposed = who or (file.notice.told[0] if file.notice.told else "")

    @property
    def _sight(self) -> Sight:
        """How things look in the language of the moment."""
        context = self.context
        return Sight(self.words, context.glyphs, context.street, context.policy.calendar.zone, self.now)

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Answer a reminder")

    def head(self) -> Content:
        """What it says, and the case it is about."""
        file, sight = self._notice_file, self._sight
        mark = Content.styled("! ", "bold $text-error") if file.notice.urgent else Content("")
        said = paint(sentence(file.notice, file.text, file.name, sight))
        about = case_line(file.row.whistle, file.row.title, sight) if file.row else ""
        case = ("\n", paint(about.replace("\n", " "), MUTED)) if about else ()
        return Content.assemble(mark, said, *case)

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (Way("1–5", N_("answer")), keys.RECORD, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """What was told, what is done, who, until when, what was said."""
        t, first = self.words.t, self._proposed
        yield Shown([t(label) for label in LABELS], id="told")
        choices = [Choice(answer.value, t(word)) for answer, word in ANSWERS.items()]
        yield FieldRow(t("What now"), ChoiceField("what", choices, value=self._what.value))
        yield FieldRow(
            t("Who"), LookupField("who", self._find, code=first, label=self._called(first) if first else "",
                                  placeholder=t("who was phoned, or who gets it"))
        )  # fmt: skip
        yield FieldRow(t("Put off until"), LineField("until", placeholder=t("in 10 minutes · 06:00")))
        placeholder = t("needed to put it off: it is urgent") if self._notice_file.notice.urgent else t("if anything")
        yield FieldRow(t("Said"), LineField("said", cap=NOTE_LINE_CAP, placeholder=placeholder))

    async def look_up(self) -> None:
        """Nothing more is read."""
        self._show_told()

    def understood(self) -> None:
        """The time beside its field."""
        self._show_told()
        text = self.text("until")
        if text.strip():
            try:
                due = parse_due(text, self.now, self.context.policy.calendar)
            except BadInput as error:
                self.rows["until"].say_aside(self.words.say(error.message, self.now))
                return
            self.rows["until"].say_aside(self.words.when(due.at) if due else "")
        else:
            self.rows["until"].say_aside("")

    def _show_told(self) -> None:
        file, sight, t = self._notice_file, self._sight, self.words.t
        phones = [self._phone(code) for code in file.notice.told]
        told = to_whom(file.notice, sight) if not file.notice.told else "、".join(phones)
        lines = [
            (t(LABELS[0]), paint(told)),
            (t(LABELS[1]), paint(f"{sight.stamp(file.notice.due_at)}  {age(file.notice, sight)}")),
        ]
        if sent := sending_words(file.parcels, sight):
            lines.append((t(LABELS[2]), paint(sent)))
        self.query_one("#told", Shown).show(lines)

    def _phone(self, code: str) -> str:
        member = self.context.street.known_members.get(code)
        name = self._called(code)
        return f"{name} {member.phone}" if member is not None and member.phone else name

    def _called(self, code: str) -> str:
        return self.words.name(self.context.street.label(code))

    def _find(self, text: str) -> Sequence[Hit]:
        """Who was told first, then everybody."""
        wanted, told = _plain(text), self._notice_file.notice.told
        members = [member for member in self.context.street.street.members if member.active]
        members.sort(key=lambda member: told.index(member.code) if member.code in told else len(told))
        return [
            Hit(member.code, self.words.name(member.name), member.phone)
            for member in members
            if not wanted or wanted in _plain(self.words.name(member.name)) or _plain(member.code).startswith(wanted)
        ]

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> Notice:
        """Record it."""
        notice, notices = self._notice_file.notice, self.context.house.notices
        what = Answer(self.text("what") or Answer.MINE.value)
        said, actor = self.text("said"), self.context.actor
        request = self.request(what.value)
        if what is Answer.MINE:
            return await self.submit(lambda: notices.answer(notice.id, actor, request, said=said))
        if what is Answer.SNOOZE:
            until = self._until()
            return await self.submit(lambda: notices.snooze(notice.id, actor, request, until, reason=said))
        who = self._who()
        if what is Answer.ANSWERED:
            return await self.submit(
                lambda: notices.answer(notice.id, actor, request, for_member=who, said=said, channel=Channel.PHONE)
            )
        if what is Answer.NO_ANSWER:
            return await self.submit(lambda: notices.no_answer(notice.id, actor, request, who))
        return await self.submit(lambda: notices.pass_on(notice.id, actor, request, who, said=said))

    def _until(self) -> datetime:
        text = self.text("until").strip() or SOON
        due = parse_due(text, self.now, self.context.policy.calendar)
        if due is None or due.recurrence is not None:
            told = Message(
                "“{text}” is no time to wait until: write it like “in 10 minutes” or 06:00.", {"text": text[:60]}
            )
            raise BadInput(told, "until")
        return due.at

    def _who(self) -> str:
        lookup = self.rows["who"].widget
        code = lookup.code if isinstance(lookup, LookupField) else ""
        if not code:
            raise BadInput(Message("Say who: F4 opens the list."), "who")
        return code


def _plain(text: str) -> str:
    return normalise_width(text).strip().casefold()
