"""A card that its channel could not take is posted once the channel is found or linked."""

from datetime import date

import pytest

from bot.domain.model import Ref
from bot.errors import DeliveryError, Refused
from bot.services import items, links
from bot.services.delivery import PACE, Delivery
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COORDINATOR, MODELS, MODELS_CHANNEL, Office
from tests.services.shape import FREE, channel, group
from tests.services.test_delivery import Slack
from tests.services.test_happenings import Ear, ear

__all__ = ["ear"]
DUE = date(2026, 12, 10)
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def said(office: Office, *answers: DeliveryError, posts: int = 4) -> list[str]:
    """Ids of the actions whose cards Slack took, in turn, each with its channel."""
    slack = Slack(answers=list(answers))
    for _ in range(posts):
        await Delivery(office.db, slack, office.clock, is_holiday).deliver()
        office.clock.now += PACE
    taken = slack.posts[len(answers) :]
    return [
        f"{row.out.message.text.split()[1]} {row.out.lane}" for row in taken if card(row.out.key)
    ]


def card(key: str) -> bool:
    return key.endswith(":card")


async def test_cards_refused_while_the_channel_was_lost_come_once_in_order(ear: Ear) -> None:
    office = ear.office
    channel(office, MODELS_CHANNEL, "wg-models")
    for text in ("First", "Second", "Third"):
        office.add(CHAIR, CHAIR, due=DUE, text=text)
    lost = Refused("is_archived")
    assert await said(office, lost, lost, lost) == []
    office.do(CHAIR, lambda ask: items.done(ask, Ref("EM-2")))
    office.clock.forward(hours=1)
    for number in (1, 2):
        await ear.hear("channel_unarchive", f"Ev{number}", channel=MODELS_CHANNEL)
    assert await said(office) == [f"EM-1 {MODELS_CHANNEL}", f"EM-3 {MODELS_CHANNEL}"]
    await ear.hear("channel_archive", "Ev3", channel=MODELS_CHANNEL)
    await ear.hear("channel_unarchive", "Ev4", channel=MODELS_CHANNEL)
    assert await said(office) == []


async def test_another_refusal_is_not_tried_again(ear: Ear) -> None:
    channel(ear.office, MODELS_CHANNEL, "wg-models")
    ear.office.add(CHAIR, CHAIR, due=DUE)
    await said(ear.office, Refused("msg_too_long"))
    await ear.hear("channel_unarchive", channel=MODELS_CHANNEL)
    assert await said(ear.office) == []


async def test_what_was_added_without_a_channel_gets_its_card_when_one_is_linked(
    office: Office,
) -> None:
    channel(office, MODELS_CHANNEL, "wg-models")
    channel(office, FREE)
    office.add(CHAIR, CHAIR, due=DUE, text="Shown already")
    await said(office)
    office.do(CHAIR, lambda ask: links.unlink(ask))
    for number in range(27):
        office.add(CHAIR, CHAIR, due=DUE, text=f"Number {number}")
    office.do(COORDINATOR, lambda ask: links.link(ask, MODELS), FREE)
    shown = await said(office, posts=40)
    assert shown == [f"EM-{number} {FREE}" for number in range(4, 29)]
    assert group(office, MODELS).channel == FREE
