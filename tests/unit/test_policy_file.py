"""The policy TOML and its stored form: defaults of the trade, refusals by key path, exact round trips."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.message import Message, Name
from app.domain.org import Role
from app.domain.policy import (
    EscalationStep,
    KindPolicy,
    Limit,
    LimitUnit,
    MatterType,
    Policy,
    StandingReminder,
    WhistleKind,
    WorkCalendar,
)
from app.samples import POLICY, STREET, sample_text
from app.services import policy_json
from app.services.org_file import read_org_toml
from app.services.policy_file import PolicyProblems, policy_from_json, policy_to_json, read_policy
from app.services.policy_limits import LARGEST, parse_limit

M, H, D = LimitUnit.MINUTE, LimitUnit.HOUR, LimitUnit.DAY
WM, WH, WD = LimitUnit.WORK_MINUTE, LimitUnit.WORK_HOUR, LimitUnit.WORK_DAY
SAME_DAY = Limit(0, LimitUnit.SAME_DAY)

KINDS = "".join(
    f'[kinds.{kind.value}]\nacknowledge = "5 min"\nreport_in = "30 min"\nfirst_feedback = "1 h"\n'
    'feedback_every = "1 h"\nclose = "1 day"\ndispatch = "10 min"\ncheck = "1 day"\n'
    for kind in WhistleKind
)


@pytest.fixture(scope="module")
def sample() -> Policy:
    """The default policy."""
    return read_policy(sample_text(POLICY), version=7)


def problems(text: str) -> list[tuple[str, str]]:
    """Path and reason of each problem of a policy that must be refused."""
    with pytest.raises(PolicyProblems) as refused:
        read_policy(text)
    found = []
    for problem in refused.value.problems:
        reason = problem.params["reason"]
        assert isinstance(reason, Message)
        found.append((str(problem.params["path"]), reason.msgid))
    return found


def test_the_sample_holds_the_limits_of_the_trade(sample: Policy) -> None:
    """Every limit of the reference's table, kind by kind (domain 2.4)."""
    limits = {
        kind: (one.acknowledge, one.report_in, one.first_feedback, one.feedback_every, one.close)
        for kind, one in sample.kinds.items()
    }
    assert limits == {
        WhistleKind.EMERGENCY: (Limit(5, M), Limit(30, M), Limit(30, M), Limit(60, M), Limit(24, H)),
        WhistleKind.JOINT_ENFORCEMENT: (Limit(30, M), Limit(2, H), SAME_DAY, Limit(1, D), Limit(3, D)),
        WhistleKind.ROUTINE: (Limit(2, WH), Limit(1, WD), Limit(1, WD), Limit(2, D), Limit(3, WD)),
        WhistleKind.TOUGH: (Limit(1, WD), Limit(3, WD), Limit(5, WD), Limit(7, D), Limit(15, WD)),
    }
    assert sample.kinds[WhistleKind.EMERGENCY].made_safe == Limit(6, H)
    assert sample.kinds[WhistleKind.EMERGENCY].zone_platform_after == Limit(15, M)
    assert sample.kinds[WhistleKind.ROUTINE].close_at_most == Limit(7, D)
    assert sample.kinds[WhistleKind.TOUGH].consult == Limit(3, WD)


def test_the_sample_asks_approval_for_all_but_emergencies(sample: Policy) -> None:
    """Decisions 12."""
    assert {kind for kind, one in sample.kinds.items() if not one.needs_approval} == {WhistleKind.EMERGENCY}
    assert all(one.approval for kind, one in sample.kinds.items() if one.needs_approval)


def test_the_sample_calls_the_next_person_after_5_and_10_minutes(sample: Policy) -> None:
    """Grid, 5 minutes, community, 10 minutes, street (behaviours 6, decisions 19); by day only when not urgent."""
    roles = [Role.GRID_LEADER, Role.DUTY_LEADER]
    for kind, one in sample.kinds.items():
        unit = M if kind in (WhistleKind.EMERGENCY, WhistleKind.JOINT_ENFORCEMENT) else WM
        assert [step.tell for step in one.escalation] == roles
        assert [step.after for step in one.escalation] == [Limit(5, unit), Limit(10, unit)]


