"""Walking a round on the desk: what a key says to a question, the line it opens, and the answers on their way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from textual import events

from app.domain.actor import Channel
from app.domain.errors import BadInput, WanggeError
from app.domain.message import N_, Message
from app.domain.text import normalise_width
from app.render.checklist import NOTHING, OnTheWay, example
from app.render.rows import Tone, one
from app.screens.doubts import Doubts
from app.screens.unwritten import Unwritten
from app.widgets.checklist import Checklist
from app.widgets.entry_line import EntryLine

if TYPE_CHECKING:
    from app.domain.checklist import Answer, Question
    from app.domain.round import Item
    from app.domain.round_file import RoundFile
    from app.render.words import Words
    from app.screens.answer_queue import AnswerQueue, Given
    from app.screens.rounds import RoundsMode

AGAIN, NOTE = N_("back"), N_("note")


class Walking:
    """Part of the rounds mode. ``file`` is the round as the disk has it, ``whole`` with what is on its way there."""

    def __init__(self, mode: RoundsMode) -> None:
        self._mode = mode
        self._seat = mode.seat
        self.checklist = Checklist(self._take, id="checklist")
        self.entry = EntryLine(id="entry")
        self.file: RoundFile | None = None
        self._queue: AnswerQueue | None = None
        self._cursors: dict[UUID, Item] = {}
        self._shown: UUID | None = None
        self._unwritten = Unwritten(mode)
        self._typing: Item | None = None
        self._speakers: dict[UUID, tuple[str, Channel]] = {}
        """Who says the answers of a round, and how they are told; chosen once for each."""
        self._last: dict[UUID, list[Item]] = {}
        """What was answered here, the latest last."""
        self._doubts = Doubts()
        self._said = 0
        """The sentence about the line, while it is open."""

    # -- what is there -----------------------------------------------------------------------
    @property
    def whole(self) -> RoundFile | None:
        """The round with the answers that are on their way."""
        from app.domain.walking import with_answers

        file = self.file
        queue = self.queue
        return with_answers(file, queue.of(file.round.id), queue.notes(file.round.id)) if file is not None else None

    @property
    def has_keys(self) -> bool:
        """Whether keys go to the checklist; known at once, while the widget itself is told a moment later."""
        return self._mode.focused is self.checklist

    @property
    def item(self) -> Item | None:
        """The question under the cursor."""
        key = self.checklist.cursor
        if not isinstance(key, tuple) or self.file is None or self.file.walk.find(key) is None:
            return None
        return key

    @property
    def question(self) -> Question | None:
        """The same, as it is asked."""
        found = self.file.walk.find(self.item) if self.file is not None and self.item is not None else None
        return found[1] if found is not None else None

    @property
    def open(self) -> bool:
        """Whether the round can still be answered."""
        return self.file is not None and self.file.round.ended_at is None

    @property
    def queue(self) -> AnswerQueue:
        """Answers on their way."""
        from app.screens.answer_queue import AnswerQueue

        if self._queue is None:
            self._queue = AnswerQueue(
                self._seat, start=self._serve, saved=self._saved, refused=self._refused, waits=self._waits,
                keep=self._unwritten.keep_answers,
            )  # fmt: skip
        return self._queue

    async def recover(self) -> None:
        """What an earlier run of this desk could not write is written now; lines not sent stand in their rows again."""
        if await self._unwritten.recover(self.queue.take_up):
            self.show()

    def _serve(self) -> None:
        self._mode.desk.beside(self.queue.serve, "answers")

    # -- showing -----------------------------------------------------------------------------
    def speak(self, words: Words) -> None:
        """Columns and what an empty checklist says."""
        from app.render.checklist import checklist_columns
        from app.render.teaching import no_checklist

        self.checklist.set_columns(checklist_columns(words), no_checklist(words, self._seat.keymap.way))

    def read(self, file: RoundFile | None) -> None:
        """A round as it was read; one that is older than what is known, or another one, is not shown."""
        if file is not None and self._mode.open_round not in (None, file.round.id):
            return
        known = self.file
        if (
            file is not None
            and known is not None
            and known.round.id == file.round.id
            and file.round.version < known.round.version
        ):
            return
        self.file = file
        self.show()

    def show(self) -> None:
        """The checklist as it stands; of another round with the cursor where it was left, or on what is open."""
        sight, file = self._mode.sight, self.whole
        if sight is None:
            return
        from app.render.checklist import checklist_lines, checklist_row

        other = (file.round.id if file else None) != self._shown
        if other:
            self.checklist.forget()
            self._shown = file.round.id if file else None
        lines = checklist_lines(file, sight, self._on_the_way(file)) if file is not None else ()
        self.checklist.sync(lines, lambda line: checklist_row(line, sight), lambda line: line.key)
        if other and file is not None:
            self._begin(file)
        self._title()
        self._mode.show_points()

    def _begin(self, file: RoundFile) -> None:
        from app.domain.walking import next_open

        items = [(point.number, question.id) for point, question in file.walk.items()]
        start = self._cursors.get(file.round.id) or next_open(items, file.round.answers, None)
        self.checklist.move_to(start or (items[0] if items else None))

    def _on_the_way(self, file: RoundFile | None) -> OnTheWay:
        if file is None:
            return NOTHING
        saving = frozenset(self.queue.of(file.round.id))
        typed = self.entry.value if self._typing is not None else ""
        return OnTheWay(saving, self._typing, typed, self._unwritten.lines(file.round.id))

    def _title(self) -> None:
        sight, file = self._mode.sight, self.whole
        if sight is None or file is None:
            self.checklist.set_title(one(self._seat.words.t("Checklist")))
            return
        from app.render.checklist import checklist_title

        by, channel = self.speaker(file)
        self.checklist.set_title(checklist_title(file, by, sight.words.enum(channel) if by else "", sight))

    # -- who says it -------------------------------------------------------------------------
    def speaker(self, file: RoundFile) -> tuple[str, Channel]:
        """Whose answers are recorded and how they come; in the acting member's own name when they walk along."""
        chosen = self._speakers.get(file.round.id)
        if chosen is not None:
            return chosen
        own = self._seat.actor is not None and self._seat.actor.member in file.round.team
        return ("", Channel.TERMINAL) if own else (file.round.team[0], Channel.RADIO)

    def speaks(self, round_id: UUID, by: str, channel: Channel) -> None:
        """From now on these are the answers of somebody else of the team."""
        self._speakers[round_id] = by, channel
        self._title()

    # -- the cursor --------------------------------------------------------------------------
    def leave(self) -> None:
        """Another round is looked at: this one keeps its cursor."""
        self.rest()

    def rest(self) -> None:
        """Remember where the cursor is."""
        if self.file is not None and self.file.round.id == self._shown and self.item is not None:
            self._cursors[self.file.round.id] = self.item

    def to_point(self, number: int) -> None:
        """To the first question of a point that is open, else to its first."""
        file = self.whole
        if file is None:
            return
        asked = [(point.number, question.id) for point, question in file.walk.items() if point.number == number]
        self.checklist.focus()
        first = next((item for item in asked if item not in file.round.answers), asked[0] if asked else None)
        self.checklist.move_to(first)

    def _on(self, answered: Item) -> None:
        """To the next question that nobody has answered."""
        from app.domain.walking import next_open

        file = self.whole
        if file is None:
            return
        items = [(point.number, question.id) for point, question in file.walk.items()]
        after = next_open(items, file.round.answers, answered)
        if after is not None:
            self.checklist.move_to(after)
        else:
            self._mode.say(Message("Everything is answered; {key} ends the round.",
                                   {"key": self._seat.keymap.way("end_round")}), Tone.GOOD)  # fmt: skip

    # -- keys --------------------------------------------------------------------------------
    def ways(self) -> Sequence[tuple[str, str]]:
        """What keys say to the question under the cursor, as msgids; empty while the checklist has not the keys."""
        question = self.question
        if question is None or not self.open or not self.has_keys:
            return ()
        from app.render.checklist import kinds_of_key

        words = self._seat.words
        return (*kinds_of_key(question), (words.t("Space"), NOTE), (words.t("Backspace"), AGAIN))

    def _take(self, event: events.Key | events.Paste) -> bool:
        """Whether a key was an answer, or the beginning of one."""
        question, item = self.question, self.item
        if question is None or item is None or not self.open:
            return False
        if isinstance(event, events.Paste):
            self.type(item, event.text)
            return True
        if event.key == "backspace":
            self.back()
            return True
        if event.key == "space" or event.character == "\u3000":
            self.type(item, "", note=True)
            return True
        from app.domain.walking import answer_of_key, opens_line

        character = normalise_width(event.character or "")
        answer = answer_of_key(question, character)
        if answer is not None:
            self.give(item, answer)
            return True
        if opens_line(question, event.character or "") or opens_line(question, character):
            self.type(item, character)
            return True
        if character.isascii() and character.isdigit():
            self._mode.say(Message("{digit} says nothing to this question.", {"digit": character}), Tone.SOON)
            return True
        return False

    def press(self, key: str) -> None:
        """A click on a hint does what its key does, as far as it is a single one."""
        item, question = self.item, self.question
        if item is None or question is None:
            return
        if len(key) == 1:
            self._take(events.Key(key, key))
        elif key == "Enter":
            self.choose()

    def choose(self) -> None:
        """Enter: a problem's form, else the line of the question."""
        item, file = self.item, self.whole
        if item is None or file is None:
            return
        if item in file.round.problems:
            self._mode.post_message(self._mode.Do("finding"))
        elif self.open:
            self.type(item, "")

    def back(self) -> None:
        """To what was answered last, to answer it again."""
        file = self.whole
        if file is None:
            return
        done = self._last.get(file.round.id, [])
        if self.item in done:
            done = done[: done.index(self.item)]
        if done:
            self.checklist.move_to(done[-1])
        else:
            self.checklist.action_move(-1)

    # -- the line ----------------------------------------------------------------------------
    def type(self, item: Item, begun: str, *, note: bool = False) -> None:
        """Open the line of a question with what was typed of it so far."""
        file, sight = self.whole, self._mode.sight
        if file is None or sight is None or not self._may_write():
            return
        found = file.walk.find(item)
        if found is None:
            return
        point, question = found
        answered = file.round.answers.get(item)
        note = note and answered is not None
        left = self._unwritten.lines(file.round.id).get(item, "")
        if note and answered is not None and not left:
            left = answered.answer.text
        name = sight.words.name(question.short)
        prompt = f"{point.number} {name}" + (f" {question.measured_in}" if question.measured_in else "")
        if note:
            prompt = sight.t("{what}: note", what=prompt)
        self._typing = item
        self.entry.open(left + begun, prompt, example(question, sight.words),
                        self.checklist, lambda text, sent: self._typed(item, text, sent, note))  # fmt: skip
        self._said = self._mode.say(Message("Enter records it, Esc leaves it unsent."))
        self.show()

    def typing(self) -> None:
        """Something was typed: the row shows it too, and it is kept."""
        if self._typing is not None and self.file is not None:
            self._unwritten.keep(self.file.round.id, self._typing, self.entry.value)
            self.show()

    def _typed(self, item: Item, text: str, sent: bool, note: bool) -> None:
        self._typing = None
        self._mode.hush(self._said)
        file = self.whole
        if file is None:
            return
        self._unwritten.keep(file.round.id, item, text)
        found = file.walk.find(item)
        if sent and found is not None:
            self._send(item, found[1], text, note)
        self.show()
        self._mode.show_hints()

    def _send(self, item: Item, question: Question, text: str, note: bool) -> None:
        from app.domain.answers import read_answer
        from app.domain.walking import noted

        file = self.whole
        answered = file.round.answers.get(item) if file is not None else None
        try:
            answer = noted(answered.answer, text.strip()) if note and answered else read_answer(question, text)
        except BadInput as error:
            self._mode.say(error.message, Tone.SOON)
            return
        self.give(item, answer, text, noted=note and answered is not None)

    # -- answering ---------------------------------------------------------------------------
    def give(self, item: Item, answer: Answer, typed: str = "", *, noted: bool = False) -> None:
        """Take an answer: it is written at once beside the screen, and the cursor goes on.

        A problem is asked about once; told again after it was solved on the spot, once more.
        """
        from app.domain.checklist import Verdict
        from app.screens.answer_queue import Given
        from app.services.rounds import Told

        file, actor = self.whole, self._seat.actor
        if file is None or not self._may_write() or actor is None:
            return
        by, channel = self.speaker(file)
        before = file.round.answers.get(item)
        told = Told(actor, uuid4(), by, channel, self._seat.now())
        if typed:
            self._unwritten.keep(file.round.id, item, "")
        self._last.setdefault(file.round.id, []).append(item)
        sure = self._doubts.are_over(file.round.id, item, typed)
        self.queue.put(Given(file.round.id, item, answer, told, typed, noted, sure))
        decided = file.round.findings.get(item)
        again = before is not None and before.answer.verdict is Verdict.PROBLEM
        solved = decided is not None and decided.handled and item not in file.whistles
        self.show()
        if answer.verdict is Verdict.PROBLEM and not noted and (solved or not again):
            self._mode.desk.begin("finding")
        self._on(item)

    def _may_write(self) -> bool:
        from app.commands import BY_ID, refusal

        reason = refusal(BY_ID["say_round"], self._mode.situation())
        if reason is not None:
            self._mode.say(reason, Tone.SOON)
        return reason is None

    def _saved(self, file: RoundFile, given: Given) -> None:
        if self.file is not None and self.file.round.id == given.round_id:
            self.file = file
            self.show()
        self._mode.post_message(self._mode.Look())

    def _refused(self, given: Given, error: WanggeError) -> None:
        if given.typed:
            self._unwritten.keep(given.round_id, given.item, given.typed)
        self.show()
        said, back = self._doubts.refused(given, error)
        if back and self._shown == given.round_id and self._typing is None:
            self.checklist.move_to(given.item)
        self._mode.say(said, Tone.DANGER)

    def _waits(self, why: Message) -> None:
        self._mode.say(why, Tone.SOON)
        self.show()

    def keep_now(self) -> None:
        """What is not on the disk yet, before the program goes down; the one call here that waits for the disk."""
        if self._typing is not None and self.file is not None:
            self._unwritten.keep(self.file.round.id, self._typing, self.entry.value)
        self._unwritten.keep_now(self._queue.waiting if self._queue is not None else ())
