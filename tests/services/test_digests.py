"""The weekly digest: to whom it goes, and exactly once for a group, week and person."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.digests import Digest, Wish
from bot.domain.model import (
    Group,
    GroupKey,
    GroupSettings,
    GroupState,
    Membership,
    Role,
    UserId,
    World,
)
from bot.domain.outbox import State
from bot.services import charges, digests, settings
from bot.services.digest_contents import compose
from bot.services.digests import DIGEST
from bot.services.settings import Place
from bot.storage.database import Database, Store
from bot.views import digest_notes as notes
from bot.world import is_holiday
from tests.conftest import TEAM
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

SUNDAY, BEFORE, AFTER = (
    "2026-11-22T12:00:00+00:00",
    "2026-11-23T06:59:30+00:00",
    "2026-11-23T07:00:30+00:00",
)
"""The chair is in Amsterdam."""
THURSDAY = date(2026, 11, 26)


def rows(office: Office, of: str = "models") -> list[tuple[str, State]]:
    """Week, reader, and what became of it."""
    found = office.db.read_now(lambda store: store.outbox.recent(1000))[::-1]
    return [
        (row.out.key.removeprefix(f"digest:{of}:"), row.state)
        for row in found
        if row.out.kind == DIGEST and row.out.subject == f"digest:{of}"
    ]


def plan_at(office: Office, *moments: str) -> None:
    for moment in moments:
        office.clock.set(moment)
        office.plan()


def look(office: Office, reader: UserId = CHAIR, group: GroupKey = MODELS) -> Digest:
    def read(store: Store) -> Digest:
        world = store.groups.world()
        return compose(store, world, world.groups[group], reader, office.clock(), is_holiday)

    return office.db.read_now(read)


def shape(office: Office, **changed: object) -> None:
    def save(store: Store) -> None:
        group = store.groups.world().groups[MODELS]
        store.groups.save(replace(group, **changed))  # type: ignore[arg-type]  # of any field's type

    office.db.write_now(save)


def person(office: Office, user: UserId, **changed: object) -> None:
    def save(store: Store) -> None:
        found = store.groups.person(user)
        assert found is not None
        store.groups.save_person(replace(found, **changed))  # type: ignore[arg-type]  # as above

    office.db.write_now(save)


WEEK_48 = [("2026-W48:U0CHAIR01", State.PENDING)]


def test_it_is_put_once_however_often_and_by_whomever_it_is_planned(
    office: Office, url: str
) -> None:
    plan_at(office, SUNDAY, BEFORE)
    assert rows(office) == []
    plan_at(office, AFTER, AFTER)
    restarted = Database(url)
    restarted.bind(TEAM)
    assert restarted.write_now(lambda s: office.planner.plan(s, office.clock())) == 0
    restarted.close_now()
    plan_at(office, "2026-11-23T07:01:30+00:00", "2026-11-29T22:00:00+00:00")
    assert rows(office) == WEEK_48


@pytest.mark.parametrize("back", [AFTER, "2026-11-25T10:00:00+00:00", "2026-11-29T22:00:00+00:00"])
def test_being_down_over_its_hour_delays_it_and_no_more(office: Office, back: str) -> None:
    plan_at(office, SUNDAY, back, back)
    assert rows(office) == WEEK_48


def test_of_the_weeks_of_a_long_outage_only_the_last_is_still_worth_saying(office: Office) -> None:
    plan_at(office, SUNDAY, "2026-12-09T10:00:00+00:00")
    assert rows(office) == [
        ("2026-W48:U0CHAIR01", State.STALE),
        ("2026-W49:U0CHAIR01", State.STALE),
        ("2026-W50:U0CHAIR01", State.PENDING),
    ]
    assert [one.week[5:] for one in look(office).trend] == ["W47", "W48", "W49"]


@pytest.mark.parametrize(
    ("sunday", "expected"),
    [
        (date(2012, 10, 28), ["2012-W44"]),
        (date(2026, 10, 25), ["2026-W44"]),
        (date(2027, 3, 28), ["2027-W13"]),
    ],
)
def test_when_clocks_change_there_is_still_exactly_one(
    office: Office, sunday: date, expected: list[str]
) -> None:
    """Looked at every two hours; the day after the last is Easter Monday."""
    moment = datetime.combine(sunday, time(), office.clock().tzinfo)
    for _ in range(3 * 12):
        plan_at(office, moment.isoformat())
        moment += timedelta(hours=2)
    assert rows(office) == [(f"{week}:U0CHAIR01", State.PENDING) for week in expected]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (time(9), ["W48", "W49"]),
        (time(7), ["W48", "W49"]),
    ],
)
def test_a_changed_hour_holds_from_the_next_digest_on(
    office: Office, at: time, expected: list[str]
) -> None:
    plan_at(office, SUNDAY, AFTER)
    shape(office, settings=GroupSettings(digest_at=at))
    person(office, CHAIR, hours=(time(6), time(18)))
    plan_at(office, "2026-11-23T09:00:00+00:00", "2026-11-30T09:00:00+00:00")
    assert [key[5:8] for key, _ in rows(office)] == expected


def test_an_hour_changed_before_it_went_out_moves_it(office: Office) -> None:
    plan_at(office, SUNDAY)
    shape(office, settings=GroupSettings(digest_day=2, digest_at=time(10)))
    plan_at(office, AFTER, "2026-11-25T08:59:30+00:00")
    assert rows(office) == []
    plan_at(office, "2026-11-25T09:00:30+00:00")
    assert rows(office) == WEEK_48


@pytest.mark.parametrize(
    ("first", "then", "moved_at"),
    [
        ("Europe/Amsterdam", "America/New_York", "2026-11-23T09:00:00+00:00"),
        ("America/New_York", "Europe/Amsterdam", "2026-11-23T09:00:00+00:00"),
        ("Asia/Kolkata", "America/Vancouver", "2026-11-23T02:00:00+00:00"),
        ("Pacific/Honolulu", "Pacific/Kiritimati", "2026-11-23T12:00:00+00:00"),
    ],
)
def test_a_reader_who_moves_gets_exactly_one(
    office: Office, first: str, then: str, moved_at: str
) -> None:
    person(office, CHAIR, zone=first, country=None)
    plan_at(office, SUNDAY, moved_at)
    office.do(CHAIR, lambda ask: settings.set_zone(ask, Place(then, None, None), office.planner))
    plan_at(office, moved_at, "2026-11-23T20:00:00+00:00", "2026-11-27T20:00:00+00:00")
    assert rows(office) == WEEK_48


def test_while_the_chair_is_away_the_co_chair_reads_it_and_the_chair_on_return(
    office: Office,
) -> None:
    person(office, CHAIR, away_until=date(2026, 11, 25))
    assert look(office, COCHAIR).instead == notes.CHAIR_AWAY
    plan_at(office, SUNDAY, "2026-11-23T16:00:00+00:00")
    assert rows(office) == [("2026-W48:U0COCHAIR", State.PENDING)]
    plan_at(office, "2026-11-25T08:00:00+00:00", "2026-11-27T08:00:00+00:00")
    assert rows(office)[1:] == WEEK_48
    assert look(office).instead == ""


def test_a_chair_who_left_on_friday_is_stood_in_for_on_monday(office: Office) -> None:
    plan_at(office, "2026-11-20T12:00:00+00:00")
    person(office, CHAIR, left=True)
    plan_at(office, "2026-11-23T16:00:00+00:00")
    assert rows(office) == [("2026-W48:U0COCHAIR", State.PENDING)]
    assert look(office, COCHAIR).instead == notes.NO_CHAIR
    person(office, COCHAIR, left=True)
    plan_at(office, "2026-11-30T16:00:00+00:00")
    assert rows(office)[1:] == []  # Nothing to say, and it is not their group.
    office.do(COORDINATOR, lambda ask: digests.set_wish(ask, ask.world.groups[MODELS], Wish.ON))
    plan_at(office, "2026-12-07T16:00:00+00:00")
    assert rows(office)[1:] == [("2026-W50:U0COORD01", State.PENDING)]
    assert look(office, COORDINATOR).instead == notes.NOBODY
    person(office, CHAIR, left=False, away_until=date(2026, 12, 24))
    assert look(office, COORDINATOR).instead == notes.ONLY_CHAIR_AWAY


def test_a_new_chair_of_midweek_reads_the_next_one(office: Office) -> None:
    plan_at(office, SUNDAY, "2026-11-25T12:00:00+00:00")

    def replaced(store: Store) -> None:
        store.groups.remove_role(CHAIR, MODELS)
        store.groups.set_role(Membership(MEMBER, MODELS, Role.CHAIR))

    office.db.write_now(replaced)
    plan_at(office, "2026-11-27T12:00:00+00:00", "2026-11-30T12:00:00+00:00")
    assert rows(office) == [*WEEK_48, ("2026-W49:U0MEMBER1", State.PENDING)]


def test_what_waits_for_a_chair_is_not_said_once_the_role_is_another_s(office: Office) -> None:
    plan_at(office, SUNDAY, AFTER)

    def relieved(store: Store) -> None:
        store.groups.remove_role(CHAIR, MODELS)
        charges.relieve(store, CHAIR)

    office.db.write_now(relieved)
    assert rows(office) == [("2026-W48:U0CHAIR01", State.WITHDRAWN)]


@pytest.mark.parametrize("state", [GroupState.CLOSED, GroupState.MERGED])
def test_a_group_that_has_ended_is_silent_and_one_without_a_channel_is_not(
    office: Office, state: GroupState
) -> None:
    plan_at(office, SUNDAY)
    shape(office, channel=None, state=state)
    plan_at(office, AFTER)
    assert rows(office) == []
    shape(office, channel=None, state=GroupState.ACTIVE)
    plan_at(office, "2026-11-30T12:00:00+00:00")
    assert [key for key, _ in rows(office)] == ["2026-W49:U0CHAIR01"]


def test_one_that_cannot_be_made_stops_no_other_and_says_how_to_try_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(store: Store, world: World, group: Group, *rest: object) -> Digest:
        if group.key == MODELS:
            store.digests.set_wish(CHAIR, MODELS, Wish.OFF)
            raise ValueError("no such thing")
        return compose(store, world, group, *rest)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(digests, "compose", broken)
    plan_at(office, SUNDAY, "2026-11-23T08:30:00+00:00")
    assert len(rows(office, "trials")) == 1
    said = office.db.read_now(lambda s: s.outbox.by_key("digest:models:2026-W48:U0CHAIR01"))
    assert said is not None
    for words in ("Models", "digest models", "Reference"):
        assert words in said.out.message.text
    assert office.db.read_now(lambda store: store.digests.wishes(CHAIR)) == {}
