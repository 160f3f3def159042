"""Days and times in words: due days as fixed text, never a token, always with the year."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.items import Due
from bot.views.text import place

DAY_ENDS = time(23, 59)
SMALL_HOURS = timedelta(hours=4)


def day_words(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def _local(due: Due, group_zone: str) -> datetime:
    return datetime.combine(due.day, due.at or DAY_ENDS, ZoneInfo(due.zone or group_zone))


def due_words(due: Due, group_zone: str) -> str:
    """Such as "Fri 4 Dec 2026", and with a time ", 17:00 New York (UTC\u22125)"."""
    if due.at is None:
        return day_words(due.day)
    return f"{day_words(due.day)}, {due.at:%H:%M} {place(_local(due, group_zone))}"


def due_yours(due: Due, group_zone: str, reader_zone: str) -> str:
    """Such as "= Sat 5 Dec 2026 10:59 your time" where the reader's date differs, else nothing.

    A day that ends in the reader's small hours ends for them with the same evening.
    """
    there = _local(due, group_zone)
    here = there.astimezone(ZoneInfo(reader_zone))
    evening = here - SMALL_HOURS if due.at is None and here.date() > there.date() else here
    same = evening.date() == there.date() and (due.at is None or here.time() == there.time())
    return "" if same else f"= {day_words(here.date())} {here:%H:%M} your time"


def relative(day: date, now_day: date) -> str:
    """Such as "today", "tomorrow", "in 3 days", "1 day late"; calendar days."""
    days = (day - now_day).days
    if days in (0, 1):
        return ("today", "tomorrow")[days]
    if days > 0:
        return f"in {days} days"
    return f"{count(-days, 'day')} late"


def ago(at: datetime, now: datetime) -> str:
    minutes = max(0, int((now - at).total_seconds() // 60))
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{count(minutes, 'minute')} ago"
    if minutes < 24 * 60:
        return f"{count(minutes // 60, 'hour')} ago"
    return f"{count(minutes // (24 * 60), 'day')} ago"


def count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def date_notes(due: Due, notes: Iterable[str]) -> tuple[str, ...]:
    """What must be said of a date that was typed: `next-year`, `weekend`, `fold`."""
    said = {
        "next-year": f"{due.day.day} {due.day:%b} has passed this year, taken as next year.",
        "weekend": f"{day_words(due.day)} is a {due.day:%A}.",
        "fold": "The clock shows this time twice that day; the first is meant.",
    }
    return tuple(said[note] for note in notes if note in said)
