"""What is in a group's weekly digest: composed for one reader, as it stands at one moment."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain import weeks
from bot.domain.charge import in_charge
from bot.domain.days import day_in
from bot.domain.deadlines import Deadline
from bot.domain.deciding import deadlines_to_decide, to_decide
from bot.domain.decisions import Decision, DecisionState
from bot.domain.digests import Digest
from bot.domain.figures import Sight, Tally, figures, is_closed, is_due_soon, is_overdue, sight
from bot.domain.items import Item
from bot.domain.model import Group, Ref, Role, UserId, World
from bot.domain.notices import Holiday, programme_calendar
from bot.domain.state import Why
from bot.domain.things import Thing
from bot.services import status
from bot.storage.database import Store
from bot.views import digest_notes as notes

TREND = 8
"""Weeks in the chart."""
DECIDED_AT_ONCE = 5
LISTED = 10
"""Actions that are named; all are counted."""
NEAR, AHEAD = timedelta(days=7), timedelta(days=42)
"""Deadlines so near are news; those so far ahead are named."""


def compose(
    store: Store, world: World, group: Group, reader: UserId, now: datetime, holiday: Holiday
) -> Digest:
    """As it stands now, beside how it stood; however many actions, as many queries."""
    survey = status.surveyed(store, world, [group], now)
    calendar = programme_calendar(world, holiday)
    seen = sight(group, now, calendar, world.people)
    tallies = store.digests.tallies([group.key], seen.start)
    trend = store.digests.snapshots(group.key, now, TREND)
    open_ = tuple(d for d in survey.deadlines if not d.groups or group.key in d.groups)
    outlines = survey.items.get(group.key, ())
    due = {one.ref: one.due_day for one in outlines} | {one.ref: one.due for one in open_}
    waiting = [
        *to_decide(outlines, group, now, calendar),
        *deadlines_to_decide(open_, group, now, calendar),
    ]
    waiting.sort(key=lambda pair: (due[pair[0]], pair[0]))
    late = (due[ref] for ref, _ in waiting if due[ref] < seen.today)
    person = world.people.get(reader)
    digest = Digest(
        group=group,
        week=weeks.week_of(day_in(now, person.zone if person else group.zone)),
        now=now,
        reader=reader,
        status=survey.statuses[0],
        figures=figures(tallies, group, now, calendar, world.people),
        before=next((one for one in trend if one.at == seen.start), None),
        trend=trend,
        to_decide=len(waiting),
        instead=_instead(world, group, reader, now),
        week_before=(day_in(seen.start, seen.zone), seen.last_day),
        unchanged_since=_unchanged_since(tallies, open_, seen),
        waits_since=min(late, default=None),
    )
    digest = _with_items(store, digest, seen, tallies, waiting[:DECIDED_AT_ONCE], open_)
    digest = _with_the_rest(store, digest, seen, open_)
    return replace(digest, quiet=_is_quiet(digest, seen))


def _with_items(
    store: Store,
    digest: Digest,
    seen: Sight,
    tallies: Sequence[Tally],
    waiting: Sequence[tuple[Ref, Why]],
    deadlines: Sequence[Deadline],
) -> Digest:
    """Those that are named, in full."""
    still = sorted((t for t in tallies if not t.state.closed), key=lambda t: (t.due_day, t.id))
    overdue = [tally.ref for tally in still if is_overdue(tally, seen)][:LISTED]
    soon = [tally.ref for tally in still if is_due_soon(tally, seen)][:LISTED]
    done = [tally for tally in tallies if is_closed(tally, seen)]
    done.sort(key=lambda tally: (tally.closed_at or digest.now, tally.id), reverse=True)
    closed = [tally.ref for tally in done[:LISTED]]
    wanted = {*overdue, *soon, *closed, *(ref for ref, _ in waiting)}
    found = {item.ref: item for item in (store.items.many(wanted) if wanted else ())}
    things: dict[Ref, Thing] = {**found, **{one.ref: one for one in deadlines}}

    def named(refs: Iterable[Ref]) -> tuple[Item, ...]:
        return tuple(found[ref] for ref in refs)

    return replace(
        digest,
        decide=tuple((things[ref], why) for ref, why in waiting),
        overdue=named(overdue),
        due_soon=named(soon),
        closed=named(closed),
    )


def _with_the_rest(store: Store, digest: Digest, seen: Sight, open_: Sequence[Deadline]) -> Digest:
    """Deadlines, the preparation of the next meeting, and what was decided."""
    decided = store.decisions.of_group(digest.group.key, seen.start)
    meeting = digest.status.meeting
    slipped = (
        deadline
        for deadline in open_
        if any(seen.in_week(move.at) and move.new > move.old for move in deadline.moves)
    )
    return replace(
        digest,
        decisions=tuple(
            d for d in decided if d.state is not DecisionState.WITHDRAWN and _decided_in(d, seen)
        ),
        deadlines=tuple(d for d in open_ if d.due <= seen.today + AHEAD),
        slipped=tuple(slipped),
        preparation=store.meetings.preparation([meeting.id])[meeting.id] if meeting else (),
    )


def _decided_in(decision: Decision, seen: Sight) -> bool:
    return seen.in_week(decision.state_since or decision.created_at)


def _unchanged_since(
    tallies: Iterable[Tally], deadlines: Iterable[Deadline], seen: Sight
) -> date | None:
    """The day of the last change, if that is before the last whole week."""
    moments = [tally.updated_at for tally in tallies]
    moments += [one.updated_at or one.created_at for one in deadlines]
    last = max(moments, default=None)
    return day_in(last, seen.zone) if last is not None and last < seen.start else None


def _is_quiet(digest: Digest, seen: Sight) -> bool:
    """Nothing late, near, waiting, slipped or decided, and no preparation that is late."""
    near = any(deadline.due <= seen.today + NEAR for deadline in digest.deadlines)
    counted = digest.figures.overdue or digest.figures.due_soon or digest.to_decide
    told = digest.status.judged.because or digest.slipped or digest.decisions
    return not (near or counted or told)


def _instead(world: World, group: Group, reader: UserId, now: datetime) -> str:
    """Why it comes to somebody who is not the chair; empty for the chair, and who only looks."""
    chairs = _here(world, world.holding(Role.CHAIR, group.key))
    if reader in chairs or reader not in in_charge(world, group.key, now):
        return ""
    cochairs = _here(world, world.holding(Role.COCHAIR, group.key))
    if reader in cochairs:
        return notes.CHAIR_AWAY if chairs else notes.NO_CHAIR
    if chairs:
        return notes.BOTH_AWAY if cochairs else notes.ONLY_CHAIR_AWAY
    return notes.COCHAIR_AWAY if cochairs else notes.NOBODY


def _here(world: World, users: Iterable[UserId]) -> set[UserId]:
    people = (world.people[user] for user in users if user in world.people)
    return {person.user for person in people if not (person.left or person.bot)}
