"""The coordinator's part of Home: every group in a row, and what cannot be reached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.departures import LEADING, Departure
from bot.domain.model import GroupKey, Role, World
from bot.domain.outbox import State
from bot.views.blocks import Id, Piece, actions, button, context, header, nth, section, value
from bot.views.dates import ago, count
from bot.views.home_chair import GroupGlance, standing
from bot.views.people import shown
from bot.views.reports import ROLE_WORDS
from bot.views.text import escape, instant

ROWS = 12
BAR, LONGEST = "▇", 12
NAMED = 8
GONE_SHOWN = 5
NO_MEETING = "no next meeting set"


@dataclass(frozen=True, slots=True)
class ProgrammeGlance:
    """`planned`: when it was last looked for what is to be said; `meetings`: the next of each."""

    groups: tuple[GroupGlance, ...]
    chairless: tuple[GroupKey, ...] = ()
    counts: Mapping[State, int] = field(default_factory=dict)
    planned: datetime | None = None
    meetings: Mapping[GroupKey, datetime] = field(default_factory=dict)
    lost: Mapping[GroupKey, str] = field(default_factory=dict)
    """Groups in whose channel nothing can be said, with what to do."""


def coordinator_part(
    glance: ProgrammeGlance, world: World, now: datetime, zone: str
) -> list[Piece]:
    """`zone`: the reader's."""
    pieces: list[Piece] = [header("all:head", "All groups")]
    pieces += [_row(one, glance, zone) for one in glance.groups[:ROWS]]
    if len(glance.groups) > ROWS:
        pieces.append(context("all:rest", f"And {len(glance.groups) - ROWS} more groups."))
    if not glance.groups:
        pieces.append(section("all:none", "No groups yet. Press Groups to make them."))
    if bars := _bars(glance.groups):
        pieces.append(section("all:bars", "\n".join(["*Overdue*", *bars])))
    lost = list(_unreached(glance, world))
    if lost:
        pieces.append(section("all:lost", "\n".join([f"*Cannot reach ({len(lost)})*", *lost])))
    pieces += list(_gone(glance, world))[:GONE_SHOWN]
    pieces.append(
        actions(
            "all:do",
            button("Groups", nth(Id.WORD_RUN, 1), value(line="setup")),
            button("Health", nth(Id.WORD_RUN, 2), value(line="health")),
        )
    )
    pieces.append(context("all:foot", _foot(glance, now)))
    return pieces


def _row(one: GroupGlance, glance: ProgrammeGlance, zone: str) -> Piece:
    at = glance.meetings.get(one.group.key)
    meeting = f"next meeting {instant(at, zone)}" if at else NO_MEETING
    said = f"{one.open} open, {one.overdue} overdue, {one.blocked} blocked · {meeting}"
    open_ = value(line=f"action list open {one.group.key}")
    return section(
        f"all:group-{one.group.key}",
        f"{standing(one)}\n{said}",
        button("Open", Id.WORD_RUN, open_, names=one.group.short),
    )


def _bars(groups: Sequence[GroupGlance]) -> list[str]:
    """The longest bar is at most so long; whoever has one overdue has a bar."""
    late = [one for one in groups if one.overdue]
    most = max((one.overdue for one in late), default=0)
    scale = max(1.0, most / LONGEST)
    return [
        f"{BAR * max(1, round(one.overdue / scale))} {one.overdue} {escape(one.group.short)}"
        for one in late[:ROWS]
    ]


def _unreached(glance: ProgrammeGlance, world: World) -> Iterable[str]:
    groups = [one.group for one in glance.groups]
    if bare := [group.short for group in groups if group.channel is None]:
        yield f"Without a channel: {_some(bare)}"
    for group in [group for group in groups if group.key in glance.lost][:NAMED]:
        yield f"{escape(group.short)}: {glance.lost[group.key]}"
    if bare := [group.short for group in groups if group.key in glance.chairless]:
        yield f"Without a chair: {_some(bare)}"
    if refused := glance.counts.get(State.REFUSED, 0):
        yield f"Refused by Slack: {count(refused, 'message')}"


def _gone(glance: ProgrammeGlance, world: World) -> Iterable[Piece]:
    """Who left something behind that waits for somebody."""
    for one in glance.groups:
        for departure, number in one.left:
            waits = [f"without an owner: {count(number, 'action')}"] if number else []
            waits += [f"the {ROLE_WORDS[role]}'s role is free" for role in _free(departure, world)]
            who = shown([departure.user], world)
            way = button("Hand over", Id.HANDOVER_OPEN, value(str(departure.id)), names=who)
            said = f"{who} left {escape(one.group.short)}; {'; '.join(waits)}."
            if waits:
                yield section(f"all:left-{departure.id}", said, way)


def _free(departure: Departure, world: World) -> list[Role]:
    """Which of the leading roles they had nobody has now."""
    there = {user for user, person in world.people.items() if not person.left}
    lost = [role for role in LEADING if role in departure.roles]
    return [role for role in lost if there.isdisjoint(world.holding(role, departure.group))]


def _some(names: Sequence[str]) -> str:
    rest = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return escape(", ".join(names[:NAMED])) + rest


def _foot(glance: ProgrammeGlance, now: datetime) -> str:
    bad = glance.counts.get(State.REFUSED, 0) + glance.counts.get(State.UNKNOWN, 0)
    found = [f"{count(bad, 'message')} not delivered"] if bad else []
    found += [f"{count(len(glance.lost), 'group')} cut off"] if glance.lost else []
    mood = f"🟡 Needs a look: {', '.join(found)}" if found else "✅ Healthy"
    looked = ago(glance.planned, now) if glance.planned else "not yet"
    return f"{mood} · last look at what is due: {looked}"
