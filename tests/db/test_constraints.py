"""No road but the rules: the database itself refuses states that cannot be (design 2, decisions 23)."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.sqlite.driver import driver
from db.unit_of_work import SqlStore
from tests.db.raw import by_hand
from tests.db.saving import save_all
from tests.db.story import Story, closed, story

REFUSED = {
    "ck_whistle_next_due_at|ck_whistle_state": "UPDATE whistle SET state = 'lost' WHERE number = 'W-20200702-01'",
    "ck_whistle_kind": "UPDATE whistle SET kind = 'loud'",
    "ck_whistle_waiting": "UPDATE whistle SET waiting = 'godot'",
    "ck_whistle_closed_at": "UPDATE whistle SET closed_at = NULL WHERE state = 'closed'",
    "ck_whistle_score": "UPDATE whistle SET score = 6 WHERE state = 'rated'",
    "ck_whistle_rated": "UPDATE whistle SET score = NULL, countersigned_by = '' WHERE state = 'rated'",
    "ck_whistle_rated_at": "UPDATE whistle SET rated_at = NULL WHERE state = 'rated'",
    "ck_whistle_suspended_at": "UPDATE whistle SET suspended_at = created_at WHERE state = 'open'",
    "ck_whistle_review_at": "UPDATE whistle SET review_at = NULL WHERE state = 'suspended'",
    "ck_whistle_opened_at": "UPDATE whistle SET opened_at = NULL WHERE state = 'open'",
    "ck_whistle_awaiting_check_at": "UPDATE whistle SET awaiting_check_at = NULL WHERE state = 'awaiting_check'",
    "ck_whistle_next_due_at": "UPDATE whistle SET next_due_at = NULL, deadline_at = NULL WHERE state = 'open'",
    "ck_whistle_number": "UPDATE whistle SET number = '0702-01' WHERE state = 'open'",
    "ck_whistle_numbered": "UPDATE whistle SET number = '' WHERE state = 'closed'",
    "ck_whistle_merged_into": "UPDATE whistle SET merged_into = zeroblob(16) WHERE state = 'open'",
    "ck_whistle_board_at": "UPDATE whistle SET board_at = '2000-01-01 00:00:00.000000' WHERE deadline_at IS NOT NULL",
    "uq_whistle_number|whistle.number": "UPDATE whistle SET number = 'W-20200702-01'",
    "ck_assignment_acknowledged_at|ck_assignment_state": "UPDATE assignment SET state = 'asleep'",
    "ck_assignment_acknowledged_at": "UPDATE assignment SET acknowledged_at = NULL WHERE state = 'acknowledged'",
    "ck_assignment_reported_in_at": "UPDATE assignment SET reported_in_at = NULL WHERE state = 'done'",
    "ck_assignment_done_at": "UPDATE assignment SET done_at = NULL WHERE state = 'done'",
    "ck_assignment_released_at": "UPDATE assignment SET released_at = notified_at WHERE state = 'notified'",
    "assignment.whistle_id, assignment.episode": "UPDATE assignment SET role = 'lead'",
    "assignment.whistle_id, assignment.department": (
        "INSERT INTO assignment SELECT lower(hex(randomblob(16))), whistle_id, department, 7, episode, 'assist', state,"
        " version, notified_at, acknowledge_due, report_in_due, feedback_due, acknowledged_at, en_route_at,"
        " reported_in_at, report_in_words_id, working_at, last_feedback_at, feedback_count, done_at, released_at,"
        " no_show_at, needs_attention, rework_count, extended_until, 9 FROM assignment WHERE state = 'notified'"
    ),
    "ck_request_decided_at": "UPDATE request SET decided_at = NULL WHERE state = 'granted'",
    "ck_request_subject": "UPDATE request SET assignment_id = NULL WHERE kind = 'return'",
    "ck_due_state": "UPDATE due SET state = 'forgotten'",
    "due.at": "UPDATE due SET at = NULL",
    "due.whistle_id, due.kind, due.nth": (
        "INSERT INTO due (whistle_id, kind, nth, at, state)"
        " SELECT whistle_id, kind, nth, at, 'pending' FROM due WHERE assignment_id IS NULL"
    ),
    "event.id": "INSERT INTO event SELECT seq + 1000, id, 'other', 1, kind, schema, payload, corrects, actor, role,"
    " on_behalf_of, channel, words_id, words_digest, occurred_at, occurred_precision, recorded_at, station, whistle_id"
    " FROM event",
    "FOREIGN KEY": "UPDATE whistle SET grid = 'JF-NOWHERE'",
    "ck_meta_single": "INSERT INTO meta (id, uuid, drill, street, clock_speed) VALUES (2, 'x', 0, '', 1)",
    "ck_unit_level": "UPDATE unit SET level = 'galaxy'",
    "ck_member_post_not_system": "UPDATE member_post SET role = 'system'",
    "ck_shift_span": "UPDATE shift SET ends_at = starts_at",
}


@pytest.fixture
def filled(store: SqlStore, database: Path) -> Path:
    """The database with a case in each state that the statements name."""
    save_all(store, [Story("first").blow().dispatch("utilities_center", "emergency_bureau")])
    names = ("summoned", "done", "suspended", "rated", "returned", "draft")
    stories = [story(name, f"W-20200702-{n:02d}") for n, name in enumerate(names, start=2)]
    stories.append(closed(Story("closed", number="W-20200702-09")))
    save_all(store, stories)
    return database


def test_states_that_cannot_be_are_refused(filled: Path) -> None:
    """Raw SQL against the CHECKs, keys and references of every table fails and names what it broke."""
    with by_hand(filled) as connection:
        for broken, statement in REFUSED.items():
            connection.execute("SAVEPOINT attempt")
            with pytest.raises(driver.IntegrityError) as caught:
                connection.execute(statement)
            assert any(name in str(caught.value) for name in broken.split("|")), (broken, str(caught.value))
            connection.execute("ROLLBACK TO attempt")
        connection.execute("ROLLBACK")


APPEND_ONLY = (
    "UPDATE event SET actor = 'nobody'",
    "DELETE FROM event",
    "INSERT OR REPLACE INTO event SELECT * FROM event",
    "REPLACE INTO event SELECT * FROM event WHERE seq = 1",
    "UPDATE words SET body = '{}'",
    "UPDATE words SET digest = 'x', body = NULL, salt = NULL",
    "DELETE FROM words",
    "INSERT OR REPLACE INTO words SELECT * FROM words",
    "UPDATE policy SET body = '{}'",
    "DELETE FROM policy",
    "INSERT OR REPLACE INTO policy SELECT * FROM policy",
    "UPDATE meta SET drill = 0",
    "UPDATE meta SET uuid = 'x'",
    "DELETE FROM meta",
    "INSERT OR REPLACE INTO meta SELECT * FROM meta",
)


@pytest.mark.parametrize("statement", APPEND_ONLY)
def test_what_is_written_once_stays(statement: str, store: SqlStore, database: Path) -> None:
    """Events, words, policies and the database's identity refuse change, removal and replacement."""
    save_all(store, [Story("first").blow()])
    with by_hand(database) as connection, pytest.raises(driver.IntegrityError, match=r"never|only ever|keeps"):
        connection.execute(statement)


