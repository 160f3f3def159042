"""What chairs set for their group."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from bot.domain.model import Group, GroupKey, GroupSettings
from bot.errors import BadInput, Code
from bot.handlers import setting_words as words
from bot.handlers.atlas import Atlas
from bot.handlers.reading import Reading
from bot.handlers.registry import (
    CHAIR,
    Click,
    Clicked,
    Command,
    Form,
    Invocation,
    Submitted,
)
from bot.services import group_settings as settings
from bot.services.access import Ask, Op, allowed
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.services.notices import Planner
from bot.views import group_settings as view
from bot.views.blocks import Field, Id, parse_value


class GroupSettingHandlers:
    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._planner = Planner(atlas.holiday)

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("settings",), words.SETTINGS_USAGE,
            "The group's zone, due days, reminders, escalation and digest.",
            lambda line, reading: (words.read_group(line, reading), reading), of_group,
            "settings trials", CHAIR,
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.GROUP_SETTINGS_OPEN: opened}

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.GROUP_SETTINGS_FORM: self.submitted}

    def submitted(self, ask: Ask, form: Form) -> Outcome:
        key = GroupKey(parse_value(form.metadata).get("group"))
        group = settings.group_for(ask, key)
        zone = self._atlas.place(form.get(Field.ZONE)).zone
        saved = settings.set_group(ask, group.key, zone, read_form(form), self._planner)
        return Reply(view.of_group(saved, ask.now, saved=True))


def read_form(form: Form) -> GroupSettings:
    """Raises BadInput, with the field that is wrong."""
    return GroupSettings(
        due_days=_one(form, Field.DUE_DAYS),
        remind_before=_sorted(form, Field.BEFORE, descending=True),
        remind_after=_sorted(form, Field.AFTER),
        warn_before=_sorted(form, Field.WARN_BEFORE, descending=True),
        decide_after=_one(form, Field.DECIDE_AFTER, least=0),
        chair_after=_one(form, Field.CHAIR_AFTER, least=0),
        coordinator_after=_one(form, Field.COORDINATOR_AFTER, least=0),
        digest_day=_weekday(form),
        digest_at=_hour(form),
        capture=form.get(Field.CAPTURE) != view.OFF,
        quorum=_quorum(form),
    )


def of_group(ask: Ask, by: Invocation, said: tuple[tuple[Group, ...], Reading]) -> Outcome:
    """A form where one can open, else what it holds and a button that opens it."""
    named, reading = said
    group = settings.group_for(ask, _which(ask, named, reading).key)
    if by.trigger is not None:
        return OpenModal(view.group_form(group).payload)
    return Reply(view.of_group(group, ask.now))


def opened(ask: Ask, click: Click) -> Outcome:
    group = settings.group_for(ask, GroupKey(click.value.get("group")))
    return OpenModal(view.group_form(group).payload)


def _which(ask: Ask, named: tuple[Group, ...], reading: Reading) -> Group:
    """The one named, else this channel's, else the only one the person may set."""
    if named or reading.here is not None:
        return reading.group(named)
    theirs = [g for g in reading.active if _may_set(ask, g)]
    if len(theirs) > 1:
        raise BadInput(Code.GROUP_WHICH, "group", choices=tuple(theirs))
    return theirs[0] if theirs else reading.group()


def _may_set(ask: Ask, group: Group) -> bool:
    return allowed(ask.world, ask.actor, Op.SET_GROUP, group.key, ask.now)


def _one(form: Form, field: Field, *, least: int = 1) -> int:
    typed = form.get(field)
    try:
        found = words.read_numbers(typed, field, 1)
    except BadInput as wrong:
        raise BadInput(Code.NUMBER_WRONG, field, wrong.typed, many=1, least=least) from None
    if len(found) != 1:
        raise BadInput(Code.NUMBER_WRONG, field, typed, many=1, least=least)
    return found[0]


def _quorum(form: Form) -> int:
    """How many people; `half`, or nothing, is 0."""
    typed = form.get(Field.QUORUM).strip()
    if typed.casefold() in view.HALF_WORDS:
        return 0
    if not (typed.isascii() and typed.isdecimal()):
        raise BadInput(Code.NUMBER_WRONG, Field.QUORUM, typed, most=settings.MOST_QUORUM, people=1)
    return int(typed)


def _sorted(form: Form, field: Field, *, descending: bool = False) -> tuple[int, ...]:
    return tuple(sorted(words.read_numbers(form.get(field), field), reverse=descending))


def _weekday(form: Form) -> int:
    picked = form.get(Field.DIGEST_DAY)
    if picked not in set("0123456"):
        raise BadInput(Code.DAYS_WRONG, Field.DIGEST_DAY, picked)
    return int(picked)


def _hour(form: Form) -> time:
    picked = form.get(Field.DIGEST_AT)
    try:
        return words.clock(picked, picked)
    except BadInput as wrong:
        raise BadInput(Code.HOURS_WRONG, Field.DIGEST_AT, wrong.typed) from None
