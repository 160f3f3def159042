"""Slack's own news of channels and people is acted upon once, and only our workspace's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from bot.domain.items import Due, NewItem, Source
from bot.domain.model import Channel, ChannelId, UserId
from bot.domain.outbox import Sent, State
from bot.handlers.gestures import Happening
from bot.handlers.group_events import GroupEvents
from bot.handlers.payloads import happening
from bot.services import items
from bot.services.inbox import Inbox
from bot.services.people import People, Profile
from bot.slack import profile as read_profile
from bot.storage.database import Database, Store
from bot.world import country_of, is_holiday
from tests.conftest import TEAM, FakeClock
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    TRIALS,
    Office,
)
from tests.services.shape import FREE, channel, group, rows
from tests.services.test_digests import SUNDAY, person, plan_at
from tests.services.test_people import NEW, Workspace, profile

US = UserId("U0CONCERT")
DUE = date(2026, 12, 4)


@dataclass
class Ear:
    """Hears events as Slack sends them; counts how often the outbox was poked."""

    office: Office
    workspace: Workspace
    events: GroupEvents
    poked: list[str]

    async def hear(self, kind: str, key: str = "Ev1", team: str = TEAM, **event: object) -> None:
        body = {"team_id": team, "event_id": key, "event": {"type": kind, **event}}
        what = happening(body, US)
        await self.events.events()[kind](what)

    def channel(self, id_: ChannelId) -> Channel | None:
        return self.office.db.read_now(lambda store: store.groups.channel(id_))

    def members(self) -> set[UserId]:
        return self.office.db.read_now(lambda store: {m.user for m in store.groups.members(MODELS)})

    def asked(self) -> set[str]:
        return {row.out.lane for row in questions(self.office) if row.state is State.PENDING}


def questions(office: Office) -> tuple[Sent, ...]:
    return rows(office, f"link:{FREE}")


@pytest.fixture
def ear(office: Office, db: Database, clock: FakeClock) -> Ear:
    poked: list[str] = []
    inbox = Inbox(db, clock, lambda: poked.append("now"), "Europe/London")
    people = {user: profile(user) for user in (NEW, CHAIR, MEMBER, OTHER)}
    workspace = Workspace(people | {US: profile(US, bot=True)})
    met = People(db, workspace, clock, country_of, "Europe/London")

    def read(facts: Mapping[str, object]) -> Profile:
        return read_profile(dict(facts), TEAM)

    return Ear(office, workspace, GroupEvents(inbox, met, read, is_holiday), poked)


async def test_who_joins_a_groups_channel_becomes_a_member(ear: Ear) -> None:
    await ear.hear("member_joined_channel", user=NEW, channel=MODELS_CHANNEL)
    assert NEW in ear.members()
    assert OTHER in ear.members()
    assert ear.poked == ["now"]


@pytest.mark.parametrize("fact", ["external", "guest", "bot"])
async def test_who_needs_a_role_by_name_does_not(ear: Ear, fact: str) -> None:
    ear.workspace.people[NEW] = profile(NEW, **{fact: True})
    await ear.hear("member_joined_channel", user=NEW, channel=MODELS_CHANNEL)
    assert NEW not in ear.members()
    assert OTHER in ear.members()


async def test_whom_slack_does_not_tell_of_in_time_is_learned_later(ear: Ear) -> None:
    ear.workspace.silent = True
    await ear.hear("member_joined_channel", user=NEW, channel=MODELS_CHANNEL)
    assert NEW not in ear.members()
    mark = ear.office.db.read_now(lambda store: store.marks.get(f"members:{MODELS_CHANNEL}"))
    assert mark is not None
    assert mark.value == "again"


async def test_an_event_that_comes_again_acts_once(ear: Ear) -> None:
    await ear.hear("member_joined_channel", user=NEW, channel=MODELS_CHANNEL)
    await ear.hear("member_left_channel", "Ev2", user=NEW, channel=MODELS_CHANNEL)
    assert NEW not in ear.members()
    await ear.hear("member_joined_channel", user=NEW, channel=MODELS_CHANNEL)
    assert NEW not in ear.members()
    assert ear.poked == ["now", "now"]


async def test_an_event_of_another_workspace_is_ignored(ear: Ear) -> None:
    await ear.hear("member_joined_channel", team="T0FOREIGN", user=NEW, channel=MODELS_CHANNEL)
    assert NEW not in ear.members()
    assert ear.poked == []


async def test_who_leaves_the_channel_leaves_the_group_named_or_not(ear: Ear) -> None:
    await ear.hear("member_left_channel", "Ev1", user=OTHER, channel=MODELS_CHANNEL)
    await ear.hear("member_left_channel", "Ev2", user=MEMBER, channel=MODELS_CHANNEL)
    assert not {OTHER, MEMBER} & ear.members()


async def test_a_chair_who_brings_the_bot_is_asked_which_group_once(ear: Ear) -> None:
    ear.workspace.inside[FREE] = ()
    await ear.hear("member_joined_channel", user=US, channel=FREE, inviter=CHAIR)
    assert ear.asked() == {CHAIR}
    found = ear.channel(FREE)
    assert found is not None
    assert (found.bot_in, found.name) == (True, "somewhere")
    text = str(questions(ear.office)[0].out.message.blocks)
    assert "models" in text
    assert "trials" not in text
    assert "All groups" not in text
    await ear.hear("member_joined_channel", "Ev2", user=US, channel=FREE, inviter=CHAIR)
    assert len(questions(ear.office)) == 1


@pytest.mark.parametrize("by", [None, MEMBER])
async def test_else_the_coordinators_are_asked(ear: Ear, by: UserId | None) -> None:
    await ear.hear("member_joined_channel", user=US, channel=FREE, inviter=by)
    assert ear.asked() == {COORDINATOR}
    assert "All groups" in str(questions(ear.office)[0].out.message.blocks)
    assert questions(ear.office)[0].out.quiet_hours


async def test_only_whoever_invited_it_is_asked_at_night_too(ear: Ear) -> None:
    await ear.hear("member_joined_channel", user=US, channel=FREE, inviter=CHAIR)
    assert ear.asked() == {CHAIR}
    assert not questions(ear.office)[0].out.quiet_hours


async def test_in_a_linked_channel_there_is_nothing_to_ask(ear: Ear) -> None:
    await ear.hear("member_joined_channel", user=US, channel=MODELS_CHANNEL, inviter=CHAIR)
    found = ear.channel(MODELS_CHANNEL)
    assert found is not None
    assert found.bot_in
    assert not rows(ear.office, f"link:{MODELS_CHANNEL}")


@pytest.mark.parametrize("kind", ["channel_left", "group_left"])
async def test_a_bot_sent_away_knows_it_and_asks_no_more(ear: Ear, kind: str) -> None:
    await ear.hear("member_joined_channel", user=US, channel=FREE, inviter=CHAIR)
    await ear.hear(kind, "Ev2", channel=FREE)
    found = ear.channel(FREE)
    assert found is not None
    assert not found.bot_in
    assert ear.asked() == set()


@pytest.mark.parametrize("kind", ["channel", "group"])
async def test_a_channel_is_renamed_archived_and_brought_back(ear: Ear, kind: str) -> None:
    channel(ear.office, FREE, "before")
    await ear.hear(f"{kind}_rename", "Ev1", channel={"id": FREE, "name": "after", "created": 1})
    await ear.hear(f"{kind}_archive", "Ev2", channel=FREE, user=CHAIR)
    assert ear.channel(FREE) == Channel(FREE, "after", archived=True, bot_in=True)
    await ear.hear(f"{kind}_unarchive", "Ev3", channel=FREE, user=CHAIR)
    assert ear.channel(FREE) == Channel(FREE, "after", bot_in=True)


@pytest.mark.parametrize("kind", ["channel_deleted", "group_deleted"])
async def test_a_deleted_channel_leaves_its_group_without_one(ear: Ear, kind: str) -> None:
    await ear.hear(kind, channel=MODELS_CHANNEL)
    assert group(ear.office, MODELS).channel is None
    assert group(ear.office, TRIALS).channel is not None
    found = ear.channel(MODELS_CHANNEL)
    assert found is not None
    assert not found.bot_in


async def test_a_link_follows_the_channel_to_its_new_id(ear: Ear) -> None:
    channel(ear.office, MODELS_CHANNEL, "wg-models")
    new = ChannelId("C0NEWID01")
    await ear.hear("channel_id_changed", old_channel_id=MODELS_CHANNEL, new_channel_id=new)
    assert group(ear.office, MODELS).channel == new
    assert ear.channel(new) == Channel(new, "wg-models", bot_in=True)


async def test_what_was_captured_is_found_by_the_channels_new_id(ear: Ear) -> None:
    new, elsewhere = ChannelId("C0NEWID01"), ChannelId("C0ELSE001")

    def capture(place: ChannelId) -> None:
        promise = NewItem("Draft", MODELS, Due(DUE), (), source=Source(place, "1.1", "https://x"))
        ear.office.do(CHAIR, lambda ask: items.add(ask, promise))

    capture(MODELS_CHANNEL)
    capture(elsewhere)
    await ear.hear("channel_id_changed", old_channel_id=MODELS_CHANNEL, new_channel_id=new)
    found = ear.office.db.read_now(
        lambda store: [
            item and item.ref
            for item in (
                store.items.by_source(place, "1.1") for place in (MODELS_CHANNEL, new, elsewhere)
            )
        ]
    )
    assert found == [None, "EM-1", "EM-2"]


async def test_so_does_the_channel_of_all_groups(ear: Ear) -> None:
    def common(store: Store) -> None:
        programme = store.groups.programme()
        assert programme is not None
        store.groups.save_programme(type(programme)(programme.name, programme.zone, channel=FREE))

    ear.office.db.write_now(common)
    new = ChannelId("C0NEWID01")
    await ear.hear("channel_id_changed", "Ev1", old_channel_id=FREE, new_channel_id=new)
    programme = ear.office.db.read_now(lambda store: store.groups.programme())
    assert programme is not None
    assert programme.channel == new
    await ear.hear("channel_deleted", "Ev2", channel=new)
    programme = ear.office.db.read_now(lambda store: store.groups.programme())
    assert programme is not None
    assert programme.channel is None


async def test_news_of_a_person_is_taken_in_and_of_strangers_not(ear: Ear) -> None:
    facts = {"id": OTHER, "name": "new-handle", "tz": "Europe/Rome", "deleted": True}
    await ear.hear("user_change", "Ev1", user=facts)
    await ear.hear("user_change", "Ev2", user={**facts, "id": NEW})
    people = ear.office.db.read_now(lambda store: store.groups.people((OTHER, NEW)))
    assert set(people) == {OTHER}
    assert (people[OTHER].handle, people[OTHER].zone) == ("new-handle", "Europe/Rome")
    assert people[OTHER].left


async def test_a_chair_whom_slack_finds_further_east_still_gets_the_digest_of_the_week(
    ear: Ear,
) -> None:
    """Monday's hour has passed in Amsterdam, and has not come in New York."""
    person(ear.office, CHAIR, zone="America/New_York", country=None)
    plan_at(ear.office, SUNDAY, "2026-11-23T09:00:00+00:00")
    facts = {"id": CHAIR, "name": "models-chair", "tz": "Europe/Amsterdam"}
    await ear.hear("user_change", user=facts)
    assert rows(ear.office, "digest:models")[0].out.key == f"digest:models:2026-W48:{CHAIR}"


@pytest.mark.parametrize("kind", ["tokens_revoked", "app_uninstalled"])
async def test_the_end_of_the_app_is_logged_with_its_remedy(
    ear: Ear, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await ear.hear(kind)
    assert "Install the app again" in capsys.readouterr().out


def test_an_event_tells_whose_it_is_and_whether_it_is_about_the_bot() -> None:
    body = {"team_id": TEAM, "event_id": "Ev1", "event": {"type": "x", "user": US}}
    assert happening(body, US).ours
    assert not happening(body, MEMBER).ours
    assert not happening({"event": {"type": "channel_left"}}, None).ours
    assert isinstance(happening(body, US), Happening)
    assert happening(body).team == TEAM