def test_the_general_rules_of_the_sample_are_the_products_defaults(sample: Policy) -> None:
    """What a file leaves out means the same as what the sample spells out."""
    bare = read_policy(KINDS, version=7)
    same = {"kinds", "types", "emergency_numbers", "critical_words", "urgent_words", "reminders"}
    for field in fields(Policy):
        if field.name not in same:
            assert getattr(sample, field.name) == getattr(bare, field.name)
    assert bare == Policy(7, WorkCalendar(), bare.kinds)
    assert (sample.remind_at_percent, sample.return_adjudicator) == (50, Role.ZONE_PLATFORM)
    assert (sample.reopen_within, sample.undo_within) == (timedelta(days=30), timedelta(minutes=10))


def test_the_numbers_that_always_come_first_are_there(sample: Policy) -> None:
    """110, 119 and 120 in both languages (domain 9)."""
    assert [number for number, _ in sample.emergency_numbers] == ["110", "119", "120"]
    assert all(name.zh and name.en for _, name in sample.emergency_numbers)


@pytest.mark.parametrize(
    ("code", "lead"),
    [
        ("manhole", "utilities_center"),
        ("street_lamp", "utilities_center"),
        ("outside_trading", "enforcement_brigade"),
        ("vendor", "enforcement_brigade"),
        ("timed_permit", "beauty_office"),
        ("illegal_building", "illegal_building_office"),
        ("flood", "emergency_bureau"),
        ("construction", "safety_bureau"),
        ("enrolment", "social_affairs"),
        ("dispute", "police_station"),
        ("demolition", "demolition_office"),
    ],
)
def test_types_lead_where_the_reference_says(sample: Policy, code: str, lead: str) -> None:
    """Default lead by type of matter (domain 9)."""
    matter = sample.matter(code)
    assert matter is not None
    assert matter.lead == lead
    assert matter.words


def test_the_policy_names_only_departments_of_the_demo_street(sample: Policy) -> None:
    """Both samples belong together; a type without a lead is left to the officer."""
    departments = {one.code for one in read_org_toml(sample_text(STREET), STREET).departments}
    named = {code for matter in sample.types for code in (matter.lead, *matter.assists)}
    assert named - {""} == departments
    assert [matter.code for matter in sample.types if not matter.lead] == ["other"]


def test_no_word_points_to_two_types(sample: Policy) -> None:
    """A word typed in one line can mean one type only."""
    words = [word for matter in sample.types for word in matter.words]
    assert len(words) == len(set(words))
    assert not set(sample.critical_words) & set(sample.urgent_words)


def test_the_kinds_own_plan_wins_over_the_general_one() -> None:
    """A kind without a plan of its own uses the general one; an empty one means nobody is called."""
    plan = '[[escalation]]\ntell = "duty_officer"\nafter = "3 min"\n'
    policy = read_policy(plan + KINDS.replace("[kinds.tough]\n", "[kinds.tough]\nescalation = []\n"))
    assert policy.kinds[WhistleKind.ROUTINE].escalation == (EscalationStep(Role.DUTY_OFFICER, Limit(3, M)),)
    assert policy.kinds[WhistleKind.TOUGH].escalation == ()


