"""How the groups stand: the demo's five as they must be, who may see them, and what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from bot.demo.seeds import DEMO
from bot.demo.world import TEAM, World
from bot.domain.deadlines import Kind, NewDeadline
from bot.domain.items import Due, NewItem
from bot.domain.meetings import PrepState
from bot.domain.model import Channel, ChannelId, Group, GroupKey, Ref, TeamId, UserId
from bot.domain.model import World as Everybody
from bot.domain.state import Cause, Judged, Reason, Remark, Sign, Standing, Status
from bot.errors import Code, Conflict, NotAllowed
from bot.services import items, status
from bot.services.access import Ask
from bot.storage.database import Database, Store
from bot.views.blocks import message
from bot.views.status import status as drawn
from tests.e2e.stage import demo_world, filled
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OUTSIDER,
    STEERING,
    TRIALS,
    TRIALS_CHANNEL,
    Office,
)
from tests.services.test_meetings import plan
from tests.services.test_overview import accepted
from tests.services.test_overview import fill as multiply
from tests.storage.counting import statements

FRIDAY, LATE = date(2026, 11, 27), date(2026, 11, 20)
COLOURS = {"red": Standing.LATE, "amber": Standing.LOOK, "green": Standing.ON_TRACK}
EVERYBODYS = ChannelId("C0COORDIN")


@dataclass(frozen=True)
class Played:
    """The demo world, to be looked at on several days; nothing is written."""

    demo: World
    db: Database
    world: Everybody

    def at(self, now: datetime) -> dict[str, Status]:
        groups = list(self.world.groups.values())
        found = self.db.read_now(lambda s: status.surveyed(s, self.world, groups, now))
        return {str(one.group.key): one for one in found.statuses}


@pytest.fixture(scope="module", params=[2012, 2026])
def played(request: pytest.FixtureRequest, sqlite_template: Path) -> Iterator[Played]:
    demo = demo_world(request.param == 2026)
    db = Database(f"sqlite:///{filled(sqlite_template, demo, DEMO)}")
    db.bind(TeamId(TEAM))
    yield Played(demo, db, db.read_now(lambda store: store.groups.world()))
    db.close_now()


def because(cause: Cause) -> str:
    if cause.reason is Reason.PREPARATION:
        return f"{cause.ref} {cause.about} late"
    return f"{cause.ref} {cause.days} day{'s' if cause.days > 1 else ''} late"


def remark(one: Remark) -> str:
    return {
        Sign.BLOCKED: f"{one.ref} blocked {one.days} days",
        Sign.UNOWNED: f"{one.ref} unowned",
        Sign.WAITS: f"{one.ref} waits for {one.about}",
        Sign.NO_MEETING: "no next meeting",
        Sign.SILENT: f"no update for {one.days} days",
    }[one.sign]


def test_the_five_stand_as_the_demo_says_in_either_year(played: Played) -> None:
    found = played.at(played.demo.as_of)
    rows: list[dict[str, Any]] = played.demo.facts["expected"]["status_at_as_of"]
    assert len(rows) == len(found) == 5
    for row in rows:
        one = found[row["group"]]
        assert one.judged.standing is COLOURS[row["state"]]
        for name in ("open", "overdue", "blocked", "unowned", "ready"):
            assert getattr(one, name) == row[name], (row["group"], name)
        assert one.meeting is not None
        assert one.meeting.ref == row["next_meeting"]
        assert one.deadline is not None
        assert one.deadline.ref == row["next_deadline"]
        assert [because(cause) for cause in one.judged.because] == row["because"]
        assert [remark(one) for one in one.remarks] == row["notes"]


def test_if_nobody_acts_each_is_late_from_its_day_on(played: Played) -> None:
    first: dict[str, date] = {}
    for days in range(1, 11):
        now = played.demo.as_of + timedelta(days=days)
        for key, one in played.at(now).items():
            if one.judged.standing is Standing.LATE:
                first.setdefault(key, now.date() - played.demo.shift)
    assert first.pop("symptoms") == date(2012, 11, 19)
    assert first == played.demo.facts["expected"]["first_red_if_nobody_acts"]


class TestWhoSees:
    def keys(self, office: Office, user: UserId, group: Group | None = None) -> list[str]:
        return [str(s.group.key) for s in office.do(user, partial(status.of, group=group))]

    def test_their_own_groups_and_whoever_is_over_all_every_one(self, office: Office) -> None:
        for user, seen in (
            (MEMBER, ["models"]),
            (OUTSIDER, ["trials"]),
            (COORDINATOR, ["models", "trials"]),
            (STEERING, ["models", "trials"]),
            (GUEST, []),
        ):
            assert self.keys(office, user) == seen

    def test_a_group_that_is_not_theirs_is_refused_by_name(self, office: Office) -> None:
        trials = office.db.read_now(lambda store: store.groups.get(TRIALS))
        with pytest.raises(NotAllowed) as refused:
            self.keys(office, MEMBER, trials)
        assert refused.value.facts["group"] == TRIALS
        assert self.keys(office, COORDINATOR, trials) == ["trials"]


class TestPosting:
    @pytest.fixture(autouse=True)
    def channels(self, office: Office) -> None:
        def save(store: Store) -> None:
            for channel in (MODELS_CHANNEL, TRIALS_CHANNEL, EVERYBODYS):
                store.groups.save_channel(Channel(channel, channel.lower(), bot_in=True))

        office.db.write_now(save)

    def post(self, ask: Ask, *keys: GroupKey, into: ChannelId = EVERYBODYS) -> str:
        groups = [ask.world.groups[key] for key in keys]
        assert status.place(ask, groups, into) is not None
        found = status.of(ask, groups[0] if len(groups) == 1 else None)
        return status.post(ask, groups, into, drawn(found, ask.now, "UTC", public=True)).id

    def test_one_groups_goes_to_its_own_channel_wherever_it_was_asked(self, office: Office) -> None:
        for into in (EVERYBODYS, TRIALS_CHANNEL):
            where = office.do(MEMBER, lambda ask, c=into: self.post(ask, MODELS, into=c))  # type: ignore[misc]  # mypy cannot infer a lambda's default
            assert where == MODELS_CHANNEL
        rows = office.db.read_now(lambda store: store.outbox.recent(9))
        assert {(row.out.lane, row.out.kind) for row in rows} == {(MODELS_CHANNEL, "status")}

    def test_that_of_several_only_a_coordinator_puts_where_no_single_group_is(
        self, office: Office
    ) -> None:
        both = (MODELS, TRIALS)
        assert office.do(COORDINATOR, lambda ask: self.post(ask, *both)) == EVERYBODYS

        def refused(user: UserId, into: ChannelId) -> object:
            def work(ask: Ask) -> object:
                groups = [ask.world.groups[key] for key in both]
                assert status.place(ask, groups, into) is None
                with pytest.raises((NotAllowed, Conflict)) as told:
                    status.post(ask, groups, into, message("Any"))
                return told.value.code

            return office.do(user, work)

        assert refused(STEERING, EVERYBODYS) is Code.NOT_ALLOWED
        assert refused(CHAIR, EVERYBODYS) is Code.NOT_ALLOWED
        assert refused(COORDINATOR, MODELS_CHANNEL) is Code.CHANNEL_TAKEN
        assert refused(COORDINATOR, ChannelId("C0UNKNOWN")) is Code.BOT_ABSENT


def one(office: Office, key: GroupKey) -> Status:
    return {s.group.key: s for s in office.do(COORDINATOR, partial(status.of, group=None))}[key]


def test_deadlines_count_for_their_groups_and_those_of_all_for_each(office: Office) -> None:
    late = accepted(office, OUTSIDER, LATE, TRIALS)

    def add(store: Store, due: date, *keys: GroupKey, needs: tuple[Ref, ...] = ()) -> Ref:
        new = NewDeadline("Report", due, keys, Kind.DELIVERABLE, needs=needs)
        return store.deadlines.create(new, COORDINATOR, office.clock()).ref

    office.db.write_now(lambda s: add(s, date(2027, 1, 29), MODELS))
    assert one(office, MODELS).judged == Judged(Standing.ON_TRACK)
    near = office.db.write_now(lambda s: add(s, FRIDAY, MODELS, needs=(late.ref,)))
    assert one(office, MODELS).judged.because == (
        Cause(Standing.LATE, Reason.NEEDS_OVERDUE, near, about=late.ref),
    )
    assert one(office, TRIALS).judged.standing is Standing.LOOK
    common = office.db.write_now(lambda s: add(s, LATE))
    for key in (MODELS, TRIALS):
        found = one(office, key)
        assert found.deadline is not None
        assert found.deadline.ref == common
        assert Cause(Standing.LOOK, Reason.DEADLINE, common, 2) in found.judged.because


def test_what_waits_for_an_overdue_action_of_a_group_one_may_not_see_is_known(
    office: Office,
) -> None:
    late = accepted(office, OUTSIDER, LATE, TRIALS)
    new = NewItem("Use it", MODELS, Due(FRIDAY), (MEMBER,), (late.ref,))
    office.do(COORDINATOR, lambda ask: items.add(ask, new))
    (found,) = office.do(MEMBER, partial(status.of, group=None))
    assert [r.about for r in found.remarks if r.sign is Sign.WAITS] == [late.ref]


def test_meetings_of_all_groups_colour_none_and_come_next_only_without_ones_own(
    office: Office,
) -> None:
    common = plan(office, 3)
    found = one(office, TRIALS)
    assert found.meeting == common
    assert found.judged.standing is Standing.NO_DATA
    own = plan(office, 9, TRIALS)
    found = one(office, TRIALS)
    assert found.meeting == own
    assert {cause.about for cause in found.judged.because} == {
        "call-items", "announce", "draft-agenda",
    }  # fmt: skip
    assert one(office, MODELS).meeting == common

    def tick(store: Store) -> None:
        for item in store.meetings.preparation([own.id])[own.id]:
            store.meetings.save_prep(own.id, replace(item, state=PrepState.DONE))

    office.db.write_now(tick)
    assert (one(office, TRIALS).ready, one(office, TRIALS).judged.because) == (100, ())


def test_only_a_members_change_is_an_update(office: Office) -> None:
    item = accepted(office, MEMBER, FRIDAY + timedelta(days=60))
    office.clock.forward(days=16)
    silent = Remark(Sign.SILENT, days=16)
    assert silent in one(office, MODELS).remarks
    added = NewItem("Another", MODELS, Due(FRIDAY + timedelta(days=90)), (MEMBER,))
    office.do(COORDINATOR, lambda ask: items.add(ask, added))
    assert silent in one(office, MODELS).remarks
    office.do(MEMBER, lambda ask: items.done(ask, item.ref))
    assert silent not in one(office, MODELS).remarks


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_twelve_groups_one_of_five_thousand_actions_ask_no_more_than_two_of_few(
    office: Office,
) -> None:
    def look() -> tuple[Status, ...]:
        return office.do(COORDINATOR, partial(status.of, group=None))

    made = accepted(office, COORDINATOR, FRIDAY, TRIALS)
    plan(office, 9, TRIALS)
    with statements() as few:
        look()

    def shape(store: Store) -> None:
        multiply(store, made, 4999)
        trials = store.groups.get(TRIALS)
        assert trials is not None
        for number in range(10):
            key, prefix = GroupKey(f"group-{number}"), f"X{chr(65 + number)}"
            store.groups.save(replace(trials, key=key, prefix=prefix, short=key, channel=None))

    office.db.write_now(shape)
    for number in range(10):
        accepted(office, COORDINATOR, FRIDAY, GroupKey(f"group-{number}"))
    plan(office, 10, *(GroupKey(f"group-{number}") for number in range(10)))
    with statements() as many:
        began = process_time()
        found = look()
    assert process_time() - began < 1
    assert len(few) == len(many)
    assert [one.open for one in found] == [0, 5000, *(10 * [1])]
