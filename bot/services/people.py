"""Knowing people and channels: asked of Slack when met, kept by its events, refreshed in time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.model import Channel, ChannelId, Person, UserId
from bot.services.headcounts import AGAIN, mark_of
from bot.services.inbox import Met, learn
from bot.storage.database import UNHURRIED, Database, Store
from bot.telemetry import get_logger

log = get_logger(__name__)

MEETING_SECONDS = 0.5
"""What a request may wait for Slack's facts (architecture.md 6)."""
FACTS_LAST = timedelta(days=1)
MEMBERS_LAST = timedelta(hours=1)
SYNC_SECONDS = 60.0
AT_ONCE = 8
REFRESHED = 50
"""People asked about again in one turn: Slack answers a hundred a minute (platform.md 1.2)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of a person; `zone` is IANA, None where it does not tell."""

    user: UserId
    name: str
    handle: str
    zone: str | None
    admin: bool
    external: bool
    home_team: str | None
    guest: bool
    bot: bool
    left: bool
    updated: datetime | None = None
    """When Slack last changed it, to the second; None where it does not tell."""


class Directory(Protocol):
    """Slack's answers about who and what is there; None where it does not tell."""

    def person(self, user: UserId) -> Awaitable[Profile | None]: ...
    def channel(self, channel: ChannelId) -> Awaitable[Channel | None]: ...
    def members(self, channel: ChannelId) -> Awaitable[tuple[UserId, ...]]: ...
    def channels(self) -> Awaitable[tuple[Channel, ...]]: ...


@dataclass(frozen=True, slots=True)
class _Unknown:
    users: tuple[UserId, ...]
    channel: ChannelId | None
    members_of: ChannelId | None


