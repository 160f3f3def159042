"""The weekly digest over all groups, for the coordinators who asked for it.

However many groups and actions there are, the number of queries depends on the slips alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import weeks
from bot.domain.charge import has_chair
from bot.domain.days import day_in
from bot.domain.digests import Figures
from bot.domain.figures import Sight, is_closed, sight
from bot.domain.items import Move
from bot.domain.model import (
    ChannelId,
    GroupKey,
    GroupState,
    UserId,
    World,
)
from bot.domain.notices import ESCALATE, Holiday, programme_calendar
from bot.domain.outbox import State
from bot.domain.programme_digests import Missing, ProgrammeDigest, Slip
from bot.domain.state import Outline, Standing
from bot.domain.things import Thing, due_day, groups_of, notices_of
from bot.services import chains, channel_losses, status, steering
from bot.services.status import Survey
from bot.storage.database import Store

LOOKED_AT = 100
"""Of what is overdue longest, to tell what was escalated."""
SLIPS = 10
NAMED = 5
"""Of what waits in groups without a chair, told in full."""
AHEAD = timedelta(days=42)
NEAR = timedelta(days=7)


def compose(
    store: Store, world: World, reader: UserId, now: datetime, holiday: Holiday
) -> ProgrammeDigest:
    """As all groups stand now, beside how they stood."""
    groups = [g for g in world.groups.values() if g.state is GroupState.ACTIVE]
    survey = status.surveyed(store, world, groups, now)
    report = steering.of_survey(survey, world, now, holiday)
    calendar = programme_calendar(world, holiday)
    seen = {group.key: sight(group, now, calendar, world.people) for group in groups}
    person = world.people.get(reader)
    today = day_in(now, world.programme.zone)
    start = min((one.start for one in seen.values()), default=now)
    end = max((one.end for one in seen.values()), default=now)
    chairless = tuple(group.key for group in groups if not has_chair(world, group.key))
    unled = tuple(pair for key in chairless for pair in report.decide[key])
    escalated = _escalated(store, survey, world, reader, now, holiday)
    above = {thing.ref for thing in escalated}
    first = [ref for ref, _ in unled if ref not in above][:NAMED]
    monday = weeks.monday_before(today)
    digest = ProgrammeDigest(
        week=weeks.week_of(day_in(now, person.zone if person else world.programme.zone)),
        now=now,
        reader=reader,
        report=report,
        before=_before(store, seen),
        closed=_closed(store, seen),
        slips=tuple(_slips(store, survey, start, end)),
        deadlines=tuple(d for d in survey.deadlines if d.due <= today + AHEAD),
        escalated=escalated,
        unled=unled,
        named={item.ref: item for item in (store.items.many(first) if first else ())},
        week_before=(monday - weeks.WEEK, monday - timedelta(days=1)),
        waiting={
            key: len(found)
            for key, found in report.decide.items()
            if found and key not in chairless
        },
        missing=_missing(store, survey, chairless),
        post_in=_post_in(store, world),
    )
    return replace(digest, quiet=_is_quiet(digest, world))


def _before(store: Store, seen: Mapping[GroupKey, Sight]) -> dict[GroupKey, Figures]:
    """As kept when the last whole week of each began."""
    wanted = {weeks.week_of(day_in(s.start, s.zone) - weeks.WEEK) for s in seen.values()}
    kept = store.digests.of_weeks(wanted) if wanted else ()
    return {s.group: s.figures for s in kept if s.group in seen and s.at == seen[s.group].start}


def _closed(store: Store, seen: Mapping[GroupKey, Sight]) -> dict[GroupKey, int]:
    start = min((one.start for one in seen.values()), default=None)
    tallies = store.digests.tallies(tuple(seen), start) if start else ()
    return Counter(one.group for one in tallies if is_closed(one, seen[one.group]))


def _slips(store: Store, survey: Survey, since: datetime, until: datetime) -> Iterator[Slip]:
    """Of deadlines, and of the actions that something waits for; the first few."""

    def then(moves: Iterable[Move]) -> tuple[Move, ...]:
        return tuple(move for move in moves if since <= move.at < until and move.new > move.old)

    awaited = {ref for some in survey.items.values() for item in some for ref in item.needs}
    awaited |= {ref for deadline in survey.deadlines for ref in deadline.needs}
    moved = {
        after.ref: after
        for before, after in store.digests.changes_since(since)
        if before is not None and after is not None and after.due.day > before.due.day
    }
    actions = store.items.many(awaited & moved.keys()) if awaited & moved.keys() else ()
    still: list[Thing] = [*survey.deadlines, *(i for i in actions if not i.state.closed)]
    moved_back = [thing for thing in still if then(thing.moves)]
    for thing in moved_back[:SLIPS]:
        own = set(groups_of(thing))
        found = chains.slipped(store, thing.ref, then(thing.moves)[0].old)
        hits = tuple(hit for hit in found if not own or set(hit.step.groups) - own)
        if hits:
            yield Slip(thing, hits)


def _escalated(
    store: Store,
    survey: Survey,
    world: World,
    reader: UserId,
    now: datetime,
    holiday: Holiday,
) -> tuple[Thing, ...]:
    """By the ladder as it is now: whoever acted since is not among them."""
    items = [item for some in survey.items.values() for item in some if _may_be(item, world, now)]
    items.sort(key=lambda item: item.due_day)
    refs = [item.ref for item in items[:LOOKED_AT]]
    late = [d for d in survey.deadlines if d.due < now.date()][:LOOKED_AT]
    found: list[Thing] = [*late, *(store.items.many(refs) if refs else ())]
    told = [thing for thing in found if _is_told(thing, world, reader, now, holiday)]
    return tuple(sorted(told, key=due_day))


def _may_be(item: Outline, world: World, now: datetime) -> bool:
    """Whether it is overdue so long that somebody may have been told."""
    settings = world.groups[item.group].settings
    steps = [step for step in (settings.chair_after, settings.coordinator_after) if step]
    return bool(steps and item.owners) and (now.date() - item.due_day).days >= min(steps)


def _is_told(thing: Thing, world: World, reader: UserId, now: datetime, holiday: Holiday) -> bool:
    return any(
        notice.kind == ESCALATE and notice.to == reader and notice.at <= now
        for notice in notices_of(thing, world, holiday)
    )


def _missing(store: Store, survey: Survey, chairless: tuple[GroupKey, ...]) -> Missing:
    statuses = survey.statuses
    return Missing(
        chair=chairless,
        channel=tuple(s.group.key for s in statuses if s.group.channel is None),
        meeting=tuple(s.group.key for s in statuses if s.meeting is None),
        lost=channel_losses.cut_off(store, (s.group for s in statuses)),
        refused=store.outbox.counts().get(State.REFUSED, 0),
    )


def _post_in(store: Store, world: World) -> ChannelId | None:
    channel = store.groups.channel(world.programme.channel) if world.programme.channel else None
    return channel.id if channel and channel.bot_in and not channel.archived else None


def _is_quiet(digest: ProgrammeDigest, world: World) -> bool:
    today = day_in(digest.now, world.programme.zone)
    bad = any(s.judged.standing in (Standing.LATE, Standing.LOOK) for s in digest.report.statuses)
    near = any(deadline.due <= today + NEAR for deadline in digest.deadlines)
    told = digest.slips or digest.escalated or digest.waiting or digest.unled
    return not (bad or near or told or digest.missing.anything)
