"""What a group's channel hears of a meeting that changes, in one message."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.local_times import Clock, Holidays, Shift
from bot.domain.meetings import Meeting
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.views import local_times
from bot.views.blocks import actions, button, context, escape, message, section, value
from bot.views.blocks import clip as cut
from bot.views.dates import count, day_words
from bot.views.ids import Id
from bot.views.local_times import Countries
from bot.views.meetings import groups, title_text, titled
from bot.views.text import bare, instant, moment, plain

REASON_SHOWN = 300


def moved(
    meeting: Meeting,
    was: datetime,
    more: int,
    clocks: Sequence[Clock],
    world: World,
    zone: str | None = None,
    *,
    also: bool = False,
) -> Message:
    """`was`: the time that the channel knows, on the clock in `zone`; None: on its own.

    `also`: its place or length is another one too.
    """
    elsewhere = f" {local_times.city(zone)}" if zone and zone != meeting.zone else ""
    old = f"instead of {day_words(was.date())}, {was:%H:%M}{elsewhere}"
    rest = f" So do the {more} after it in the series." if more > 1 else ""
    rest = " So does the one after it in the series." if more == 1 else rest
    local = f" {local_times.clocks(clocks, meeting.start_day)}." if clocks else ""
    text = (
        f"{meeting.ref} {title_text(meeting)} ({plain(groups(meeting, world))}) moves to "
        f"{moment(meeting.starts, meeting.zone)}, {plain(old)}.{local}{rest}"
        f"{f' It is now {_until(meeting)}{_where(meeting)}.' if also else ''} Replies to it stay."
    )
    shown = (
        f"📅 Moved: {titled(meeting)}\n{instant(meeting.starts, meeting.zone)}, "
        f"{escape(old)}.{rest}{_now(meeting) if also else ''}"
    )
    note = f"{local.strip()} Replies to it stay: change yours if you cannot come any more."
    return _said(meeting, text, shown, note.strip())


def edited(meeting: Meeting, more: int, world: World) -> Message:
    """How long and where it is now."""
    rest = f" So are the {more} after it in the series." if more > 1 else ""
    rest = " So is the one after it in the series." if more == 1 else rest
    text = (
        f"{meeting.ref} {title_text(meeting)} ({plain(groups(meeting, world))}) is now "
        f"{moment(meeting.starts, meeting.zone)} {_until(meeting)}{_where(meeting)}.{rest}"
    )
    shown = f"📅 Changed: {titled(meeting)}\n{instant(meeting.starts, meeting.zone)}{_now(meeting)}"
    return _said(meeting, text, f"{shown}{rest}", "")


def _until(meeting: Meeting) -> str:
    return f"until {moment(meeting.ends, meeting.zone)}"


def _where(meeting: Meeting) -> str:
    where = cut(bare(meeting.place), REASON_SHOWN).rstrip(" .")
    return f", {plain(where)}" if where else ""


def _now(meeting: Meeting) -> str:
    """For mrkdwn: until when, and where."""
    where = cut(bare(meeting.place), REASON_SHOWN).rstrip(" .")
    place = f"\nWhere: {escape(where)}" if where else ""
    return f" until {instant(meeting.ends, meeting.zone)}{place}"


def cancelled(
    meeting: Meeting, was: datetime, more: int, world: World, zone: str | None = None
) -> Message:
    """`was`: the time that the channel knows, on the clock in `zone`; None: on its own."""
    rest = f" So are the {more} after it in the series." if more > 1 else ""
    rest = " So is the one after it in the series." if more == 1 else rest
    when = f"on {day_words(was.date())}, {was:%H:%M} {local_times.city(zone or meeting.zone)}"
    why = cut(bare(meeting.why), REASON_SHOWN).rstrip(" .")
    text = (
        f"{meeting.ref} {title_text(meeting)} ({plain(groups(meeting, world))}) {when} is "
        f"cancelled: {plain(why)}.{rest}"
    )
    shown = f"❌ Cancelled: {titled(meeting)}\nIt was to be {when}.{rest}\nReason: {escape(why)}"
    return _said(meeting, text, shown, "")


def back(meeting: Meeting, more: int, clocks: Sequence[Clock], world: World) -> Message:
    rest = f" So do {count(more, 'more')} of the series." if more else ""
    text = (
        f"{meeting.ref} {title_text(meeting)} ({plain(groups(meeting, world))}) takes place after "
        f"all: {moment(meeting.starts, meeting.zone)}.{rest}"
    )
    shown = f"📅 After all: {titled(meeting)}\n{instant(meeting.starts, meeting.zone)}{rest}"
    return _said(meeting, text, shown, local_times.clocks(clocks, meeting.start_day))


def clocks_change(
    meeting: Meeting,
    shifts: Sequence[Shift],
    holidays: Holidays,
    countries: Countries,
    world: World,
) -> Message:
    others = local_times.shifted(shifts)
    notes = " ".join(map(plain, local_times.holidays(holidays, countries)))
    text = (
        f"{meeting.ref} {title_text(meeting)} ({plain(groups(meeting, world))}) is at another hour "
        f"for some, on {moment(meeting.starts, meeting.zone)}: {others}. {notes}"
    ).strip()
    shown = (
        f"🕒 Clock change: {titled(meeting)}\n{instant(meeting.starts, meeting.zone)} is at "
        f"another hour than last time for some: *{escape(others)}*. {escape(notes)}"
    ).strip()
    return _said(meeting, text, shown, "")


def _said(meeting: Meeting, text: str, shown: str, note: str) -> Message:
    return message(
        text,
        section(f"{meeting.ref}:news", shown),
        *([context(f"{meeting.ref}:note", escape(note))] if note else []),
        actions(
            f"{meeting.ref}:then",
            button("Details", Id.WORD_RUN, value(line=meeting.ref), names=meeting.ref),
        ),
    )
