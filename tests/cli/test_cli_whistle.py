"""Whistles on the command line: blowing, acting for others, reading, undo, requests that are sent twice."""

from __future__ import annotations

from uuid import uuid4

from app.domain.moves import BY_ACTION, Action
from tests.cli.conftest import OFFICER, PATROLLER, PLATFORM, Said, Type

LAMP = ("--title", "路灯不亮", "--place-text", "桥头", "--exposed", "行人", "--why", "灯杆")
"""What a whistle that waits for approval must say."""
BY_PHONE = ("--on-behalf-of", PATROLLER, "--channel", "phone")


def case_of(said: Said) -> dict[str, object]:
    """The case in an action's answer."""
    case = said.document["case"]
    assert isinstance(case, dict)
    return case


def test_one_line_is_a_whole_whistle(desk: Type) -> None:
    """Grid, kind, place, matter, time and title are understood; an emergency opens at once."""
    said = desk("whistle", "blow", "--line", "双河一 应急 双河大桥旁井盖冲开 17:52", *BY_PHONE, "--json")
    case = case_of(said)
    assert case["number"] == "W-20200702-01"
    assert case["state"] == "open"
    assert case["title"] == "双河大桥旁井盖冲开"
    assert (case["grid"], case["place"], case["matter"]) == ("JF-SH-G01", "shuanghe_bridge", "manhole")
    assert (case["kind"], case["severity"], case["blower"]) == ("emergency", "critical", PATROLLER)
    assert case["occurred_at"] == "2020-07-02T17:52:00+08:00"
    event = said.document["event"]
    assert (event["actor"], event["on_behalf_of"], event["channel"]) == (OFFICER, PATROLLER, "phone")


def test_the_facts_may_stand_as_options(desk: Type) -> None:
    """Codes or names; the grid follows from the place; about is kept."""
    said = desk(
        "whistle", "blow", "--kind", "routine", "--place", "溶江小学", "--matter", "路灯", "--title", "路灯不亮",
        "--why", "需更换灯杆", "--exposed", "学生", "--source", "hotline_12345", "--source-number", "12345-20200702-1",
        "--happened-about", "17:00", "--severity", "urgent", "--json",
    )  # fmt: skip
    case = case_of(said)
    assert (case["state"], case["kind"], case["grid"]) == ("pending_approval", "routine", "JF-GNP-G02")
    assert (case["matter"], case["severity"], case["source"]) == ("street_lamp", "urgent", "hotline_12345")
    assert (case["occurred_at"], case["occurred_precision"]) == ("2020-07-02T17:00:00+08:00", "approx")
    texts = desk("whistle", "show", str(case["number"]), "--json").document["texts"]
    assert texts == {"title": "路灯不亮", "why": "需更换灯杆", "exposed": "学生"}


def test_options_win_over_the_line(desk: Type) -> None:
    """What is written out is meant."""
    case = case_of(desk("whistle", "blow", "--line", "双河一 应急 井盖冲开", "--grid", "双河二", "--json"))
    assert (case["grid"], case["title"]) == ("JF-SH-G02", "井盖冲开")


def test_a_line_that_means_several_grids_is_never_guessed(desk: Type) -> None:
    """The community alone is no grid; an option settles it."""
    said = desk("whistle", "blow", "--line", "双河二 双河三 应急 井盖冲开", "--json")
    assert (said.status, said.error["field"]) == (2, "grid")
    assert case_of(desk("whistle", "blow", "--line", "双河二 双河三 应急 井盖冲开", "--grid", "双河三", "--json"))


