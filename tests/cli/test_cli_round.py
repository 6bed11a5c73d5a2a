"""`wangge round` as it is typed: a river round by radio, and what is refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import ADMIN, Type

START = ("round", "start", "汛期巡河", "--route", "wanrong_shuanghe", "--team", "SH-G01-A、SH-G01-B")


def test_a_river_round_by_radio(desk: Type) -> None:
    """Begun, told point by point, looked at, ended; each answer once in the document."""
    begun = desk(*START, "--json", "--at", "2020-07-02T17:40").document["round"]
    assert (begun["number"], begun["state"], begun["progress"]) == (
        "R-20200702-01", "under_way", {"asked": 28, "answered": 0, "problems": 0, "handled": 0})  # fmt: skip
    line = ("round", "say", "0702-01", "3", "步行道", "湿滑", "/", "5", "积水", "42", "/", "6", "好")
    preview = desk(*line, "--preview", "--json").document["understood"]
    assert [(one["point"], one["question"], one["answer"]["verdict"]) for one in preview[:2]] == [
        (3, "walkway", "problem"), (5, "low_spot", "problem")]  # fmt: skip
    assert desk("round", "show", "0702-01", "--json").document["round"]["progress"]["answered"] == 0
    said = desk(*line, "--json").document["round"]
    assert said["progress"] == {"asked": 28, "answered": 7, "problems": 2, "handled": 0}
    (depth,) = [item for item in said["items"] if (item["point"], item["question"]) == (5, "low_spot")]
    assert (depth["answer"]["number"], depth["by"], depth["at"]) == (42, "SH-G01-A", "2020-07-02T18:00:00+08:00")
    shown = desk("--lang", "zh", "round", "show", "巡0702-01").out
    assert "有问题 42 cm" in shown
    assert "未查" in shown
    ended = desk("round", "end", "0702-01", "--reason", "撤离", "--json").document["round"]
    assert (ended["state"], ended["reason"]) == ("incomplete", "撤离")
    (listed,) = desk("round", "list", "--json").document["rounds"]
    assert (listed["number"], listed["state"]) == ("R-20200702-01", "incomplete")
    assert "incomplete" in desk("round", "list").out
    news = desk("status", "--json")
    assert news.status == 0


def test_fine_after_a_problem_keeps_the_problem(desk: Type) -> None:
    """In one line and in the next one; what stays is shown, and only its name puts it in order."""
    assert desk(*START).status == 0
    assert (
        desk("round", "say", "0702-01", "4 井盖 缺失 / 4 好", "--json").document["round"]["progress"]["problems"] == 1
    )
    later = desk("--lang", "zh", "round", "say", "0702-01", "4", "好")
    assert (later.status, "仍按：有问题 缺失" in later.out) == (0, True)
    assert desk("round", "show", "0702-01", "--json").document["round"]["progress"]["problems"] == 1
    twice = desk("--lang", "zh", "round", "say", "0702-01", "4 井盖 缺失 / 4 井盖 好")
    assert (twice.status, "以哪个为准" in twice.err) == (2, True)
    mended = desk("round", "say", "0702-01", "4 井盖 好", "--json").document["round"]
    assert mended["progress"]["problems"] == 0


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("round", "start", "没有"), 2, "no checklist"),
        (("round", "start", "river_flood"), 2, "Grid is missing"),
        (("round", "start", "river_flood", "--grid", "双河一", "--team", "SH-G01-A", "--at", "2020-07-02T04:00"), 2,
         "At night"),
        (("round", "say", "0702-09", "1 好"), 1, "no round"),
        (("round", "end", "0702-01"), 2, "Not answered yet"),
        (("round", "say", "0702-01", "什么都没有"), 2, "Begin with the number"),
        (("round", "say", "0702-01", "9 好 / 4 天气好"), 2, "2 of 2 parts"),
        (("round", "say", "0702-01", "/"), 2, "says nothing"),
        (("round", "load", "missing.toml"), 2, "missing.toml"),
        (("round", "nothing"), 2, "knows no nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_sentence_and_changes_nothing(
    desk: Type, words: tuple[str, ...], status: int, sentence: str
) -> None:
    """No traceback, nothing written."""
    assert desk(*START).status == 0
    before = desk("round", "show", "0702-01", "--json").document
    said = desk(*words)
    assert (said.status, sentence in said.err) == (status, True), said.err
    assert desk("round", "show", "0702-01", "--json").document == before


def test_rules_are_written_changed_and_loaded(desk: Type, tmp_path: Path) -> None:
    """The file is the street's own, comments and all; what is wrong with it is named."""
    path = tmp_path / "patrols.toml"
    assert desk("round", "template", str(path)).status == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text("utf-8")
    path.write_text("# 我们自己改的\n" + text.replace('zh = "公示牌"', 'zh = "河长公示牌"'), "utf-8")
    assert desk("round", "load", str(path)).status == 1
    loaded = desk("--as", ADMIN, "round", "load", str(path), "--json").document
    assert loaded == {"version": 1, "before": 0, "changed": True}
    again = tmp_path / "again.toml"
    assert desk("round", "template", str(again)).status == 0
    assert again.read_text("utf-8").startswith("# 我们自己改的")
    path.write_text(text.replace('kind = "depth"', 'kind = "deep"'), "utf-8")
    refused = desk("--as", ADMIN, "round", "load", str(path), "--json")
    assert (refused.status, refused.error["total"] > 1) == (2, True)
    book = desk("round", "checklists", "--json").document
    assert book["version"] == 1
    assert {"id": "river_flood", "name": "River round in a flood", "questions": 15} in book["checklists"]
    assert "wanrong_shuanghe" in desk("round", "checklists").out


