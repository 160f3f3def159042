"""Checklists of meetings: the words and buttons that show them, tick, add and leave out."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.domain import local_times
from bot.domain.due import read_when
from bot.domain.meetings import Meeting
from bot.domain.model import GroupKey, Ref, UserId
from bot.domain.notices import Holiday
from bot.domain.outbox import Message
from bot.errors import BadInput, Code
from bot.handlers import preparation_words as words
from bot.handlers.item_clicks import origin_of, owners_for
from bot.handlers.preparation_words import Numbered, Wanted
from bot.handlers.reading import reading_of
from bot.handlers.registry import CHAIR, Click, Clicked, Command, Form, Invocation, Submitted
from bot.services import announcing, meeting_cards, meetings, preparation
from bot.services.access import Ask, Op, authorize
from bot.services.inbox import OpenModal, Outcome, Reply, Silent
from bot.services.preparation import Prepared
from bot.services.preparation_sheets import sheet
from bot.views import local_times as times_view
from bot.views import meeting_cards as card_view
from bot.views import meetings as meetings_view
from bot.views import preparation as view
from bot.views.blocks import Field, Id, parse_value
from bot.views.preparation_form import add_form

NOUN = "meeting"


class PreparationHandlers:
    """`country_name` gives the English name of an ISO 3166 code."""

    def __init__(self, holiday: Holiday, country_name: Callable[[str], str]) -> None:
        self._holiday = holiday
        self._country_name = country_name

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            NOUN, ("prep", "preparation"), words.PREP,
            "Shows the checklist of a meeting: what is due when, whose it is, how ready it is; "
            "also `meeting prep add <ID> <what> [@owner] [<when>]` and "
            "`meeting prep skip <ID> <number> <why>`",
            words.read_prep, self.prep, "meeting prep MT-15",
        )  # fmt: skip
        yield Command(
            NOUN, ("tick",), words.TICK, "Says that items of a checklist are done",
            lambda text, reading: words.read_ticks(text, reading, words.TICK),
            self.tick, "tick MT-15 3",
        )  # fmt: skip
        yield Command(
            NOUN, ("untick",), words.UNTICK, "Says that they are still to be done",
            lambda text, reading: words.read_ticks(text, reading, words.UNTICK),
            self.untick, "untick MT-15 3",
        )  # fmt: skip
        yield Command(
            NOUN, ("announce",), words.ANNOUNCE,
            "Posts the meeting in its channel, to be answered there; kept up with every change",
            lambda text, reading: words.read_only_meeting(text, reading, words.ANNOUNCE),
            lambda ask, by, ref: self.announce(ask, ref), "meeting announce MT-15", CHAIR,
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {
            Id.PREP_TICK: lambda ask, click: self.pressed(ask, click, preparation.tick, "done"),
            Id.PREP_UNTICK: lambda ask, click: self.pressed(
                ask, click, preparation.untick, "open again"
            ),
            Id.PREP_ADD: self.open_form,
            Id.MEETING_ANNOUNCE: lambda ask, click: self.announce(ask, Ref(click.value.ref)),
        }

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.PREP_ADDED: self.added}

    def prep(self, ask: Ask, by: Invocation, wanted: Wanted) -> Outcome:
        if wanted.verb == "show":
            return self.show(ask, by, wanted)
        ref = Ref(wanted.ref or "")
        if wanted.verb == "skip":
            said = words.read_skip(wanted, ref)
            done = preparation.skip(ask, ref, said.numbers[0], said.rest)
            return self._told(ask, by, done, "left out")
        meeting = preparation.for_preparing(ask, ref)
        new = words.read_addition(wanted.rest, wanted.reading, meeting)
        done = preparation.add_item(ask, ref, new.text, new.owner, new.due, self._holiday)
        return self._told(ask, by, done, "added")

    def show(self, ask: Ask, by: Invocation, wanted: Wanted) -> Outcome:
        meeting = self._meant(ask, wanted)
        if meeting is None:
            name = wanted.group.short if wanted.group else "Your meetings"
            return Reply(meetings_view.listing((), ask.world, ask.actor.user, name))
        if by.aloud and meeting_cards.is_of(ask.world, meeting, ask.channel):
            notes = self._notes(ask, meeting)
            if meeting_cards.post_checklist(ask, meeting, ask.channel, notes):
                return Silent()
        return Reply(self._shown(ask, meeting, wanted.page), rewrites=True)

    def tick(self, ask: Ask, by: Invocation, asked: Numbered) -> Outcome:
        return self._told(ask, by, preparation.tick(ask, asked.ref, *asked.numbers), "done")

    def untick(self, ask: Ask, by: Invocation, asked: Numbered) -> Outcome:
        done = preparation.untick(ask, asked.ref, *asked.numbers)
        return self._told(ask, by, done, "open again")

    def pressed(
        self, ask: Ask, click: Click, change: Callable[..., Prepared], verb: str
    ) -> Outcome:
        """In the checklist that only the asker sees, it is rewritten."""
        number, page = click.value.get("n"), click.value.get("page")
        if not number.isdecimal():
            raise BadInput(Code.WRONG_WORDS, None, number, usage=words.TICK)
        done = change(ask, Ref(click.value.ref), int(number))
        if page.isdecimal():
            return Reply(self._shown(ask, done.meeting, int(page)), rewrites=True)
        told = self._ticked(ask, done, verb)
        return Reply(told)

    def open_form(self, ask: Ask, click: Click) -> Outcome:
        meeting = preparation.for_preparing(ask, Ref(click.value.ref))
        authorize(ask, Op.PREPARE_MEETING, meeting)
        members = owners_for(ask, [ask.world.groups[key] for key in self._keys(ask, meeting)])
        return OpenModal(add_form(meeting, members, ask.world, origin_of(click.by)).payload)

    def added(self, ask: Ask, form: Form) -> Outcome:
        ref = Ref(parse_value(form.metadata).ref)
        picked = form.get(Field.DUE)
        due = read_when(picked, reading_of(ask).dates(None, picked)).day if picked else None
        owner: UserId | None = next(iter(form.people), None)
        done = preparation.add_item(ask, ref, form.get(Field.TEXT), owner, due, self._holiday)
        return self._told(ask, form.by, done, "added")

    def announce(self, ask: Ask, ref: Ref) -> Outcome:
        meeting = announcing.announceable(ask, ref)
        channels = announcing.announce(ask, ref, self._notes(ask, meeting))
        return Reply(card_view.announced(meeting, channels), rewrites=True)

    def _meant(self, ask: Ask, wanted: Wanted) -> Meeting | None:
        if wanted.ref is not None:
            return meetings.find(ask, wanted.ref)
        return meetings.next_of(ask, wanted.group)

    def _shown(self, ask: Ask, meeting: Meeting, page: int) -> Any:
        return view.checklist(self._sheet(ask, meeting), ask.world, ask.actor.user, ask.now, page)

    def _sheet(self, ask: Ask, meeting: Meeting) -> view.Sheet:
        notes = self._notes(ask, meeting)
        return sheet(ask.store, ask.world, meeting, ask.now, ask.actor, notes)

    def _notes(self, ask: Ask, meeting: Meeting) -> tuple[str, ...]:
        people = local_times.people_of(meeting.groups, ask.world)
        found = local_times.holidays(local_times.days_of(meeting), people, self._holiday)
        codes = {code for _, homes in found for code, _ in homes}
        return times_view.holidays(found, {code: self._country_name(code) for code in codes})

    def _told(self, ask: Ask, by: Invocation, done: Prepared, verb: str) -> Reply:
        message = self._ticked(ask, done, verb)
        about = frozenset(map(GroupKey, done.meeting.groups))
        return Reply(message, private=not by.aloud, about=about)

    def _ticked(self, ask: Ask, done: Prepared, verb: str) -> Message:
        there = self._sheet(ask, done.meeting)
        return view.ticked(there, done.changed, verb, ask.key, ask.world, done.refused)

    def _keys(self, ask: Ask, meeting: Meeting) -> tuple[GroupKey, ...]:
        return meeting.groups or tuple(ask.world.groups)
