"""What is done of the set-up and what comes next, for whoever installs: a message that ticks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.model import Group, GroupKey, Person
from bot.domain.outbox import Message
from bot.views.blocks import Element, Id, Piece, actions, button, message, section
from bot.views.dates import count
from bot.views.text import escape, plain
from bot.views.welcomes import where

DONE, WAITING = "✅ Done", "⏳ Waiting"
NAMED = 8
ALL_SET = "All is set up."
PRESS_SET_UP = "No groups are set up yet. Press Set up, or type /wg setup."
ASK_SET_UP = "No groups are set up yet. An owner or admin of this workspace can do it: /wg setup."


@dataclass(frozen=True, slots=True)
class SetUpState:
    """`unlinked` and `chairless` are among `groups`; `met`: there is a meeting.

    `lost`: groups in whose channel nothing can be said, with what to do.
    """

    groups: tuple[Group, ...]
    unlinked: tuple[Group, ...]
    chairless: tuple[Group, ...]
    acted: bool
    met: bool
    person: Person
    lost: Mapping[GroupKey, str] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        shaped = bool(self.groups) and not (self.unlinked or self.chairless or self.lost)
        return shaped and self.acted and self.person.zone_chosen


@dataclass(frozen=True, slots=True)
class _Step:
    done: bool
    said: str
    next: str = ""


def checklist(state: SetUpState, now: datetime) -> Message:
    if state.finished:
        return message(ALL_SET, section("setup:list", f"{DONE}: {ALL_SET}"))
    steps = list(_steps(state, now))
    left = sum(not step.done for step in steps)
    head = f"Set-up: {len(steps) - left} of {len(steps)} steps are done."
    spoken = [f"{'Done' if s.done else 'Waiting'}: {plain(_whole(s))}" for s in steps]
    pieces: list[Piece] = [
        section("setup:list", f"*{head}* This message ticks itself."),
        *(
            section(f"setup:step-{number}", f"{DONE if step.done else WAITING}: {_whole(step)}")
            for number, step in enumerate(steps)
        ),
    ]
    if buttons := _buttons(state):
        pieces.append(actions("setup:next", *buttons))
    return message(" ".join([head, *spoken]), *pieces)


def _whole(step: _Step) -> str:
    return step.said if step.done or not step.next else f"{step.said} {step.next}"


def _steps(state: SetUpState, now: datetime) -> Iterable[_Step]:
    groups = count(len(state.groups), "group")
    yield _Step(bool(state.groups), f"{groups} made." if state.groups else "No groups yet.")
    if state.groups:
        for group in [group for group in state.groups if group.key in state.lost][:NAMED]:
            yield _Step(False, f"{escape(group.short)}: {state.lost[group.key]}")
        if state.unlinked or not state.lost:
            yield _of_each(
                "Every group has its channel.",
                "Without a channel",
                state.unlinked,
                "In the channel, type `/invite @Concerted`, then `/wg link {key}`.",
            )
        yield _of_each(
            "Every group has its chair.",
            "Without a chair",
            state.chairless,
            "Type `/wg role @person chair in {key}`.",
        )
    yield _Step(state.acted, "The first action is noted." if state.acted else "No action yet.")
    if state.met:  # Meetings cannot be planned by any door yet, so none is asked for.
        yield _Step(True, "The first meeting is set.")
    zone = state.person.zone_chosen
    question = "" if zone else " Is that right?"
    yield _Step(zone, f"{escape(where(state.person, now))}{question}")


def _of_each(all_well: str, lacking: str, groups: Sequence[Group], way: str) -> _Step:
    if not groups:
        return _Step(True, all_well)
    rest = f" and {len(groups) - NAMED} more" if len(groups) > NAMED else ""
    names = ", ".join(group.short for group in groups[:NAMED])
    return _Step(False, f"{lacking}: {escape(names)}{rest}.", way.format(key=escape(groups[0].key)))


def _buttons(state: SetUpState) -> list[Element]:
    found = []
    if not state.groups:
        found.append(button("Make the groups", Id.SETUP_OPEN, primary=True))
    elif not state.acted:
        found.append(button("New action", Id.ITEM_NEW))
    if not state.person.zone_chosen:
        found.append(button("Yes, my zone is right", Id.WELCOME_YES))
    return found
