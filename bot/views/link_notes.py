"""How one person comes to a meeting: by which link or to which place, and when on their clock."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.meetings import Meeting, MeetingKind
from bot.domain.model import Person
from bot.domain.outbox import Message
from bot.views.blocks import Id, Piece, actions, button, clip, escape, message, section, value
from bot.views.buttons import link
from bot.views.dates import day_words
from bot.views.local_times import city
from bot.views.meetings import title_text, titled
from bot.views.text import bare, plain

TOPICS_SHOWN = 300


def note(meeting: Meeting, person: Person, topics: Sequence[str], *, on_site: bool) -> Message:
    """A part of a daily message; `topics` are those of the agenda, in its order."""
    when = _when(meeting, person, on_site=on_site)
    how = _how(meeting, on_site=on_site)
    about = clip("; ".join(bare(topic) for topic in topics), TOPICS_SHOWN)
    agenda = f"Agenda: {about.rstrip(' .')}." if about else ""
    shown = [titled(meeting), escape(f"{when}."), _linked(meeting, how, on_site=on_site)]
    text = [f"{meeting.ref} {title_text(meeting)}, {when}.", plain(how), plain(agenda)]
    pieces: list[Piece] = [
        section(f"join:{meeting.ref}", "\n".join(filter(None, [*shown, escape(agenda)]))),
        actions(
            f"join:{meeting.ref}:do",
            button("Details", Id.WORD_RUN, value(line=meeting.ref), names=meeting.ref),
        ),
    ]
    return message(" ".join(filter(None, text)), *pieces)


def joining(meeting: Meeting, person: Person) -> Message:
    """A quarter of an hour before."""
    at = meeting.starts.astimezone(ZoneInfo(person.zone))
    said = f"begins at {at:%H:%M}"
    return message(
        f"{meeting.ref} {title_text(meeting)} {said}: {plain(meeting.link)}",
        section(
            f"join:{meeting.ref}",
            f"{titled(meeting)} {said}: {link(meeting.link, 'Join')}",
        ),
    )


def _when(meeting: Meeting, person: Person, *, on_site: bool) -> str:
    """Who travels keeps the clock of the place; others see their own beside it."""
    there = meeting.starts.astimezone(ZoneInfo(meeting.zone))
    here = meeting.starts.astimezone(ZoneInfo(person.zone))
    if meeting.kind is MeetingKind.FACE_TO_FACE and not on_site:
        both = [_clock(there, there), _clock(here, there)]
        return f"{day_words(there.date())}, {', '.join(dict.fromkeys(both))}"
    mine = there if on_site else here
    return f"{day_words(mine.date())}, {_clock(mine, mine)}"


def _clock(at: datetime, day: datetime) -> str:
    other = f" on {day_words(at.date())}" if at.date() != day.date() else ""
    return f"{at:%H:%M} {city(str(at.tzinfo))}{other}"


def _how(meeting: Meeting, *, on_site: bool) -> str:
    if on_site:
        return f"In {bare(meeting.place)}." if meeting.place else ""
    return f"Join: {meeting.link}" if meeting.link else "The link is still to come."


def _linked(meeting: Meeting, how: str, *, on_site: bool) -> str:
    """For mrkdwn."""
    if on_site or not meeting.link:
        return escape(how)
    return link(meeting.link, "Join")
