"""Meetings: the buttons that open forms, and what submitted forms ask for."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any

from bot.domain.meetings import MeetingKind
from bot.domain.model import Group, GroupKey, Ref
from bot.domain.recurrence import Rule, Wrong
from bot.domain.templates import STEERING_CALL
from bot.errors import BadInput, Code
from bot.handlers.atlas import Atlas
from bot.handlers.meeting_outcomes import MeetingOutcomes, cancelled
from bot.handlers.meeting_words import days_long, read_length
from bot.handlers.reading import Reading, reading_of
from bot.handlers.registry import Click, Clicked, Command, Form, Invocation, Submitted
from bot.handlers.tokens import plain
from bot.services import meetings, planning, rescheduling
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.services.planning import Plan
from bot.views import meeting_forms as view
from bot.views.blocks import Field, Id, parse_value
from bot.views.meeting_forms import ALL, Start

EXAMPLE = "meeting plan Models call 4 Dec 15:00 for 1h in London"
_STEPS = {view.WEEKLY: Rule(), view.FORTNIGHTLY: Rule(step=2)}
_WEEK, _LAST = 7, -1
_IN_EACH = 4
"""So many of each weekday has every month."""


class MeetingForms:
    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._outcomes = MeetingOutcomes(atlas.country_name)

    def commands(self) -> Iterable[Command[Any]]:
        return ()

    def clicks(self) -> Mapping[Id, Clicked]:
        return {
            Id.MEETING_PLAN: lambda ask, click: open_plan(ask, click.by, click.value.get("group")),
            Id.MEETING_MOVE: move,
            Id.MEETING_CANCEL: cancel,
        }

    def forms(self) -> Mapping[Id, Submitted]:
        return {
            Id.MEETING_PLAN_FORM: self.planned,
            Id.MEETING_MOVE_FORM: self.moved,
            Id.MEETING_CANCEL_FORM: self.cancelled,
        }

    def planned(self, ask: Ask, form: Form) -> Outcome:
        reading = reading_of(ask, self._atlas.find_zone)
        day, at = _day(form, Field.DUE), _clock(form)
        kind = form.get(Field.KIND)
        face = kind == view.FACE_TO_FACE
        length, days = _length(form)
        wanted = Plan(
            title=plain(form.get(Field.TEXT), reading),
            groups=_groups(form, reading),
            day=day,
            at=at,
            zone=self._zone(form),
            length=length or days_long(at, days, face),
            kind=MeetingKind.FACE_TO_FACE if face or days > 1 else MeetingKind.CALL,
            rule=_rule(form, day),
            place=plain(form.get(Field.PLACE), reading),
            template=STEERING_CALL if kind == view.STEERING and days <= 1 else None,
        )
        made = planning.plan(ask, wanted, self._atlas.holiday)
        return self._outcomes.planned(ask, form.by, made, ())

    def moved(self, ask: Ask, form: Form) -> Outcome:
        rest = form.get(Field.REST) == view.REST
        day, at, zone = _day(form, Field.DUE), _clock(form), self._zone(form)
        done = rescheduling.move(ask, _ref(form), day, at, zone, self._atlas.holiday, rest=rest)
        return self._outcomes.moved(ask, form.by, done)

    def cancelled(self, ask: Ask, form: Form) -> Outcome:
        rest = form.get(Field.REST) == view.REST
        why = form.get(Field.REASON)
        done = rescheduling.cancel(ask, _ref(form), why, self._atlas.holiday, rest=rest)
        return cancelled(ask, form.by, done)

    def _zone(self, form: Form) -> str:
        said = form.get(Field.ZONE)
        zones = self._atlas.find_zone(said)
        if len(zones) != 1:
            raise BadInput(Code.ZONE_UNKNOWN, Field.ZONE, said, choices=zones)
        return zones[0]


def open_plan(ask: Ask, by: Invocation, key: str = "") -> Outcome:
    """`key`: of the group to begin with.

    Without a trigger no form can open: the answer then has a button that brings one.
    """
    reading = reading_of(ask)
    offered = [group for group in reading.active if _may_plan(ask, group.key)]
    for_all = _may_plan(ask, None)
    if not offered:
        authorize(ask, Op.PLAN_MEETING, None if for_all else reading.group().key)
    if by.trigger is None:
        return Reply(view.offer(EXAMPLE))
    here = (reading.here.key,) if reading.here in offered else ()
    asked = tuple(group.key for group in offered if group.key == key)
    own = (offered[0].key,) if len(offered) == 1 else asked or here
    start = Start(zone=ask.actor.zone, groups=own)
    return OpenModal(view.plan_form(start, offered, for_all=for_all).payload)


def move(ask: Ask, click: Click) -> Outcome:
    meeting = rescheduling.for_change(ask, Ref(click.value.ref))
    return OpenModal(view.move_form(meeting, meetings.course(ask.store, meeting)).payload)


def cancel(ask: Ask, click: Click) -> Outcome:
    meeting = rescheduling.for_change(ask, Ref(click.value.ref))
    return OpenModal(view.cancel_form(meeting, meetings.course(ask.store, meeting)).payload)


def _may_plan(ask: Ask, key: GroupKey | None) -> bool:
    return allowed(ask.world, ask.actor, Op.PLAN_MEETING, key, ask.now)


def _groups(form: Form, reading: Reading) -> tuple[GroupKey, ...]:
    """None for all together; raises BadInput for one that has closed since, or nobody knows."""
    keys = form.picks.get(Field.GROUPS, ())
    if not keys:
        raise BadInput(Code.GROUP_WHICH, Field.GROUPS)
    if ALL in keys:
        return ()
    active: dict[str, Group] = {group.key: group for group in reading.active}
    for key in keys:
        if key not in active:
            reading.refuse_ended(key)
            raise BadInput(Code.GROUP_UNKNOWN, Field.GROUPS, key)
    return tuple(active[key].key for key in keys)


def _rule(form: Form, day: date) -> Rule | None:
    """By the weekday of the first day, and which of its month that is: a fifth is the last."""
    repeats = form.get(Field.RULE)
    until = _day(form, Field.UNTIL) if form.get(Field.UNTIL) else None
    if repeats in ("", view.ONCE):
        if until is not None:
            raise BadInput(Code.RULE_WRONG, Field.UNTIL, why=Wrong.ONCE)
        return None
    if (rule := _STEPS.get(repeats)) is None:
        nth = (day.day - 1) // _WEEK + 1
        last = repeats == view.LAST or nth > _IN_EACH
        rule = Rule(weekday=day.weekday(), nth=_LAST if last else nth)
    return Rule(rule.step, rule.weekday, rule.nth, until)


def _day(form: Form, field: Field) -> date:
    picked = form.get(field)
    try:
        return date.fromisoformat(picked)
    except ValueError:
        raise BadInput(Code.DATE_UNREADABLE, field, picked) from None


def _clock(form: Form) -> time:
    picked = form.get(Field.AT)
    try:
        return time.fromisoformat(picked).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise BadInput(Code.TIME_NEEDED, Field.AT, picked) from None


def _length(form: Form) -> tuple[timedelta | None, int]:
    said = form.get(Field.LENGTH)
    try:
        return read_length(said)
    except BadInput:
        raise BadInput(Code.LENGTH_WRONG, Field.LENGTH, said) from None


def _ref(form: Form) -> Ref:
    return Ref(parse_value(form.metadata).ref)
