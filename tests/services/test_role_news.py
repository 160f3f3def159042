"""Who is given a role, or loses it, hears so in the message of the day; where nobody said which
group somebody is to leave, they are asked."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.app import build
from bot.config import Settings
from bot.domain.departures import Why
from bot.domain.model import Channel, Role, UserId
from bot.errors import BadInput, Code, NotAllowed, NotFound
from bot.handlers.registry import Invocation
from bot.handlers.surfaces import Surfaces
from bot.services import departures, groups, roles
from bot.services.inbox import Reply
from bot.services.role_news import ROLE
from bot.world import utc_now
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    STEERING,
    TRIALS,
    Office,
)
from tests.services.shape import refused

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

COCHAIR_NEWS = (
    "You are now co-chair of Models, named by @models-chair."
    " While the chair is away, you can do all that the chair can."
)


def name(office: Office, by: UserId, user: UserId, role: Role, key: object = MODELS) -> None:
    office.clock.forward(seconds=20)
    office.do(by, lambda ask: roles.name_role(ask, user, role, key))  # type: ignore[arg-type]  # None too


def news(office: Office, user: UserId) -> list[str]:
    rows = office.db.read_now(lambda store: store.outbox.waiting(user))
    found = [row.out for row in rows if row.out.kind == ROLE]
    assert all((out.bundle, out.quiet_hours) == ("daily", True) for out in found)
    return [out.message.text for out in found]


def test_who_is_given_a_role_hears_what_it_is_and_who_gave_it(office: Office) -> None:
    name(office, CHAIR, MEMBER, Role.OBSERVER)
    name(office, CHAIR, MEMBER, Role.COCHAIR)
    assert news(office, MEMBER) == [COCHAIR_NEWS]
    name(office, COORDINATOR, MEMBER, Role.STEERING, None)
    assert news(office, MEMBER)[1].startswith("You are now a member of the steering committee, ")
    name(office, COORDINATOR, COORDINATOR, Role.STEERING, None)
    assert news(office, COORDINATOR) == []


def test_who_is_taken_out_hears_it_only_while_in_another_group(office: Office) -> None:
    name(office, CHAIR, MEMBER, Role.COCHAIR)
    office.do(CHAIR, lambda ask: roles.remove(ask, MEMBER, MODELS))
    assert news(office, MEMBER) == []
    name(office, CHAIR, OTHER, Role.COCHAIR)
    name(office, OUTSIDER, OTHER, Role.MEMBER, TRIALS)
    office.do(CHAIR, lambda ask: roles.remove(ask, OTHER, MODELS))
    assert news(office, OTHER) == [
        "You are now a member of Trials, named by @trials-member."
        " You see its actions, add your own and note what you know.",
        "You are no longer in Models: @models-chair took you out.",
    ]


def test_what_is_no_longer_so_is_not_said(office: Office) -> None:
    for user in (MEMBER, OTHER):
        name(office, CHAIR, user, Role.COCHAIR)
    now = office.clock()
    office.db.write_now(
        lambda store: departures.depart(store, MEMBER, MODELS, Why.CHANNEL, MEMBER, "gone", now)
    )
    assert news(office, MEMBER) == []
    office.do(COORDINATOR, lambda ask: groups.close(ask, MODELS))
    assert news(office, OTHER) == []


def test_where_one_group_only_can_be_meant_it_is_that_one(office: Office) -> None:
    name(office, OUTSIDER, MEMBER, Role.MEMBER, TRIALS)
    assert office.do(CHAIR, lambda ask: roles.only_group(ask, MEMBER)) == MODELS
    asked = refused(office, COORDINATOR, lambda ask: roles.only_group(ask, MEMBER))
    choices = asked.facts["choices"]
    assert asked.code is Code.GROUP_WHICH
    assert isinstance(choices, tuple)
    assert [getattr(one, "key", one) for one in choices] == [MODELS, TRIALS, "all"]
    name(office, COORDINATOR, OTHER, Role.STEERING, None)
    besides = refused(office, COORDINATOR, lambda ask: roles.only_group(ask, OTHER))
    assert besides.code is Code.GROUP_WHICH
    assert office.do(COORDINATOR, lambda ask: roles.only_group(ask, STEERING)) is None


def test_a_chair_hears_that_a_person_is_in_no_group_others_whom_to_ask(office: Office) -> None:
    office.do(CHAIR, lambda ask: roles.remove(ask, OTHER, MODELS))
    assert isinstance(refused(office, CHAIR, lambda a: roles.only_group(a, OTHER)), NotFound)
    assert isinstance(refused(office, MEMBER, lambda a: roles.only_group(a, OTHER)), NotAllowed)


@pytest.fixture(scope="module")
def surfaces() -> Iterator[Surfaces]:
    """The doors of the whole bot; the database behind them here is never opened."""
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1-roles", "SLACK_APP_TOKEN": "xapp-1-roles"}
    bot = build(Settings.load(tokens | {"DATABASE_URL": "sqlite:///unopened.db"}), utc_now)
    yield bot.surfaces
    bot.db.close_now()


def test_said_in_a_direct_message_nothing_is_removed_before_one_is_picked(
    office: Office, surfaces: Surfaces
) -> None:
    def types(user: UserId, line: str) -> str:
        by = Invocation("message", "1", user, MODELS_CHANNEL, line, ts="1.1", by_outbox=True,
                        direct=True)  # fmt: skip
        by = replace(by, channel=by.channel.__class__("D0MEMBER1"))
        outcome = office.do(user, surfaces._running(by), by.channel)
        assert isinstance(outcome, Reply)
        return outcome.message.text

    channel = Channel(MODELS_CHANNEL, "wg-models", bot_in=True)
    office.db.write_now(lambda store: store.groups.save_channel(channel))
    name(office, OUTSIDER, MEMBER, Role.MEMBER, TRIALS)
    with pytest.raises(BadInput):
        types(COORDINATOR, f"remove <@{MEMBER}>")
    held = office.db.read_now(lambda store: store.groups.memberships(MEMBER))
    assert {m.group for m in held} == {MODELS, TRIALS}
    assert types(CHAIR, f"remove <@{MEMBER}>") == (
        "@models-member has no role in Models any more. If they are still in #wg-models they can"
        " read what is posted there; take them out in Slack too."
    )
    assert "no role in Trials" in types(COORDINATOR, f"remove <@{MEMBER}> for all")
