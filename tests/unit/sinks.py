"""Every place where words of people are shown, each by one line in `SINKS`."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.domain.items import ItemState
from bot.domain.meetings import (
    OwnerRole,
    PrepItem,
    Rsvp,
    RsvpAnswer,
    Task,
)
from bot.domain.model import Channel, Ref, Role
from bot.domain.outbox import Message, Outgoing, Sent, State
from bot.domain.privacy import Pseudonym
from bot.domain.programme_digests import ProgrammeDigest
from bot.domain.state import Cause, Judged, Reason, Standing, Status
from bot.domain.state import Why as Decide
from bot.domain.steering import Report
from bot.errors import BadInput, Code, NotAllowed
from bot.views import (
    answers,
    channels,
    checklist,
    errors,
    escalations,
    files,
    group_settings,
    handover_answers,
    handovers,
    health,
    history,
    home,
    item_forms,
    items,
    lists,
    meeting_details,
    meetings,
    notices,
    privacy,
    programme_digests,
    reports,
    roles,
    settings,
    status,
    steering,
    undone,
    unfinished,
    welcomes,
)
from bot.views.blocks import View
from bot.views.home_chair import GroupGlance
from bot.views.home_coordinator import ProgrammeGlance
from bot.views.item_forms import Origin
from tests.unit.agenda_sinks import AGENDA_SINKS
from tests.unit.deadline_sinks import DEADLINE_SINKS, promised
from tests.unit.decision_sinks import DECISION_SINKS
from tests.unit.digest_sinks import DIGEST_SINKS
from tests.unit.hostile_world import DAY, HERE, Given
from tests.unit.meeting_sinks import MEETING_SINKS, upcoming
from tests.unit.minutes_sinks import MINUTES_SINKS
from tests.unit.preparation_sinks import PREPARATION_SINKS
from tests.unit.proceedings_sinks import PROCEEDINGS_SINKS
from tests.unit.rsvp_sinks import RSVP_SINKS
from tests.unit.screens import CHAIR, GIVER, NOW, OWNER
from tests.unit.taking_part_sinks import TAKING_PART_SINKS


def _task(it: Given) -> Task:
    return Task(upcoming(it).meeting, PrepItem(1, "", it.text, OwnerRole.CHAIR, DAY), late=True)


def _glance(it: Given) -> GroupGlance:
    return GroupGlance(
        group=it.group,
        judged=Judged(Standing.NO_DATA),
        overdue=3,
        decide=((it.item.ref, Decide.UNOWNED),),
        rows=(it.item,),
        left=((it.left.departure, 1),),
    )


def _programme(it: Given) -> View:
    meeting = upcoming(it).meeting
    glance = ProgrammeGlance(
        groups=(_glance(it),), chairless=(it.group.key,), meetings={it.group.key: meeting.starts}
    )
    return home.home(home.Glance(programme=glance, tasks=(_task(it),)), it.world, OWNER, NOW)


def _health(it: Given) -> Message:
    until = NOW + timedelta(days=1)
    out = Outgoing("k", "s", "answer", OWNER, Message(it.text), NOW, until)
    row = Sent("1", out, State.REFUSED, why=it.text)
    return health.health(dict.fromkeys(State, 1), NOW, (row,), NOW)


def _checklist(it: Given) -> Message:
    person, groups = it.world.people[OWNER], tuple(it.world.groups.values())
    state = checklist.SetUpState(groups, groups, groups, acted=False, met=False, person=person)
    return checklist.checklist(state, NOW)


def _outcome(it: Given) -> handover_answers.Outcome:
    given, taken = ((it.item, OWNER),), ((Role.CHAIR, OWNER),)
    cannot = handover_answers.cannot_take(CHAIR, it.item.ref, it.world)
    foreign = handover_answers.not_theirs(Ref(it.text))
    return handover_answers.Outcome(GIVER, given, taken, (cannot, foreign))


def _error(code: Code, **facts: object) -> Callable[[Given], Message]:
    def sink(it: Given) -> Message:
        told = {name: fact(it) if callable(fact) else fact for name, fact in facts.items()}
        return errors.words(
            BadInput(code, "text", it.text, **told), f"add {it.text}", "/action", it.world
        )

    return sink


def _picking(code: Code, line: str) -> Callable[[Given], Message]:
    """With a picker of those whom the reader may know."""

    def sink(it: Given) -> Message:
        error = BadInput(code, "owner", it.text, group=it.group)
        people = {user: it.world.people[user] for user in (OWNER, CHAIR)}
        offered = replace(it.world, people=people)
        return errors.words(error, f"{line} {it.text}", "/action", it.world, offered)

    return sink


def _stands(it: Given) -> Status:
    lacks = Cause(Standing.LOOK, Reason.PREPARATION, Ref("MT-1"), 2, it.text)
    return Status(it.group, Judged(Standing.LOOK, (lacks,)))


Sink = Callable[[Given], Message | View | str]

SINKS: dict[str, Sink] = {
    **DECISION_SINKS,
    **MINUTES_SINKS,
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
    "undone": lambda it: undone.undone((undone.undone_line(it.change, it.world),)),
    "listing": lambda it: lists.listing((it.item,), it.world, OWNER, NOW, it.text, group=it.group),
    "my list": lambda it: lists.mine((it.item,), it.world, OWNER, NOW),
    "reminder": lambda it: notices.reminder_line(it.item, "before-2", it.world, OWNER, NOW),
    "bundle": lambda it: notices.bundle((notices.given(it.item, GIVER, it.world, NOW),)),
    "declined": lambda it: notices.declined(it.item, OWNER, it.text, it.world, NOW),
    "unanswered": lambda it: notices.unanswered(it.item, CHAIR, it.world, NOW),
    "settled": lambda it: notices.settled_line(it.item, "done", OWNER, it.world, NOW),
    "still open": lambda it: unfinished.still_open(
        it.item, "block", OWNER, it.world, NOW, "act:1", own=True
    ),
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
    "role named": lambda it: roles.role_named(OWNER, Role.CHAIR, it.group, it.world),
    "role given": lambda it: roles.given(Role.CHAIR, it.group, GIVER, it.world),
    "role taken": lambda it: roles.taken((), it.group, GIVER, it.world),
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
    "escalation": lambda it: escalations.action(it.item, OWNER, it.world, NOW),
    "escalation, deadline": lambda it: escalations.deadline(promised(it), OWNER, it.world, NOW),
    "group settings": lambda it: group_settings.of_group(it.group, NOW),
    "group settings form": lambda it: group_settings.group_form(it.group),
    "erasing asked": lambda it: privacy.asked(
        (it.item,), ((Role.CHAIR, it.group),), (CHAIR,), it.world
    ),
    **DEADLINE_SINKS,
    "home with a meeting": lambda it: home.home(
        home.Glance(meetings=(upcoming(it),)), it.world, OWNER, NOW
    ),
    "hello": lambda it: welcomes.hello(it.world.people[OWNER], NOW),
    "meeting in full": lambda it: meeting_details.detail(
        upcoming(it).meeting,
        (_task(it).item,),
        (Rsvp(OWNER, RsvpAnswer.YES, NOW),),
        (_task(it),),
        *(it.world, OWNER, NOW),
    ),
    "all of mine": lambda it: meetings.plate(
        (it.item,), (_task(it),), (upcoming(it),), it.world, OWNER, NOW
    ),
    "home of a chair": lambda it: home.home(
        home.Glance(chaired=(_glance(it),)), it.world, OWNER, NOW
    ),
    "home of a coordinator": _programme,
    "health": _health,
    "checklist": _checklist,
    "channel lost, invited again": lambda it: channels.lost(
        it.group, Channel(HERE, it.text), channels.REMOVED
    ),
    "my settings form": lambda it: settings.my_form(
        replace(it.world.people[OWNER], declaration=it.text), settings.Home(it.text, it.text), NOW
    ),
    "my zone": lambda it: settings.changed(
        settings.zone_changed(it.world.people[OWNER], settings.Home(it.text, it.text), NOW)
    ),
    "erasing, once more": lambda it: privacy.ready(it.world.people[OWNER], it.world),
    "erased": lambda _: privacy.erased(Pseudonym(7)),
    "export as JSON": lambda it: files.part(
        it.text[:99], 1, 1, json.dumps({"text": it.text}, ensure_ascii=False, indent=1)[:2000]
    ),
    "digest of all groups": lambda it: programme_digests.digest(
        ProgrammeDigest("2026-W48", NOW, OWNER, Report((_stands(it),), NOW), escalated=(it.item,)),
        it.world,
    ),
    "report": lambda it: steering.answer(
        Report((_stands(it),), NOW, event=upcoming(it).meeting), it.world.programme, "UTC"
    ),
    "export sent": lambda it: privacy.exported(it.text, DAY, DAY),
    "linked, shared": lambda it: reports.linked(it.group, HERE, it.world, shared=True),
    "taken out": lambda it: handovers.removed(
        OWNER, (it.group,), (it.left,), it.world, channels=(it.text,)
    ),
    "hand-over form": lambda it: handovers.form(
        it.left, (OWNER, GIVER), {it.item.ref: GIVER}, it.world, Origin(HERE, "1.2")
    ),
    "hand-over tried": lambda it: handover_answers.trial(
        it.left, _outcome(it), "plan", it.world, Origin(HERE, "1.2")
    ),
    "hand-over tried in words": lambda it: handover_answers.tried(it.left, _outcome(it), it.world),
    "handed over": lambda it: handover_answers.done(it.left, _outcome(it), it.world, "r"),
    "given back": lambda it: handover_answers.given_back(
        it.left, (it.item,), (Role.CHAIR,), it.world, "r"
    ),
    "nothing left": lambda it: handover_answers.nothing_left(OWNER, it.world),
    "coordinator left": lambda it: handovers.coordinator_left(OWNER, it.world, last=True),
    "error, nobody of that name": _picking(Code.PERSON_UNKNOWN, "give TR-14 to"),
    "error, not in the group": _picking(Code.PERSON_OUTSIDE, "add"),
    "error, no such group": _picking(Code.GROUP_UNKNOWN, "list"),
    "status": lambda it: status.status((_stands(it), _stands(it)), NOW, "UTC"),
    "status of a group that is no more": lambda it: status.ended(it.group, it.world),
    "status posted": lambda it: status.posted(Channel(HERE, it.text)),
    "left behind": lambda it: handovers.left_line(it.left, it.world),
    "left in full": lambda it: handovers.details((it.left,), it.world),
    **DIGEST_SINKS,
    **PREPARATION_SINKS,
    **PROCEEDINGS_SINKS,
    **(MEETING_SINKS | AGENDA_SINKS | RSVP_SINKS | TAKING_PART_SINKS),
}
