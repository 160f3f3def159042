"""The digest over all groups and the steering report: to whom, when, and what is in them."""

from dataclasses import replace
from datetime import date

import pytest
from structlog.testing import capture_logs

from bot.domain.deadlines import Kind, NewDeadline
from bot.domain.digests import Wish
from bot.domain.items import Due, NewItem
from bot.domain.meetings import MeetingKind
from bot.domain.model import Group, GroupKey, Ref
from bot.domain.outbox import State
from bot.domain.programme_digests import ProgrammeDigest
from bot.domain.state import Why
from bot.domain.steering import Report
from bot.errors import NotAllowed
from bot.services import deadlines, digests, items, programme_digests, programme_readers, steering
from bot.services.access import Ask
from bot.storage.database import Store
from bot.views import steering as report_view
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    OUTSIDER,
    STEERING,
    TRIALS,
    Office,
)
from tests.services.test_digests import person, plan_at, rows
from tests.services.test_meetings import plan
from tests.services.test_overview import accepted
from tests.storage.counting import statements

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

SUNDAY, BEFORE, AFTER = (
    "2026-11-22T12:00:00+00:00",
    "2026-11-23T07:59:30+00:00",
    "2026-11-23T08:00:30+00:00",
)
"""The coordinator is in London."""
LATE, AHEAD = date(2026, 10, 20), date(2026, 12, 18)


def wish(office: Office, chosen: Wish) -> None:
    office.do(COORDINATOR, lambda ask: digests.set_wish(ask, None, chosen))


def look(office: Office) -> ProgrammeDigest:
    return office.db.read_now(
        lambda store: programme_digests.compose(
            store, store.groups.world(), COORDINATOR, office.clock(), is_holiday
        )
    )


def put(office: Office) -> list[tuple[str, State]]:
    return rows(office, "all")


