"""An organisation is loaded by code: changed, retired, brought back, never lost (domain 1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.message import Name
from app.domain.org import PartyBranch, Place, Post, Role, Shift, ShiftKind, Street
from app.domain.whistle import Case
from app.services.ports import LoadReport
from db.repositories.initials import initials
from db.unit_of_work import SqlStore
from tests.db.saving import save_all
from tests.db.story import START, A, Story, street

NOTHING = LoadReport({}, {}, {})


def load(store: SqlStore, wanted: Street) -> LoadReport:
    """Load an organisation an hour later."""
    return store.write(lambda writes: writes.save_street(wanted, START + timedelta(hours=1)))


def without_pinyin(loaded: Street) -> Street:
    """The street as a file says it: initials are computed when places are written."""
    return replace(loaded, places=tuple(replace(place, pinyin="") for place in loaded.places))


def now(store: SqlStore) -> Street:
    """The organisation as it stands."""
    with store.read() as reads:
        return reads.street()


def test_the_sample_street_comes_back_as_it_was_loaded(store: SqlStore) -> None:
    """All tables in the order of the file, the shifts as they follow one another."""
    shifts = tuple(sorted(street().shifts, key=lambda shift: shift.starts_at))
    assert without_pinyin(now(store)) == replace(street(), shifts=shifts)


def test_loading_the_same_again_changes_nothing(store: SqlStore) -> None:
    """Rows are not doubled and nothing is reported, in another order neither."""
    assert load(store, street()) == NOTHING
    turned = replace(street(), contacts=street().contacts[::-1], departments=street().departments[::-1])
    assert load(store, turned) == NOTHING
    assert now(store).contacts == turned.contacts


def test_what_is_missing_is_retired_and_comes_back(store: SqlStore) -> None:
    """A retired department is no longer offered, history still names it, and a later file brings it back."""
    told = Story("old case").blow().dispatch(A)
    cases: list[Case] = save_all(store, [told])
    gone = next(department for department in street().departments if department.code == A)
    left = replace(street(), departments=tuple(d for d in street().departments if d.code != A))
    left = replace(
        left, members=tuple(m for m in left.members if all(post.at != A for post in m.posts)), chain=(), shifts=()
    )  # fmt: skip
    report = load(store, left)
    assert report.retired["departments"] == (A,)
    assert report.added == {}
    assert gone.code not in {department.code for department in now(store).departments}
    with store.read() as reads:
        assert reads.case(told.id) == cases[0]
        lost = next(m for m in street().members if any(post.at == A for post in m.posts))
        assert reads.member(lost.code) == lost
    back = load(store, street())
    assert back.updated["departments"] == (A,)
    assert without_pinyin(now(store)).departments == street().departments


def test_posts_and_six_roles_are_replaced_for_their_member(store: SqlStore) -> None:
    """A member whose posts changed is reported; the others' posts stay."""
    first, second, *_ = (m for m in street().members if len(m.posts) == 1 and m.grid)
    raise_to = replace(first, posts=(Post(Role.GRID_LEADER, "JF-SH", "网格长"), *first.posts), six_roles=())
    members = tuple(raise_to if m.code == first.code else m for m in street().members)
    report = load(store, replace(street(), members=members))
    assert report.updated == {"members": (first.code,)}
    with store.read() as reads:
        assert reads.member(first.code) == raise_to
        assert reads.member(second.code) == second
        assert reads.member("nobody") is None


def test_a_new_name_is_an_update_and_gets_new_initials(store: SqlStore) -> None:
    """A place is found under the initials of the name it has now; the grid's last record survives the load."""
    save_all(store, [Story("recorded").blow()])
    place = replace(street().places[0], name=Name("双河大桥东侧", "Shuanghe Bridge East"))
    report = load(store, replace(street(), places=(place, *street().places[1:])))
    assert report == LoadReport({}, {"places": (place.code,)}, {})
    assert now(store).places[0].pinyin == "shdqdc"
    with store.read() as reads:
        assert set(reads.last_record_by_grid()) == {"JF-SH-G01"}


