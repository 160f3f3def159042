"""What people choose of weekly digests, ask for, and are told ahead."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.digests import Wish
from bot.domain.model import GroupKey, UserId
from bot.domain.outbox import State
from bot.errors import NotAllowed
from bot.services import digest_calls, digests, programme_readers
from bot.services.access import Ask
from bot.services.digest_calls import Called
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    OUTSIDER,
    TRIALS,
    Office,
)
from tests.services.test_digests import AFTER, SUNDAY, look, plan_at, rows

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


@pytest.mark.parametrize(
    ("wish", "with_news", "without"),
    [(Wish.ON, 1, 1), (Wish.NEWS, 1, 0), (Wish.OFF, 0, 0)],
)
def test_the_chair_chooses_between_always_with_news_only_and_never(
    office: Office, wish: Wish, with_news: int, without: int
) -> None:
    office.do(CHAIR, lambda ask: digests.set_wish(ask, ask.world.groups[MODELS], wish))
    plan_at(office, SUNDAY, AFTER)
    assert len(rows(office)) == without
    assert look(office).quiet
    office.add(CHAIR, CHAIR, due=date(2026, 12, 3))
    plan_at(office, "2026-11-30T12:00:00+00:00")
    assert len(rows(office)) == with_news + without
    assert not look(office).quiet


def test_only_who_leads_the_group_chooses_and_over_all_groups_only_coordinators(
    office: Office,
) -> None:
    def wish(user: UserId, key: GroupKey | None) -> Wish:
        def work(ask: Ask) -> Wish:
            group = ask.world.groups[key] if key else None
            digests.set_wish(ask, group, Wish.NEWS)
            return ask.store.digests.wishes(user)[user, key]

        return office.do(user, work)

    for user, key in ((MEMBER, MODELS), (OUTSIDER, MODELS), (CHAIR, None), (CHAIR, TRIALS)):
        with pytest.raises(NotAllowed):
            wish(user, key)
    assert wish(CHAIR, MODELS) is Wish.NEWS
    assert wish(COORDINATOR, None) is Wish.NEWS


def test_asked_for_before_its_hour_the_week_s_comes_once_to_its_readers(office: Office) -> None:
    def send(user: UserId) -> Called:
        return office.do(
            user, lambda ask: digest_calls.send(ask, ask.world.groups[MODELS], is_holiday)
        )

    plan_at(office, "2026-11-22T23:30:00+00:00")
    first = send(COORDINATOR)
    assert (first.week, first.to, first.before) == ("2026-W48", (CHAIR,), None)
    with pytest.raises(NotAllowed):
        send(MEMBER)
    again = send(CHAIR)
    assert (again.to, again.before) == ((), datetime(2026, 11, 23, 7, tzinfo=UTC))
    plan_at(office, AFTER)
    assert [key for key, _ in rows(office)] == ["2026-W48:U0CHAIR01"]


def test_on_a_weekend_the_one_that_comes_is_sent_early_and_not_besides(office: Office) -> None:
    def send() -> Called:
        return office.do(
            CHAIR, lambda ask: digest_calls.send(ask, ask.world.groups[MODELS], is_holiday)
        )

    plan_at(office, SUNDAY)
    assert (send().week, rows(office)) == ("2026-W48", [("2026-W48:U0CHAIR01", State.PENDING)])
    (row,) = office.db.read_now(lambda store: store.outbox.about("digest:models"))
    assert row.out.message.text.startswith("Models, week 48")
    plan_at(office, AFTER, "2026-11-27T12:00:00+00:00", "2026-11-29T12:00:00+00:00")
    again = send()
    assert (again.week, again.to) == ("2026-W48", ())
    assert again.before is not None
    plan_at(office, "2026-11-30T12:00:00+00:00")
    assert [key[5:8] for key, _ in rows(office)] == ["W48", "W49"]


def test_asked_for_by_somebody_else_it_comes_no_later_than_by_itself(office: Office) -> None:
    plan_at(office, SUNDAY)
    office.do(COORDINATOR, lambda ask: digest_calls.send(ask, ask.world.groups[MODELS], is_holiday))
    (row,) = office.db.read_now(lambda store: store.outbox.about("digest:models"))
    assert row.out.at == datetime(2026, 11, 23, 7, tzinfo=UTC)


def test_that_of_all_groups_comes_once_a_week_too(office: Office) -> None:
    def send() -> tuple[str, datetime | None]:
        return office.do(COORDINATOR, lambda ask: programme_readers.send_now(ask, is_holiday))

    plan_at(office, SUNDAY)
    office.do(COORDINATOR, lambda ask: digests.set_wish(ask, None, Wish.ON))
    plan_at(office, "2026-11-23T08:00:30+00:00", "2026-11-25T12:00:00+00:00")
    week, before = send()
    assert week == "2026-W48"
    assert before == datetime(2026, 11, 23, 8, tzinfo=UTC)
    office.clock.set("2026-12-02T12:00:00+00:00")
    assert send() == ("2026-W49", None)
    assert send()[0] == "2026-W49"
    plan_at(office, "2026-12-06T12:00:00+00:00")
    assert [key for key, _ in rows(office, "all")] == [
        "2026-W48:U0COORD01", "2026-W49:U0COORD01",
    ]  # fmt: skip


def test_who_wants_none_gets_one_only_by_asking_for_it_themselves(office: Office) -> None:
    plan_at(office, SUNDAY)
    office.do(CHAIR, lambda ask: digests.set_wish(ask, ask.world.groups[MODELS], Wish.OFF))
    for user, to, unwanted in ((COORDINATOR, (), (CHAIR,)), (CHAIR, (CHAIR,), ())):
        called = office.do(
            user, lambda ask: digest_calls.send(ask, ask.world.groups[MODELS], is_holiday)
        )
        assert (called.to, called.unwanted) == (to, unwanted)


def test_the_next_one_is_named_to_whom_it_goes(office: Office) -> None:
    plan_at(office, SUNDAY)

    def next_of(user: UserId, key: GroupKey | None) -> datetime | None:
        return office.do(
            user,
            lambda ask: digest_calls.next_of(
                ask, ask.world.groups[key] if key else None, is_holiday
            ),
        )

    monday = datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert next_of(CHAIR, MODELS) == monday
    assert next_of(COORDINATOR, MODELS) is None
    assert next_of(COORDINATOR, None) is None
    office.do(COORDINATOR, lambda ask: digests.set_wish(ask, None, Wish.ON))
    assert next_of(COORDINATOR, None) is not None


def test_what_is_told_ahead_is_what_is_put(office: Office) -> None:
    plan_at(office, SUNDAY)

    def told(store: Store) -> list[tuple[str, datetime]]:
        world = store.groups.world()
        until = office.clock() + timedelta(days=14)
        found = digests.planned_for(
            store, world, world.people[CHAIR], is_holiday, office.clock(), until
        )
        return [(out.key, out.at) for out in found]

    ahead = office.db.read_now(told)
    plan_at(office, AFTER, "2026-11-30T12:00:00+00:00")
    put = office.db.read_now(lambda store: store.outbox.by_keys(key for key, _ in ahead))
    assert [(key, put[key].out.at) for key, _ in ahead] == ahead
    assert len(ahead) == 2
    office.do(CHAIR, lambda ask: digests.set_wish(ask, ask.world.groups[MODELS], Wish.NEWS))
    assert office.db.read_now(told) == []
