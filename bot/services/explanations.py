"""The bot explains itself: why something was said or not, and what it is about to say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import explanations
from bot.domain.deadlines import PREFIX
from bot.domain.explanations import Evidence, Told
from bot.domain.meetings import Meeting
from bot.domain.model import Group, Ref
from bot.domain.notices import REMINDERS, Holiday
from bot.domain.outbox import Sent
from bot.domain.preparation_notices import Duty
from bot.domain.things import Thing
from bot.services import deadlines, duties, forecasts, items, meetings
from bot.services.access import Ask, Op, allowed, authorize
from bot.views.forecasts import Coming

AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Preview:
    """Until `end`; `here`: what the group's channel is to hear, for who leads the group."""

    end: datetime
    mine: tuple[Coming, ...]
    group: Group | None = None
    here: tuple[Coming, ...] = ()


def why(ask: Ask, ref: Ref, holiday: Holiday) -> tuple[Thing, tuple[Told, ...]]:
    """Every reminder about the action or deadline, past and to come."""
    of_deadline = ref.startswith(f"{PREFIX}-")
    thing = deadlines.find(ask, ref) if of_deadline else items.find(ask, ref)
    rows = ask.store.outbox.about(thing.subject)
    known = Evidence(thing, rows, heads(ask, rows), ask.store.audit.of(thing.ref))
    return thing, explanations.explained(known, ask.world, holiday, ask.now)


def of_meeting(
    ask: Ask, ref: Ref, holiday: Holiday
) -> tuple[Meeting, tuple[tuple[Duty, Told], ...]]:
    """Every reminder of what the meeting needs, past and to come."""
    meeting = meetings.find(ask, ref)
    owed = duties.of_meetings(ask.store, [meeting.id])
    rows: dict[str, list[Sent]] = {duty.subject: [] for duty in owed}
    for row in ask.store.outbox.about_any(rows, REMINDERS):
        rows[row.out.subject].append(row)
    merged = heads(ask, [row for some in rows.values() for row in some])
    found = [
        (duty, one)
        for duty in owed
        for known in [Evidence(duty, tuple(rows[duty.subject]), merged, ())]
        for one in explanations.explained(known, ask.world, holiday, ask.now)
    ]
    return meeting, tuple(sorted(found, key=lambda pair: pair[1].at))


def heads(ask: Ask, rows: Iterable[Sent]) -> dict[str, Sent]:
    """What those that were merged went out with."""
    merged = {row.merged_into for row in rows if row.merged_into}
    return {id_: head for id_ in merged if (head := ask.store.outbox.by_id(id_)) is not None}


def preview(ask: Ask, holiday: Holiday, country_name: Callable[[str], str] = str) -> Preview:
    """What the asker will hear if nothing changes."""
    authorize(ask, Op.SEE_SELF, ask.actor)
    end = ask.now + AHEAD
    others = forecasts.brought(ask.store, holiday, ask.now, end, country_name)
    mine = forecasts.foretold(ask.store, ask.actor, holiday, ask.now, end, others)
    group = ask.group
    if group is None or not allowed(ask.world, ask.actor, Op.SET_GROUP, group.key, ask.now):
        return Preview(end, mine)
    here = forecasts.in_channel(ask.store, ask.channel, others, ask.now, end)
    return Preview(end, mine, group, here)
