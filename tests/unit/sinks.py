"""Every place where words of people are shown, each by one line in `SINKS`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time

from bot.domain.departures import Departure, DepartureId, Left, Why
from bot.domain.items import Answer, Assignment, Change, Item, ItemState, Move, Note, Source
from bot.domain.meetings import Meeting, MeetingId, MeetingKind, Upcoming
from bot.domain.model import Channel, ChannelId, Group, Ref, Role, World
from bot.domain.outbox import Message
from bot.errors import BadInput, Code, NotAllowed
from bot.views import (
    answers,
    channels,
    errors,
    handovers,
    history,
    home,
    item_forms,
    items,
    lists,
    meetings,
    notices,
    privacy,
    reports,
    settings,
    welcomes,
)
from bot.views.blocks import View
from tests.unit.screens import CHAIR, GIVER, NOW, OWNER, TARGETS, TRIALS, WORLD, action

DAY = date(2026, 12, 4)
HERE = ChannelId("C0TARGETS")


@dataclass(frozen=True, slots=True)
class Given:
    """A world in which everything that a person can write is `text`."""

    text: str
    world: World
    group: Group
    item: Item
    change: Change
    left: Left


def given(text: str) -> Given:
    group = replace(TARGETS, name=text, short=text, scope=text, aliases=(text,))
    people = {
        user: replace(WORLD.people[user], name=text, handle=text) for user in (OWNER, GIVER, CHAIR)
    }
    world = replace(
        WORLD,
        programme=replace(WORLD.programme, name=text, label=text),
        groups={group.key: group, TRIALS.key: replace(TRIALS, name=text, short=text)},
        people=people,
        memberships=tuple(m for m in WORLD.memberships if m.user in people),
    )
    item = action(
        text,
        state=ItemState.BLOCKED,
        why=text,
        evidence=text,
        moves=(Move(DAY, date(2026, 12, 5), OWNER, NOW, text),),
        notes=(Note(OWNER, NOW, text),),
        needs=(Ref("TR-2"),),
        source=Source(HERE, "1.2", text, text),
        assignments=(Assignment(OWNER, GIVER, NOW, Answer.ASKED),),
    )
    change = Change(Ref("TR-14"), 2, NOW, CHAIR, "note", "k", text, item, item)
    left = Left(Departure(DepartureId(1), OWNER, group.key, NOW, Why.REMOVED), group, (item,))
    return Given(text, world, group, item, change, left)


def _upcoming(it: Given) -> Upcoming:
    hour = time(14)
    return Upcoming(
        Meeting(
            MeetingId(1), Ref("MT-1"), it.text, (it.group.key,), MeetingKind.CALL, None,
            DAY, hour, DAY, time(15), "Europe/Rome", NOW, CHAIR, place=it.text,
        )
    )  # fmt: skip


def _error(code: Code, **facts: object) -> Callable[[Given], Message]:
    def sink(it: Given) -> Message:
        told = {name: fact(it) if callable(fact) else fact for name, fact in facts.items()}
        return errors.words(
            BadInput(code, "text", it.text, **told), f"add {it.text}", "/action", it.world
        )

    return sink


Sink = Callable[[Given], Message | View | str]

SINKS: dict[str, Sink] = {
    "card": lambda it: items.card(it.item, it.world, NOW),
    "details": lambda it: items.detail(it.item, it.world, OWNER, NOW, (it.item,)),
    "added": lambda it: answers.added(it.item, it.world, NOW, (it.text,), "r"),
    "receipt": lambda it: answers.receipt(it.item, it.world, NOW, (it.text,), "r"),
    "already recorded": lambda it: answers.already_recorded(it.item, it.world, NOW),
    "dropped": lambda it: answers.changed(it.item, "drop", it.world, NOW, "r", it.text),
    "moved": lambda it: answers.changed(it.item, "move", it.world, NOW, "r", it.text),
    "noted": lambda it: answers.changed(it.item, "note", it.world, NOW, "r", it.text),
    "done": lambda it: answers.changed(
        replace(it.item, state=ItemState.DONE), "done", it.world, NOW, "r", it.text
    ),
    "several": lambda it: answers.several(
        (
            answers.line(it.item, "give", it.world, NOW, it.text),
            errors.refused(it.text, BadInput(Code.GONE, None, it.text), it.world),
        ),
        "r",
    ),
    "undone": lambda it: answers.undone((answers.undone_line(it.change, it.world),)),
    "listing": lambda it: lists.listing((it.item,), it.world, OWNER, NOW, it.text, group=it.group),
    "my list": lambda it: lists.mine((it.item,), it.world, OWNER, NOW),
    "reminder": lambda it: notices.reminder_line(it.item, "before-2", it.world, OWNER, NOW),
    "bundle": lambda it: notices.bundle((notices.given(it.item, GIVER, it.world, NOW),)),
    "declined": lambda it: notices.declined(it.item, OWNER, it.text, it.world, NOW),
    "unanswered": lambda it: notices.unanswered(it.item, CHAIR, it.world, NOW),
    "settled": lambda it: notices.settled_line(it.item, "done", OWNER, it.world, NOW),
    "history": lambda it: history.history(it.item, (it.change,), it.world, OWNER),
    "home": lambda it: home.home(
        home.Glance(own=(it.item,), waiting=(it.item,), news=(it.change,), news_total=1),
        it.world,
        OWNER,
        NOW,
    ),
    "help": lambda it: reports.help_page((), frozenset(), it.world, (it.group,)),
    "set-up": lambda it: reports.setup_state(it.world, (it.text,)),
    "set-up form": lambda it: reports.setup_form(it.text, "UTC"),
    "group changed": lambda it: reports.group_changed(it.group, "rename", it.world),
    "linked": lambda it: reports.linked(it.group, "C0TARGETS", it.world),
    "role named": lambda it: reports.role_named(OWNER, Role.CHAIR, it.group, it.world),
    "welcome": lambda it: reports.welcome(it.group, it.world),
    "link question": lambda it: reports.link_question("C0TARGETS", (it.group,), it.text),
    "channel lost": lambda it: channels.lost(it.group, Channel(HERE, it.text), channels.GONE),
    "channel shared": lambda it: channels.shared(it.group, Channel(HERE, it.text)),
    "add form": lambda it: item_forms.add_form(
        item_forms.Draft(it.text, (OWNER,), DAY, it.group.key, it.text, it.text),
        (it.group,),
        (OWNER, GIVER),
        it.world,
        DAY,
    ),
    "extend form": lambda it: item_forms.extend_form(it.item, it.world, NOW),
    "give form": lambda it: item_forms.give_form(it.item, (OWNER, GIVER), it.world),
    "edit form": lambda it: item_forms.edit_form(it.item),
    "decline form": lambda it: item_forms.decline_form(it.item, it.world),
    "detail form": lambda it: item_forms.detail_modal(it.text, items.card(it.item, it.world, NOW)),
    "error, word": _error(Code.UNKNOWN_WORD, nearest=("add",)),
    "error, date": _error(Code.DATE_UNREADABLE),
    "error, person": _error(Code.PERSON_TWO, choices=lambda it: tuple(it.world.people.values())),
    "error, group": _error(Code.GROUP_WHICH, choices=lambda it: tuple(it.world.groups.values())),
    "error, item": _error(Code.ALREADY_OPEN, item=lambda it: it.item),
    "error, not allowed": lambda it: errors.words(
        NotAllowed((OWNER,), group=it.group.key), it.text, "", it.world
    ),
    "error, ours": lambda it: errors.our_fault("A1B2C3", it.text, "/action"),
    "my settings": lambda it: settings.mine(
        it.world.people[OWNER], settings.Home(), (it.item,), it.world, NOW
    ),
    "group settings": lambda it: settings.of_group(it.group, NOW),
    "group settings form": lambda it: settings.group_form(it.group),
    "erasing asked": lambda it: privacy.asked(
        (it.item,), ((Role.CHAIR, it.group),), (CHAIR,), it.world
    ),
    "export": lambda it: privacy.part(1, 1, it.text[:2000]),
    "meetings": lambda it: meetings.listing((_upcoming(it),), it.world, OWNER, it.text),
    "meeting": lambda it: meetings.detail(_upcoming(it).meeting, (), (), (), it.world, OWNER, NOW),
    "home with a meeting": lambda it: home.home(
        home.Glance(meetings=(_upcoming(it),)), it.world, OWNER, NOW
    ),
    "hello": lambda it: welcomes.hello(it.world.people[OWNER], NOW),
    "left behind": lambda it: handovers.left_line(it.left, it.world),
    "left in full": lambda it: handovers.details((it.left,), it.world),
}
