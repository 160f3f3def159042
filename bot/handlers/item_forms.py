"""Actions: what submitted forms ask for; the same use cases as typed lines."""

from collections.abc import Mapping

from bot.domain.due import read_when
from bot.domain.items import Due, Item, NewItem
from bot.domain.model import Group, GroupKey, Ref
from bot.errors import BadInput, Code
from bot.handlers.reading import FindZone, due_of, reading_of
from bot.handlers.refs import read_needs
from bot.handlers.registry import Form, Submitted
from bot.handlers.tokens import quoted
from bot.handlers.verbs import consequences
from bot.services import items
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import answers
from bot.views.blocks import Field, Id, parse_value
from bot.views.dates import date_notes
from bot.views.item_forms import PICK


class ItemForms:
    def __init__(self, find_zone: FindZone) -> None:
        self._find_zone = find_zone

    def table(self) -> Mapping[Id, Submitted]:
        return {
            Id.ITEM_ADD: self.add,
            Id.ITEM_EXTENDED: self.extended,
            Id.ITEM_BLOCKED: blocked,
            Id.ITEM_GIVEN: given,
            Id.ITEM_EDITED: edited,
            Id.ITEM_NOTED: noted,
            Id.ITEM_DROPPED: dropped,
            Id.ITEM_DECLINED: declined,
        }

    def add(self, ask: Ask, form: Form) -> Outcome:
        reading = reading_of(ask, self._find_zone)
        key = GroupKey(form.get(Field.GROUP))
        group = next((g for g in reading.active if g.key == key), None) or reading.group()
        due, notes = self._due(ask, form.get(Field.DUE), group)
        new = NewItem(
            text=form.get(Field.TEXT),
            group=group.key,
            due=due or reading.usual_due(group),
            owners=form.people or (ask.actor.user,),
            needs=read_needs(form.get(Field.NEEDS), reading),
            source=quoted(form.by.quoted, reading),
            note=form.get(Field.NOTE),
        )
        added = items.add(ask, new)
        if added.again:
            return Reply(answers.already_recorded(added.item, ask.world, ask.now))
        days = None if due else group.settings.due_days
        notes = (*answers.assumptions(owner_said=bool(form.people), due_days=days), *notes)
        return Reply(answers.added(added.item, ask.world, ask.now, notes, ask.key))

    def extended(self, ask: Ask, form: Form) -> Outcome:
        """A day picked counts more than one offered by name: only it was chosen for sure."""
        item = items.for_change(ask, _ref(form))
        picked = form.get(Field.DUE)
        if not picked and form.get(Field.QUICK) != PICK:
            picked = form.get(Field.QUICK)
        due, _ = self._due(ask, picked, ask.world.groups[item.group])
        if due is None:
            raise BadInput(Code.DATE_NEEDED, Field.DUE)
        reason = form.get(Field.REASON)
        return _changed(ask, items.move(ask, item.ref, due, reason), "move", reason)

    def _due(self, ask: Ask, picked: str, group: Group) -> tuple[Due | None, tuple[str, ...]]:
        if not picked:
            return None, ()
        when = read_when(picked, reading_of(ask, self._find_zone).dates(group, picked))
        due = due_of(when)
        return due, date_notes(due, when.notes)


def blocked(ask: Ask, form: Form) -> Outcome:
    return _changed(ask, items.block(ask, _ref(form), form.get(Field.REASON)), "block")


def given(ask: Ask, form: Form) -> Outcome:
    return _changed(ask, items.give(ask, _ref(form), form.people), "give")


def edited(ask: Ask, form: Form) -> Outcome:
    seen = parse_value(form.metadata).version or None
    return _changed(ask, items.edit(ask, _ref(form), form.get(Field.TEXT), seen), "edit")


def noted(ask: Ask, form: Form) -> Outcome:
    return _changed(ask, items.note(ask, _ref(form), form.get(Field.NOTE)), "note")


def dropped(ask: Ask, form: Form) -> Outcome:
    return _changed(ask, items.drop(ask, _ref(form), form.get(Field.REASON)), "drop")


def declined(ask: Ask, form: Form) -> Outcome:
    reason = form.get(Field.REASON)
    return _changed(ask, items.decline(ask, _ref(form), reason), "decline", reason)


def _changed(ask: Ask, item: Item, verb: str, detail: str = "") -> Outcome:
    notes = consequences(ask, item, verb)
    return Reply(answers.changed(item, verb, ask.world, ask.now, ask.key, detail, notes))


def _ref(form: Form) -> Ref:
    return Ref(parse_value(form.metadata).ref)
