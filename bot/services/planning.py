"""Planning meetings: one, or a series by a rule, each with its preparation."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.domain.days import day_in, instant, wall_after
from bot.domain.history import Change
from bot.domain.items import TITLE_LIMIT
from bot.domain.local_times import Facts
from bot.domain.meetings import Meeting, MeetingKind, NewMeeting
from bot.domain.model import GroupKey
from bot.domain.notices import Holiday
from bot.domain.recurrence import Rule, days_of, is_cut, require_times
from bot.domain.rescheduling import Former, Policy, Series, prepared
from bot.domain.templates import CALL, FACE_TO_FACE
from bot.errors import BadInput, Code
from bot.services import checklists, checks
from bot.services.access import Ask, Op, authorize_each
from bot.services.meeting_facts import facts_of
from bot.services.meeting_links import parted
from bot.services.meeting_undo import PLAN, keep

TEMPLATE = {MeetingKind.CALL: CALL, MeetingKind.FACE_TO_FACE: FACE_TO_FACE}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for: `day` and `at` are on the clock in `zone`; `length` over a day is too.

    No groups: all together. With a rule, `day` is the first on which it may begin.
    """

    title: str
    groups: tuple[GroupKey, ...]
    day: date
    at: time
    zone: str
    length: timedelta
    kind: MeetingKind = MeetingKind.CALL
    rule: Rule | None = None
    place: str = ""
    template: str | None = None
    """The checklist; None: the one that goes with its kind."""


@dataclass(frozen=True, slots=True)
class Planned:
    """`cut`: the rule goes on behind the last of them; `skipped`: items of the preparation."""

    meetings: tuple[Meeting, ...]
    facts: Facts
    cut: bool = False
    skipped: int = 0


def plan(ask: Ask, wanted: Plan, holiday: Holiday) -> Planned:
    authorize_each(ask, Op.PLAN_MEETING, wanted.groups)
    for key in wanted.groups:
        checks.find_group(ask, key)
    if not wanted.title.strip():
        raise BadInput(Code.TEXT_EMPTY, "text", noun="plan")
    checks.require_text(wanted.title, "text", TITLE_LIMIT)
    days = days_of(wanted.rule, wanted.day) if wanted.rule else (wanted.day,)
    require_times(days, wanted.at, wanted.zone)
    if instant(days[0], wanted.at, wanted.zone) <= ask.now:
        raise BadInput(Code.DATE_PAST, "due", day=days[0])
    series = _series(ask, wanted, days[0])
    name = wanted.template or TEMPLATE[wanted.kind]
    template = checklists.effective(ask.store, wanted.groups, name)
    policy = Policy(ask.world, holiday, day_in(ask.now, wanted.zone), template)
    made, skipped = [], 0
    for day in days:
        meeting = ask.store.meetings.create(_on(wanted, day, series), ask.actor.user, ask.now)
        items = prepared(meeting, policy)
        ask.store.meetings.set_preparation(meeting.id, items)
        skipped += sum(bool(item.why) for item in items)
        made.append(meeting)
    refs = " ".join(meeting.ref for meeting in made)
    first = made[0]
    ask.store.audit.add(
        Change(first.ref, first.version, ask.now, ask.actor.user, PLAN, ask.key, refs)
    )
    keep(ask, [Former(meeting, (), meeting.version) for meeting in made])
    cut = wanted.rule is not None and is_cut(wanted.rule, days)
    return Planned(tuple(made), facts_of(ask, made, holiday), cut, skipped)


def _series(ask: Ask, wanted: Plan, first: date) -> str | None:
    if wanted.rule is None:
        return None
    key = ask.store.series.new_key()
    ask.store.series.add(Series(key, wanted.rule, first, wanted.at, wanted.zone))
    return key


def _on(wanted: Plan, day: date, series: str | None) -> NewMeeting:
    end = wall_after(day, wanted.at, wanted.zone, wanted.length)
    place, link = parted(wanted.place)
    return NewMeeting(
        title=wanted.title,
        groups=wanted.groups,
        kind=wanted.kind,
        template=wanted.template or TEMPLATE[wanted.kind],
        start_day=day,
        start_at=wanted.at,
        end_day=end.date(),
        end_at=end.time(),
        zone=wanted.zone,
        place=place,
        link=link,
        series=series,
    )