def test_retention_may_empty_words(store: SqlStore, database: Path) -> None:
    """Words lose text and salt together; the case, its events and the digest stay whole."""
    told = Story("first").blow()
    case, _ = told.told()
    save_all(store, [told])
    with by_hand(database) as connection:
        digests = connection.execute("SELECT words_digest FROM event").fetchall()
        with pytest.raises(driver.IntegrityError, match="ck_words_emptied_whole"):
            connection.execute("UPDATE words SET body = NULL")
        connection.execute("UPDATE words SET body = NULL, salt = NULL")
        assert connection.execute("SELECT digest FROM words").fetchall() == digests
    with store.read() as reads:
        assert reads.case(told.id) == case
        assert dict(reads.events_of(told.id)[0].words) == {}
        row = reads.row(told.id)
    assert row is not None
    assert row.title == ""


def test_the_digest_proves_the_words(store: SqlStore, database: Path) -> None:
    """The event's digest is that of salt and text, so a changed text is found."""
    from db.repositories.words import digest_of

    save_all(store, [Story("first").blow()])
    with by_hand(database) as connection:
        rows = connection.execute(
            "SELECT e.words_digest, w.salt, w.body FROM event e JOIN words w ON w.id = e.words_id"
        ).fetchall()
    assert [digest for digest, _, _ in rows] == [digest_of(salt, body) for _, salt, body in rows] != []