def test_a_draft_is_saved_changed_and_blown(desk: Type) -> None:
    """By `draft` or `blow --draft`; named by `draft` while it is the only one; a number comes when it is blown."""
    saved = case_of(desk("whistle", "blow", "--draft", "--line", "双河一 应急 井盖冲开", *BY_PHONE, "--json"))
    assert (saved["state"], saved["number"]) == ("draft", "")
    changed = case_of(desk("whistle", "revise", "draft", "--exposed", "晨练居民", *BY_PHONE, "--json"))
    assert changed["id"] == saved["id"]
    assert desk("whistle", "blow", "draft", "--draft", *BY_PHONE).status == 2
    blown = case_of(desk("whistle", "blow", str(saved["id"])[:8], "--done-already", "已拉警戒", *BY_PHONE, "--json"))
    assert (blown["id"], blown["number"], blown["state"]) == (saved["id"], "W-20200702-01", "open")
    texts = desk("whistle", "show", "0702-01", "--json").document["texts"]
    assert texts == {"title": "井盖冲开", "exposed": "晨练居民", "done_already": "已拉警戒"}


def test_two_drafts_have_to_be_told_apart(desk: Type) -> None:
    """`draft` is refused with the beginnings of their ids."""
    for grid in ("双河一", "双河二"):
        assert desk("whistle", "draft", "--line", f"{grid} 应急 井盖冲开").status == 0
    said = desk("whistle", "show", "草稿")
    assert said.status == 2
    ids = [case["id"] for case in desk("whistle", "list", "--state", "draft", "--json").document["cases"]]
    assert all(one[:8] in said.err for one in ids)


def test_what_looks_like_an_open_case_is_joined_or_new(desk: Type, blown: str) -> None:
    """Refused with the candidates, until --join or --new is said (decisions 17)."""
    line = ("whistle", "blow", "--line", "双河一 应急 双河大桥井盖没了")
    said = desk(*line, "--json")
    assert (said.status, said.error["code"]) == (1, "duplicate_found")
    assert said.error["candidates"] == [blown]
    joined = desk(*line, "--join", blown[2:][4:], "--json")
    assert case_of(joined)["number"] == blown
    assert joined.document["event"]["kind"] == "duplicate_reported"
    assert case_of(desk(*line, "--new", "--json"))["number"] == "W-20200702-02"


def test_a_joined_case_names_the_one_it_joined(desk: Type, blown: str) -> None:
    """Both timelines say which the other is."""
    other = ("--line", "双河二 应急 电杆冒火花", "--on-behalf-of", "SH-G02-A", "--channel", "phone", "--json")
    number = case_of(desk("whistle", "blow", *other))["number"]
    assert desk("whistle", "join", number, "--into", blown).status == 0
    assert "→ 0702-01" in desk("whistle", "timeline", number).out
    assert "from 0702-02" in desk("whistle", "timeline", blown).out


def test_the_officer_speaks_for_the_department_that_phoned(desk: Type, dispatched: str) -> None:
    """Said by which channel a department told it, the desk speaks for that department; never without."""
    said = desk("whistle", "acknowledge", dispatched, "--department", "应急", "--channel", "phone", "--json")
    event = said.document["event"]
    assert (event["on_behalf_of"], event["department"], event["role"]) == (
        "emergency_bureau", "emergency_bureau", "duty_officer",
    )  # fmt: skip
    silent = desk("whistle", "acknowledge", dispatched, "--department", "公共", "--json")
    assert (silent.status, silent.error["code"]) == (1, "not_permitted")
    by_phone = ("--channel", "phone", "--json")
    others = desk("whistle", "request-return", dispatched, "--department", "公共", "--reason", "x", *by_phone)
    assert (others.status, others.error["code"]) == (1, "not_permitted")


def test_a_second_acknowledgement_is_no_error(desk: Type, dispatched: str) -> None:
    """Recorded once; the answer says that it was known (behaviours 5)."""
    words = ("whistle", "acknowledge", dispatched, "--department", "应急", "--channel", "phone", "--json")
    first, second = desk(*words).document, desk(*words).document
    assert (first["already_known"], second["already_known"]) == (False, True)
    assert first["event"]["id"] == second["event"]["id"]


