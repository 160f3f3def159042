"""What was somebody's does not come back to them once they have left, and is not theirs to read."""

from datetime import date

import pytest

from bot.domain.items import Item
from bot.domain.model import Ref
from bot.errors import NotAllowed
from bot.services import items, roles
from bot.services.access import Ask, Op, authorize
from bot.services.undo import undo
from tests.services.conftest import CHAIR, COCHAIR, COORDINATOR, MEMBER, MODELS, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

FRIDAY = date(2026, 12, 4)
REF = Ref("EM-1")


def item(office: Office) -> Item:
    found = office.db.read_now(lambda store: store.items.get(REF))
    assert found is not None
    return found


def removed(office: Office) -> None:
    office.do(CHAIR, lambda ask: roles.remove(ask, MEMBER, MODELS))


def test_reopened_it_needs_an_owner_where_its_owner_has_left(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=FRIDAY)
    office.do(CHAIR, lambda ask: items.done(ask, REF))
    removed(office)
    assert office.do(CHAIR, lambda ask: items.reopen(ask, REF)).owners == ()


def test_undo_gives_nothing_back_to_who_has_left(office: Office) -> None:
    office.add(CHAIR, MEMBER, COCHAIR, due=FRIDAY)
    office.do(CHAIR, lambda ask: items.give(ask, REF, (CHAIR,)))
    office.do(COORDINATOR, lambda ask: roles.remove(ask, MEMBER, MODELS))
    office.do(CHAIR, undo)
    assert item(office).owners == (COCHAIR,)


@pytest.mark.parametrize("op", [Op.SEE_ITEM, Op.NOTE_ITEM, Op.CHANGE_ITEM, Op.UNDO])
def test_who_gave_it_and_left_has_no_more_to_do_with_it(office: Office, op: Op) -> None:
    office.add(MEMBER, CHAIR, due=FRIDAY)
    removed(office)

    def tried(ask: Ask) -> None:
        authorize(ask, op, item_of(ask))

    with pytest.raises(NotAllowed):
        office.do(MEMBER, tried)


def item_of(ask: Ask) -> Item:
    found = ask.store.items.get(REF)
    assert found is not None
    return found
