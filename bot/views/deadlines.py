"""Deadlines for one reader: listed, in full, what was done to one and whom it hits."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from bot.domain.deadlines import Deadline, Kind, Stage
from bot.domain.knock_on import Step
from bot.domain.meetings import Meeting
from bot.domain.model import GroupKey, UserId, World
from bot.domain.outbox import Message
from bot.views import deadline_buttons, facts
from bot.views.blocks import (
    TITLE_SHOWN,
    Element,
    Piece,
    actions,
    clip,
    context,
    escape,
    fields,
    message,
    plain,
    section,
)
from bot.views.dates import count, day_words, relative, today
from bot.views.deadline_buttons import run
from bot.views.lists import spelled
from bot.views.people import mentioned, named, shown, zone_of
from bot.views.text import bare

ROWS = 25
NAMED = 5
"""Of what is waited for, in one answer."""
STAGES = {
    Stage.OPEN: "open",
    Stage.DRAFT: "in draft",
    Stage.REVIEW: "in review",
    Stage.APPROVED: "approved",
    Stage.MET: "met",
    Stage.DROPPED: "dropped",
}


def listing(
    found: Sequence[Deadline],
    world: World,
    viewer: UserId,
    now: datetime,
    title: str,
    notes: Sequence[str] = (),
) -> Message:
    """In the order given; `notes` are whole sentences, unescaped, of what belongs to it."""
    more = "".join(f"\n{escape(note)}" for note in notes)
    if not found:
        return message(
            " ".join([f"{plain(title)}: none.", *map(plain, notes)]),
            section("deadlines:head", f"*{escape(title)}*\nNone.{more}"),
        )
    late = sum(is_late(one, world, now) for one in found)
    counted = count(len(found), "deadline") + (f", {late} overdue" if late else "")
    hidden = [f"And {len(found) - ROWS} more."] if len(found) > ROWS else []
    return message(
        spelled(
            " ".join([f"{plain(title)}: {counted}.", *map(plain, notes)]),
            [f"{row_text(one, world, now)}." for one in found[:ROWS]],
        ),
        section("deadlines:head", f"*{escape(title)}*\n{counted}{more}"),
        *(
            row(one, world, viewer, now, month=month)
            for one, month in zip(found, _months(found[:ROWS]), strict=False)
        ),
        context(
            *("deadlines:hint", *hidden),
            "Type the id to see one in full. Only you can see this list.",
        ),
    )


def gathering(meeting: Meeting, viewer: UserId, world: World, now: datetime) -> str:
    """A whole sentence, unescaped: what all dates lead to."""
    day = today(meeting.starts, meeting.zone)
    far = relative(day, today(now, zone_of(viewer, world)))
    title = clip(bare(meeting.title), TITLE_SHOWN)
    return f"Next meeting of all groups: {meeting.ref} {title}, {day_words(day)}, {far}."


def in_order(found: Iterable[Deadline], world: World, now: datetime) -> list[Deadline]:
    """Overdue first, then by date."""
    return sorted(found, key=lambda one: (not is_late(one, world, now), one.due, one.id))


def _months(found: Sequence[Deadline]) -> Iterator[str]:
    """The heading of each that is the first of its month, where there are several."""
    months = [f"{one.due:%B %Y}" for one in found]
    for before, month in zip(["", *months], months, strict=False):
        yield month if month != before and len(set(months)) > 1 else ""


def row(
    deadline: Deadline,
    world: World,
    viewer: UserId,
    now: datetime,
    menu: Element | None = None,
    *,
    month: str = "",
) -> Piece:
    head = f"*{month}*\n" if month else ""
    said = f"{head}{row_words(deadline, world, viewer, now)}"
    return section(f"deadline:{deadline.ref}", said, menu)


def row_words(deadline: Deadline, world: World, viewer: UserId, now: datetime) -> str:
    """For mrkdwn: its title, and a line of facts."""
    late = "🔴 Overdue: " if is_late(deadline, world, now) else ""
    owner = _owner(deadline, viewer, world)
    parts = [
        f"{late}{day_words(deadline.due)} ({distance(deadline, world, now)})",
        owner,
        escape(groups(deadline.groups, world)),
        state(deadline),
        *filter(None, [facts.moved(deadline)]),
    ]
    return f"{titled(deadline)}\n{' · '.join(parts)}"


def row_text(deadline: Deadline, world: World, now: datetime) -> str:
    """For `text`: all the facts, no full stop."""
    parts = [
        f"{deadline.ref} {title_text(deadline)}",
        f"due {day_words(deadline.due)} ({distance(deadline, world, now)})",
        f"for {named([deadline.owner], world)}" if deadline.owner else "without an owner",
        f"in {plain(groups(deadline.groups, world))}",
        state(deadline),
        *filter(None, [facts.moved(deadline)]),
    ]
    return ", ".join(parts)


def sentence(deadline: Deadline, world: World) -> str:
    """For `text`, after the id: owner, title, date, groups; no full stop."""
    owner = f"for {named([deadline.owner], world)}" if deadline.owner else "without an owner"
    due = f"due {day_words(deadline.due)}, in {plain(groups(deadline.groups, world))}"
    return f"{owner}: {title_text(deadline)}, {due}"


def detail(
    deadline: Deadline,
    needs: Sequence[Step],
    earliest: date,
    world: World,
    viewer: UserId,
    now: datetime,
) -> Message:
    """One deadline in full; `earliest`: when it can be met, for all that it waits for."""
    late = is_late(deadline, world, now)
    due = f"{day_words(deadline.due)} ({distance(deadline, world, now)})"
    waits = [step_words(step, world, now) for step in needs[:NAMED]]
    first = f"cannot be met before {day_words(earliest)}" if earliest > deadline.due else ""
    said = {
        "Owner": mentioned([deadline.owner], world) if deadline.owner else "Nobody yet",
        "Due": f"🔴 Overdue: {due}" if late else due,
        "State": state(deadline),
        "Working groups": escape(groups(deadline.groups, world)),
        "Waiting for": "\n".join(waits),
        "Moved": facts.moved(deadline).removeprefix("moved "),
        "Because of what it waits for": first,
    }
    last = deadline.why or deadline.note
    spoken = [
        row_text(deadline, world, now),
        *([f"waiting for {', '.join(waits)}"] if waits else []),
    ]
    return message(
        ", ".join([*spoken, *filter(None, [first])]) + ".",
        section(f"{deadline.ref}:head", titled(deadline)),
        fields(
            f"{deadline.ref}:facts",
            [f"*{label}*\n{words}" for label, words in said.items() if words],
        ),
        *([section(f"{deadline.ref}:why", facts.reason(last))] if last else []),
        actions(f"{deadline.ref}:do", *_acts(deadline)),
    )


def _acts(deadline: Deadline) -> list[Element]:
    if not deadline.stage.closed:
        return deadline_buttons.card(deadline)
    return [
        run(1, "Reopen", f"deadline reopen {deadline.ref}"),
        run(2, "History", f"deadline history {deadline.ref}"),
        run(3, "All deadlines", "deadline list all"),
    ]


def is_late(deadline: Deadline, world: World, now: datetime) -> bool:
    return not deadline.stage.closed and deadline.due < today(now, zone_there(deadline, world))


def distance(deadline: Deadline, world: World, now: datetime) -> str:
    """Of one that is closed, when it was."""
    zone = zone_there(deadline, world)
    if deadline.stage.closed and deadline.closed_at:
        return f"{stage(deadline)} {day_words(today(deadline.closed_at, zone))}"
    return relative(deadline.due, today(now, zone))


def zone_there(deadline: Deadline, world: World) -> str:
    """The group's; of several and of all, the programme's."""
    return _zone_of(deadline.groups, world)


def _zone_of(keys: Sequence[GroupKey], world: World) -> str:
    group = world.groups.get(keys[0]) if len(keys) == 1 else None
    return group.zone if group else world.programme.zone


def groups(keys: Sequence[GroupKey], world: World) -> str:
    """Unescaped."""
    known = [world.groups[key] for key in keys if key in world.groups]
    return ", ".join(group.short or group.name for group in known) or "all groups"


def state(deadline: Deadline) -> str:
    """Such as "deliverable in review"."""
    return f"{deadline.kind.value} {stage(deadline)}"


def stage(deadline: Deadline) -> str:
    submitted = deadline.kind is Kind.DELIVERABLE and deadline.stage is Stage.MET
    return "submitted" if submitted else STAGES[deadline.stage]


def titled(deadline: Deadline) -> str:
    """For mrkdwn: id and text; struck through once closed."""
    text = escape(clip(bare(deadline.text), TITLE_SHOWN)) or "…"
    return f"*{deadline.ref}* ~{text}~" if deadline.stage.closed else f"*{deadline.ref}* {text}"


def title_text(deadline: Deadline) -> str:
    """For `text`."""
    return plain(clip(bare(deadline.text), TITLE_SHOWN)).rstrip(" .") or "…"


def step_words(step: Step, world: World, now: datetime) -> str:
    """Its id and date, never its words: it may be another group's."""
    if step.closed:
        return f"{step.ref} (closed)"
    here = today(now, _zone_of(step.groups, world))
    late = f", {relative(step.due, here)}" if step.due < here else ""
    return f"{step.ref} (due {day_words(step.due)}{late})"


def _owner(deadline: Deadline, viewer: UserId, world: World) -> str:
    if deadline.owner is None:
        return "needs an owner"
    return "you" if deadline.owner == viewer else shown([deadline.owner], world)