def test_a_report_in_needs_the_person_and_the_words(desk: Type, dispatched: str) -> None:
    """On behalf of a department: who came and what was said."""
    words = ("whistle", "report-in", dispatched, "--department", "公共", "--channel", "phone")
    assert desk(*words, "--said", "到了", "--json").error["field"] == "person"
    assert desk(*words, "--person", "驻点员", "--json").error["field"] == "said"
    assert desk(*words, "--person", "驻点员", "--said", "到了").status == 0
    lead, _ = desk("whistle", "show", dispatched, "--json").document["assignments"]
    assert (lead["state"], lead["person"], lead["no_show"]) == ("reported_in", "驻点员", False)


def test_undo_works_from_one_command_to_the_next(desk: Type, dispatched: str) -> None:
    """All commands of one operating-system user are one desk (decisions 16)."""
    assert desk("whistle", "acknowledge", dispatched, "--department", "应急", "--channel", "phone").status == 0
    assert desk("whistle", "undo", dispatched, "--json").document["event"]["kind"] == "undone"
    shown = desk("whistle", "show", dispatched, "--json").document
    assert shown["acknowledged"] == 0
    assert [entry["kind"] for entry in shown["timeline"] if entry["undone"]] == ["acknowledged"]
    assert "(acknowledged)" in desk("whistle", "timeline", dispatched).out


def test_a_wrong_time_is_corrected_by_a_new_entry(desk: Type, dispatched: str) -> None:
    """The entry is named by its number in the timeline."""
    assert desk("whistle", "made-safe", dispatched, "--note", "已围挡").status == 0
    entry = desk("whistle", "timeline", dispatched, "--json").document["timeline"][-1]
    said = desk("--clock", "2020-07-02T18:30x0", "whistle", "correct", dispatched, "--entry", str(entry["seq"]),
                "--at", "18:20", "--reason", "记错时间", "--json")  # fmt: skip
    assert said.document["event"]["corrects"] == entry["id"]
    assert case_of(said)["made_safe_at"] == "2020-07-02T18:20:00+08:00"


def test_flags_departments_and_deadlines_reach_the_case(desk: Type, dispatched: str) -> None:
    """A return decided, an extension asked for until a time that lies ahead."""
    asks = ("--on-behalf-of", "应急", "--channel", "phone")
    decides = ("--on-behalf-of", PLATFORM, "--channel", "phone")
    department = ("--department", "应急")
    assert desk("whistle", "request-return", dispatched, *department, "--reason", "职能交叉", *asks).status == 0
    said = desk("whistle", "decide-return", dispatched, *department, "--granted", "--reason", "改派", "--to", "安监",
                *decides, "--json")  # fmt: skip
    assert said.document["event"]["payload"]["granted"] is True
    shown = desk("whistle", "show", dispatched, "--json").document
    assert {one["department"]: one["state"] for one in shown["assignments"]} == {
        "utilities_center": "notified", "emergency_bureau": "released", "safety_bureau": "notified",
    }  # fmt: skip
    (request,) = shown["requests"]
    assert (request["state"], request["department"], request["to"]) == ("granted", "emergency_bureau", "safety_bureau")
    assert (request["texts"], request["decision_texts"]) == ({"reason": "职能交叉"}, {"reason": "改派"})
    page = desk("whistle", "show", dispatched).out
    (told,) = [line for line in page.splitlines() if line.startswith("return Emergency")]
    assert "职能交叉" in told
    assert told.endswith("granted sent instead: Safety Zone platform · duty officer 18:00: 改派")
    assert "passed to and fro" not in page
    lead = ("--department", "公共", "--on-behalf-of", "公共", "--channel", "phone")
    said = desk("whistle", "request-extension", dispatched, *lead, "--reason", "缺件", "--until", "09:00", "--json")
    assert said.document["event"]["payload"]["until"] == "2020-07-03T09:00:00+08:00"
    pending = desk("whistle", "show", dispatched, "--json").document["requests"][0]
    assert (pending["state"], pending["until"]) == ("pending", "2020-07-03T09:00:00+08:00")
    theirs = ("--department", "安监", "--on-behalf-of", "安监", "--channel", "phone")
    assert desk("whistle", "request-return", dispatched, *theirs, "--reason", "应由产权单位处理").status == 0
    assert "passed to and fro" in desk("whistle", "show", dispatched).out.splitlines()[0]


