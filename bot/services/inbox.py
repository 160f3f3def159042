"""What comes in: each request works in one transaction, once, and its answer is kept with it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from bot.domain.model import Channel, ChannelId, GroupKey, Membership, Person, Role, UserId, World
from bot.domain.outbox import Message, Outgoing
from bot.services import departures
from bot.services.access import Ask, Op, allowed
from bot.storage.database import Database, Store

Clock = Callable[[], datetime]
ANSWER = "answer"
PATIENCE = 2.0
"""Seconds that a request waits for the database, of Slack's three (architecture.md 6)."""
COMMAND = "command"
"""The source of what is typed after a slash."""
ASIDE = "aside"
ANSWER_USEFUL = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Attachment:
    """`title` tells what it is, where it can come only as messages."""

    name: str
    content: str
    title: str


@dataclass(frozen=True, slots=True)
class Reply:
    """`private`: for the asker alone, whatever the place; an event's others go in its thread.

    `about`: the groups whose affairs it tells. Not private, it is said only in the channel of the
    one group it is about; elsewhere, and about none, the asker alone reads it.
    `rewrites`: replaces the message whose button was pressed, if only the asker sees that one.
    """

    message: Message
    private: bool = True
    about: frozenset[GroupKey] = frozenset()
    rewrites: bool = False
    of_several: bool = False
    """Of all groups together: open in a channel of no group, for who may post it there."""
    aside: Message | None = None
    """What an event's asker is told alone, beside an answer that all see."""
    file: Attachment | None = None
    """Brought into the asker's DM after the commit, if it goes well; never stored."""
    secret: Message | None = None
    """Said in the asker's DM in the same way, and as little stored."""


@dataclass(frozen=True, slots=True)
class OpenModal:
    view: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing more to say: what changed shows itself."""


Outcome = Reply | OpenModal | Silent


@dataclass(frozen=True, slots=True)
class Met:
    """What Slack was asked just before, as facts: people, channels, who is in them."""

    people: tuple[Person, ...] = ()
    channels: tuple[Channel, ...] = ()
    members: tuple[tuple[ChannelId, tuple[UserId, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """`key` is Slack's for one gesture (platform.md 1.6); `speaks`: typed in the channel itself.

    `by_outbox`: an event has no answer of its own, so what is said becomes rows of the outbox.
    """

    source: str
    key: str
    actor: UserId
    channel: ChannelId
    alt: str | None = None
    thread_ts: str | None = None
    met: Met = Met()
    speaks: bool = False
    by_outbox: bool = False
    direct: bool = False
    """In the person's own DM with the bot."""


Work = Callable[[Ask], Outcome]


@dataclass(frozen=True, slots=True)
class Inbox:
    db: Database
    clock: Clock
    poke: Callable[[], None]
    """Called after each commit: planning and delivery need not wait for their tick."""
    default_zone: str
    patience: float = PATIENCE

    async def once(self, request: Request, work: Work) -> Outcome:
        """Do the work in one transaction; a request already known is answered as it was.

        Raises what `work` raises, with nothing saved, and Busy.
        """
        named = request if request.key else replace(request, key=uuid4().hex)
        outcome = await self.db.write(
            lambda store: self._inside(store, named, work), wait=self.patience
        )
        self.poke()
        return outcome

    async def world(self) -> World:
        """For sentences said outside a transaction."""
        return await self.db.read(lambda store: store.groups.world())

    async def tell(self, request: Request, message: Message) -> None:
        """A refusal of an event, privately: its transaction is gone, so this is one of its own."""

        def put(store: Store) -> None:
            self._learn(store, request)
            self._say(store, request, Reply(message))

        await self.db.write(put)
        self.poke()

    def _inside(self, store: Store, request: Request, work: Work) -> Outcome:
        known = store.inbox.find(request.source, request.key)
        if known is None and request.alt is not None:
            known = store.inbox.find_alt(request.alt)
        if known is not None:
            return decode(known.reply_json)
        actor = self._learn(store, request)
        ask = Ask(
            store=store,
            actor=actor,
            now=self.clock(),
            key=f"{request.source}:{request.key}",
            channel=request.channel,
            world=store.groups.world(),
            thread_ts=request.thread_ts,
        )
        outcome = _walled(ask, work(ask))
        departures.follow_request(ask)
        if request.by_outbox and isinstance(outcome, Reply):
            self._say(store, request, outcome)
            if outcome.aside is not None:
                self._say(store, request, Reply(outcome.aside), ASIDE)
        store.inbox.keep(
            request.source,
            request.key,
            request.alt,
            request.actor,
            type(outcome).__name__,
            None,
            encode(outcome),
            ask.now,
        )
        return outcome

    def _learn(self, store: Store, request: Request) -> Person:
        """Take in what was met; who is met without facts gets the default zone for now."""
        learn(store, request.met)
        actor = store.groups.person(request.actor)
        if actor is None:
            actor = Person(request.actor, name=request.actor, zone=self.default_zone)
            store.groups.save_person(actor)
        if request.speaks:
            _seen_in(store, actor, request.channel, by_command=request.source == COMMAND)
        return actor

    def _say(self, store: Store, request: Request, reply: Reply, kind: str = ANSWER) -> None:
        now = self.clock()
        private = reply.private or request.direct
        in_thread = request.thread_ts if request.direct or not private else None
        store.outbox.put(
            Outgoing(
                key=f"{kind}:{request.source}:{request.key}",
                subject=f"{ANSWER}:{request.key}",
                kind=ANSWER,
                lane=request.actor if private else request.channel,
                message=reply.message,
                at=now,
                until=now + ANSWER_USEFUL,
                thread_ts=in_thread,
            )
        )


