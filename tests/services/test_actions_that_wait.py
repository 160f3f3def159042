"""Actions that wait for deadlines, of their own group and of others."""

from datetime import date, timedelta
from functools import partial

import pytest

from bot.domain.deadlines import NewDeadline
from bot.domain.items import Due, Item, NewItem
from bot.domain.model import Ref
from bot.domain.state import Sign
from bot.errors import Code, NotFound
from bot.handlers.item_clicks import show_details
from bot.services import chains, deadlines, items, status
from bot.services.inbox import Reply
from tests.services.conftest import COORDINATOR, MEMBER, MODELS, TRIALS, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

DAY = date(2026, 12, 4)


def deadline(office: Office) -> Ref:
    made = NewDeadline("Abstracts", DAY, (TRIALS,))
    return office.do(COORDINATOR, lambda ask: deadlines.add(ask, made)).deadline.ref


def waiting(office: Office, *needs: Ref) -> Item:
    made = NewItem("Draft the letter", MODELS, Due(DAY + timedelta(days=7)), (MEMBER,), needs)
    return office.do(MEMBER, lambda ask: items.add(ask, made)).item


def test_an_action_waits_for_a_deadline_and_is_hit_when_that_moves(office: Office) -> None:
    first = deadline(office)
    item = waiting(office, first)
    assert item.needs == (first,)
    card = office.db.read_now(lambda store: store.outbox.by_key(item.card_key))
    assert card is not None
    assert "*Waiting for*\\nDL-1" in str(card.out.message.blocks)
    shown = office.do(MEMBER, partial(show_details, ref=item.ref))
    assert isinstance(shown, Reply)
    assert "DL-1 (due Fri 4 Dec 2026)" in str(shown.message.blocks)
    later = DAY + timedelta(days=9)
    office.do(COORDINATOR, lambda ask: deadlines.move(ask, first, later, "Late"))
    hits = office.db.read_now(lambda store: chains.slipped(store, first))
    assert [(hit.step.ref, hit.earliest) for hit in hits] == [(item.ref, later)]
    with pytest.raises(NotFound) as refused:
        waiting(office, Ref("DL-9"))
    assert refused.value.code is Code.NO_SUCH_ID


def test_status_says_that_it_waits_for_a_deadline_that_is_over(office: Office) -> None:
    first = deadline(office)
    item = waiting(office, first)
    office.clock.now = office.clock.now + timedelta(days=13)
    (told,) = office.do(COORDINATOR, lambda ask: status.of(ask, ask.world.groups[MODELS]))
    waits = [one for one in told.remarks if one.sign is Sign.WAITS]
    assert [(one.ref, one.about) for one in waits] == [(item.ref, first)]
