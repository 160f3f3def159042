"""A channel becomes a group's: once welcomed, never taken over, safe to link twice."""

import pytest

from bot.domain.model import Channel, ChannelId, UserId
from bot.domain.outbox import Outgoing, State, Way
from bot.errors import Code, Conflict, NotAllowed
from bot.services import links
from bot.storage.database import Store
from bot.views import reports as view
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MODELS,
    MODELS_CHANNEL,
    OUTSIDER,
    TRIALS,
    TRIALS_CHANNEL,
    Office,
)
from tests.services.shape import FREE, channel, group, refused, rows


def test_a_link_welcomes_the_channel_once(office: Office) -> None:
    channel(office, FREE)
    office.do(COORDINATOR, links.unlink, TRIALS_CHANNEL)
    first = office.do(OUTSIDER, lambda ask: links.link(ask, TRIALS), FREE)
    again = office.do(OUTSIDER, lambda ask: links.link(ask, TRIALS), FREE)
    assert (first.changed, again.changed) == (True, False)
    welcome = rows(office, f"welcome:{FREE}")
    assert [(row.out.key, row.out.lane) for row in welcome] == [(f"welcome:{FREE}:trials", FREE)]
    assert "trials group" in welcome[0].out.message.text


def test_a_channel_welcomed_before_is_not_welcomed_when_linked_again(office: Office) -> None:
    channel(office, FREE)
    office.do(COORDINATOR, lambda ask: links.link(ask, TRIALS), FREE)
    sent(office, rows(office, f"welcome:{FREE}")[0].out)
    office.do(COORDINATOR, links.unlink, FREE)
    office.do(COORDINATOR, lambda ask: links.link(ask, TRIALS), FREE)
    assert [row.state for row in rows(office, f"welcome:{FREE}")] == [State.SENT]


def test_a_welcome_not_yet_said_is_taken_back_with_the_link(office: Office) -> None:
    channel(office, FREE)
    office.do(COORDINATOR, lambda ask: links.link(ask, TRIALS), FREE)
    office.do(COORDINATOR, links.unlink, FREE)
    assert [row.state for row in rows(office, f"welcome:{FREE}")] == [State.WITHDRAWN]


def sent(office: Office, out: Outgoing) -> None:
    """As if delivered."""

    def deliver(store: Store) -> None:
        store.outbox.withdraw(out.subject)
        store.outbox.put_sent(out, out.lane, "1.1")

    office.db.write_now(deliver)


def asked(office: Office, place: ChannelId, user: UserId) -> Outgoing:
    """The question which group the channel belongs to, as delivered."""
    question = Outgoing(
        key=f"link:{place}:{user}",
        subject=f"link:{place}",
        kind="link",
        lane=user,
        message=view.link_question(place, ()),
        at=office.clock(),
        until=office.clock.now.replace(year=2027),
    )
    office.db.write_now(lambda store: store.outbox.put_sent(question, f"D{user[1:]}", "1.1"))
    return question


def test_all_groups_have_a_channel_too(office: Office) -> None:
    channel(office, FREE)
    assert office.do(COORDINATOR, lambda ask: links.link(ask, None), FREE).group is None
    assert not office.do(COORDINATOR, lambda ask: links.link(ask, None), FREE).changed
    taken = refused(office, COORDINATOR, lambda ask: links.link(ask, TRIALS), FREE)
    assert taken.code is Code.CHANNEL_TAKEN
    assert office.do(COORDINATOR, links.unlink, FREE) is None
    nothing = refused(office, COORDINATOR, links.unlink, FREE)
    assert nothing.code is Code.CHANNEL_UNLINKED


def test_a_channel_of_another_group_is_not_taken_over(office: Office) -> None:
    channel(office, MODELS_CHANNEL)
    taken = refused(office, COORDINATOR, lambda ask: links.link(ask, TRIALS))
    assert isinstance(taken, Conflict)
    assert taken.code is Code.CHANNEL_TAKEN
    assert group(office, MODELS).channel == MODELS_CHANNEL


@pytest.mark.parametrize("known", [True, False])
def test_a_channel_without_the_bot_is_not_linked(office: Office, known: bool) -> None:
    if known:
        channel(office, FREE, bot_in=False)
    absent = refused(office, COORDINATOR, lambda ask: links.link(ask, TRIALS), FREE)
    assert absent.code is Code.BOT_ABSENT


def test_a_chair_links_the_own_group_only(office: Office) -> None:
    channel(office, FREE)
    assert isinstance(refused(office, CHAIR, lambda ask: links.link(ask, TRIALS), FREE), NotAllowed)
    office.do(CHAIR, lambda ask: links.link(ask, MODELS), FREE)
    assert group(office, MODELS).channel == FREE


def test_only_who_was_asked_about_another_channel_links_it_from_afar(office: Office) -> None:
    channel(office, FREE)
    office.do(COORDINATOR, links.unlink, TRIALS_CHANNEL)
    asked(office, FREE, COORDINATOR)
    for user in (OUTSIDER, CHAIR):
        forged = refused(office, user, lambda ask: links.link(ask, TRIALS, FREE))
        code = Code.WRONG_WORDS if user == OUTSIDER else Code.NOT_ALLOWED
        assert forged.code is code
    assert group(office, TRIALS).channel is None
    assert office.do(COORDINATOR, lambda ask: links.link(ask, TRIALS, FREE)).asked
    office.do(COORDINATOR, links.unlink, FREE)
    assert office.do(OUTSIDER, lambda ask: links.link(ask, TRIALS, FREE), FREE).changed


@pytest.mark.parametrize("shared", [True, False])
def test_who_links_a_shared_channel_hears_of_it_once(office: Office, shared: bool) -> None:
    there = Channel(FREE, "somewhere", bot_in=True, shared=shared)
    office.db.write_now(lambda store: store.groups.save_channel(there))
    office.do(COORDINATOR, links.unlink, TRIALS_CHANNEL)
    asked(office, FREE, COORDINATOR)
    first = office.do(COORDINATOR, lambda ask: links.link(ask, TRIALS), FREE)
    again = office.do(COORDINATOR, lambda ask: links.link(ask, TRIALS), FREE)
    assert (first.shared, again.shared) == (shared, False)
    edits = [row for row in rows(office, f"link:{FREE}") if row.out.way is Way.EDIT]
    assert ("another organisation" in edits[0].out.message.text) is shared


def test_picking_a_group_rewrites_the_question_that_asked_for_it(office: Office) -> None:
    channel(office, FREE)
    question = asked(office, FREE, COORDINATOR)
    done = office.do(COORDINATOR, lambda ask: links.link(ask, TRIALS, FREE), ChannelId("D0COORD01"))
    assert done.asked
    edits = [row for row in rows(office, f"link:{FREE}") if row.out.way is Way.EDIT]
    assert [row.out.edits for row in edits] == [question.key]
    assert "now belongs to" in edits[0].out.message.text
