"""Calendars hold what their reader may see, as files and at secret addresses."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import aiohttp
import pytest
import vobject
from sqlalchemy import text

from bot.domain.deadlines import NewDeadline
from bot.domain.feeds import PATH
from bot.domain.model import Group, GroupKey, GroupState, Ref, UserId
from bot.errors import Busy, NotAllowed
from bot.handlers.calendars import CalendarHandlers, Wanted
from bot.services import calendars, planning, rescheduling
from bot.services.inbox import Reply, encode
from bot.services.planning import Plan
from bot.services.undo import undo
from bot.storage.database import Store
from bot.web import Fetch, application, serving
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    OTHER,
    OUTSIDER,
    TRIALS,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

LONDON = "Europe/London"
START = datetime(2026, 10, 2, 12, tzinfo=UTC)
CALL = Plan("Endpoints", (MODELS,), date(2026, 10, 29), time(15), LONDON, timedelta(hours=1))
URL = "https://concerted.example.org"
HANDLERS = CalendarHandlers(URL)


@pytest.fixture(autouse=True)
def october(office: Office) -> None:
    office.clock.now = START


def plan(office: Office, wanted: Plan = CALL) -> None:
    office.do(COORDINATOR, lambda ask: planning.plan(ask, wanted, is_holiday))


def group_of(office: Office, key: GroupKey) -> Group:
    return office.db.read_now(lambda store: store.groups.world()).groups[key]


def events(content: str) -> dict[str, Any]:
    (calendar,) = vobject.readComponents(content)
    found = calendar.contents.get("vevent", [])
    return {one.uid.value.partition(".")[0]: one for one in found}


def one(office: Office, ref: str = "MT-1", by: UserId = CHAIR) -> Any:
    file = office.do(by, lambda ask: calendars.file_of(ask, Ref(ref)))
    assert file.name == f"{ref}.ics"
    return events(file.content)[ref]


def own(office: Office, user: UserId) -> dict[str, Any]:
    return events(office.do(user, calendars.own_file).content)


def of_group(office: Office, user: UserId, key: GroupKey = MODELS) -> dict[str, Any]:
    group = group_of(office, key)
    return events(office.do(user, lambda ask: calendars.group_file(ask, group)).content)


def link(office: Office, user: UserId, group: Group | None = None) -> str:
    """The token of a new address."""
    address = office.do(user, lambda ask: calendars.new_feed(ask, group, URL))
    assert address.startswith(f"{URL}{PATH}")
    return address.removeprefix(f"{URL}{PATH}").removesuffix(".ics")


def fetched(office: Office, token: str) -> str | None:
    return office.db.read_now(lambda store: calendars.fetched(store, token, office.clock()))


class TestFiles:
    def test_a_meeting_that_moves_keeps_its_uid_and_raises_its_sequence(
        self, office: Office
    ) -> None:
        plan(office)
        first = one(office)
        day = date(2026, 11, 5)
        office.do(
            CHAIR,
            lambda ask: rescheduling.move(ask, Ref("MT-1"), day, time(16), LONDON, is_holiday),
        )
        moved = one(office)
        office.do(CHAIR, undo)
        back = one(office)
        office.do(CHAIR, lambda ask: rescheduling.cancel(ask, Ref("MT-1"), "no", is_holiday))
        gone = one(office)
        assert {each.uid.value for each in (first, moved, back, gone)} == {first.uid.value}
        numbers = [int(each.sequence.value) for each in (first, moved, back, gone)]
        assert numbers == sorted(set(numbers))
        assert first.dtstart.value == back.dtstart.value == datetime(2026, 10, 29, 15, tzinfo=UTC)
        assert moved.dtstart.value == datetime(2026, 11, 5, 16, tzinfo=UTC)
        assert (back.status.value, gone.status.value) == ("CONFIRMED", "CANCELLED")

    def test_the_clock_on_the_wall_changes_nothing(self, office: Office) -> None:
        plan(office)
        first = office.do(MEMBER, calendars.own_file)
        office.clock.forward(days=2)
        assert office.do(MEMBER, calendars.own_file) == first

    def test_a_person_gets_the_meetings_of_their_groups_and_their_own_deadlines(
        self, office: Office
    ) -> None:
        plan(office)
        plan(office, replace(CALL, groups=(TRIALS,)))
        plan(office, replace(CALL, groups=()))

        def promise(store: Store) -> None:
            for owner in (MEMBER, CHAIR):
                new = NewDeadline("Abstracts", date(2026, 12, 1), (MODELS,), owner=owner)
                store.deadlines.create(new, CHAIR, START)

        office.db.write_now(promise)
        assert set(own(office, MEMBER)) == {"MT-1", "MT-3", "DL-1"}
        assert set(own(office, OUTSIDER)) == {"MT-2", "MT-3"}
        assert set(own(office, COORDINATOR)) == {"MT-1", "MT-2", "MT-3"}
        assert set(of_group(office, MEMBER)) == {"MT-1", "MT-3", "DL-1", "DL-2"}

    def test_a_guest_gets_the_one_meeting(self, office: Office) -> None:
        plan(office)
        plan(office)
        assert own(office, GUEST) == {}

        def invite(store: Store) -> None:
            meeting = store.meetings.get(Ref("MT-2"))
            assert meeting is not None
            store.meetings.save(replace(meeting, guests=(GUEST,)), expected=meeting.version)

        office.db.write_now(invite)
        assert set(own(office, GUEST)) == {"MT-2"}

    def test_what_is_cancelled_or_over_stays_for_thirty_days(self, office: Office) -> None:
        plan(office)
        plan(office, replace(CALL, day=date(2027, 3, 4)))
        plan(office, replace(CALL, day=date(2027, 10, 7)))
        office.do(CHAIR, lambda ask: rescheduling.cancel(ask, Ref("MT-2"), "no", is_holiday))
        assert set(own(office, MEMBER)) == {"MT-1", "MT-2"}  # The third is more than a year ahead.
        office.clock.forward(days=29)
        assert set(own(office, MEMBER)) == {"MT-1", "MT-2", "MT-3"}
        office.clock.forward(days=2)
        assert set(own(office, MEMBER)) == {"MT-1", "MT-3"}
        office.clock.forward(days=28)
        assert set(own(office, MEMBER)) == {"MT-3"}

    def test_nobody_gets_what_they_may_not_see(self, office: Office) -> None:
        plan(office)
        with pytest.raises(NotAllowed):
            one(office, by=OUTSIDER)
        with pytest.raises(NotAllowed):
            of_group(office, OUTSIDER)


class TestSecretAddresses:
    def test_what_stands_there_is_that_persons_own(self, office: Office) -> None:
        plan(office)
        token = link(office, MEMBER)
        assert len(token) == 22  # 128 bits
        assert fetched(office, token) == office.do(MEMBER, calendars.own_file).content
        assert events(fetched(office, link(office, OUTSIDER)) or "") == {}
        assert fetched(office, token[:-1] + ("A" if token[-1] != "A" else "B")) is None

    def test_a_new_address_ends_the_one_before_and_revoking_ends_all(self, office: Office) -> None:
        models = group_of(office, MODELS)
        first, second, group = (
            link(office, MEMBER), link(office, MEMBER), link(office, MEMBER, models)
        )  # fmt: skip
        others = link(office, OTHER)
        assert fetched(office, first) is None
        assert fetched(office, second) is not None
        assert office.do(MEMBER, calendars.revoke) == 2
        assert fetched(office, second) is fetched(office, group) is None
        assert fetched(office, others) is not None

    def test_rights_are_those_of_the_moment(self, office: Office) -> None:
        plan(office)
        models = group_of(office, MODELS)
        mine, groups = link(office, MEMBER), link(office, MEMBER, models)
        office.db.write_now(lambda store: store.groups.remove_role(MEMBER, MODELS))
        assert events(fetched(office, mine) or "") == {}
        assert fetched(office, groups) is None

    def test_who_left_reads_nothing_and_a_closed_group_ends(self, office: Office) -> None:
        models = group_of(office, MODELS)
        mine, groups = link(office, MEMBER), link(office, OTHER, models)
        person = office.db.read_now(lambda store: store.groups.person(MEMBER))
        assert person is not None
        office.db.write_now(lambda store: store.groups.save_person(replace(person, left=True)))
        assert fetched(office, mine) is None
        closed = replace(models, state=GroupState.CLOSED)
        office.db.write_now(lambda store: store.groups.save(closed))
        assert fetched(office, groups) is None

    def test_strangers_make_none_of_a_group(self, office: Office) -> None:
        with pytest.raises(NotAllowed):
            link(office, OUTSIDER, group_of(office, MODELS))

    def test_the_address_is_said_once_and_kept_nowhere(self, office: Office) -> None:
        reply = office.do(MEMBER, lambda ask: HANDLERS.told(ask, Wanted(do="feed")))
        assert isinstance(reply, Reply)
        assert reply.secret is not None
        assert reply.private
        token = reply.secret.text.partition(PATH)[2][:22]
        assert fetched(office, token) is not None
        assert token not in encode(reply) + reply.message.text
        rows = office.db.read_now(lambda store: store._session.execute(text("SELECT * FROM feeds")))
        assert token not in str(rows.all())
        again = office.do(MEMBER, lambda ask: HANDLERS.told(ask, Wanted()))
        assert isinstance(again, Reply)
        assert "You have 1 calendar link: your own dates" in again.message.text

    def test_without_a_public_address_there_is_the_file(self, office: Office) -> None:
        alone = CalendarHandlers(None)
        reply = office.do(MEMBER, lambda ask: alone.told(ask, Wanted(do="feed")))
        assert isinstance(reply, Reply)
        assert reply.secret is None
        assert reply.file is not None
        assert "no calendar links here" in reply.message.text


@asynccontextmanager
async def site(fetch: Fetch) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    async def ready() -> dict[str, bool]:
        return {}

    async with (
        serving(application(ready, fetch), "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as client,
    ):
        yield client, f"http://127.0.0.1:{port}{PATH}"


class TestOverHttp:
    async def test_a_calendar_is_fetched_once_and_then_only_when_it_changed(
        self, office: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        plan(office)
        token = link(office, MEMBER)
        async with site(calendars.reader(office.db, office.clock)) as (client, place):
            async with client.get(f"{place}{token}.ics") as first:
                assert first.status == 200
                assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
                assert first.headers["Cache-Control"] == "private, max-age=900"
                assert set(events(await first.text())) == {"MT-1"}
                known = {"If-None-Match": first.headers["ETag"]}
            async with client.get(f"{place}{token}.ics", headers=known) as same:
                assert (same.status, await same.text()) == (304, "")
            plan(office)
            async with client.get(f"{place}{token}.ics", headers=known) as other:
                assert (other.status, len(events(await other.text()))) == (200, 2)
            office.do(MEMBER, calendars.revoke)
            for wrong in (token, "A" * 22, "short", f"{token}A", "..%2f..%2fhealthz"):
                async with client.get(f"{place}{wrong}.ics", headers=known) as gone:
                    assert gone.status == 404
                    assert "VCALENDAR" not in await gone.text()
        assert token not in caplog.text

    async def test_a_busy_database_asks_to_come_again(self, office: Office) -> None:
        async def busy(token: str) -> str | None:
            raise Busy("not now")

        async with site(busy) as (client, place), client.get(f"{place}{'A' * 22}.ics") as said:
            assert (said.status, said.headers["Retry-After"]) == (503, "60")