def test_the_calendar_takes_dates_and_hours() -> None:
    """Overrides as TOML dates or texts, hours as times or texts."""
    text = (
        '[calendar]\nzone = "Asia/Urumqi"\nopens = 09:30:00\ncloses = "19:00"\n'
        'off = [2027-01-01, "2027-01-02"]\non = [2027-01-03]\npublished = [2027]\n'
    )
    assert read_policy(text + KINDS).calendar == WorkCalendar(
        ZoneInfo("Asia/Urumqi"),
        time(9, 30),
        time(19, 0),
        frozenset({date(2027, 1, 1), date(2027, 1, 2)}),
        frozenset({date(2027, 1, 3)}),
        frozenset({2027}),
    )


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("remainders = 3\n", "remainders", "there is no such key"),
        (
            '[[reminders]]\ncode = "a"\nzh = "甲"\nat = "随便"\n',
            "reminders[1].at",
            '"{text}" is no time that comes again; write "每个工作日 07:50"',
        ),
        (
            '[[reminders]]\ncode = "a"\nzh = "甲"\nat = "明早8点"\n',
            "reminders[1].at",
            '"{text}" is no time that comes again; write "每个工作日 07:50"',
        ),
        ('[[reminders]]\ncode = "a"\nzh = "甲"\n', "reminders[1].at", 'write either "at" or "before_handover"'),
        (
            '[[reminders]]\ncode = "a"\nzh = "甲"\nbefore_handover = "2 days"\n',
            "reminders[1].before_handover",
            'must be minutes or hours, such as "15 min"',
        ),
        ("case = 3\n", "case", "must be a table"),
        ("[case]\nreopen = 3\n", "case.reopen", "there is no such key"),
        ("[case]\nrepeat_days = 0\n", "case.repeat_days", "must be a whole number from {low} to {high}"),
        ("[case]\nreopen_days = 0\n", "case.reopen_days", "must be a whole number from {low} to {high}"),
        ("[case]\ndefault_score = 6\n", "case.default_score", "must be a whole number from {low} to {high}"),
        ("[case]\nundo_minutes = true\n", "case.undo_minutes", "must be a whole number from {low} to {high}"),
        ('[case]\nreturn_adjudicator = "boss"\n', "case.return_adjudicator", "must be one of: {allowed}"),
        ('[case]\nreturn_adjudicator = "viewer"\n', "case.return_adjudicator", "must be one of: {allowed}"),
        ('[calendar]\nzone = "Mars/Base"\n', "calendar.zone", 'there is no time zone "{zone}"'),
        ('[calendar]\nzone = "/etc/passwd"\n', "calendar.zone", 'there is no time zone "{zone}"'),
        ('[calendar]\nopens = "19:00"\n', "calendar.closes", "must be later than the opening"),
        ('[calendar]\nopens = "25:00"\n', "calendar.opens", 'must be a time of day like "08:00"'),
        ('[calendar]\noff = ["soon"]\n', "calendar.off", '"{text}" is no date like 2020-10-01'),
        ("[calendar]\non = 2020-10-01\n", "calendar.on", "must be a list of dates like 2020-10-01"),
        ("[calendar]\noff = [2020-10-01]\non = [2020-10-01]\n", "calendar.on", "{day} stands in both lists"),
        ('[severity]\ncritical = "fire"\n', "severity.critical", "must be a list of texts"),
        ('[severity]\nnormal = ["x"]\n', "severity.normal", "there is no such key"),
        ('[[types]]\ncode = "x"\nlead = "y"\n', "types[1].zh", "must not be empty"),
        ('[[types]]\ncode = "x"\nzh = 3\n', "types[1].zh", "must be text"),
        (f'[[types]]\ncode = "x"\nzh = "{"长" * 61}"\n', "types[1].zh", "is longer than {cap} characters"),
        ('[[types]]\ncode = "x"\nzh = "某"\nkind = "quick"\n', "types[1].kind", "must be one of: {allowed}"),
        (
            '[[types]]\ncode = "x"\nzh = "某"\nlead = "a"\nassists = ["a"]\n',
            "types[1].assists",
            '"{department}" leads already',
        ),
        (
            '[[types]]\ncode = "x"\nzh = "某"\n[[types]]\ncode = "x"\nzh = "某"\n',
            "types[2].code",
            '"{code}" stands there twice',
        ),
        ('types = ["x"]\n', "types", "must be written as [[{table}]], one for each entry"),
        (
            '[[escalation]]\ntell = "system"\nafter = "5 min"\n',
            "escalation[1].tell",
            "must be the role of a person who can act",
        ),
        ('[[escalation]]\ntell = "duty_leader"\n', "escalation[1].after", "must not be empty"),
        ('[[emergency_numbers]]\nzh = "火警"\n', "emergency_numbers[1].number", "must not be empty"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(text: str, path: str, reason: str) -> None:
    """One fault, one sentence with the key's path; unknown keys are refused by name."""
    assert problems(text + KINDS) == [(path, reason)]


@pytest.mark.parametrize("written", ['""', '"soon"', '"0 min"', '"1.5 h"', '"30"', "30", '"work day"', '"99999 h"'])
def test_a_limit_that_means_nothing_is_refused(written: str) -> None:
    """Lengths are never guessed."""
    [(path, reason)] = problems(KINDS.replace('close = "1 day"', f"close = {written}", 1))
    assert path == "kinds.emergency.close"
    assert "is no limit" in reason


def test_every_kind_and_limit_must_be_there() -> None:
    """A missing kind or limit is named; a key of another table is not taken for it."""
    assert problems(KINDS.split("[kinds.tough]")[0]) == [("kinds.tough", "must not be empty")]
    assert problems(KINDS.replace('report_in = "30 min"\n', "", 1)) == [
        ("kinds.emergency.report_in", "must not be empty")
    ]
    assert problems(KINDS + '[kinds.quick]\nclose = "1 h"\n') == [("kinds.quick", "there is no such key")]


def test_text_that_is_no_toml_names_the_line() -> None:
    """The place of the slip is in the sentence."""
    with pytest.raises(BadInput) as refused:
        read_policy("[case\n")
    assert refused.value.message.params["line"] == 1


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("30 min", Limit(30, M)),
        ("30min", Limit(30, M)),
        (" 1 Minute ", Limit(1, M)),
        ("6 h", Limit(6, H)),
        ("2 days", Limit(2, D)),
        ("45 work minutes", Limit(45, WM)),
        ("2 work hours", Limit(2, WH)),
        ("2 working hours", Limit(2, WH)),
        ("1 work day", Limit(1, WD)),
        ("same day", SAME_DAY),
        ("当日", SAME_DAY),
        ("30分钟", Limit(30, M)),
        ("2 工作时", Limit(2, WH)),
        ("３ 工作日", Limit(3, WD)),
        (f"{LARGEST} d", Limit(LARGEST, D)),
    ],
)
def test_limits_are_understood_in_both_languages(text: str, limit: Limit) -> None:
    """As the trade writes them (decisions 18)."""
    assert parse_limit(text) == limit


