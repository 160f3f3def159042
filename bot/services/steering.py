"""The report over groups for those who steer them, made of what their status is made of."""

from datetime import datetime

from bot.domain.deciding import to_decide
from bot.domain.model import Group, GroupKey, Ref, World
from bot.domain.notices import Holiday, programme_calendar
from bot.domain.state import Why
from bot.domain.steering import Report, endangered
from bot.services import status
from bot.services.access import Ask
from bot.services.status import Survey


def report(ask: Ask, group: Group | None, holiday: Holiday) -> Report | None:
    """Of the group; None: of all active ones the asker may see. Nothing if there are none."""
    groups = status.shown_to(ask, group)
    if not groups:
        return None
    survey = status.surveyed(ask.store, ask.world, groups, ask.now)
    return of_survey(survey, ask.world, ask.now, holiday)


def of_survey(survey: Survey, world: World, now: datetime, holiday: Holiday) -> Report:
    keys = {one.group.key for one in survey.statuses}
    deadlines = [d for d in survey.deadlines if not d.groups or not keys.isdisjoint(d.groups)]
    risks = endangered(deadlines, survey.needed, survey.delays, survey.event, world, now)
    return Report(
        statuses=survey.statuses,
        now=now,
        decide=_decide(survey, world, now, holiday),
        event=survey.event,
        ready=survey.event_ready,
        risks=tuple(risks),
    )


def _decide(
    survey: Survey, world: World, now: datetime, holiday: Holiday
) -> dict[GroupKey, tuple[tuple[Ref, Why], ...]]:
    calendar = programme_calendar(world, holiday)
    groups = [one.group for one in survey.statuses]
    return {
        group.key: to_decide(survey.items.get(group.key, ()), group, now, calendar)
        for group in groups
    }