def test_a_request_sent_twice_writes_once(desk: Type, blown: str) -> None:
    """The same --request-id finds what it did, the clock it set included (reliability 4)."""
    once = ("--request-id", str(uuid4()), "--clock", "2020-07-02T19:00")
    words = (*once, "whistle", "note", blown, "--note", "x", "--json")
    first = desk(*words).document
    seq = desk("status", "--json").document["seq"]
    second = desk(*words).document
    assert (first["already_known"], second["already_known"]) == (False, True)
    assert desk("status", "--json").document["seq"] == seq
    other = desk(*words[:2], "whistle", "note", blown, "--note", "x", "--as", "JF-ZB2", "--json")
    assert (other.status, other.error["code"]) == (1, "conflict")


def test_the_list_can_be_narrowed(desk: Type, blown: str) -> None:
    """By state and grid, several at a time; most pressing first; an honest `more`."""
    for grid in ("双河二", "牯牛坪二"):
        facts = ("--kind", "routine", "--grid", grid, *LAMP)
        assert desk("whistle", "blow", *facts).status == 0
    listed = desk("whistle", "list", "--json").document
    first, *others = [case["grid"] for case in listed["cases"]]
    assert (first, sorted(others)) == ("JF-SH-G01", ["JF-GNP-G02", "JF-SH-G02"])
    assert not listed["more"]
    assert desk("whistle", "list", "--limit", "1", "--json").document["more"]
    narrowed = desk("whistle", "list", "--state", "pending-approval,draft", "--grid", "双河一,双河二", "--json")
    assert [case["grid"] for case in narrowed.document["cases"]] == ["JF-SH-G02"]
    assert desk("whistle", "list", "--state", "suspended").out == "No open case.\n"


def test_ended_cases_are_listed_by_their_states(desk: Type, dispatched: str) -> None:
    """Rejected and withdrawn ones lately, alone or below open ones; narrowed by grid, days and number."""
    for grid, ending, who in (("双河二", "reject", "JF-DB"), ("牯牛坪二", "withdraw", OFFICER)):
        facts = ("--kind", "routine", "--grid", grid, *LAMP, "--json")
        number = str(case_of(desk("whistle", "blow", *facts))["number"])
        said = desk("whistle", ending, number, "--reason", "已自行处理", "--as", who, "--json")
        assert (said.status, case_of(said)["waiting"]) == (0, "nothing"), said.err

    def listed(*words: str) -> list[str]:
        return [case["state"] for case in desk("whistle", "list", *words, "--json").document["cases"]]

    assert sorted(listed("--state", "rejected,withdrawn")) == ["rejected", "withdrawn"]
    assert listed("--state", "open,rejected") == ["open", "rejected"]
    assert listed("--state", "rejected,withdrawn", "--grid", "牯牛坪二") == ["withdrawn"]
    assert listed("--state", "closed") == []
    assert listed() == ["open"]
    cut = desk("whistle", "list", "--state", "open,rejected", "--limit", "1", "--json").document
    assert ([case["state"] for case in cut["cases"]], cut["more"]) == (["open"], True)
    later = ("--clock", "2020-07-12T18:00x0")
    page = desk(*later, "whistle", "list", "--state", "rejected").out
    assert page == "No case in these states.\nThere are older ones; `--days N` looks further back.\n"
    assert desk("whistle", "list", "--state", "merged").out == "No case in these states.\n"
    page = desk("whistle", "list", "--state", "rejected", "--days", "20").out
    assert "07-02 18:00" in page
    assert "nothing" not in page
    assert desk("whistle", "list", "--days", "20", "--json").error["field"] == "days"
    assert desk("whistle", "list", "--state", "gone", "--json").error["field"] == "state"