def test_the_stored_form_is_canonical_and_exact(sample: Policy) -> None:
    """The same policy gives the same text, sorted, and the text gives the same policy with its calendar."""
    days = {"off": frozenset({date(2020, 10, 1)}), "on": frozenset({date(2020, 9, 27)})}
    calendar = replace(sample.calendar, published=frozenset({2020}), **days)
    policy = replace(sample, calendar=calendar)
    text = policy_to_json(policy)
    assert policy_from_json(text) == policy
    assert policy_to_json(policy_from_json(text)) == text
    assert json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text


LIMITS = st.one_of(st.builds(Limit, st.integers(1, LARGEST), st.sampled_from([M, H, D, WM, WH, WD])), st.just(SAME_DAY))
TEXTS = st.text(max_size=8)
NAMES = st.builds(Name, TEXTS, TEXTS)
LENGTHS = st.integers(0, 10**8).map(lambda seconds: timedelta(seconds=seconds))
DAYS = st.frozensets(st.dates(), max_size=3)
STEPS = st.lists(st.builds(EscalationStep, st.sampled_from(Role), LIMITS), max_size=2).map(tuple)
KIND_POLICIES = st.builds(KindPolicy, **{
    field.name: strategy
    for field in fields(KindPolicy)
    for strategy in [
        {"kind": st.just(WhistleKind.TOUGH), "needs_approval": st.booleans(), "escalation": STEPS,
         "again": LIMITS, "asks_when_quiet": st.booleans()}.get(
            field.name, st.one_of(LIMITS, st.none()) if field.default is None else LIMITS
        )
    ]
})  # fmt: skip
POLICIES = st.builds(
    Policy,
    version=st.integers(0, 99),
    calendar=st.builds(
        WorkCalendar,
        st.sampled_from(["Asia/Shanghai", "UTC"]).map(ZoneInfo),
        st.times(),
        st.times(),
        DAYS,
        DAYS,
        st.frozensets(st.integers(1950, 2200), max_size=3),
    ),
    kinds=st.dictionaries(st.sampled_from(WhistleKind), KIND_POLICIES, max_size=2),
    types=st.lists(
        st.builds(
            MatterType,
            TEXTS,
            NAMES,
            st.lists(TEXTS, max_size=2).map(tuple),
            TEXTS,
            st.lists(TEXTS, max_size=2).map(tuple),
            TEXTS,
            st.none() | st.sampled_from(WhistleKind),
        ),
        max_size=2,
    ).map(tuple),
    reopen_within=LENGTHS,
    repeat_within=LENGTHS,
    undo_within=LENGTHS,
    emergency_numbers=st.lists(st.tuples(TEXTS, NAMES), max_size=2).map(tuple),
    critical_words=st.lists(TEXTS, max_size=2).map(tuple),
    reminders=st.lists(
        st.builds(StandingReminder, TEXTS, NAMES, st.sampled_from(Role), TEXTS, st.none() | LENGTHS, st.booleans()),
        max_size=2,
    ).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(POLICIES)
def test_any_policy_survives_being_stored(policy: Policy) -> None:
    """Nothing is lost or changed on the way to the database and back."""
    assert policy_from_json(policy_to_json(policy)) == policy


def test_every_field_is_stored() -> None:
    """A field added to the policy and forgotten here would silently lose its value."""
    for record, codecs in (
        (Policy, policy_json.POLICY),
        (WorkCalendar, policy_json.CALENDAR),
        (KindPolicy, policy_json.KIND),
        (MatterType, policy_json.MATTER),
        (StandingReminder, policy_json.STANDING),
    ):
        assert [field.name for field in fields(record)] == list(codecs)


def test_a_field_of_a_later_release_keeps_its_default(sample: Policy) -> None:
    """A version stored before the field existed is still read."""
    stored = json.loads(policy_to_json(sample))
    del stored["quiet_after"], stored["urgent_words"], stored["kinds"]["tough"]["consult"]
    policy = policy_from_json(json.dumps(stored))
    assert policy.quiet_after == timedelta(minutes=60)
    assert policy.urgent_words == ()
    assert policy.kinds[WhistleKind.TOUGH].consult is None


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", "{", '{"version":"1"}', '{"version":true,"calendar":{},"kinds":{}}',
        '{"version":1,"calendar":{"zone":"Mars/Base"},"kinds":{}}', '{"version":1,"calendar":{},"kinds":{"x":{}}}',
        '{"version":1,"calendar":{},"kinds":{},"more":1}',
    ],
)  # fmt: skip
def test_what_is_no_stored_policy_is_refused(text: str) -> None:
    """A damaged row is one sentence, not a traceback."""
    with pytest.raises(BadInput) as refused:
        policy_from_json(text)
    assert refused.value.message.msgid == "The stored policy cannot be read"


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ('acknowledge = "5 min"', 'acknowledge = "2 h"', "kinds.emergency.acknowledge"),
        ('close = "3 days"', 'close = "60 min"', "kinds.joint_enforcement.report_in"),
        ('report_in = "3 work days"', 'report_in = "20 work days"', "kinds.tough.report_in"),
    ],
)
def test_limits_out_of_order_are_refused(before: str, after: str, path: str) -> None:
    """Nobody can be on site before they heard, nor close before they came; what counts otherwise is not compared."""
    text = sample_text(POLICY)
    assert before in text
    with pytest.raises(PolicyProblems) as refused:
        read_policy(text.replace(before, after, 1), name="my.toml")
    assert refused.value.problems[0].params["path"] == path
    assert refused.value.message.params["file"] == "my.toml"
    assert read_policy(text.replace('acknowledge = "2 work hours"', 'acknowledge = "9 days"'))
