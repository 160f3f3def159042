"""However much somebody had: they can leave, hear nothing more, and slow nobody down."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.items import Assignment, Due, NewItem
from bot.domain.model import Group, GroupKey, Membership, Ref, Role
from bot.domain.notices import ASK
from bot.domain.outbox import Message, Outgoing
from bot.services import departures, happenings, items
from bot.services.access import Ask
from bot.services.happenings import Event
from bot.services.inbox import Inbox, Met, Request, Silent
from bot.storage.database import Store
from tests.services.conftest import CHAIR, MEMBER, MODELS, MODELS_CHANNEL, OTHER, Office
from tests.services.test_departures import TOMORROW, item, left, settled
from tests.storage.counting import statements

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
GROUPS = (MODELS, *(GroupKey(f"group-{n}") for n in range(4)))


def fill(office: Office, number: int, groups: tuple[GroupKey, ...] = GROUPS) -> None:
    """So many actions of the member, each with a card that stands in Slack, and a reminder."""
    now = office.clock()

    def write(store: Store) -> None:
        for n, key in enumerate(groups[1:]):
            store.groups.save(Group(key, f"G{n}", key, key, zone="Europe/London"))
            store.groups.set_role(Membership(CHAIR, key, Role.CHAIR))
            store.groups.set_role(Membership(MEMBER, key, Role.MEMBER))
        for n in range(number):
            new = NewItem(f"Draft {n}", groups[n % len(groups)], Due(TOMORROW), ())
            made = store.items.create(new, CHAIR, now, (Assignment(MEMBER, CHAIR, now),))
            card = Outgoing(
                made.card_key,
                made.subject,
                "card",
                "C1",
                Message("x"),
                now,
                now + timedelta(days=9),
            )
            store.outbox.put_sent(card, "C1", f"{n}.1")
            store.outbox.put(replace(card, key=f"ask:{n}", kind=ASK, lane=MEMBER))

    office.db.write_now(write)
    assert len(office.pending(MEMBER)) == number


async def test_one_with_much_to_do_can_leave_and_hears_nothing_more(office: Office) -> None:
    fill(office, 120)
    inbox = Inbox(office.db, office.clock, lambda: None, "Europe/London")

    def gone(store: Store, event: Event, now: object) -> None:
        known = store.groups.person(MEMBER)
        assert known is not None
        store.groups.save_person(replace(known, left=True))
        departures.learn(store, known, replace(known, left=True), office.clock())

    with statements() as said:
        assert await happenings.once(inbox, Event("Ev1", MODELS_CHANNEL, MEMBER, Met()), gone)
    assert len(said) < 4 * 120
    found = office.db.read_now(lambda store: store.items.all_open())
    assert (len(found), [one.ref for one in found if one.owners]) == (120, [])
    office.clock.forward(days=2)
    office.plan()
    assert office.pending(MEMBER) == []


async def test_a_request_looks_only_at_what_it_touched(office: Office) -> None:
    fill(office, 12, GROUPS[:1])
    gone = left(office, MEMBER)
    office.add(CHAIR, OTHER, due=TOMORROW)
    inbox = Inbox(office.db, office.clock, lambda: None, "Europe/London")

    async def asked(key: str, ref: str) -> int:
        def done(ask: Ask) -> Silent:
            items.done(ask, Ref(ref))
            return Silent()

        with statements() as said:
            await inbox.once(Request("command", key, CHAIR, MODELS_CHANNEL), done)
        return sum("FROM former_refs" in one for one in said)

    assert await asked("1", "EM-13") == 0
    assert await asked("2", "EM-1") == 1
    assert not settled(office, gone.id)
    assert item(office, "EM-1").owners == ()