def test_a_finding_becomes_a_whistle_with_everything_filled_in(desk: Type) -> None:
    """Critical: an emergency at once, who answered blows it; linked both ways; the same finding is one report."""
    assert desk(*START, "--at", "2020-07-02T17:40").status == 0
    line = "4 井盖 移位冒水 / 2 积水 38 / 3 步行道 好"
    assert desk("round", "say", "0702-01", line, "--by", "SH-G01-B", "--at", "2020-07-02T17:52").status == 0
    blown = desk("round", "blow", "0702-01", "4", "井盖", "--exposed", "晨练居民", "--json").document["case"]
    assert {name: blown[name] for name in (
        "kind", "severity", "state", "grid", "matter", "source", "source_number", "blower", "title", "place_text",
    )} == {
        "kind": "emergency", "severity": "critical", "state": "open", "grid": "JF-SH-G01", "matter": "manhole",
        "source": "patrol", "source_number": "R-20200702-01/4/covers", "blower": "SH-G01-B",
        "title": "cover 移位冒水", "place_text": "Walkway behind Jifeng Garden",
    }  # fmt: skip
    assert blown["occurred_at"] == "2020-07-02T17:52:00+08:00"
    again = desk("round", "blow", "0702-01", "4", "covers", "--json").document["case"]
    assert again["number"] == blown["number"]
    items = desk("round", "show", "0702-01", "--json").document["round"]["items"]
    assert [item["question"] for item in items if item["whistle"] == blown["number"]] == ["covers"]
    assert f"whistle {blown['number'][6:]}" in desk("round", "show", "0702-01").out
    asked = desk("round", "blow", "0702-01", "2", "积水", "--json")
    assert (asked.status, asked.error["code"]) == (2, "bad_input")
    told = ("--exposed", "过路人", "--why", "没有抽水设备")
    routine = desk("round", "blow", "0702-01", "2", "积水", *told, "--json").document["case"]
    assert (routine["kind"], routine["state"], routine["title"]) == ("routine", "pending_approval", "underpass 38 cm")


