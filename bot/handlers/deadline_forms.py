"""Deadlines: the buttons that open forms, and what submitted forms ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bot.domain.deadlines import Kind, NewDeadline
from bot.domain.due import When, read_when
from bot.domain.model import Group, GroupKey, Ref, World
from bot.errors import BadInput, Code, UserError
from bot.handlers.deadline_verbs import NOUN, answered
from bot.handlers.deadline_words import read_new, without_command
from bot.handlers.item_clicks import origin_of, owners_for
from bot.handlers.reading import FindZone, Reading, due_of, reading_of
from bot.handlers.refs import read_needs
from bot.handlers.registry import Click, Clicked, Form, Invocation, Submitted
from bot.handlers.tokens import plain
from bot.services import deadlines
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.inbox import OpenModal, Outcome
from bot.views import deadline_forms as views
from bot.views.blocks import Field, Id, parse_value
from bot.views.dates import date_notes
from bot.views.deadline_forms import ALL, DeadlineDraft


class DeadlineForms:
    def __init__(self, find_zone: FindZone) -> None:
        self._find_zone = find_zone

    def clicks(self) -> Mapping[Id, Clicked]:
        return {
            Id.DEADLINE_NEW: self.new,
            Id.DEADLINE_MOVE: move,
            Id.DEADLINE_DROP: drop,
        }

    def forms(self) -> Mapping[Id, Submitted]:
        return {
            Id.DEADLINE_ADD: self.add,
            Id.DEADLINE_MOVE_FORM: self.moved,
            Id.DEADLINE_DROP_FORM: dropped,
        }

    def new(self, ask: Ask, click: Click) -> Outcome:
        draft = draft_of(click.value.get("line"), reading_of(ask, self._find_zone))
        return open_add(ask, click.by, draft)

    def add(self, ask: Ask, form: Form) -> Outcome:
        reading = reading_of(ask, self._find_zone)
        keys = form.picks.get(Field.GROUPS, ())
        if not keys:
            raise BadInput(Code.GROUP_WHICH, Field.GROUPS)
        groups = _picked(keys, reading)
        when = self._when(ask, form, groups)
        new = NewDeadline(
            text=form.get(Field.TEXT),
            due=when.day,
            groups=() if ALL in keys else tuple(group.key for group in groups),
            kind=_kind(form),
            owner=next(iter(form.people), ask.actor.user),
            needs=read_needs(form.get(Field.NEEDS), reading),
        )
        notes = date_notes(due_of(when), when.notes)
        notes += () if form.people else ("No owner said, so it is yours.",)
        return answered(ask, form.by, "add", deadlines.add(ask, new), notes)

    def moved(self, ask: Ask, form: Form) -> Outcome:
        deadline = deadlines.for_change(ask, _ref(form.metadata))
        keys = deadline.groups
        when = self._when(ask, form, tuple(ask.world.groups[GroupKey(key)] for key in keys))
        told = deadlines.move(ask, deadline.ref, when.day, form.get(Field.REASON))
        return answered(ask, form.by, "move", told, date_notes(due_of(when), when.notes))

    def _when(self, ask: Ask, form: Form, groups: tuple[Group, ...]) -> When:
        picked = form.get(Field.DUE)
        if not picked:
            raise BadInput(Code.DATE_NEEDED, Field.DUE)
        group = groups[0] if len(groups) == 1 else None
        return read_when(picked, reading_of(ask, self._find_zone).dates(group, picked))


def draft_of(line: str, reading: Reading) -> DeadlineDraft:
    """A form filled with what a line says; where it cannot be read, with all its words."""
    words = without_command(line)
    try:
        said = read_new(words, reading)
    except UserError:
        return DeadlineDraft(text=plain(words, reading))
    if said is None:
        return DeadlineDraft()
    new = said.new
    return DeadlineDraft(
        new.text,
        new.due,
        new.groups or (ALL,),
        new.kind,
        new.owner if said.owner_said else None,
        " ".join(new.needs),
    )


def open_add(ask: Ask, by: Invocation, draft: DeadlineDraft) -> Outcome:
    """Without a trigger no form can open: the answer then has a button that brings one."""
    reading = reading_of(ask)
    offered = [g for g in reading.active if _may_add(ask, g.key)]
    if not offered:
        authorize(ask, Op.ADD_DEADLINE, reading.group().key)
    if by.trigger is None:
        raise BadInput(Code.TEXT_EMPTY, "text", draft.text, noun=NOUN)
    here = (reading.here.key,) if reading.here in offered else ()
    own = (offered[0].key,) if len(offered) == 1 else here
    draft = replace(draft, groups=draft.groups or own)
    for_all = all(_may_add(ask, key) for key in ask.world.groups)
    members = owners_for(ask, list(offered))
    view = views.add_form(draft, offered, members, ask.world, origin_of(by), for_all=for_all)
    return OpenModal(view.payload)


def move(ask: Ask, click: Click) -> Outcome:
    deadline = deadlines.for_change(ask, Ref(click.value.ref))
    day = _offered_day(click.value.get("due"))
    where = origin_of(click.by)
    return OpenModal(views.move_form(deadline, ask.world, ask.now, where, day).payload)


def drop(ask: Ask, click: Click) -> Outcome:
    deadline = deadlines.for_change(ask, Ref(click.value.ref))
    view = views.drop_form(deadline, ask.world, ask.now, origin_of(click.by))
    return OpenModal(view.payload)


def dropped(ask: Ask, form: Form) -> Outcome:
    told = deadlines.drop(ask, _ref(form.metadata), form.get(Field.REASON))
    return answered(ask, form.by, "drop", told)


def _picked(keys: Iterable[str], reading: Reading) -> tuple[Group, ...]:
    """Raises the refusal of one that has closed since, or that nobody knows."""
    active = {group.key: group for group in reading.active}
    for key in keys:
        if key != ALL and key not in active:
            raise _ended(key, reading.world)
    return tuple(active[GroupKey(key)] for key in keys if key != ALL)


def _ended(key: str, world: World) -> BadInput:
    group = world.groups.get(GroupKey(key))
    if group is None:
        return BadInput(Code.GROUP_UNKNOWN, Field.GROUPS, key)
    into = world.groups.get(group.merged_into) if group.merged_into else None
    known = {"group": group, "into": into, "choices": (into,) if into else ()}
    return BadInput(Code.GROUP_CLOSED, Field.GROUPS, group.short, **known)


def _kind(form: Form) -> Kind:
    picked = form.get(Field.KIND)
    try:
        return Kind(picked)
    except ValueError:
        raise BadInput(Code.WRONG_WORDS, Field.KIND, picked, choices=tuple(Kind)) from None


def _offered_day(said: str | None) -> date | None:
    """What a button offers; a forged day is none."""
    try:
        return date.fromisoformat(said or "")
    except ValueError:
        return None


def _may_add(ask: Ask, key: GroupKey) -> bool:
    return allowed(ask.world, ask.actor, Op.ADD_DEADLINE, key, ask.now)


def _ref(metadata: str) -> Ref:
    return Ref(parse_value(metadata).ref)