@dataclass(slots=True)
class People:
    db: Database
    directory: Directory
    clock: Callable[[], datetime]
    country_of: Callable[[str], tuple[str | None, str | None]]
    default_zone: str
    _gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def meet(
        self, actor: UserId, mentioned: Iterable[UserId], channel: ChannelId | None
    ) -> Met:
        """What is not yet known of who speaks, who is named and where; what Slack tells in time."""
        users = tuple(dict.fromkeys((actor, *mentioned)))
        unknown = await self.db.read(lambda store: self._unknown(store, users, channel))
        return await self._ask(unknown, MEETING_SECONDS)

    async def sync(self) -> None:
        """Everyone in every linked channel; channels the bot is in. For start and `keep`."""
        channels = await self.directory.channels()
        await self.db.write(lambda store: learn(store, Met(channels=channels)), wait=UNHURRIED)
        await self._refresh()
        for channel in await self.db.read(self._linked):
            if await self.db.read(lambda store, c=channel: self._stale(store, c)):  # type: ignore[misc]  # mypy cannot infer a lambda's default
                await self.sync_members(channel)

    async def _refresh(self) -> None:
        """Of those with a role whom nothing was heard of for a day: who has left meanwhile?"""
        if old := await self.db.read(self._outdated):
            met = await self._ask(_Unknown(old, None, None), SYNC_SECONDS)
            await self.db.write(lambda store: learn(store, met), wait=UNHURRIED)

    async def greet(self) -> None:
        """Learn who is in the channels that were linked since the last time."""
        for channel in await self.db.read(self._unmet):
            await self.sync_members(channel)

    async def sync_members(self, channel: ChannelId) -> None:
        facts = _Unknown((), channel, channel)
        met = await self._ask(facts, SYNC_SECONDS)
        await self.db.write(lambda store: self._learn_members(store, met, channel), wait=UNHURRIED)

    def person(self, profile: Profile) -> Person:
        zone = profile.zone or self.default_zone
        country, region = self.country_of(zone)
        return Person(
            user=profile.user,
            name=profile.name,
            handle=profile.handle,
            zone=zone,
            country=country,
            region=region,
            admin=profile.admin,
            external=profile.external,
            home_team=profile.home_team,
            guest=profile.guest,
            bot=profile.bot,
            left=profile.left,
            facts_at=self.clock(),
        )

    def changed(self, store: Store, profile: Profile) -> None:
        """Slack's news of somebody we know."""
        known = store.groups.person(profile.user)
        if known is None or _is_old_news(known, profile):
            return
        told = profile if profile.zone else replace(profile, zone=known.zone)
        learn(store, Met(people=(self.person(told),)))

    def _unknown(
        self, store: Store, users: tuple[UserId, ...], channel: ChannelId | None
    ) -> _Unknown:
        known = store.groups.people(users)
        old = self.clock() - FACTS_LAST
        ask = tuple(u for u in users if u not in known or (known[u].facts_at or old) <= old)
        if channel is None or channel.startswith("D"):
            return _Unknown(ask, None, None)
        if store.groups.by_channel(channel) is None:
            return _Unknown(ask, channel, None)
        return _Unknown(ask, None, channel if self._never(store, channel) else None)

    async def _ask(self, unknown: _Unknown, seconds: float) -> Met:
        """Side by side and only for so long; what does not come is asked another time."""
        people: list[Person] = []
        channels: list[Channel] = []
        members: list[tuple[ChannelId, tuple[UserId, ...]]] = []

        async def one(user: UserId) -> None:
            async with self._gate:
                profile = await self.directory.person(user)
            if profile is not None:
                people.append(self.person(profile))

        async def place(channel: ChannelId) -> None:
            found = await self.directory.channel(channel)
            if found is not None:
                channels.append(found)

        async def everyone(channel: ChannelId) -> None:
            users = await self.directory.members(channel)
            known = await self.db.read(lambda store: store.groups.people(users))
            facts = {user for user, person in known.items() if person.facts_at}
            await asyncio.gather(*(one(u) for u in users if u not in facts))
            members.append((channel, users))

        calls = [one(user) for user in unknown.users]
        calls += [place(unknown.channel)] if unknown.channel else []
        calls += [everyone(unknown.members_of)] if unknown.members_of else []
        if calls:
            await _within(seconds, [asyncio.ensure_future(call) for call in calls])
        return Met(tuple(people), tuple(channels), tuple(members))

    def _outdated(self, store: Store) -> tuple[UserId, ...]:
        """The longest ago first."""
        world, now = store.groups.world(), self.clock()
        people = [world.people[u] for u in {m.user for m in world.memberships} & {*world.people}]
        asked = {p.user: p.facts_at for p in people if p.facts_at and not (p.left or p.bot)}
        old = sorted((at, user) for user, at in asked.items() if at <= now - FACTS_LAST)
        return tuple(user for _, user in old[:REFRESHED])

    def _linked(self, store: Store) -> tuple[ChannelId, ...]:
        return tuple(g.channel for g in store.groups.all() if g.channel is not None)

    def _unmet(self, store: Store) -> tuple[ChannelId, ...]:
        return tuple(c for c in self._linked(store) if self._never(store, c))

    def _never(self, store: Store, channel: ChannelId) -> bool:
        mark = store.marks.get(mark_of(channel))
        return mark is None or mark.value == AGAIN

    def _stale(self, store: Store, channel: ChannelId) -> bool:
        mark = store.marks.get(mark_of(channel))
        return mark is None or mark.value == AGAIN or mark.at <= self.clock() - MEMBERS_LAST

    def _learn_members(self, store: Store, met: Met, channel: ChannelId) -> None:
        """Also where Slack refused: it is asked again in an hour, not at every turn."""
        learn(store, met)
        store.marks.set(mark_of(channel), self.clock())


def _is_old_news(known: Person, profile: Profile) -> bool:
    """Slack's events may come late: what it says of before they left brings nobody back."""
    if not known.left or profile.left or known.left_at is None or profile.updated is None:
        return False
    return profile.updated < known.left_at.replace(microsecond=0)


async def _within(seconds: float, calls: list["asyncio.Future[None]"]) -> None:
    done, late = await asyncio.wait(calls, timeout=seconds)
    for call in late:
        call.cancel()
    for call in done:
        error = call.exception()
        if error is not None:
            log.warning("people.unanswered", reason=type(error).__name__)
