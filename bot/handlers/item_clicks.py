"""Actions: buttons and menus, and the forms they open."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.domain.days import day_in
from bot.domain.items import Item, Quiet, Source
from bot.domain.model import Group, GroupKey, Ref, UserId
from bot.errors import BadInput, Code, UserError
from bot.handlers import sentence
from bot.handlers.reading import FindZone, Reading, reading_of
from bot.handlers.registry import Click, Clicked, Invocation
from bot.handlers.tokens import plain, quoted
from bot.services import chains, items, meetings, undo
from bot.services.access import Ask, Op, allowed, authorize, may_own
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.views import answers, history, item_forms
from bot.views import undone as words
from bot.views.blocks import Id, More, View
from bot.views.item_forms import Draft, Origin
from bot.views.items import detail

Simple = Callable[[Ask, Ref], Item]


class ItemClicks:
    def __init__(self, find_zone: FindZone) -> None:
        self._find_zone = find_zone

    def table(self) -> Mapping[Id, Clicked]:
        return {
            Id.ITEM_DONE: _changing("done", items.done),
            Id.ITEM_START: _changing("start", items.start),
            Id.ITEM_UNBLOCK: _changing("unblock", items.unblock),
            Id.ITEM_ACCEPT: _changing("accept", items.accept),
            Id.ITEM_TAKE: _changing("take", items.take),
            Id.ITEM_REOPEN: _changing("reopen", items.reopen),
            Id.ITEM_EXTEND: extend,
            Id.ITEM_SUGGEST: suggest,
            Id.ITEM_BLOCK: _opening(item_forms.block_form),
            Id.ITEM_DROP: _opening(item_forms.drop_form),
            Id.ITEM_GIVE: give,
            Id.ITEM_DECLINE: decline,
            Id.ITEM_MORE: more,
            Id.ITEM_DETAILS: details,
            Id.ITEM_UNDO: take_back,
            Id.ITEM_NEW: self.new,
            Id.ITEM_AGAIN: self.new,
            Id.ITEM_FROM_MESSAGE: self.from_message,
        }

    def new(self, ask: Ask, click: Click) -> Outcome:
        line = click.value.get("line")
        draft = draft_of(line, reading_of(ask, self._find_zone)) if line else Draft()
        group = draft.group or click.value.get("group")
        return open_add(ask, click.by, draft, group)

    def from_message(self, ask: Ask, click: Click) -> Outcome:
        known = items.captured(ask, click.by.quoted)
        if known is not None:
            return Reply(answers.already_recorded(known, ask.world, ask.now))
        source = quoted(click.by.quoted, reading_of(ask))
        return open_add(ask, click.by, Draft(text=source.quote if source else ""))


def draft_of(line: str, reading: Reading) -> Draft:
    """A form filled with what a line says; where it cannot be read, with all its words."""
    words = sentence.without_command(line)
    try:
        said = sentence.read_new(words, reading)
    except UserError:
        return Draft(text=plain(words, reading))
    if said is None:
        return Draft()
    return Draft(
        text=said.new.text,
        owners=said.new.owners if said.owner_said else (),
        due=said.new.due.day if said.when else None,
        group=said.new.group,
        needs=" ".join(said.new.needs),
    )


def open_add(ask: Ask, by: Invocation, draft: Draft, group: str = "") -> Outcome:
    """Without a trigger no form can open: the answer then has a button that brings one."""
    reading = reading_of(ask)
    offered = _offered(ask, reading)
    chosen = next((g for g in offered if g.key == (draft.group or group)), None)
    if chosen is None:
        chosen = reading.here if reading.here in offered else None
    if by.trigger is None:
        raise BadInput(Code.TEXT_EMPTY, "text", draft.text)
    view = item_forms.add_form(
        Draft(
            text=draft.text,
            owners=draft.owners,
            due=draft.due,
            group=chosen.key if chosen else "",
            needs=draft.needs,
            note=draft.note,
        ),
        offered,
        owners_for(ask, [chosen] if chosen else list(offered)),
        ask.world,
        reading.usual_due(chosen or offered[0]).day,
        origin_of(by),
    )
    return OpenModal(view.payload)


def _offered(ask: Ask, reading: Reading) -> tuple[Group, ...]:
    """The groups in which the person may add; refused where there is none."""
    offered = tuple(
        g
        for g in reading.active
        if allowed(reading.world, reading.actor, Op.ADD_ITEM, g.key, reading.now)
    )
    if not offered:
        authorize(ask, Op.ADD_ITEM, reading.group().key)
    return offered


def owners_for(ask: Ask, groups: list[Group]) -> tuple[UserId, ...]:
    return tuple(
        user for user in ask.world.people if any(may_own(ask.world, user, g.key) for g in groups)
    )


def origin_of(by: Invocation) -> Origin:
    source = by.quoted or Source()
    return Origin(
        channel=by.channel,
        ts=source.ts or "",
        thread_ts=by.thread_ts or "",
        permalink=source.permalink,
    )


def show_details(ask: Ask, ref: Ref) -> Outcome:
    item = items.find(ask, ref)
    needs = chains.needed(ask.store, item)
    return Reply(detail(item, ask.world, ask.actor.user, ask.now, needs))


def show_history(ask: Ask, ref: Ref) -> Outcome:
    item, changes = items.history(ask, ref)
    return Reply(history.history(item, changes, ask.world, ask.actor.user))


def details(ask: Ask, click: Click) -> Outcome:
    return show_details(ask, _ref(click))


def take_back(ask: Ask, click: Click) -> Outcome:
    return undone(ask, click.value.get("request") or None)


def undone(ask: Ask, request: str | None) -> Outcome:
    changes = undo.undo(ask, request)
    lines = tuple(words.undone_line(change, ask.world) for change in changes)
    return Reply(words.undone(lines), rewrites=True)


def extend(ask: Ask, click: Click, *, suggest: bool = False) -> Outcome:
    item = items.for_change(ask, _ref(click))
    where = origin_of(click.by)
    meeting = meetings.next_day(ask.store, ask.world.groups[item.group], ask.now)
    view = item_forms.extend_form(item, ask.world, ask.now, meeting, where, suggest=suggest)
    return OpenModal(view.payload)


def suggest(ask: Ask, click: Click) -> Outcome:
    return extend(ask, click, suggest=True)


def give(ask: Ask, click: Click) -> Outcome:
    item = items.for_change(ask, _ref(click))
    members = owners_for(ask, [ask.world.groups[GroupKey(item.group)]])
    return OpenModal(item_forms.give_form(item, members, ask.world, origin_of(click.by)).payload)


def decline(ask: Ask, click: Click) -> Outcome:
    item = items.for_answer(ask, _ref(click))
    return OpenModal(item_forms.decline_form(item, ask.world, origin_of(click.by)).payload)


def note(ask: Ask, click: Click) -> Outcome:
    item = items.find(ask, _ref(click))
    return OpenModal(item_forms.note_form(item, origin_of(click.by)).payload)


def past(ask: Ask, click: Click) -> Outcome:
    return show_history(ask, _ref(click))


def tomorrow(ask: Ask, click: Click) -> Outcome:
    day = day_in(ask.now, ask.actor.zone) + timedelta(days=1)
    return _quiet(ask, click, Quiet(ask.actor.user, day))


def mute(ask: Ask, click: Click) -> Outcome:
    return _quiet(ask, click, Quiet(ask.actor.user))


def more(ask: Ask, click: Click) -> Outcome:
    run = _MORE.get(click.value.get("do"))
    if run is None:
        return details(ask, click)
    return run(ask, click)


def _quiet(ask: Ask, click: Click, until: Quiet) -> Outcome:
    item = items.quiet(ask, _ref(click), until)
    return Reply(answers.changed(item, "quiet", ask.world, ask.now, ask.key))


def _changing(verb: str, change: Simple) -> Clicked:
    def run(ask: Ask, click: Click) -> Outcome:
        item = change(ask, _ref(click))
        return Reply(answers.changed(item, verb, ask.world, ask.now, ask.key))

    return run


def _opening(form: Callable[[Item, Origin], View]) -> Clicked:
    def run(ask: Ask, click: Click) -> Outcome:
        item = items.for_change(ask, _ref(click))
        return OpenModal(form(item, origin_of(click.by)).payload)

    return run


def _ref(click: Click) -> Ref:
    return Ref(click.value.ref)


_MORE: dict[str, Clicked] = {
    More.DONE: _changing("done", items.done),
    More.START: _changing("start", items.start),
    More.EXTEND: extend,
    More.BLOCK: _opening(item_forms.block_form),
    More.UNBLOCK: _changing("unblock", items.unblock),
    More.GIVE: give,
    More.EDIT: _opening(item_forms.edit_form),
    More.NOTE: note,
    More.DROP: _opening(item_forms.drop_form),
    More.HISTORY: past,
    More.DETAILS: details,
    More.TOMORROW: tomorrow,
    More.MUTE: mute,
}