def test_a_finding_joined_to_an_open_case_is_shown_in_both(desk: Type) -> None:
    """A resident was faster: the round names the case, the case the round's number."""
    asked = ("--kind", "emergency", "--grid", "双河一", "--matter", "manhole", "--title", "井盖没了", "--json")
    number = desk("whistle", "blow", *asked).document["case"]["number"]
    assert desk(*START).status == 0
    desk("round", "say", "0702-01", "4 井盖 缺失")
    assert desk("round", "blow", "0702-01", "4", "井盖").status != 0
    assert desk("round", "blow", "0702-01", "4", "井盖", "--join", number).status == 0
    assert f"whistle {number[6:]}" in desk("round", "show", "0702-01").out
    items = desk("round", "show", "0702-01", "--json").document["round"]["items"]
    assert [one["whistle"] for one in items if one["question"] == "covers"] == [number, None]
    assert desk("round", "findings", "--json").document["findings"][0]["whistle"] == number
    shown = desk("--lang", "zh", "whistle", "show", number).out
    assert shown.count("R-20200702-01/4/covers") == 2
    assert "并入" in shown


def test_a_photo_and_whose_it_is_to_solve_come_along_into_the_whistle(desk: Type) -> None:
    """Said once when it is settled; the routine whistle needs no other word."""
    assert desk(*START).status == 0
    desk("round", "say", "0702-01", "2 积水 38")
    settled = desk("round", "settle", "0702-01", "2", "积水", "--not-handled", "--not-competent", "--exposed", "过路人",
                   "--photo", "照片在甲手机，已发群")  # fmt: skip
    assert (settled.status, "照片在甲手机" in settled.out, "not ours to solve" in settled.out) == (0, True, True)
    blown = desk("--lang", "zh", "round", "blow", "0702-01", "2", "积水", "--new", "--json").document["case"]
    shown = desk("--lang", "zh", "whistle", "show", str(blown["id"])).out
    assert "照片、备注" in shown
    assert "照片在甲手机，已发群" in shown
    assert "超出网格的职责和权限" in shown


def test_a_problem_told_by_radio_names_the_commands_that_come_next(desk: Type) -> None:
    """After the line and at the end of the round, until somebody said what becomes of it; both commands work."""
    assert desk(*START, "--at", "2020-07-02T17:40").status == 0
    said = desk("--lang", "zh", "round", "say", "0702-01", "4 井盖 缺失 / 3 步行道 湿滑 / 4 好")
    assert "还没说怎么处理：4 井盖 有问题 缺失" in said.out
    first, blow, second, _ = [line.strip() for line in said.out.splitlines() if line.startswith("  wangge")]
    assert first == "wangge round settle 0702-01 4 covers --handled --done …"
    assert blow == "wangge round blow 0702-01 4 covers"
    assert desk(*second.replace("…", "已拉警戒带").split()[1:]).status == 0
    again = desk("round", "say", "0702-01", "2 好")
    assert "wangge round" not in again.out
    shown = desk("--lang", "zh", "round", "show", "0702-01").out
    assert shown.count("待定处理") == 1
    ended = desk("round", "end", "0702-01", "--reason", "雷暴")
    assert "Not decided yet: 4 cover problem 缺失" in ended.out
    assert desk(*blow.split()[1:]).status == 0
    document = desk("round", "show", "0702-01", "--json").document["round"]
    assert document["undecided"] == []


@pytest.mark.parametrize(
    ("item", "status"), [(("3", "步行道"), 2), (("4", "步行道"), 2), (("1", "井盖"), 2), (("x", "井盖"), 2)]
)
def test_what_is_no_finding_becomes_no_whistle(desk: Type, item: tuple[str, str], status: int) -> None:
    """In order, not answered, not asked there."""
    assert desk(*START).status == 0
    assert desk("round", "say", "0702-01", "3 步行道 好").status == 0
    said = desk("round", "blow", "0702-01", *item)
    assert (said.status, "Traceback" in said.err) == (status, False)
    assert desk("whistle", "list", "--json").document["cases"] == []


