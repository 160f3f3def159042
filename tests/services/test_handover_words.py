"""Handing over in words: tried out with a button that does it, refused to oneself."""

import pytest

from bot.domain.model import UserId
from bot.handlers.handovers import HandoverSaid, said
from bot.handlers.registry import Invocation
from bot.services.inbox import Reply
from bot.views.blocks import parse_value
from tests.services.conftest import CHAIR, MEMBER, MODELS, MODELS_CHANNEL, OTHER, Office
from tests.services.shape import group
from tests.services.test_departures import DUE, left

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def answer(office: Office, wanted: HandoverSaid) -> Reply:
    by = Invocation("command", "1", CHAIR, MODELS_CHANNEL)
    reply = office.do(CHAIR, lambda ask: said(ask, by, wanted))
    assert isinstance(reply, Reply)
    return reply


def test_what_was_tried_out_has_the_button_that_does_it(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    left(office, MEMBER)
    tried = answer(office, HandoverSaid(MEMBER, OTHER, group(office, MODELS), dry=True)).message
    (button,) = [b["elements"][0] for b in tried.blocks if b["type"] == "actions"]  # type: ignore[index]  # blocks are plain JSON
    assert button["text"]["text"] == "Do it"
    assert (
        parse_value(button["value"]).get("line") == f"handover <@{MEMBER}> to <@{OTHER}> in models"
    )


@pytest.mark.parametrize(
    ("who", "to", "words"),
    [
        (OTHER, CHAIR, "@other-member left nothing behind in Models."),
        (MEMBER, MEMBER, "cannot be handed over to @models-member. Name somebody else."),
    ],
)
def test_of_who_left_nothing_and_to_oneself_nothing_is_handed_over(
    office: Office, who: UserId, to: UserId, words: str
) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    left(office, MEMBER)
    assert words in answer(office, HandoverSaid(who, to)).message.text