@pytest.mark.parametrize(
    ("names", "letters"),
    [
        (("双河大桥",), "shdq"),
        (("双河社区第一网格", "双河一"), "shsqdywg shy"),
        (("3号楼 B座", ""), "3hlbz"),
        (("Market",), "market"),
        (("·（）",), ""),
    ],
)
def test_initials_are_what_one_types(names: tuple[str, ...], letters: str) -> None:
    """The first letter of each character's reading; letters and digits as they are; marks left out."""
    assert initials(*names) == letters


def test_the_running_shift_is_found(store: SqlStore) -> None:
    """From its start until just before its end; saved again under its code it is replaced."""
    officers = tuple(member.code for member in street().members[:2])
    shift = Shift("S-1", ShiftKind.NIGHT, START, START + timedelta(hours=8), officers[0], officers)
    store.write(lambda writes: writes.save_shift(shift))
    changed = replace(shift, officers=officers[:1], ends_at=START + timedelta(hours=9))
    with store.read() as reads:
        assert reads.shift_at(START) == shift
        assert reads.shift_at(shift.ends_at) != shift
    store.write(lambda writes: writes.save_shift(changed))
    with store.read() as reads:
        assert reads.shift_at(shift.ends_at) == changed


def test_only_coming_shifts_are_retired_by_a_new_roster(store: SqlStore) -> None:
    """What has begun stays history; a coming shift that a new roster no longer has is gone."""
    at = START + timedelta(hours=1)
    member = street().members[0].code

    def shift(code: str, hours: int) -> Shift:
        starts = at + timedelta(hours=hours)
        return Shift(code, ShiftKind.DAY, starts, starts + timedelta(hours=1), member, (member,))

    begun, dropped, kept = shift("begun", -1), shift("dropped", 5), shift("kept", 9)
    load(store, replace(street(), shifts=(begun, dropped, kept)))
    report = load(store, replace(street(), shifts=(kept,)))
    assert report.retired == {"shifts": ("dropped",)}
    with store.read() as reads:
        assert reads.shift_at(begun.starts_at) == begun
        found = reads.shift_at(dropped.starts_at)
        assert found is None or found.code != dropped.code
        assert reads.shift_at(kept.starts_at) == kept


def test_a_broken_organisation_changes_nothing(store: SqlStore) -> None:
    """A reference to what is not there fails as a whole."""
    before = now(store)
    wrong = Place("nowhere", Name("无处"), "JF-NOWHERE")
    with pytest.raises(Exception, match="FOREIGN KEY"):
        load(store, replace(street(), places=(*street().places[1:], wrong)))
    assert now(store) == before


def test_own_initials_win_and_are_kept_apart(store: SqlStore) -> None:
    """A place with a reading of its own is found by it; the same again changes nothing; without it, made anew."""
    first, *others = street().places
    own = replace(first, own_pinyin="SHDQ cq", pinyin="SHDQ cq")
    assert load(store, replace(street(), places=(own, *others))) == LoadReport({}, {"places": (first.code,)}, {})
    stored = now(store).places[0]
    assert (stored.pinyin, stored.own_pinyin) == ("shdq cq", "SHDQ cq")
    assert load(store, replace(street(), places=(own, *others))) == NOTHING
    load(store, street())
    assert (now(store).places[0].pinyin, now(store).places[0].own_pinyin) == ("shdq", "")


def test_what_the_seed_tells_of_who_stands_where_is_stored(store: SqlStore) -> None:
    """Contact points, departments and unit types of committee members, workplaces, managers, set-up of branches."""
    branches = tuple(replace(unit, party_branch=PartyBranch.JOINT) for unit in street().units)
    assert len(load(store, replace(street(), units=branches)).updated["units"]) == len(branches)
    there = now(store)
    assert there.units == branches
    assert without_pinyin(there).places == street().places
    assert (there.committee, there.contacts, there.members) == (street().committee, street().contacts, street().members)
    assert there.departments == street().departments
    assert any(one.department and one.unit_type for one in there.committee)
    assert any(one.unit for one in there.contacts)
    assert any(one.managed_by for one in there.members)
    assert all(one.workplace for one in there.departments)
