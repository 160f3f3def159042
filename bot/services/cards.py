"""The messages that show an action: one card in its group's channel, and what reminders said.

Posted once and rewritten for ever: whatever door a change came by, every copy tells it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.deadlines import Deadline
from bot.domain.history import Change
from bot.domain.items import Answer, Item
from bot.domain.model import Group, Person, UserId, World
from bot.domain.notices import ASK, DAILY, ESCALATE, REMIND, REMINDERS, step_of, urgency
from bot.domain.outbox import Message, Outgoing, Sent, State, Way
from bot.domain.preparation import takes_part
from bot.domain.preparation_notices import Duty
from bot.domain.things import Reminded, Thing, groups_of
from bot.services import digest_rows, things
from bot.services.lines import beside, line
from bot.storage.database import Store
from bot.views import deadline_notices, preparation_notices, unfinished
from bot.views import items as view
from bot.views import notices as words
from bot.views.welcomes import hello

R = TypeVar("R", bound=Reminded)

CARD = "card"
EDIT = "edit"
DECLINED = "declined"
CARD_USEFUL = timedelta(days=30)
CAUGHT_UP = 25
"""Cards posted at once where a channel is found or linked."""
QUIET_VERBS = frozenset(
    {
        *("note", "edit", "undo", "quiet", "unblock", "reopen", "accept", "merge"),
        *("stage", "needs"),
    }
)
"""Changes that settle nothing: the reminder goes on asking."""
LEAVE_OPEN = frozenset({"start", "block"})
"""Changes that answer a reminder and leave the work to be done."""
REWRITE_FOR = timedelta(days=14)
"""Older reminders stay as they were: their buttons still answer with the present state."""


def post(store: Store, world: World, item: Item, now: datetime) -> None:
    """Put the card into the group's channel, if it has one."""
    channel = world.groups[item.group].channel
    if channel is None:
        return
    message = view.card(item, world, now)
    store.outbox.put(
        Outgoing(
            key=item.card_key,
            subject=item.subject,
            kind=CARD,
            lane=channel,
            message=message,
            at=now,
            until=now + CARD_USEFUL,
        )
    )


def catch_up(
    store: Store, group: Group, refusals: Collection[str], now: datetime, *, unposted: bool
) -> None:
    """What the group's channel could not take for one of these reasons, in the order of adding.

    `unposted`: also what was added while there was no channel. The newest, if there are many.
    """
    items = store.items.open_in(group.key)
    keys = {item.card_key for item in items}
    before = store.outbox.standing(keys)
    store.outbox.revive(keys, refusals)
    there = store.outbox.standing(keys)
    wanted = [i for i in items if i.card_key not in there and (unposted or i.card_key in before)]
    world = store.groups.world()
    for item in sorted(wanted, key=lambda item: item.id)[-CAUGHT_UP:]:
        post(store, world, item, now)


def refresh(store: Store, world: World, thing: Thing, now: datetime) -> None:
    """Rewrite everything that shows the action or deadline."""
    refresh_all(store, world, (thing,), now)


def refresh_all(store: Store, world: World, changed: Collection[Thing], now: datetime) -> None:
    """The same of many at once: what shows several of them is rewritten once."""
    items = [thing for thing in changed if isinstance(thing, Item)]
    cards = store.outbox.by_keys(item.card_key for item in items)
    edits = []
    for item in items:
        card = cards.get(item.card_key)
        if card is not None and card.state is State.PENDING:
            post(store, world, item, now)
        elif card is not None:
            edits.append(edit(card, view.card(item, world, now), f"v{item.version}", now))
    store.outbox.put_all(edits)
    for head, thing in _reminders_showing(store, world, changed, now):
        message = _said_again(store, world, head, now)
        _rewrite(store, head, message, f"{thing.ref}.v{thing.version}", now)
    for row, message, mark in digest_rows.showing(store, world, changed, now):
        _rewrite(store, row, message, mark, now)


def retell(store: Store, world: World, changed: Collection[Duty], now: datetime) -> None:
    """Rewrite what reminders said of what meetings need."""
    for head, duty in _reminders_showing(store, world, changed, now):
        message = _said_again(store, world, head, now)
        _rewrite(store, head, message, f"{duty.subject}.{now.isoformat()}", now)


def tell_declined(
    store: Store, world: World, item: Item, by: Person, giver: UserId, reason: str, now: datetime
) -> None:
    """The giver hears in their next daily message that the action is theirs again."""
    if giver == by.user or giver not in world.people or world.people[giver].left:
        return
    store.outbox.put(
        Outgoing(
            key=f"{item.subject}:{DECLINED}:{item.version}:{by.user}:{giver}",
            subject=item.subject,
            kind=DECLINED,
            lane=giver,
            message=words.declined(item, by.user, reason, world, now),
            at=now,
            until=now + CARD_USEFUL,
            bundle=DAILY,
            quiet_hours=True,
        )
    )


