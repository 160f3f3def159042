"""A group whose channel is lost is told once, privately, and how to link again."""

from dataclasses import replace

import pytest

from bot.domain.model import Channel, ChannelId, Role
from bot.domain.outbox import Message, Outgoing, State, Way
from bot.errors import Refused
from bot.services import channel_losses, checklist, links, overview
from bot.services.delivery import Delivery
from bot.storage.database import Store
from bot.views import home as view
from bot.views import reports
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MODELS,
    MODELS_CHANNEL,
    Office,
)
from tests.services.shape import FREE, channel, group
from tests.services.test_delivery import Slack, put
from tests.services.test_happenings import Ear, ear

__all__ = ["ear"]

NEW = ChannelId("C0NEWID01")
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def told(office: Office, user: str = CHAIR) -> list[str]:
    """What waits to be said to the person of channels."""
    kinds = (channel_losses.LOST, channel_losses.SHARED)
    rows = office.db.read_now(lambda store: store.outbox.waiting(user))
    return [row.out.message.text for row in rows if row.out.kind in kinds]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("channel_archive", "#wg-models was archived"),
        ("channel_deleted", "#wg-models was deleted"),
        ("group_left", "I am not in #wg-models any more"),
    ],
)
async def test_the_chair_alone_is_told_once_and_how_to_link_again(
    ear: Ear, event: str, why: str
) -> None:
    channel(ear.office, MODELS_CHANNEL, "wg-models")
    await ear.hear(event, "Ev1", channel=MODELS_CHANNEL)
    ear.office.clock.forward(hours=2)
    await ear.hear(event, "Ev2", channel=MODELS_CHANNEL)
    (said,) = told(ear.office)
    assert said.startswith(f"Models has lost its channel: {why}.")
    assert "/wg link models" in said
    assert "@Concerted link models" in said
    assert told(ear.office, COCHAIR) == told(ear.office, COORDINATOR) == []
    row = ear.office.db.read_now(lambda store: store.outbox.waiting(CHAIR))[0]
    assert row.out.quiet_hours


async def test_without_a_chair_the_cochair_hears_it_else_the_coordinators(ear: Ear) -> None:
    def alone(store: Store) -> None:
        store.groups.remove_role(CHAIR, MODELS, Role.CHAIR)

    ear.office.db.write_now(alone)
    await ear.hear("channel_archive", "Ev1", channel=MODELS_CHANNEL)
    assert len(told(ear.office, COCHAIR)) == 1


@pytest.mark.parametrize("healed", ["channel_unarchive", "member_joined_channel", "linked"])
async def test_what_is_found_again_is_not_told(ear: Ear, healed: str) -> None:
    channel(ear.office, FREE)
    await ear.hear("channel_archive", "Ev1", channel=MODELS_CHANNEL)
    if healed == "linked":
        ear.office.do(COORDINATOR, lambda ask: links.link(ask, MODELS), FREE)
    else:
        await ear.hear(healed, "Ev2", channel=MODELS_CHANNEL, user="U0CONCERT")
    assert told(ear.office) == []
    ear.office.clock.forward(days=3)
    await ear.hear("channel_archive", "Ev3", channel=group(ear.office, MODELS).channel)
    assert len(told(ear.office)) == 1


async def test_a_channel_of_nobody_is_nobodys_loss(ear: Ear) -> None:
    channel(ear.office, FREE)
    await ear.hear("channel_archive", channel=FREE)
    for user in (CHAIR, COORDINATOR):
        assert told(ear.office, user) == []


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("is_archived", "was archived"),
        ("not_in_channel", "I am not in"),
        ("channel_not_found", "Slack does not know"),
    ],
)
async def test_a_refused_message_tells_it_too_once(office: Office, reason: str, words: str) -> None:
    slack = Slack(answers=[Refused(reason), Refused(reason)])
    delivery = Delivery(office.db, slack, office.clock, is_holiday)
    for key in ("one", "two"):
        put(office, key)
        await delivery.deliver()
        office.clock.forward(minutes=1)
    (said,) = told(office)
    assert words in said
    found = office.db.read_now(lambda store: store.groups.channel(MODELS_CHANNEL))
    assert found is not None
    assert found.archived or not found.bot_in