def _walled(ask: Ask, outcome: Outcome) -> Outcome:
    """What one group does is not said in another's channel, nor in one of all or of none.

    How all of them stand is said in one of no group, to those who could post it there.
    A channel just linked or just left counts: what was said is about that.
    """
    if not isinstance(outcome, Reply) or outcome.private:
        return outcome
    linked = ask.store.groups.by_channel(ask.channel)
    here = {group.key for group in (ask.group, linked) if group is not None}
    if len(outcome.about) == 1 and outcome.about <= here:
        return outcome
    may_post = allowed(ask.world, ask.actor, Op.POST_STATUS, None, ask.now)
    if outcome.of_several and not here and may_post:
        return outcome
    return replace(outcome, private=True)


def _seen_in(store: Store, actor: Person, channel: ChannelId, *, by_command: bool) -> None:
    """Who speaks in a group's channel belongs to it, unless they need a role by name.

    Slack offers commands to the workspace's own people only, so of those one need not be told.
    """
    group = store.groups.by_channel(channel)
    unknown = by_command and actor.facts_at is None
    if group is None or not (unknown or counts_as_member(actor)):
        return
    if actor.user in store.departures.kept_out(group.key):
        return
    if not any(m.group in (None, group.key) for m in store.groups.memberships(actor.user)):
        store.groups.set_role(Membership(actor.user, group.key, Role.MEMBER, named=False))


def learn(store: Store, met: Met) -> None:
    """Keep Slack's facts; what people chose themselves stays."""
    for fresh in met.people:
        known = store.groups.person(fresh.user)
        store.groups.save_person(fresh if known is None else merged(known, fresh))
        if known is not None and fresh.facts_at is not None:
            departures.learn(store, known, fresh, fresh.facts_at)
    for channel in met.channels:
        store.groups.save_channel(channel)
    for channel_id, users in met.members:
        group = store.groups.by_channel(channel_id)
        if group is not None:
            people = store.groups.people(users)
            out = store.departures.kept_out(group.key)
            store.groups.sync_channel_members(
                group.key,
                (u for u in users if u in people and u not in out and counts_as_member(people[u])),
            )


def merged(known: Person, fresh: Person) -> Person:
    """Slack's facts over ours, but for what the person chose; the country goes with the zone."""
    same_place = known.zone_chosen or (known.zone == fresh.zone and known.country)
    zone = known.zone if same_place else fresh.zone
    place = known if same_place or known.country_chosen else fresh
    return replace(
        known,
        name=fresh.name,
        handle=fresh.handle,
        zone=zone,
        country=place.country,
        region=place.region,
        admin=fresh.admin,
        external=fresh.external,
        home_team=fresh.home_team or known.home_team,
        guest=fresh.guest,
        bot=fresh.bot,
        left=fresh.left,
        facts_at=fresh.facts_at,
    )


def counts_as_member(person: Person) -> bool:
    """From the channel alone: not bots, leavers, externals or guests, who need a role.

    Of whom Slack has told nothing yet, nobody knows that.
    """
    told = person.facts_at is not None
    return told and not (person.bot or person.left or person.external or person.guest)


def encode(outcome: Outcome) -> str:
    body: dict[str, object] = {"kind": type(outcome).__name__}
    if isinstance(outcome, Reply):
        body["text"] = outcome.message.text
        body["blocks"] = list(outcome.message.blocks)
        body["private"] = outcome.private
        body["rewrites"] = outcome.rewrites
    return json.dumps(body)


def decode(stored: str) -> Outcome:
    """A form is not opened twice by one gesture: its trigger is used up."""
    body = json.loads(stored)
    if body["kind"] == "Reply":
        message = Message(body["text"], tuple(body["blocks"]))
        return Reply(message, body["private"], rewrites=body["rewrites"])
    return Silent()