def test_what_became_of_a_problem_and_what_is_there_again(desk: Type) -> None:
    """Settled with its words, shown with it; the list marks what was there within thirty days."""
    desk(*START, "--at", "2020-07-02T17:40")
    desk("round", "say", "0702-01", "5 积水 42 / 3 步行道 湿滑", "--at", "2020-07-02T17:44")
    settled = desk("round", "settle", "0702-01", "5", "积水", "--handled", "--severity", "normal", "--exposed", "车主",
                   "--place", "坡道底", "--done", "抽干", "--competent", "--json").document["round"]  # fmt: skip
    assert settled["progress"] == {"asked": 28, "answered": 2, "problems": 2, "handled": 1}
    (item,) = [one for one in settled["items"] if (one["point"], one["question"]) == (5, "low_spot")]
    assert (item["finding"]["handled"], item["finding"]["place"], item["finding"]["competent"]) == (
        True,
        "坡道底",
        True,
    )
    shown = desk("round", "show", "0702-01").out
    assert "抽干" in shown
    assert "1 problem · 1 solved on the spot" in shown
    spots = desk("spot", "list")
    assert "Found on rounds and solved there: 1" in spots.out
    (solved,) = desk("spot", "list", "--json").document["findings"]
    assert (solved["number"], solved["point"], solved["question"]) == ("R-20200702-01", 5, "low_spot")
    desk("round", "end", "0702-01", "--reason", "换班")
    desk(*START, "--at", "2020-07-02T17:50")
    desk("round", "say", "0702-02", "5 积水 40", "--at", "2020-07-02T17:55")
    listed = desk("round", "findings", "--json").document["findings"]
    assert [(one["number"], one["question"], one["times"], one["handled"]) for one in listed] == [
        ("R-20200702-02", "low_spot", 2, False), ("R-20200702-01", "walkway", 1, False),
        ("R-20200702-01", "low_spot", 1, True)]  # fmt: skip
    assert desk("round", "findings", "--since", "2020-07-02T17:56", "--json").document["findings"] == []
    refused = desk("round", "settle", "0702-02", "5", "积水")
    assert (refused.status, "--handled" in refused.err) == (2, True)
    assert "no. 2 in 30 days" in desk("round", "show", "0702-02").out
    assert "no. 2 in 30 days" in desk("round", "findings").out


