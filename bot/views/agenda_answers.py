"""What people hear after they changed an agenda, and of topics that come late."""

from collections.abc import Sequence

from bot.domain.agendas import AgendaItem
from bot.domain.meetings import Meeting
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.views.agenda_rows import PURPOSES, topic_text
from bot.views.blocks import Id, actions, button, message, section, value
from bot.views.dates import count
from bot.views.meetings import title_text
from bot.views.people import name, named
from bot.views.text import bare, clip, moment, plain

WAITING = 3
"""Topics named that could wait."""


def added(meeting: Meeting, item: AgendaItem, n: int) -> str:
    return f"Added to the agenda of {meeting.ref} as item {n}: {_closed(item)}"


def there_already(meeting: Meeting, item: AgendaItem, n: int | None) -> str:
    """`n` None: it came late, and waits."""
    where = f"as item {n}" if n is not None else "and waits for the chair's yes"
    return (
        f"It is on the agenda of {meeting.ref} already, {where}: {_closed(item)} Nothing changed."
    )


def waits(meeting: Meeting, item: AgendaItem, deciders: Sequence[UserId], world: World) -> str:
    who = named(deciders, world)
    return (
        f"{topic_text(item)}: papers for {meeting.ref} are closed, so it waits for {who}, who can "
        "take it late or put it on the next meeting's agenda. You will hear."
    )


def edited(meeting: Meeting, item: AgendaItem) -> str:
    return f"Changed on the agenda of {meeting.ref}: {_closed(item)}"


def dropped(meeting: Meeting, item: AgendaItem) -> str:
    return f"Dropped from the agenda of {meeting.ref}: {_closed(item)}"


def ordered(meeting: Meeting) -> str:
    return f"The agenda of {meeting.ref} is in the new order."


def carried(meeting: Meeting, item: AgendaItem, onto: Meeting) -> str:
    when = moment(onto.starts, onto.zone)
    return f"{topic_text(item)} goes on from {meeting.ref} to the agenda of {onto.ref}, {when}."


def drafted(
    meeting: Meeting,
    over: int,
    waiting: Sequence[AgendaItem],
    left_out: Sequence[AgendaItem],
    *,
    same: bool = False,
) -> str:
    """`same`: as it was drafted before."""
    said = [f"The agenda of {meeting.ref} is drafted. Look through it, then post it."]
    if same:
        said = [f"The agenda of {meeting.ref} was drafted before, and nothing has changed."]
    if over:
        said.append(f"It is {count(over, 'minute')} too long.")
        if waiting:
            topics = "; ".join(clip(topic_text(item), 80) for item in waiting[:WAITING])
            more = f" and {len(waiting) - WAITING} more" if len(waiting) > WAITING else ""
            said.append(f"What could wait: {topics}{more}.")
        else:
            said.append("Give some items less time, or drop one.")
    if left_out:
        topics = "; ".join(clip(topic_text(item), 80) for item in left_out)
        said.append(f"Left out, as it was dropped before: {topics}.")
    return " ".join(said)


def posted(meeting: Meeting, channels: int, *, again: bool) -> str:
    where = "its channel" if channels == 1 else f"its {channels} channels"
    if again:
        return f"The agenda of {meeting.ref} in {where} is up to date: nothing has changed."
    return f"The agenda of {meeting.ref} is in {where}, and is rewritten there when it changes."


def late(meeting: Meeting, item: AgendaItem, world: World) -> Message:
    """A part of the daily message: to who decides whether it is taken."""
    by = plain(name(item.created_by, world))
    minutes = f", {item.minutes} min" if item.minutes is not None else ""
    paper = f" Paper: {plain(clip(item.link, 300))}" if item.link else ""
    text = (
        f"{by} asks late for a topic at {meeting.ref} {title_text(meeting)}, "
        f"{moment(meeting.starts, meeting.zone)}: {topic_text(item)} "
        f"({PURPOSES[item.purpose].lower()}{minutes}).{paper}"
    )
    carries = value(meeting.ref, id=str(item.id))
    about = f"{meeting.ref} {bare(item.topic)}"
    return message(
        text,
        section(f"agenda:late:{item.id}", text),
        actions(
            f"agenda:late:{item.id}:do",
            button("Accept late", Id.AGENDA_ACCEPT, carries, primary=True, names=about),
            button("Next meeting", Id.AGENDA_NEXT, carries, names=about),
        ),
    )


def late_settled(
    meeting: Meeting, item: AgendaItem, onto: Meeting | None, by: UserId, world: World
) -> Message:
    """To who proposed it, and in the place of the question."""
    who = plain(name(by, world))
    how = f"is taken late, on the agenda of {meeting.ref}"
    if onto is not None:
        when = moment(onto.starts, onto.zone)
        how = f"comes too late for {meeting.ref}: it is on the agenda of {onto.ref}, {when}"
    text = f"{topic_text(item)} {how}, says {who}."
    return message(text, section(f"agenda:late:{item.id}", text))


def settled(meeting: Meeting, item: AgendaItem, onto: Meeting | None, world: World) -> str:
    """To who has just decided it."""
    told = plain(name(item.created_by, world))
    if onto is None:
        return f"{topic_text(item)} is on the agenda of {meeting.ref}. {told} is told."
    when = moment(onto.starts, onto.zone)
    return f"{topic_text(item)} is on the agenda of {onto.ref}, {when}. {told} is told."


def _closed(item: AgendaItem) -> str:
    """As the end of a sentence."""
    text = topic_text(item)
    return text if text.endswith(("?", "!", "…")) else f"{text}."