def rewrite(store: Store, world: World, key: str, mark: str, now: datetime) -> None:
    """Say anew, by what holds now, the message in which this row was said, alone or with others."""
    row = store.outbox.by_key(key)
    head = store.outbox.by_id(row.merged_into) if row is not None and row.merged_into else row
    if head is not None and head.state is State.SENT:
        _rewrite(store, head, _said_again(store, world, head, now), mark, now)


def say_anew(store: Store, world: World, row: Sent, message: Message, now: datetime) -> None:
    """Put other words in the place of one part of a daily message; nothing if they are the same."""
    own = next((r for r in store.outbox.bundled(row.id) if r.id == row.id), row)
    if own.out.message != message:
        store.outbox.reword(row.out.key, message)
        rewrite(store, world, row.out.key, f"{row.out.key}.{now.isoformat()}", now)


def _rewrite(store: Store, row: Sent, message: Message, mark: str, now: datetime) -> None:
    store.outbox.put(edit(row, message, mark, now))


def edit(row: Sent, message: Message, mark: str, now: datetime) -> Outgoing:
    """What rewrites that message; `mark` is the edit's own part of its key."""
    return Outgoing(
        key=f"{row.out.key}:{mark}",
        subject=row.out.subject,
        kind=EDIT,
        lane=row.out.lane,
        message=message,
        at=now,
        until=now + CARD_USEFUL,
        way=Way.EDIT,
        edits=row.out.key,
    )


def _reminders_showing(
    store: Store, world: World, changed: Collection[R], now: datetime
) -> tuple[tuple[Sent, R], ...]:
    """Each message once, with one of the things that it shows."""
    by_subject = {thing.subject: thing for thing in changed}
    shown: dict[str, tuple[Sent, R]] = {}
    for row in store.outbox.about_any(by_subject, REMINDERS, now - REWRITE_FOR):
        thing = by_subject[row.out.subject]
        if (row.merged_into or row.id) in shown or not _may_see(world, UserId(row.out.lane), thing):
            continue
        head = store.outbox.by_id(row.merged_into) if row.merged_into else row
        if head is not None and head.state is State.SENT:
            shown[head.id] = head, thing
    return tuple(shown.values())


def _may_see(world: World, user: UserId, thing: Reminded) -> bool:
    """Who has left the workspace or the group is not told how it goes on."""
    person = world.people.get(user)
    keys = (None, *takes_part(groups_of(thing), world))
    there = any(m.group in keys for m in world.roles(user))
    return person is not None and not person.left and (there or user in thing.owners)


def _said_again(store: Store, world: World, head: Sent, now: datetime) -> Message:
    """The daily message as it stands today: what is settled shows how."""
    rows = store.outbox.bundled(head.id)
    latest = {(row.out.subject, row.out.kind in REMINDERS): row for row in rows}
    rows = tuple(sorted(latest.values(), key=lambda row: urgency(row.out.kind, row.out.key)))
    return words.bundle(tuple(_line(store, row, world, now) for row in rows))


def _line(store: Store, row: Sent, world: World, now: datetime) -> Message:
    kind, _, id_ = row.out.subject.partition(":")
    if kind == words.HELLO and (person := world.people.get(UserId(id_))) is not None:
        return hello(person, now)
    thing = things.by_subject(store, row.out.subject)
    step = step_of(row.out.key)
    if thing is None or not step:
        return row.out.message
    if isinstance(thing, Duty) and thing.closed:
        return preparation_notices.settled(thing, world)
    if isinstance(thing, Duty) and row.out.lane in thing.replied:
        return preparation_notices.answered(thing)
    if isinstance(thing, Duty):
        return line(beside(store, ()), thing, row.out.kind, step, UserId(row.out.lane), world, now)
    last = store.audit.of(thing.ref)[-1:]
    if last and last[0].at >= row.out.at and _settles(last[0].verb, thing, row):
        return _settled(thing, last[0], row, world, now)
    kind = row.out.kind
    around = beside(store, [(thing, kind)])
    return line(around, thing, kind, step, UserId(row.out.lane), world, now)


def _settled(thing: Thing, last: Change, row: Sent, world: World, now: datetime) -> Message:
    if isinstance(thing, Item):
        open_ = last.verb in LEAVE_OPEN and not thing.state.closed
        if open_ and row.out.kind in (REMIND, ESCALATE):
            own, by = row.out.kind != ESCALATE, (last.verb, last.by)
            return unfinished.still_open(thing, *by, world, now, last.request, own=own)
        return words.settled_line(thing, last.verb, last.by, world, now, last.request)
    return deadline_notices.settled_line(thing, last, world, now)


def _settles(verb: str, thing: Thing, row: Sent) -> bool:
    """A question is settled by any answer, a reminder by what leaves nothing to be reminded of."""
    if verb == "leave":
        return row.out.lane not in thing.owners
    if isinstance(thing, Deadline):
        return thing.stage.closed or verb not in QUIET_VERBS
    if verb not in QUIET_VERBS:
        return True
    asked = any(a.user == row.out.lane and a.answer is Answer.ASKED for a in thing.assignments)
    return row.out.kind == ASK and not asked
