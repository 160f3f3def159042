"""What was said, or waits to be said, of what a meeting needs, once that changes."""

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.domain.meetings import Meeting, MeetingId, PrepItem
from bot.domain.model import UserId, World
from bot.domain.notices import REMINDERS, Holiday, said_before
from bot.domain.preparation import REPLIES, preparation_subject
from bot.domain.preparation_notices import Duty
from bot.domain.things import notices_of
from bot.services import cards, duties
from bot.services.drafts import count_as_said
from bot.storage.database import Store


def follow(
    store: Store,
    world: World,
    meeting: MeetingId,
    now: datetime,
    numbers: Collection[int] | None = None,
) -> None:
    """What waits is unsaid, planning puts it anew; what was said tells how it stands now.

    `numbers` of the items that have changed; None: all, as the meeting has.
    """
    found = duties.of_meetings(store, [meeting])
    changed = [one for one in found if numbers is None or one.item.n in numbers]
    store.outbox.withdraw_all((one.subject for one in changed), REMINDERS)
    cards.retell(store, world, changed, now)


def replied(store: Store, world: World, meeting: MeetingId, user: UserId, now: datetime) -> None:
    """Who has replied is not asked for it; what they were told says so."""
    for duty in duties.of_meetings(store, [meeting]):
        if duty.item.key != REPLIES:
            continue
        if user in duty.replied:
            store.outbox.silence(user, [duty.subject], why="replied", kinds=REMINDERS)
        for row in store.outbox.about(duty.subject):
            if row.out.lane == user and row.out.kind in REMINDERS:
                cards.rewrite(store, world, row.out.key, f"replied.{now.isoformat()}", now)


def gone(store: Store, meeting: MeetingId, items: Iterable[PrepItem]) -> None:
    """The meeting is no more."""
    subjects = (preparation_subject(meeting, item.n) for item in items)
    store.outbox.withdraw_all(subjects, REMINDERS)


def moved(
    store: Store,
    world: World,
    holiday: Holiday,
    before: Meeting,
    items: Iterable[PrepItem],
    now: datetime,
) -> None:
    """After `follow`: what is late and stays late on another day is not told again."""
    old = {one.subject: one for one in (Duty(before, item) for item in items)}
    for new in duties.of_meetings(store, [before.id]):
        was = old.get(new.subject)
        if was is not None and was.item.due != new.item.due and was.item.set_at == new.item.set_at:
            known, wanted = (notices_of(one, world, holiday) for one in (was, new))
            said = store.outbox.standing(tuple(n.key for n in (*known, *wanted)))
            count_as_said(store, new, said_before(known, wanted, said), world, now)


def relieve(store: Store, user: UserId) -> None:
    """What waits to be said to them; planning puts anew what is still theirs to hear."""
    waiting = (row.out for row in store.outbox.waiting(user) if row.out.kind in REMINDERS)
    mine = {out.subject for out in waiting if out.subject.startswith(f"{duties.PREP}:")}
    store.outbox.withdraw_all(mine, REMINDERS)
