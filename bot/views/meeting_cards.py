"""A meeting's own message in its channels: when, how ready, who comes, what it will talk about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.local_times import Clock, Shift
from bot.domain.meetings import Meeting, MeetingState, Rsvp
from bot.domain.minutes import MinutesState
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.views import access_needs
from bot.views import quorum as counted
from bot.views import rsvps as replies_view
from bot.views.blocks import Element, Id, actions, button, message, section, value
from bot.views.dates import count, day_words
from bot.views.meeting_buttons import checklist_button, word
from bot.views.meeting_times import when_pieces, when_text
from bot.views.meetings import STATES, groups, hybrid, title_text, titled
from bot.views.text import bare, clip, escape, instant, moment, plain

REASON_SHOWN = 300
_WHEN = "%Y-%m-%dT%H%M"
_MINUTES = {
    MinutesState.PUBLISHED: "draft, unconfirmed",
    MinutesState.OBJECTED: "somebody objects",
    MinutesState.ACCEPTED: "accepted",
}


@dataclass(frozen=True, slots=True)
class Card:
    """`posted_for`: the time on its own clock that was announced first; None: this is the first.

    `done` of `needed` of what is required; `topics` with `minutes` in all. `notes`: sentences.
    """

    meeting: Meeting
    rsvps: tuple[Rsvp, ...]
    clocks: tuple[Clock, ...] = ()
    odd: tuple[Shift, ...] = ()
    notes: tuple[str, ...] = ()
    done: int = 0
    needed: int = 0
    topics: int = 0
    minutes: int = 0
    agenda_at: datetime | None = None
    minutes_state: MinutesState | None = None
    posted_for: datetime | None = None


def card(it: Card, world: World) -> Message:
    meeting = it.meeting
    wall = on_the_wall(meeting)
    was = it.posted_for if it.posted_for not in (None, wall) else None
    facts = [*_replied(it, world), *_prepared(it), *_agenda(it), *_minutes(it)]
    text = " ".join(
        filter(None, [f"{_text(it, was, world)}.", _when(it), *(f"{fact}." for fact in facts)])
    )
    ahead = meeting.state.ahead
    return message(
        text,
        section(_card_id(it.posted_for or wall), _shown(it, was, world)),
        *(when_pieces(meeting, it.clocks, it.odd, it.notes) if ahead else []),
        *([section("card:facts", escape("\n".join(facts)))] if facts else []),
        *([replies_view.buttons(meeting)] if ahead else []),
        actions("card:do", *_buttons(meeting)),
    )


def announced(meeting: Meeting, channels: Sequence[str]) -> Message:
    """To who announced it."""
    where = "its channel" if len(channels) == 1 else f"{len(channels)} channels"
    text = f"{meeting.ref} is announced in {where}. Its message there keeps up with every change."
    return message(
        text, section("card:announced", text), actions("card:then", checklist_button(meeting))
    )


def gone(meeting: Meeting) -> Message:
    """In the place of what was posted of it."""
    text = f"{meeting.ref} {title_text(meeting)} is not planned any more."
    return message(text, section("card:gone", f"❌ Not planned any more: {titled(meeting)}"))


def on_the_wall(meeting: Meeting) -> datetime:
    return datetime.combine(meeting.start_day, meeting.start_at)


def first_time(said: Message) -> datetime | None:
    """The time for which a card was posted first."""
    for block in said.blocks:
        kind, _, when = str(block["block_id"]).partition("@")
        if kind == "card":
            return datetime.strptime(when, _WHEN)  # noqa: DTZ007 - on the meeting's own clock
    return None


def _card_id(wall: datetime) -> str:
    return f"card@{wall.strftime(_WHEN)}"


def _text(it: Card, was: datetime | None, world: World) -> str:
    meeting = it.meeting
    who = f"{meeting.ref} {title_text(meeting)} ({plain(groups(meeting, world))})"
    when = moment(meeting.starts, meeting.zone)
    if meeting.state is MeetingState.CANCELLED:
        return f"{who}, {when}, is cancelled{f': {plain(_why(meeting))}' if _why(meeting) else ''}"
    where = f", {plain(clip(bare(meeting.place), REASON_SHOWN))}" if meeting.place else ""
    where = "".join([*(f", {word_}" for word_ in hybrid(meeting, it.rsvps)), where])
    moved = f", moved: instead of {_wall(was)}" if was else ""
    until = moment(meeting.ends, meeting.zone)
    return f"{who}, {STATES[meeting.state]}, {when} until {until}{moved}{where}"


def _shown(it: Card, was: datetime | None, world: World) -> str:
    meeting = it.meeting
    when = f"{instant(meeting.starts, meeting.zone)} until {instant(meeting.ends, meeting.zone)}"
    facts = [escape(groups(meeting, world)), *hybrid(meeting, it.rsvps), STATES[meeting.state]]
    if meeting.place:
        facts.append(escape(clip(bare(meeting.place), REASON_SHOWN)))
    if meeting.state is MeetingState.CANCELLED:
        why = f"\nReason: {escape(_why(meeting))}" if _why(meeting) else ""
        return f"❌ Cancelled: {titled(meeting)}\n{when}\n{' · '.join(facts)}{why}"
    lead = "📅 Moved: now" if was else "📅 Meeting:"
    instead = f"\ninstead of {_wall(was)}" if was else ""
    return f"{lead} {titled(meeting)}\n{when}{instead}\n{' · '.join(facts)}"


def _wall(was: datetime) -> str:
    return f"{day_words(was.date())}, {was:%H:%M}"


def _why(meeting: Meeting) -> str:
    return clip(bare(meeting.why), REASON_SHOWN).rstrip(" .")


def _when(it: Card) -> str:
    return when_text(it.meeting, it.clocks, it.odd, it.notes) if it.meeting.state.ahead else ""


def _replied(it: Card, world: World) -> list[str]:
    if it.meeting.state is MeetingState.CANCELLED:
        return []
    return [f"Replies: {counted.replies(it.meeting, it.rsvps, world)}"]


def _prepared(it: Card) -> list[str]:
    if not it.needed or not it.meeting.state.ahead:
        return []
    percent = 100 * it.done // it.needed
    return [f"Preparation: {it.done} of {it.needed} ready ({percent} %)"]


def _agenda(it: Card) -> list[str]:
    if it.meeting.state is MeetingState.CANCELLED or not (it.topics or it.agenda_at):
        return []
    length = round((it.meeting.ends - it.meeting.starts).total_seconds() / 60)
    said = [count(it.topics, "topic"), f"{it.minutes} of {length} min"]
    return [f"Agenda: {', '.join([*said, *(['posted'] if it.agenda_at else [])])}"]


def _minutes(it: Card) -> list[str]:
    said = _MINUTES.get(it.minutes_state) if it.minutes_state else None
    return [f"Minutes: {said}"] if said else []


def _buttons(meeting: Meeting) -> list[Element]:
    ref = meeting.ref
    if not meeting.state.ahead:
        held = meeting.state is MeetingState.HELD
        minutes = [word("Minutes", f"meeting minutes {ref}", ref, 8)] if held else []
        return [word("Details", ref, ref, 3), *minutes]
    return [
        checklist_button(meeting),
        word("Agenda", f"meeting agenda {ref}", ref, 9),
        button("Add to calendar", Id.CALENDAR_MEETING, value(ref), names=ref),
        *([access_needs.opener(meeting)] if access_needs.asks(meeting) else []),
    ]