def test_ended_cases_are_paged_by_the_last_number_shown(desk: Type) -> None:
    """Each page names the case to go on from, in JSON and as a sentence; together they are all, each once."""
    numbers = []
    for grid in ("双河一", "双河二", "双河三", "牯牛坪二"):
        said = desk("whistle", "blow", "--kind", "routine", "--grid", grid, *LAMP, "--json")
        numbers.append(str(case_of(said)["number"]))
        assert desk("whistle", "withdraw", numbers[-1], "--reason", "已自行处理").status == 0
    list_ended = ("whistle", "list", "--state", "withdrawn", "--limit", "3")
    assert "`--after " in desk(*list_ended).out
    page = desk(*list_ended, "--json").document
    assert page["next"] == page["cases"][-1]["number"]
    rest = desk(*list_ended, "--after", page["next"], "--json").document
    assert (rest["next"], rest["more"]) == ("", False)
    assert sorted(case["number"] for case in (*page["cases"], *rest["cases"])) == numbers
    assert desk("whistle", "list", "--after", numbers[0], "--json").error["field"] == "after"
    open_one = case_of(desk("whistle", "blow", "--kind", "emergency", "--grid", "双河一", "--title", "冒水", "--json"))
    refused = desk("whistle", "list", "--state", "withdrawn", "--after", str(open_one["number"]), "--json")
    assert refused.error["field"] == "after"


def test_a_case_is_found_by_words_initials_number_and_department(desk: Type, dispatched: str) -> None:
    """What finds an open case, what does not, and that no text breaks the search."""

    def found(*words: str) -> list[str]:
        return [case["number"] for case in desk("whistle", "find", *words, "--json").document["cases"]]

    for words in (["井盖"], ["盖"], ["jg"], ["0702"], [dispatched], ["公共"], ["utilities"], ["双河一", "冲开"]):
        assert found(*words) == [dispatched], words
    for words in (["路灯"], ["井盖", "路灯"], ['"'], ["*"], ["NEAR(井"]):
        assert found(*words) == [], words
    assert found("井盖", "--state", "closed") == []
    assert found("井盖", "--grid", "双河一", "--limit", "1") == [dispatched]
    assert desk("whistle", "find", "路灯").out == "No case fits.\n"
    assert desk("whistle", "find", "--json").status == 2


def test_the_end_of_a_case_waits_for_nothing_in_words(desk: Type, dispatched: str) -> None:
    """The sentence ends with the state."""
    facts = ("--kind", "routine", "--grid", "双河二", *LAMP, "--json")
    number = str(case_of(desk("whistle", "blow", *facts))["number"])
    said = desk("--lang", "zh", "whistle", "reject", number, "--reason", "已在办", "--as", "JF-DB")
    assert said.out.endswith("现为不予立案\n")


def test_what_is_possible_is_what_the_life_cycle_says(desk: Type, dispatched: str) -> None:
    """`show` lists the actions of the state by their identifiers."""
    possible = desk("whistle", "show", dispatched, "--json").document["possible"]
    assert "acknowledge" in possible
    assert "check" not in possible
    assert all(BY_ACTION[Action(name)] for name in possible)


def test_a_number_to_call_back_is_masked_in_text_only(desk: Type) -> None:
    """A page on a shared screen never shows a mobile number whole."""
    callback = "13812345678"
    said = desk("whistle", "blow", "--line", "双河一 应急 井盖冲开", "--callback", callback, "--json")
    number = str(case_of(said)["number"])
    for name in ("show", "timeline"):
        page = desk("whistle", name, number).out
        assert callback not in page
        assert "138****5678" in page
    assert desk("whistle", "show", number, "--json").document["texts"]["callback"] == callback


