"""A house over a real database file with the demo street and part of the night of 2 July, for tests of the desk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from app.bootstrap import found_house, open_house
from app.domain.actor import Actor, Channel
from app.domain.dues import DueKind
from app.domain.facts import Facts
from app.domain.intent import Intent, Value
from app.domain.moves import Action
from app.domain.notice import Notice, NoticeState
from app.domain.notice_file import NoticeFile
from app.domain.policy import WhistleKind
from app.domain.whistle import Precision, Severity, Source
from app.samples import STREET, sample_text
from app.services.house import House
from app.services.org_file import read_org_toml
from app.services.ports import BoardRow
from app.services.whistles import LookAlike, Outcome
from app.settings import Settings
from tests import night as tests_night
from tests.night import local

OFFICER = "JF-ZB1"
LEADER = "JF-DB"
PLATFORM = "ZP-1"
SECRETARY = "SH-SEC"


@dataclass
class FakeWall:
    """A wall clock that stands until it is moved."""

    at: datetime = field(default_factory=lambda: local("07-02 23:50"))

    def now(self) -> datetime:
        """The instant set, aware UTC."""
        return self.at

    def wall(self) -> datetime:
        """The same."""
        return self.at

    def set(self, text: str) -> None:
        """To a local time of the night, ``07-03 00:08``."""
        self.at = local(text)

    def add(self, **span: float) -> None:
        """On by a span."""
        self.at += timedelta(**span)


def settings_in(folder: Path, language: str = "zh") -> Settings:
    """Settings whose every path lies in a folder of the test."""
    return Settings(home=folder / "data", config=folder / "config" / "config.toml", state=folder / "state",
                    database=folder / "data" / "wangge.db", language=language)  # fmt: skip


@dataclass
class Night:
    """The house, its clock, and short words for what people do."""

    house: House
    wall: FakeWall
    settings: Settings

    def actor(self, member: str = OFFICER) -> Actor:
        """A member at this desk."""
        return self.house.duty.actor(member)

    def intent(self, action: Action, behalf: str = "", member: str = OFFICER, **args: Value) -> Intent:
        """An intent of the officer, by phone when it is on somebody's behalf."""
        return Intent(action, self.actor(member), uuid4(), args, behalf, Channel.PHONE if behalf else Channel.TERMINAL)

    def speak(self, language: str) -> None:
        """Open the desk in another language."""
        self.settings = replace(self.settings, language=language)

    def another(self, member: str = OFFICER) -> Night:
        """The same database over a connection of its own, as another desk has it."""
        house = open_house(self.settings, wall=self.wall, station=f"other-{member}")
        return Night(house, self.wall, self.settings)

    def close_for_reading_only(self) -> None:
        """From here on the house may only be read."""
        self.house = replace(self.house, read_only="the file may only be read")

    def blow(self, title: str = "井盖被倒灌的河水冲失，洞口翻水", grid: str = "JF-SH-G01", place: str = "",
             kind: WhistleKind = WhistleKind.EMERGENCY, action: Action = Action.BLOW, behalf: str = "",
             severity: Severity = Severity.CRITICAL, matter: str = "", **texts: str) -> Outcome:  # fmt: skip
        """Blow a whistle, or save one as a draft."""
        if kind is not WhistleKind.EMERGENCY:
            texts = {"place_text": "社区服务中心旁", "exposed": "附近居民", "why": "网格无力处置", **texts}
        facts = Facts(kind, grid, {"title": title, **texts}, severity, place, matter, Source.PATROL,
                      occurred_at=self.wall.at, precision=Precision.APPROX)  # fmt: skip
        return self.house.whistles.blow(self.intent(action, behalf, facts=facts), LookAlike(is_new=True))

    def act(self, case: UUID, action: Action, behalf: str = "", member: str = OFFICER, **args: Value) -> Outcome:
        """Do one action to a case."""
        return self.house.whistles.act(case, self.intent(action, behalf, member, **args))


def found_night(folder: Path, language: str = "zh") -> Night:
    """A drill database at 23:50 with the street loaded and nothing blown; one that is there is opened as it is."""
    wall = FakeWall()
    settings = settings_in(folder, language)
    street = read_org_toml(sample_text(STREET), STREET)
    house = found_house(settings, drill=True, street=street, wall=wall, station="desk-1")
    return Night(house, wall, settings)


