"""What is said of minutes unasked, each once; and the message in the channel that shows them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from bot.domain.charge import in_charge
from bot.domain.days import WEEKDAYS, next_allowed
from bot.domain.meetings import Meeting
from bot.domain.minutes import Comment, Content, Minutes
from bot.domain.model import Role, UserId, World
from bot.domain.notices import DAILY, hours_of
from bot.domain.outbox import Message, Outgoing, State
from bot.services import cards
from bot.services.access import Ask
from bot.services.meeting_news import lanes
from bot.storage.database import Store
from bot.views import minutes as view
from bot.views import minutes_news as words

DRAFTED, OUTCOME, STEERING = "minutes-draft", "minutes-actions", "minutes-steering"
OBJECTED, COMMENTED = "minutes-objected", "minutes-comment"
ASKING = frozenset({DRAFTED, OBJECTED, COMMENTED})
"""Kinds that ask for something: unsaid once the minutes are accepted."""
USEFUL = timedelta(days=14)


def zone_of(meeting: Meeting, world: World) -> str:
    """In which its days begin and end: the group's, of several the programme's."""
    group = world.groups.get(meeting.groups[0]) if len(meeting.groups) == 1 else None
    return group.zone if group is not None else world.programme.zone


def minding(meeting: Meeting, world: World, now: datetime) -> tuple[UserId, ...]:
    keys = meeting.groups or (None,)
    return tuple(dict.fromkeys(user for key in keys for user in in_charge(world, key, now)))


def tell_drafted(
    store: Store, world: World, meeting: Meeting, minutes: Minutes, now: datetime
) -> None:
    """Soon, not with the daily message: what was just said is still in everybody's mind."""
    taker = (meeting.note_taker,) if meeting.note_taker is not None else ()
    message = words.drafted(meeting, minutes)
    for user in _reachable(world, (*taker, *minding(meeting, world, now))):
        person = world.people[user]
        store.outbox.put(
            Outgoing(
                key=f"{meeting.subject}:{DRAFTED}:{user}",
                subject=meeting.subject,
                kind=DRAFTED,
                lane=user,
                message=message,
                at=next_allowed(now, person.zone, hours_of(person), WEEKDAYS),
                until=now + USEFUL,
            )
        )


def tell_outcome(
    store: Store, world: World, meeting: Meeting, content: Content, now: datetime
) -> None:
    """In the meeting's thread if it had one, else in the channel; nothing where nothing came."""
    for out in outcome_rows(store, world, meeting, content, now):
        store.outbox.put(out)


def outcome_rows(
    store: Store, world: World, meeting: Meeting, content: Content, now: datetime
) -> Iterator[Outgoing]:
    if not (content.actions or content.decisions):
        return
    message = words.outcome(meeting, content, world)
    sitting = store.proceedings.sitting(meeting.id)
    thread = store.outbox.by_key(sitting.thread_key) if sitting is not None else None
    for lane, _ in lanes(meeting, world):
        in_thread = thread is not None and thread.out.lane == lane
        yield Outgoing(
            key=f"{meeting.subject}:{OUTCOME}:{lane}",
            subject=meeting.subject,
            kind=OUTCOME,
            lane=lane,
            message=message,
            at=now,
            until=now + USEFUL,
            thread_ts=thread.ts if in_thread and thread is not None else None,
        )


def show(
    store: Store,
    world: World,
    meeting: Meeting,
    minutes: Minutes,
    content: Content,
    now: datetime,
) -> None:
    """Post them once they are out, or rewrite what is there."""
    for out in rows_showing(store, world, meeting, minutes, content, now):
        store.outbox.put(out)


def shows(meeting: Meeting, lane: str) -> str:
    """The key of the message that shows them."""
    return f"{meeting.subject}:minutes:{lane}"


def rows_showing(
    store: Store,
    world: World,
    meeting: Meeting,
    minutes: Minutes,
    content: Content,
    now: datetime,
) -> Iterator[Outgoing]:
    if minutes.published_at is None:
        return
    message = view.posted(content, minutes, world)
    for lane, _ in lanes(meeting, world):
        key = shows(meeting, lane)
        there = store.outbox.by_key(key)
        if there is not None and there.state is not State.PENDING:
            yield cards.edit(there, message, f"v{minutes.version}", now)
            continue
        yield Outgoing(
            key=key,
            subject=meeting.subject,
            kind=cards.CARD,
            lane=lane,
            message=message,
            at=now,
            until=now + cards.CARD_USEFUL,
        )


def tell_steering(
    store: Store, world: World, meeting: Meeting, content: Content, now: datetime
) -> None:
    """Who steers and is not of the group, which reads the minutes themselves."""
    for out in steering_rows(world, meeting, content, now):
        store.outbox.put(out)


def steering_rows(
    world: World, meeting: Meeting, content: Content, now: datetime
) -> Iterator[Outgoing]:
    own = {m.user for key in meeting.groups or world.groups for m in world.members(key)}
    others = (user for user in world.holding(Role.STEERING) if user not in own)
    message = words.steering(meeting, content, world)
    return _daily(world, meeting, STEERING, others, message, now)


def tell_comment(ask: Ask, meeting: Meeting, comment: Comment) -> None:
    message = words.commented(meeting, comment, ask.world)
    kind, mark = COMMENTED, _mark(comment)
    others = (u for u in minding(meeting, ask.world, ask.now) if u != comment.by)
    for out in _daily(ask.world, meeting, kind, others, message, ask.now, mark):
        ask.store.outbox.put(out)


def tell_objection(ask: Ask, meeting: Meeting, minutes: Minutes, comment: Comment) -> None:
    message = words.objected(meeting, minutes, comment, ask.world)
    others = (u for u in minding(meeting, ask.world, ask.now) if u != comment.by)
    mark = _mark(comment)
    for out in _daily(ask.world, meeting, OBJECTED, others, message, ask.now, mark):
        ask.store.outbox.put(out)


def ask_undecided(
    store: Store, world: World, meeting: Meeting, minutes: Minutes, day: date, now: datetime
) -> int:
    """How many hear that the minutes wait for them, though their day has come."""
    rows = undecided_rows(world, meeting, minutes, day, now)
    return sum(store.outbox.put(out) for out in rows)


def undecided_rows(
    world: World, meeting: Meeting, minutes: Minutes, day: date, now: datetime
) -> Iterator[Outgoing]:
    message = words.undecided(meeting, minutes, world)
    users = minding(meeting, world, now)
    return _daily(world, meeting, OBJECTED, users, message, now, day.isoformat())


def _mark(comment: Comment) -> str:
    return f"{comment.by}:{comment.at:%Y-%m-%dT%H%M%S}"


def _daily(
    world: World,
    meeting: Meeting,
    kind: str,
    users: Iterable[UserId],
    message: Message,
    now: datetime,
    mark: str = "",
) -> Iterator[Outgoing]:
    for user in _reachable(world, users):
        yield Outgoing(
            key=f"{meeting.subject}:{kind}:{f'{mark}:' if mark else ''}{user}",
            subject=meeting.subject,
            kind=kind,
            lane=user,
            message=message,
            at=now,
            until=now + USEFUL,
            bundle=DAILY,
            quiet_hours=True,
        )


def _reachable(world: World, users: Iterable[UserId]) -> tuple[UserId, ...]:
    people = ((user, world.people.get(user)) for user in dict.fromkeys(users))
    return tuple(user for user, person in people if person and not (person.left or person.bot))