def test_a_corrected_entry_reads_as_it_counts(desk: Type, dispatched: str) -> None:
    """The timeline shows the true time with the old one beside it; the correction names its entry; JSON says both."""
    timeline = ("whistle", "timeline", dispatched)
    later = ("--clock", "2020-07-02T18:10x0")
    assert desk(*later, "whistle", "made-safe", dispatched, "--note", "已围挡").status == 0
    entry = desk(*timeline, "--json").document["timeline"][-1]
    corrected = desk("--clock", "2020-07-02T18:30x0", "whistle", "correct", dispatched, "--entry", str(entry["seq"]),
                     "--at", "18:04", "--reason", "记错时间", "--json")  # fmt: skip
    assert corrected.status == 0, corrected.err
    lines = desk(*timeline).out.splitlines()
    (shown,) = [line for line in lines if line.split()[0] == str(entry["seq"])]
    assert shown.split()[1] == "18:04"
    assert "[corrected, was 18:10]" in shown
    (mended,) = [line for line in lines if "entry corrected" in line]
    assert f"#{entry['seq']} → 18:04" in mended
    assert mended.split()[1] == "18:30"
    document = next(one for one in desk(*timeline, "--json").document["timeline"] if one["id"] == entry["id"])
    assert document["occurred_at"] == "2020-07-02T18:04:00+08:00"
    assert document["was"] == "2020-07-02T18:10:00+08:00"
    assert document["corrected_by"] == corrected.document["event"]["id"]


def test_a_consultation_says_who_leads_and_until_when(desk: Type, dispatched: str) -> None:
    """What was decided and by when stands in the timeline; so does until when an extension is asked for."""
    by = ("--on-behalf-of", PLATFORM, "--channel", "meeting")
    assert desk("whistle", "consult", dispatched, "--reason", "职责不清", *by).status == 0
    said = desk("whistle", "conclude", dispatched, "--present", "三家", "--decision", "安监局主办", "--lead", "安监",
                "--until", "2020-07-05 18:00", *by)  # fmt: skip
    assert said.status == 0, said.err
    lead = ("--department", "公共", "--on-behalf-of", "公共", "--channel", "phone")
    assert desk("whistle", "request-extension", dispatched, *lead, "--reason", "缺件", "--until", "09:00").status == 0
    lines = desk("--lang", "zh", "whistle", "timeline", dispatched).out.splitlines()
    (concluded,) = [line for line in lines if "安监局主办" in line]
    assert "安监主办" in concluded
    assert "07-05 18:00" in concluded
    assert any("缺件" in line and "07-03 09:00" in line for line in lines)


def test_a_released_department_has_no_limit_left(desk: Type, dispatched: str) -> None:
    """It never acknowledged and need not any more: nothing counts down."""
    said = desk("whistle", "release", dispatched, "--department", "应急", "--reason", "不需要了",
                "--on-behalf-of", PLATFORM, "--channel", "phone")  # fmt: skip
    assert said.status == 0, said.err
    page = desk("whistle", "show", dispatched).out.splitlines()
    (released,) = [line for line in page if line.startswith("Emergency Bureau") and "released" in line]
    assert "+00:" not in released
    assert any(line.startswith("Public Utilities Center") and "+00:" in line for line in page)


def test_once_reopened_each_department_names_its_episode(desk: Type, dispatched: str) -> None:
    """The same department of the first time and of the second are told apart."""
    phone, platform = ("--channel", "phone"), ("--on-behalf-of", PLATFORM, "--channel", "phone")
    lead = ("--department", "公共", *phone)
    for words in (
        ("release", dispatched, "--department", "应急", "--reason", "不需要了", *platform),
        ("report-in", dispatched, *lead, "--person", "驻点员", "--said", "到了"),
        ("done", dispatched, *lead, "--note", "盖好了"),
        ("check", dispatched, "--passed", "--remark", "稳固", *BY_PHONE),
        ("reopen", dispatched, "--reason", "又被冲开", "--as", "JF-DB"),
        ("dispatch", dispatched, "--lead", "公共", *platform),
    ):
        said = desk("whistle", *words)
        assert said.status == 0, said.err
    page = desk("whistle", "show", dispatched).out.splitlines()
    told = [line for line in page if line.startswith("Public Utilities Center")]
    assert [line.rsplit("  ", 1)[-1].strip() for line in told] == ["episode 1", "episode 2"]