class TestWhen:
    def test_nobody_gets_it_who_did_not_ask(self, office: Office) -> None:
        plan_at(office, SUNDAY, AFTER, "2026-11-30T09:00:00+00:00")
        assert put(office) == []

    def test_once_asked_for_it_comes_each_monday_at_eight_once(self, office: Office) -> None:
        accepted(office, OUTSIDER, LATE, TRIALS)
        office.clock.set(SUNDAY)
        wish(office, Wish.ON)
        plan_at(office, SUNDAY, BEFORE)
        assert put(office) == []
        plan_at(office, AFTER, AFTER, "2026-11-24T09:00:00+00:00")
        assert put(office) == [("2026-W48:U0COORD01", State.PENDING)]
        plan_at(office, "2026-11-30T08:00:30+00:00")
        assert [key for key, _ in put(office)] == ["2026-W48:U0COORD01", "2026-W49:U0COORD01"]
        wish(office, Wish.OFF)
        plan_at(office, "2026-12-07T08:00:30+00:00")
        assert len(put(office)) == 2

    def test_only_the_news_and_in_a_quiet_week_none(self, office: Office) -> None:
        def furnish(store: Store) -> None:
            trials = store.groups.world().groups[TRIALS]
            store.groups.save(replace(trials, state=type(trials.state).CLOSED))

        office.db.write_now(furnish)
        plan(office, 60)
        office.clock.set(SUNDAY)
        wish(office, Wish.NEWS)
        plan_at(office, SUNDAY, AFTER)
        assert put(office) == []
        assert look(office).quiet
        accepted(office, MEMBER, LATE)
        plan_at(office, "2026-11-30T08:00:30+00:00")
        assert [key for key, _ in put(office)] == ["2026-W49:U0COORD01"]

    def test_on_a_holiday_there_it_waits_for_the_next_day_and_whoever_left_gets_none(
        self, office: Office
    ) -> None:
        office.clock.set("2027-03-28T12:00:00+00:00")
        wish(office, Wish.ON)
        plan_at(office, "2027-03-28T12:00:00+00:00", "2027-03-29T12:00:00+00:00")
        assert put(office) == []
        plan_at(office, "2027-03-30T07:00:30+00:00")
        assert put(office) == [("2027-W13:U0COORD01", State.PENDING)]
        person(office, COORDINATOR, left=True)
        plan_at(office, "2027-04-05T12:00:00+00:00", "2027-04-06T12:00:00+00:00")
        assert len(put(office)) == 1

    def test_what_is_foretold_is_what_comes(self, office: Office) -> None:
        office.clock.set(SUNDAY)
        wish(office, Wish.ON)
        plan_at(office, SUNDAY)

        def foretold(store: Store) -> list[str]:
            world = store.groups.world()
            now, reader = office.clock(), world.people[COORDINATOR]
            until = now.replace(day=29)
            found = digests.planned_for(store, world, reader, is_holiday, now, until)
            return [out.key for out in found if out.subject == "digest:all"]

        assert office.db.read_now(foretold) == ["digest:all:2026-W48:U0COORD01"]
        next_ = office.db.read_now(
            lambda s: programme_readers.next_at(s, s.groups.world(), is_holiday, office.clock())
        )
        assert next_ is not None
        assert next_.isoformat() == "2026-11-23T08:00:00+00:00"

    def test_one_that_cannot_be_made_says_so_and_stops_no_other(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        office.clock.set(SUNDAY)
        wish(office, Wish.ON)
        plan_at(office, SUNDAY)
        monkeypatch.setattr(programme_digests, "_slips", lambda *_: 1 / 0)
        with capture_logs() as logged:
            plan_at(office, AFTER)
        (row,) = office.db.read_now(lambda store: store.outbox.about("digest:all"))
        assert row.out.message.text.startswith("I could not make this week's digest of all groups")
        assert str(logged[0]["reference"]) in row.out.message.text
        assert rows(office)

    def test_only_coordinators_may_see_it(self, office: Office) -> None:
        for user in (CHAIR, MEMBER, STEERING, GUEST):
            with pytest.raises(NotAllowed):
                office.do(user, lambda ask: programme_readers.seen_now(ask, is_holiday))
            with pytest.raises(NotAllowed):
                office.do(user, lambda ask: programme_readers.send_now(ask, is_holiday))
        office.do(COORDINATOR, lambda ask: programme_readers.send_now(ask, is_holiday))
        assert len(put(office)) == 1


class TestContent:
    def test_it_tells_what_is_missing_and_what_waits_for_whom(self, office: Office) -> None:
        office.clock.set("2026-10-12T12:00:00+00:00")
        office.plan()
        accepted(office, MEMBER, LATE)
        office.add(CHAIR, due=AHEAD)
        accepted(office, OUTSIDER, LATE, TRIALS)
        person(office, OUTSIDER, left=True)
        plan(office, 60, MODELS)
        office.clock.set(AFTER)
        told = look(office)
        assert told.missing.chair == (TRIALS,)
        assert told.missing.meeting == (TRIALS,)
        assert set(told.missing.channel) == set()
        assert told.waiting == {MODELS: 2}
        assert told.unled == ((Ref("PC-1"), Why.OVERDUE),)
        assert list(told.named) == [Ref("PC-1")]
        assert [str(thing.ref) for thing in told.escalated] == ["EM-1"]
        office.do(MEMBER, lambda ask: items.note(ask, Ref("EM-1"), "nearly there"))
        assert look(office).escalated == ()

    def test_a_slip_that_hits_another_group_is_told_for_a_week(self, office: Office) -> None:
        awaited = accepted(office, OUTSIDER, date(2026, 12, 1), TRIALS)
        other = accepted(office, OUTSIDER, date(2026, 12, 1), TRIALS)
        new = NewItem("Use it", MODELS, Due(date(2026, 12, 3)), (MEMBER,), (awaited.ref,))
        own = NewItem("Use", TRIALS, Due(date(2026, 12, 3)), (OUTSIDER,), (other.ref,))
        office.do(COORDINATOR, lambda ask: items.add(ask, new))
        office.do(COORDINATOR, lambda ask: items.add(ask, own))
        for item in (awaited, other):
            office.do(
                OUTSIDER,
                lambda ask, ref=item.ref: items.move(ask, ref, Due(date(2026, 12, 9)), "late"),  # type: ignore[misc]  # mypy cannot infer a lambda's default
            )
        assert look(office).slips == ()
        office.clock.forward(days=7)
        (slip,) = look(office).slips
        assert (slip.thing.ref, [hit.step.ref for hit in slip.hits]) == (awaited.ref, ["EM-1"])
        office.clock.forward(days=7)
        assert look(office).slips == ()

    def test_it_is_compared_with_the_snapshots_of_a_week_before(self, office: Office) -> None:
        plan_at(office, "2026-11-08T12:00:00+00:00")
        item = accepted(office, MEMBER, date(2026, 11, 12))
        plan_at(office, "2026-11-16T00:00:30+00:00")
        office.clock.set("2026-11-18T12:00:00+00:00")
        office.do(MEMBER, lambda ask: items.done(ask, item.ref))
        plan_at(office, AFTER)
        told = look(office)
        assert (told.before[MODELS].open, told.before[MODELS].overdue) == (1, 1)
        assert told.closed == {MODELS: 1}

    def test_as_many_queries_for_twelve_groups_as_for_two(self, office: Office) -> None:
        with statements() as few:
            look(office)

        def shape(store: Store) -> None:
            trials = store.groups.get(TRIALS)
            assert trials is not None
            for number in range(10):
                key, prefix = GroupKey(f"group-{number}"), f"X{chr(65 + number)}"
                store.groups.save(replace(trials, key=key, prefix=prefix, short=key, channel=None))

        office.db.write_now(shape)
        for number in range(10):
            accepted(office, COORDINATOR, AHEAD, GroupKey(f"group-{number}"))
        with statements() as many:
            assert len(look(office).report.statuses) == 12
        assert len(many) == len(few)


class TestReport:
    def report(self, ask: Ask, group: Group | None = None) -> Report | None:
        return steering.report(ask, group, is_holiday)

    def test_each_gets_it_of_the_groups_whose_status_they_may_see(self, office: Office) -> None:
        for user, seen in (
            (MEMBER, ["models"]),
            (OUTSIDER, ["trials"]),
            (COORDINATOR, ["models", "trials"]),
            (STEERING, ["models", "trials"]),
        ):
            found = office.do(user, self.report)
            assert found is not None
            assert [str(one.group.key) for one in found.statuses] == seen
        assert office.do(GUEST, self.report) is None
        trials = office.db.read_now(lambda store: store.groups.get(TRIALS))
        with pytest.raises(NotAllowed):
            office.do(MEMBER, lambda ask: self.report(ask, trials))

    def test_what_all_groups_meet_for_is_in_danger_by_what_comes_before_it(
        self, office: Office
    ) -> None:
        late = accepted(office, OUTSIDER, LATE, TRIALS)

        def add(ask: Ask, due: date, *needs: Ref, of: GroupKey = MODELS) -> Ref:
            new = NewDeadline("Paper", due, (of,), Kind.DELIVERABLE, needs=needs)
            return deadlines.add(ask, new).deadline.ref

        held = office.do(COORDINATOR, lambda ask: add(ask, date(2026, 12, 11), late.ref))
        office.do(COORDINATOR, lambda ask: add(ask, date(2026, 12, 12)))
        office.do(COORDINATOR, lambda ask: add(ask, date(2027, 3, 1), late.ref))
        plan_ahead = plan(office, 60)
        calm = office.do(COORDINATOR, self.report)
        assert calm is not None
        assert [risk.ref for risk in calm.risks] == [held, "DL-3"]
        meeting = office.db.write_now(
            lambda s: s.meetings.save(replace(plan_ahead, kind=MeetingKind.FACE_TO_FACE), 1)
        )
        found = office.do(MEMBER, self.report)
        assert found is not None
        assert (found.event, [risk.ref for risk in found.risks]) == (meeting, [held])
        assert "needs PC-1, which is overdue" in report_view.paragraph(
            found, office.db.read_now(lambda s: s.groups.world()).programme, "UTC"
        )
        theirs = office.do(OUTSIDER, self.report)
        assert theirs is not None
        assert theirs.risks == ()
