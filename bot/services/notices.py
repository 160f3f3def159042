"""Planning: what the rows say must be said by now goes into the outbox, once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain import notices
from bot.domain.model import UserId, World
from bot.domain.notices import ESCALATE, REMIND, Holiday, Notice
from bot.domain.things import Reminded, may_be_due, notices_of
from bot.services import digest_moves, digests, occasions, things
from bot.services.digests import Made
from bot.services.drafts import Drafts, composed, count_as_said
from bot.services.occasions import Moment
from bot.services.remembered import Remembered
from bot.storage import marks
from bot.storage.database import Store

PLAN_MARK = marks.PLAN_MARK
OUTAGE = "outage"
"""The last time the bot was away: until `at`, since the instant in `value`."""
GAP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Planner:
    """Safe to run twice, at any time: a notice planned again is the same row."""

    holiday: Holiday
    country_name: Callable[[str], str] = str
    """Of an ISO 3166 code."""
    _remembered: Remembered = field(default_factory=Remembered, repr=False, compare=False)

    def due(self, store: Store, now: datetime) -> Drafts:
        """What is to be said and not yet put; reads only."""
        world, mark = store.groups.world(), self._mark(store, now)
        found = self._remembered.due(store, world, self.holiday, now, mark)
        return composed(store, _not_put(store, list(found)), world, now)

    def due_of_changed(self, store: Store, now: datetime, since: datetime | None = None) -> Drafts:
        """The same of what has changed `since`, or since the last look at everything.

        But who is to hear of these now hears of all that is due: it is one message a day.
        """
        world = store.groups.world()
        changed = things.changed_since(store, since or self._mark(store, now))
        due = self._unput(store, changed, world, now) if changed else []
        among = {thing.subject: thing for thing, _ in due}
        for user in {notice.to for _, notice in due}:
            theirs = things.reaching(store, world, user, self._mark(store, now), now.date())
            among |= {thing.subject: thing for thing in theirs}
        return composed(store, self._unput(store, among.values(), world, now), world, now)

    def put(self, store: Store, now: datetime, drafts: Drafts) -> int:
        """What a reader has composed, anew where it does not hold any more; how many.

        The mark stays: that all is put is for `plan` to say.
        """
        world = store.groups.world()
        known = (draft.thing for draft in drafts.found)
        same = things.as_they_were(store, known) if world == drafts.world else frozenset()
        standing = store.outbox.standing(tuple(draft.out.key for draft in drafts.found))
        outs = [
            draft.out
            for draft in drafts.found
            if draft.thing.subject in same and draft.out.key not in standing
        ]
        store.outbox.put_all(outs)
        changed = [subject for subject in drafts.subjects if subject not in same]
        if not changed:
            return len(outs)
        return len(outs) + self._put(store, things.still_open(store, changed), now)

    def put_part(self, store: Store, now: datetime, drafts: Drafts) -> int:
        """The same of a part of a look at everything; what it says may be said at once."""
        self._mark_outage(store, now)
        return self.put(store, now, drafts)

    def digests(self, store: Store, now: datetime) -> Made:
        """Those of this moment, composed on a reader, for `plan` to put."""
        return digests.made(store, self.holiday, now, self._mark(store, now))

    def plan(
        self,
        store: Store,
        now: datetime,
        only: tuple[str, ...] | None = None,
        made: Made | None = None,
    ) -> int:
        """Put every notice due since ever that is still useful or was never looked at.

        However long the bot was down, the mark tells: what ran out meanwhile is put as well, and
        delivery marks it stale instead of keeping silent about it. `only` are the subjects to look
        at, none where all notices are put already; `made` are digests that a reader has composed.
        """
        among = things.all_open(store) if only is None else things.still_open(store, only)
        put = self._put(store, among, now)
        mark = self._mark(store, now)
        put += digests.plan(store, self.holiday, now, mark, made)
        put += occasions.plan(store, self._moment(store, now, mark))
        self._mark_outage(store, now)
        store.marks.set(PLAN_MARK, now)
        return put

    def _moment(self, store: Store, now: datetime, mark: datetime) -> Moment:
        return Moment(now, mark, store.groups.world(), self.holiday, self.country_name)

    def _mark_outage(self, store: Store, now: datetime) -> None:
        mark = self._mark(store, now)
        if now - mark > GAP:
            store.marks.set(OUTAGE, now, mark.isoformat())

    def _put(self, store: Store, among: Iterable[Reminded], now: datetime) -> int:
        world = store.groups.world()
        drafts = composed(store, self._unput(store, among, world, now), world, now)
        store.outbox.put_all([draft.out for draft in drafts.found])
        return len(drafts.found)

    def _unput(
        self, store: Store, among: Iterable[Reminded], world: World, now: datetime
    ) -> list[tuple[Reminded, Notice]]:
        mark = self._mark(store, now)
        due = [
            (thing, notice)
            for thing in among
            if may_be_due(thing, world, now, mark)
            for notice in notices_of(thing, world, self.holiday)
            if notice.at <= now and (notice.until > now or notice.at > mark)
        ]
        return _not_put(store, due)

    def _mark(self, store: Store, now: datetime) -> datetime:
        mark = store.marks.get(PLAN_MARK)
        return mark.at if mark is not None else now

    def follow(
        self,
        store: Store,
        before: World,
        concerned: Iterable[Reminded],
        now: datetime,
        to: UserId | None = None,
    ) -> None:
        """After a change of settings: what was said on its old day counts as said on its new one.

        `to`: only to this person, and to whom it is told that theirs stays overdue. What is still
        pending is to be withdrawn before.
        """
        after = store.groups.world()

        def heard(thing: Reminded, world: World) -> tuple[Notice, ...]:
            found = notices_of(thing, world, self.holiday)
            return tuple(n for n in found if to in (None, n.to) or n.kind == ESCALATE)

        pairs = [(thing, heard(thing, before), heard(thing, after)) for thing in concerned]
        keys = {notice.key for _, old, new in pairs for notice in (*old, *new)}
        said = store.outbox.standing(tuple(keys))
        since = now if to is None else None
        for thing, old, new in pairs:
            unsaid = notices.said_before(old, new, said, since)
            count_as_said(store, thing, unsaid, after, now)
        if to is not None:
            self._spare_others(store, before, after, [thing for thing, _, _ in pairs], now)
            digest_moves.follow(store, self.holiday, before, to, now)

    def _spare_others(
        self,
        store: Store,
        before: World,
        after: World,
        concerned: Iterable[Reminded],
        now: datetime,
    ) -> None:
        """Who stands in for somebody from now on is not reminded of what was due before."""
        for thing in concerned:
            known = {(n.to, n.step) for n in notices_of(thing, before, self.holiday)}
            fresh = (n for n in notices_of(thing, after, self.holiday) if n.kind == REMIND)
            passed = (n for n in fresh if (n.to, n.step) not in known and n.at <= now)
            unasked = (n for n in passed if n.to not in thing.owners)
            count_as_said(store, thing, unasked, after, now)

    def from_now_on(self, store: Store, thing: Reminded, to: UserId, now: datetime) -> None:
        """Whoever did not want to hear of it is not told what was due meanwhile."""
        world = store.groups.world()
        passed = (n for n in self._notices(thing, world, to) if n.at <= now)
        count_as_said(store, thing, passed, world, now)

    def _notices(self, thing: Reminded, world: World, to: UserId | None) -> tuple[Notice, ...]:
        found = notices_of(thing, world, self.holiday)
        return tuple(notice for notice in found if to in (None, notice.to))

    def count_as_said(self, store: Store, now: datetime) -> None:
        """Of a world that comes from elsewhere: nothing that fell due before is said again."""
        world = store.groups.world()
        for thing in things.all_open(store):
            passed = (n for n in self._notices(thing, world, None) if n.at <= now)
            count_as_said(store, thing, passed, world, now)
        store.marks.set(PLAN_MARK, now)

    def next_at(self, store: Store, now: datetime) -> datetime | None:
        """The next instant at which something falls due, for a clock that skips what is between."""
        world = store.groups.world()
        known = self._remembered.all(store, world, self.holiday, now)
        later = [notice.at for notice in known if notice.at > now]
        others = (
            store.outbox.next_at(),
            digests.next_at(store, world, self.holiday, now),
            *occasions.next_at(store, self._moment(store, now, now)),
        )
        return min([*later, *(at for at in others if at is not None)], default=None)


def _not_put(store: Store, due: list[tuple[Reminded, Notice]]) -> list[tuple[Reminded, Notice]]:
    standing = store.outbox.standing(tuple(notice.key for _, notice in due))
    return [(thing, notice) for thing, notice in due if notice.key not in standing]
