"""A refusal tells whom to ask, and of another group's affairs nothing else."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.items import Due
from bot.domain.model import Ref
from bot.errors import NotAllowed
from bot.services import items
from bot.services.access import Ask
from bot.views.error_words import sentence
from tests.services.conftest import CHAIR, MEMBER, OTHER, OUTSIDER, Office
from tests.services.shape import refused

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

DUE = date(2026, 12, 4)
EM_1 = Ref("EM-1")
ACTS: dict[str, Callable[[Ask], object]] = {
    "done": lambda ask: items.done(ask, EM_1),
    "move": lambda ask: items.move(ask, EM_1, Due(date(2026, 12, 18)), ""),
    "accept": lambda ask: items.accept(ask, EM_1),
    "show": lambda ask: items.history(ask, EM_1),
}


def said(office: Office, act: Callable[[Ask], object], *, inside: bool = False) -> str:
    refusal = refused(office, OTHER if inside else OUTSIDER, act)
    assert isinstance(refusal, NotAllowed)
    return sentence(refusal, office.db.read_now(lambda store: store.groups.world()))


@pytest.mark.parametrize("act", ACTS)
def test_who_may_not_see_an_action_is_not_told_whose_it_is(office: Office, act: str) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    assert said(office, ACTS[act]) == (
        "That is for the people of Models. You can ask @models-chair."
    )


def test_who_sees_it_hears_whose_it_is(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    assert said(office, ACTS["done"], inside=True) == (
        "Only @models-member and @models-chair can do this. Please ask them."
    )