async def test_another_refusal_is_no_loss(office: Office) -> None:
    slack = Slack(answers=[Refused("msg_too_long")])
    put(office, "one")
    await Delivery(office.db, slack, office.clock, is_holiday).deliver()
    assert told(office) == []


async def test_what_stands_and_what_waits_follow_the_channel_to_its_new_id(ear: Ear) -> None:
    channel(ear.office, MODELS_CHANNEL, "wg-models")
    now = ear.office.clock()
    card = Outgoing(
        "card", "x", "card", MODELS_CHANNEL, Message("card"), now, now.replace(year=2027)
    )
    waiting, edit = replace(card, key="next"), replace(card, key="edit", way=Way.EDIT, edits="card")

    def prepare(store: Store) -> None:
        store.outbox.put_sent(card, MODELS_CHANNEL, "1.1")
        store.outbox.put(waiting)
        store.outbox.put(edit)

    ear.office.db.write_now(prepare)
    await ear.hear("channel_id_changed", old_channel_id=MODELS_CHANNEL, new_channel_id=NEW)
    slack = Slack()
    delivery = Delivery(ear.office.db, slack, ear.office.clock, is_holiday)
    for _ in range(3):
        await delivery.deliver()
        ear.office.clock.forward(seconds=5)
    assert {post.out.lane for post in slack.posts} == {NEW}
    rewritten = next(post for post in slack.posts if post.out.way is Way.EDIT)
    assert (rewritten.channel, rewritten.ts) == (NEW, "1.1")
    assert told(ear.office) == []


async def test_nothing_is_said_into_a_deleted_channel(ear: Ear) -> None:
    put(ear.office, "waiting")
    await ear.hear("channel_deleted", channel=MODELS_CHANNEL)
    row = ear.office.db.read_now(lambda store: store.outbox.by_key("waiting"))
    assert row is not None
    assert row.state is State.WITHDRAWN


async def test_a_channel_opened_to_others_is_told_once_and_taken_back(ear: Ear) -> None:
    channel(ear.office, MODELS_CHANNEL, "wg-models")
    await ear.hear("channel_shared", "Ev1", channel=MODELS_CHANNEL, connected_team_id="T0OTHER")
    await ear.hear("channel_shared", "Ev2", channel=MODELS_CHANNEL, connected_team_id="T0OTHER")
    (said,) = told(ear.office)
    assert "#wg-models, the channel of Models, is now shared with another organisation" in said
    assert ear.channel(MODELS_CHANNEL) == Channel(
        MODELS_CHANNEL, "wg-models", bot_in=True, shared=True
    )
    await ear.hear("channel_unshared", "Ev3", channel=MODELS_CHANNEL)
    assert told(ear.office) == []
    assert ear.channel(MODELS_CHANNEL) == Channel(MODELS_CHANNEL, "wg-models", bot_in=True)


@pytest.mark.parametrize(
    ("event", "way"), [("channel_archive", "Unarchive it"), ("group_left", "/invite @Concerted")]
)
async def test_a_lost_channel_shows_at_home_in_the_set_up_and_in_its_list_with_the_way(
    ear: Ear, event: str, way: str
) -> None:
    office = ear.office
    channel(office, MODELS_CHANNEL, "wg-models")
    assert "Healthy" in shown(office)
    assert way not in shown(office)
    await ear.hear(event, "Ev1", channel=MODELS_CHANNEL)
    home, listed, asked = shown(office).split("|||")
    for said in (home, listed, asked):
        assert f"Models: {CUT_OFF[event]}" in said
        assert way in said
    assert "Needs a look: 1 group cut off" in home
    assert "✅ Done: Every group has its channel" not in listed


CUT_OFF = {"channel_archive": "its channel is archived", "group_left": "I am not in its channel"}


def shown(office: Office) -> str:
    """A coordinator's Home, the list of the set-up and the answer to `setup`."""

    def read(store: Store) -> str:
        glance, world = overview.glance_of(store, COORDINATOR, office.clock(), is_holiday)
        at_home = view.home(glance, world, COORDINATOR, office.clock()).payload
        listed = checklist._message(store, world, COORDINATOR, office.clock())
        lost = channel_losses.cut_off(store, world.groups.values())
        asked = reports.setup_state(world, (), lost)
        said = [str(at_home), str(listed.blocks), str(asked.blocks)]
        return "|||".join(said)

    return office.db.read_now(read)