def summon(night: Night, case: UUID) -> None:
    """Raise a case to the zone platform and whistle for the six departments of the night."""
    night.act(case, Action.LEVEL_UP)
    night.wall.add(minutes=4)
    night.act(case, Action.DISPATCH, PLATFORM, lead=tests_night.LEAD,
              assists=tuple(one.department for one in tests_night.DEPARTMENTS[1:]))  # fmt: skip


def play_until(night: Night, text: str) -> UUID:
    """The night of the manhole cover, department by department, up to a local time; the case's id."""
    night.wall.set("07-02 23:56")
    case = night.blow(place_text="双河大桥旁人行道", behalf="SH-G01-A", exposed="早起过桥的居民").case.whistle.id
    night.wall.set("07-03 00:04")
    summon(night, case)
    until = local(text)
    heard = [(one.acknowledged_at, Action.ACKNOWLEDGE, one.department) for one in tests_night.DEPARTMENTS]
    came = [(one.reported_in_at, Action.REPORT_IN, one.department) for one in tests_night.DEPARTMENTS]
    for at, action, department in sorted(heard + came):
        if at > until:
            break
        night.wall.at = at
        if action is Action.REPORT_IN:
            night.act(case, action, department, department=department, person="现场负责人", said="已到双河大桥")
        else:
            night.act(case, action, department, department=department)
    night.wall.at = until
    return case


def fill(night: Night) -> UUID:
    """A full board at 00:29: the night's case and one of every other kind of waiting; the first one's id."""
    night.wall.set("07-02 19:40")
    stalls = night.blow(
        "溶江小学门口流动摊贩回潮，放学时段堵路", "JF-GNP-G02", kind=WhistleKind.JOINT_ENFORCEMENT,
        severity=Severity.NORMAL, why="需执法、派出所、美丽办联合", place_text="溶江小学门口",
    )  # fmt: skip
    cable = night.blow("湾溪桥头弱电线垂落，离路面约两米", "JF-WX-G03", severity=Severity.URGENT, place_text="湾溪桥头",
                       why="线缆归属不清")  # fmt: skip
    night.wall.set("07-02 20:10")
    drain = night.blow("排洪沟堵塞，安置房一楼进水", "JF-LF-G04", place_text="龙凤安置房1栋")
    summon_few(night, drain.case.whistle.id, "utilities_center", "emergency_bureau")
    shops = night.blow("特色街区门面招租三年无果，商户集体反映", "JF-SH-G02", kind=WhistleKind.TOUGH,
                       severity=Severity.NORMAL, why="涉及规划与限时占道政策")  # fmt: skip
    night.act(shops.case.whistle.id, Action.APPROVE, LEADER)
    night.act(shops.case.whistle.id, Action.CONSULT, PLATFORM, reason="需招商、美丽办、社会事务局会商")
    night.blow("边坡小面积滑塌，暂无人员受影响", "JF-MLP-G02", action=Action.DRAFT, severity=Severity.URGENT)
    night.act(cable.case.whistle.id, Action.LEVEL_UP)
    case = play_until(night, "07-03 00:29")
    assert stalls.case.whistle.state.value == "pending_approval"
    return case


def notice_of(case: UUID, row: BoardRow, at: datetime) -> NoticeFile:
    """A notice that a department did not report in in time, told to its officer, nobody has answered."""
    notice = Notice(
        id=uuid4(), topic=DueKind.REPORT_IN.value, state=NoticeState.WAITING, urgent=True, due_at=at, fired_at=at,
        version=1, step=1, told=("YJJ-1",), step_at=at + timedelta(minutes=5), whistle_id=case,
        department="emergency_bureau", escalates=True,
    )  # fmt: skip
    return NoticeFile(notice, row)


def summon_few(night: Night, case: UUID, lead: str, *assists: str) -> None:
    """Raise, dispatch, and have everybody report in, work and finish."""
    night.act(case, Action.LEVEL_UP)
    night.act(case, Action.DISPATCH, PLATFORM, lead=lead, assists=assists)
    for department in (lead, *assists):
        night.wall.add(minutes=5)
        night.act(case, Action.REPORT_IN, department, department=department, person="值守人员", said="到了")
        night.wall.add(minutes=20)
        night.act(case, Action.DONE, department, department=department, note="沟口清淤完成，积水退去")
