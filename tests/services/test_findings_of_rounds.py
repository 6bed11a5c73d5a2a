"""What becomes of a problem of a round: settled on its own stream, counted, found again within thirty days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.actor import Channel
from app.domain.checklist import Answer, Verdict
from app.domain.errors import BadInput, DuplicateFound, IllegalMove
from app.domain.finding import finding_facts
from app.domain.intent import Intent
from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.domain.round import fold_round
from app.domain.round_file import RoundFile
from app.domain.settled import Finding
from app.domain.walking import noted
from app.domain.whistle import Severity
from app.samples import POLICY, sample_text
from app.services.whistles import LookAlike, Outcome
from tests.services.room import Room, new_request
from tests.services.test_rounds import MEMBER, begin, told
from tests.unit.cases import facts, refused

COVERS = (5, "covers")
WRONG = Answer(Verdict.PROBLEM, text="缺失")


@pytest.fixture
def found(room: Room) -> RoundFile:
    """A round with a shifted cover at the garage."""
    file = begin(room)
    return room.house.rounds.answer(told(room), file.round.id, {COVERS: WRONG})


def test_a_problem_solved_on_the_spot_is_counted(room: Room, found: RoundFile) -> None:
    """It is an entry of the round, its words apart; the list counts it."""
    decided = Finding(Severity.URGENT, True, True, "车库坡道口", "进出车辆", "复位并压沙袋")
    after = room.house.rounds.settle(told(room), found.round.id, COVERS, decided)
    kept = after.round.findings[COVERS]
    assert (kept.handled, kept.competent, kept.place, kept.done, kept.by) == (
        True, True, "车库坡道口", "复位并压沙袋", MEMBER)  # fmt: skip
    entry = after.events[-1]
    assert entry.payload == {"point": 5, "question": "covers", "severity": "urgent", "competent": True, "handled": True}
    assert entry.words == {"place": "车库坡道口", "exposed": "进出车辆", "done": "复位并压沙袋"}
    assert fold_round(room.house.rounds.file(found.round.id).events) == after.round
    (line,) = room.house.rounds.under_way()
    assert (line.progress, line.progress.handled) == (after.progress, 1)


def test_settling_again_and_answering_again(room: Room, found: RoundFile) -> None:
    """The last word stands, the same request writes once; solved and told again is asked again, all else is kept."""
    rounds, call = room.house.rounds, told(room)
    for _ in range(2):
        rounds.settle(call, found.round.id, COVERS, Finding(Severity.NORMAL, False))
    again = rounds.settle(told(room), found.round.id, COVERS, Finding(Severity.NORMAL, True))
    assert [event.kind.value for event in again.events].count("finding_settled") == 2
    assert again.progress.handled == 1
    assert again.undecided == ()
    after = rounds.answer(told(room), found.round.id, {COVERS: Answer(Verdict.PROBLEM, text="又移位")})
    assert (after.round.findings[COVERS].retold, after.progress.handled, after.undecided) == (True, 0, (COVERS,))
    solved = rounds.settle(told(room), found.round.id, COVERS, Finding(Severity.NORMAL, True))
    assert (solved.progress.handled, solved.undecided) == (1, ())
    fine = rounds.answer(told(room), found.round.id, {COVERS: Answer(Verdict.OK)})
    assert fine.round.findings == {}


@pytest.mark.parametrize("handled", [True, False])
def test_a_note_leaves_what_was_decided(room: Room, found: RoundFile, handled: bool) -> None:
    """A word beside the answer is no new problem, nor a later one; nothing is asked again."""
    rounds = room.house.rounds
    decided = Finding(Severity.URGENT, handled, True, "车库坡道口", "进出车辆", "复位")
    before = rounds.settle(told(room), found.round.id, COVERS, decided)
    room.later(minutes=20)
    after = rounds.answer(told(room), found.round.id, {COVERS: noted(WRONG, "已拍照")}, noted=True)
    assert after.round.findings == before.round.findings
    assert after.round.answers[COVERS].answer.text == "已拍照"
    assert after.round.answers[COVERS].at == found.round.answers[COVERS].at
    assert (after.progress, after.undecided) == (before.progress, ())


def test_a_new_answer_keeps_grade_and_whistle(room: Room, found: RoundFile) -> None:
    """What was told anew of a finding that is a whistle already stays linked, with what was decided of it."""
    rounds = room.house.rounds
    rounds.settle(told(room), found.round.id, COVERS, Finding(Severity.CRITICAL, False, False, "", "进出车辆"))
    facts = finding_facts(found.round, found.walk, COVERS, lambda name: name.zh, ["manhole"])
    intent = Intent(Action.BLOW, room.actor("JF-ZB1"), new_request(), {"facts": facts}, MEMBER, Channel.RADIO)
    number = room.house.whistles.blow(intent).case.whistle.number
    after = rounds.answer(told(room), found.round.id, {COVERS: Answer(Verdict.PROBLEM, text="又移位")})
    assert after.whistles[COVERS].number == number
    assert after.round.findings[COVERS].exposed == "进出车辆"
    assert (after.round.findings[COVERS].retold, after.undecided) == (False, ())


def test_what_is_no_problem_or_a_whistle_already_is_not_settled(room: Room, found: RoundFile) -> None:
    """A sentence each, nothing written."""
    rounds = room.house.rounds
    with pytest.raises(BadInput):
        rounds.settle(told(room), found.round.id, (5, "stock"), Finding(Severity.NORMAL, True))
    facts = finding_facts(found.round, found.walk, COVERS, lambda name: name.zh, ["manhole"])
    intent = Intent(Action.BLOW, room.actor("JF-ZB1"), new_request(), {"facts": facts}, MEMBER, Channel.RADIO)
    room.house.whistles.blow(intent)
    seq = room.seq()
    with pytest.raises(IllegalMove):
        rounds.settle(told(room), found.round.id, COVERS, Finding(Severity.NORMAL, True))
    assert room.seq() == seq
    assert rounds.settle(told(room), found.round.id, COVERS, Finding(Severity.NORMAL, False)).round.findings


def test_the_whistle_carries_what_was_decided(room: Room, found: RoundFile) -> None:
    """Severity makes the kind; place, who is exposed and what was done come along."""
    decided = Finding(Severity.URGENT, False, None, "车库坡道口", "进出车辆", "先放了警示桩", "照片在网格员甲手机")
    after = room.house.rounds.settle(told(room), found.round.id, COVERS, decided)
    facts = finding_facts(after.round, after.walk, COVERS, lambda name: name.zh, ["manhole"])
    assert (facts.kind, facts.severity, facts.matter) == (WhistleKind.ROUTINE, Severity.URGENT, "manhole")
    assert facts.texts == {"title": "井盖 缺失", "place_text": "车库坡道口", "exposed": "进出车辆",
                           "done_already": "先放了警示桩", "photo": "照片在网格员甲手机"}  # fmt: skip
    assert facts.source_number == "R-20200702-01/5/covers"


@pytest.mark.parametrize(
    ("item", "answer", "title", "note"),
    [((5, "low_spot"), Answer(Verdict.PROBLEM, Decimal(42), text="坡道口"), "桥下 42 cm 坡道口", ""),
     (COVERS, Answer(Verdict.PROBLEM, text="缺失"), "井盖 缺失", ""),
     (COVERS, Answer(Verdict.PROBLEM), "井盖 有问题", ""),
     (COVERS, Answer(Verdict.PROBLEM, text="缺" * 250), "井盖 有问题", "缺" * 250)],
)  # fmt: skip
def test_the_whistle_says_number_and_words(
    room: Room, found: RoundFile, item: tuple[int, str], answer: Answer, title: str, note: str
) -> None:
    """A word beside a depth does not push the depth out; what is too long for a title is not lost."""
    rounds = room.house.rounds
    rounds.answer(told(room), found.round.id, {item: answer})
    after = rounds.settle(told(room), found.round.id, item, Finding(Severity.URGENT, False, photo="照片在甲手机"))
    texts = finding_facts(after.round, after.walk, item, lambda name: name.zh, ["manhole"]).texts
    assert (texts["title"], texts["photo"]) == (title, f"{note} 照片在甲手机".strip())
    with refused(BadInput, field="place"):
        rounds.settle(told(room), found.round.id, item, Finding(Severity.URGENT, False, place="长" * 201))


def test_what_is_not_ours_to_solve_says_so_in_the_whistle(room: Room, found: RoundFile) -> None:
    """A whistle that waits for approval needs to know why: it is said already, and may be said better."""
    room.house.rounds.settle(told(room), found.round.id, COVERS, Finding(Severity.URGENT, False, False, "", "车主"))
    after = room.house.rounds.file(found.round.id)
    facts = finding_facts(after.round, after.walk, COVERS, lambda name: name.zh, ["manhole"])
    assert facts.texts["why"] == "超出网格的职责和权限，网格自己办不了"
    better = finding_facts(after.round, after.walk, COVERS, lambda name: name.zh, ["manhole"], texts={"why": "缺车"})
    assert better.texts["why"] == "缺车"
    intent = Intent(Action.BLOW, room.actor("JF-ZB1"), new_request(), {"facts": facts}, MEMBER, Channel.RADIO)
    assert room.house.whistles.blow(intent).case.whistle.state.value == "pending_approval"


def _blown(room: Room, file: RoundFile, item: tuple[int, str], look_alike: LookAlike | None = None) -> Outcome:
    facts = finding_facts(file.round, file.walk, item, lambda name: name.zh, ["manhole"])
    intent = Intent(Action.BLOW, room.actor("JF-ZB1"), new_request(), {"facts": facts}, MEMBER, Channel.RADIO)
    return room.house.whistles.blow(intent, look_alike)


def test_a_finding_that_joins_an_open_case_is_linked_both_ways(room: Room, found: RoundFile) -> None:
    """A resident phoned before: the round shows the case, the case the round, and nothing is left to decide."""
    known = room.blow(facts(WhistleKind.EMERGENCY, texts={"title": "井盖没了"}, matter="manhole"))
    with pytest.raises(DuplicateFound):
        _blown(room, found, COVERS)
    joined = _blown(room, found, COVERS, LookAlike(into=known.case.whistle.id))
    assert joined.case.whistle.id == known.case.whistle.id
    after = room.house.rounds.file(found.round.id)
    assert after.whistles[COVERS].number == known.case.whistle.number
    assert (after.undecided, after.round.links) == ((), {COVERS: known.case.whistle.id})
    assert after.events[-1].payload == {"point": 5, "question": "covers", "whistle": known.case.whistle.id.hex}
    page = room.house.whistles.file(known.case.whistle.id)
    assert page.events[-1].payload["source_number"] == "R-20200702-01/5/covers"
    assert room.house.rounds.whistles_of(room.house.rounds.problems(found.round.started_at)) == (
        known.case.whistle.number,)  # fmt: skip
    with pytest.raises(IllegalMove):
        room.house.rounds.settle(told(room), found.round.id, COVERS, Finding(Severity.NORMAL, True))
    room.house.rounds.answer(told(room), found.round.id, {COVERS: Answer(Verdict.PROBLEM, text="还没盖上")})
    assert room.house.rounds.file(found.round.id).whistles[COVERS].number == known.case.whistle.number


def test_a_join_that_is_taken_back_leaves_the_finding_to_be_decided(room: Room, found: RoundFile) -> None:
    """It was another cover after all: the finding can become its own whistle."""
    known = room.blow(facts(WhistleKind.EMERGENCY, texts={"title": "井盖没了"}, matter="manhole"))
    _blown(room, found, COVERS, LookAlike(into=known.case.whistle.id))
    room.act(known, Action.UNDO)
    after = room.house.rounds.file(found.round.id)
    assert (after.whistles, after.undecided) == ({}, (COVERS,))
    own = _blown(room, found, COVERS, LookAlike(is_new=True)).case.whistle
    assert room.house.rounds.file(found.round.id).whistles[COVERS].number == own.number


def test_a_finding_s_case_that_is_joined_to_another_leads_there(room: Room, found: RoundFile) -> None:
    """The desk joins the two afterwards: the round shows the case that goes on."""
    own = _blown(room, found, COVERS, LookAlike(is_new=True)).case.whistle
    other = room.blow(
        facts(WhistleKind.EMERGENCY, texts={"title": "没盖"}), look_alike=LookAlike(is_new=True)
    ).case.whistle
    intent = Intent(Action.JOIN, room.actor("JF-ZB1"), new_request(), {"into": other.id})
    room.house.whistles.act(own.id, intent)
    assert room.house.rounds.file(found.round.id).whistles[COVERS].number == other.number


def test_the_same_trouble_again_is_marked(room: Room, found: RoundFile) -> None:
    """Over other rounds of the grid within thirty days, whatever the question is called; not after that."""
    rounds = room.house.rounds
    assert found.times == {}
    room.clock.at += timedelta(days=12)
    second = begin(room)
    after = rounds.answer(told(room), second.round.id, {COVERS: WRONG, (4, "covers"): WRONG})
    assert after.times == {COVERS: 2}
    assert rounds.file(second.round.id).times == {COVERS: 2}
    listed = rounds.problems(room.clock.at - timedelta(days=30))
    assert [(one.number, one.point) for one in listed] == [
        ("R-20200714-01", 4), ("R-20200714-01", 5), ("R-20200702-01", 5)]  # fmt: skip
    assert rounds.times_of(listed) == (1, 2, 1)
    rounds.answer(told(room), found.round.id, {COVERS: Answer(Verdict.OK)})
    assert rounds.file(second.round.id).times == {}


def test_how_long_a_repeat_counts_is_a_rule_of_the_policy(room: Room, found: RoundFile) -> None:
    """The street sets its own span: what was twelve days ago is a repeat, or is not; it says in how many days."""
    rounds = room.house.rounds
    room.clock.at += timedelta(days=12)
    second = begin(room)
    after = rounds.answer(told(room), second.round.id, {COVERS: WRONG})
    assert (after.times, after.within) == ({COVERS: 2}, timedelta(days=30))
    text = sample_text(POLICY)
    assert "repeat_days = 30" in text
    room.house.policies.load(text.replace("repeat_days = 30", "repeat_days = 10"), room.actor("JF-GL"), new_request())
    again = rounds.file(second.round.id)
    assert (again.times, again.within) == ({}, timedelta(days=10))
    assert rounds.times_of(rounds.problems(room.clock.at - timedelta(days=30))) == (1, 1)


@pytest.fixture(autouse=True)
def closed(room: Room, tmp_path: Path) -> Iterator[None]:
    """One round's table of problems is what its entries tell of, after every test."""
    yield
    with room.house.store.read() as reads:
        for line in reads.rounds.since(room.clock.at - timedelta(days=60)):
            known = {one.item for one in reads.rounds.problems_since(line.started_at) if one.round_id == line.id}
            assert known == set(fold_round(reads.rounds.events(line.id)).problems)