def test_plans_are_set_listed_and_ended(desk: Type, blown: str) -> None:
    """School hours of a grid until a case is closed: due rounds follow, and go with the plan."""
    assert desk("round", "plans", "--json").document == {"posture": "season", "plans": []}
    made = desk(
        "round", "plan", "school_hours", "--grid", "双河一", "--window", "07:00-07:40,15:50-16:25", "--days", "working",
        "--name", "溶江小学护学岗", "--team", "2", "--case", blown, "--permit", "限时占道许可(演示)",
        "--role", "grid_leader", "--json",
    ).document["plan"]  # fmt: skip
    assert (made["windows"], made["days"], made["team"], made["whistle"], made["role"]) == (
        ["07:00-07:40", "15:50-16:25"], "working", 2, blown, "grid_leader")  # fmt: skip
    found = desk("round", "due", "--json").document["due"]
    mine = [(one["name"], one["opens"], one["state"]) for one in found if one["plan"] == made["id"]]
    assert mine == [
        ("溶江小学护学岗", "2020-07-03T07:00:00+08:00", "planned"),
        ("溶江小学护学岗", "2020-07-03T15:50:00+08:00", "planned"),
    ]  # fmt: skip
    shown = desk("--lang", "zh", "round", "plans").out
    assert "溶江小学护学岗" in shown
    assert "工作日 07:00–07:40、15:50–16:25" in shown
    assert "限时占道许可" in shown
    assert "网格长 2人" in shown
    assert "待巡" in desk("--lang", "zh", "round", "due").out
    desk("round", "unplan", made["id"])
    assert [one for one in desk("round", "due", "--json").document["due"] if one["plan"] == made["id"]] == []
    assert desk("round", "unplan", made["id"]).status == 1


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("plan", "school_hours", "--grid", "双河一"), 2, "1 to 12 windows"),
        (("plan", "school_hours", "--grid", "双河一", "--window", "7到8"), 2, "no window"),
        (("plan", "school_hours", "--window", "07:00-08:00"), 2, "no grid"),
        (("plan", "school_hours", "--grid", "双河一", "--window", "07:00-08:00", "--team", "0"), 2, "A team is"),
        (("plan", "school_hours", "--grid", "双河一", "--window", "07:00-08:00", "--weekday", "假日"), 2,
         "day of the week"),
        (("plan", "school_hours", "--grid", "双河一", "--window", "07:00-08:00", "--case", "0702-99"), 1, ""),
        (("unplan", "river"), 1, "no plan"),
        (("ok", "0702-09"), 1, "no round"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_a_sentence(
    desk: Type, words: tuple[str, ...], status: int, sentence: str
) -> None:  # fmt: skip
    """No traceback, nothing planned."""
    said = desk("round", *words)
    assert said.status == status, said.err
    assert sentence in said.err
    assert desk("round", "due", "--json").document["due"] == []


def test_a_team_says_that_it_is_well(desk: Type) -> None:
    """At night a word from the team moves the next check-in on."""
    begun = desk(*START, "--at", "2020-07-02T17:40", "--json").document["round"]
    heard = desk("round", "ok", begun["number"], "--by", "SH-G01-B", "--said", "平安", "--json").document["round"]
    assert heard["heard_at"] == "2020-07-02T18:00:00+08:00"
    by_itself = desk("round", "ok", begun["number"], "--json")
    assert (by_itself.status, by_itself.document["round"]["version"]) == (0, heard["version"] + 1), by_itself.err


def test_a_checklist_is_changed_question_by_question(desk: Type) -> None:
    """Made like another one, a question added, changed, taken away; each is a version, all is shown."""
    asking = ("--as", ADMIN)
    made = desk(
        "round", "checklist", "river_rain", "--zh", "雨中巡河", "--like", "日常巡河", *asking, "--json"
    ).document
    assert (made["version"], [one["id"] for one in made["questions"]][:2]) == (1, ["litter", "outfalls"])
    asked = desk(
        "round", "ask", "雨中巡河", "depth", "--zh", "步行道水深", "--kind", "depth", "--high", "２５",
        "--calls", "水深，深",
        "--severity", "urgent", "--after", "litter", *asking, "--json",
    ).document  # fmt: skip
    question = asked["questions"][1]
    assert (question["id"], question["high"], question["calls"]) == ("depth", 25, ["水深", "深"])
    graded = ("ask", "river_rain", "litter", "--critical-words", "油污，死鱼", "--urgent-words", "成片")
    assert desk("round", *graded, *asking).status == 0
    changed = desk("round", "ask", "river_rain", "depth", "--high", "-", *asking, "--json").document
    litter = changed["questions"][0]
    assert (litter["critical_words"], litter["urgent_words"]) == (["油污", "死鱼"], ["成片"])
    assert (changed["version"], changed["questions"][1]["high"]) == (4, None)
    assert "步行道水深" in desk("--lang", "zh", "round", "checklists", "river_rain").out
    gone = desk("round", "unask", "river_rain", "depth", *asking, "--json").document
    assert "depth" not in {one["id"] for one in gone["questions"]}
    for words, status in (
        (("ask", "river_rain", "depth", *asking), 2), (("ask", "river_rain", "litter", *asking), 2),
        (("ask", "river_rain", "litter", "--high", "高", *asking), 2), (("unask", "river_rain", "depth", *asking), 1),
        (("ask", "river_rain", "litter", "--zh", "漂浮物"), 1), (("checklists", "nothing"), 2),
    ):  # fmt: skip
        assert desk("round", *words).status == status
    assert desk("round", "checklists", "--json").document["version"] == 5


def test_who_is_on_another_round_is_told(desk: Type) -> None:
    """Nobody walks two rounds: said with the number of the other one."""
    desk(*START, "--at", "2020-07-02T17:40")
    start = ("round", "start", "street_order", "--grid", "双河一", "--team", "SH-G01-B")
    second = desk(*start, "--at", "2020-07-02T17:50")
    assert (second.status, "still on R0702-01" in second.out) == (0, True), second.err
    third = desk(*start, "--json", "--at", "2020-07-02T17:55").document["round"]
    assert third["elsewhere"] == {"SH-G01-B": "R-20200702-02"}
    assert third["window"] is None
