"""A group's settings as they stand, and the form that changes them."""

from collections.abc import Iterable
from datetime import datetime, time

from bot.domain.model import Group, GroupSettings
from bot.domain.outbox import Message
from bot.views.blocks import (
    Field,
    Id,
    Piece,
    View,
    actions,
    button,
    input_,
    message,
    modal,
    section,
    select,
    value,
)
from bot.views.dates import count
from bot.views.settings import ZONE_LIMIT, line_field
from bot.views.text import escape, moment, plain

ON, OFF = "on", "off"
HALF = "half"
HALF_WORDS = frozenset({"", HALF, "0", "half of them", "usual"})
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = tuple(time(hour) for hour in range(24))
DAYS_LIMIT, NUMBER_LIMIT = 60, 3


def of_group(group: Group, now: datetime, *, saved: bool = False) -> Message:
    kept = group.settings
    facts = {
        "Zone": f"{group.zone}, {moment(now, group.zone)}",
        "Due when no date is said": f"in {kept.due_days} days",
        "Reminders before the due day (days)": numbers(kept.remind_before) or "none",
        "Reminders after it (days)": numbers(kept.remind_after) or "none",
        "Reminders of deadlines before that (days)": numbers(kept.warn_before) or "none",
        "Overdue, the chair is asked to decide": _after(kept.decide_after),
        "Still overdue, the chair is told": _after(kept.chair_after),
        "Still overdue, the coordinators are told": _after(kept.coordinator_after),
        "Weekly digest": f"{digest_words(kept)}, on its reader's clock",
        "ACTION: lines are taken": ON if kept.capture else OFF,
        "Quorum of meetings": quorum_words(kept),
    }
    head = f"Settings of {group.name}{' are saved' if saved else ''}"
    said = "\n".join(f"*{name}:* {escape(told)}" for name, told in facts.items())
    text = " ".join(f"{name}: {plain(told)}." for name, told in facts.items())
    carries = value(group=group.key)
    return message(
        f"{plain(head)}. {text}",
        section("group:settings", f"*{escape(head)}*\n{said}"),
        actions("group:do", button("Change", Id.GROUP_SETTINGS_OPEN, carries, names=group.short)),
    )


def group_form(group: Group) -> View:
    """Callback group.settings_form; the group's key comes back in private_metadata."""
    kept = group.settings
    switch = [("Yes", ON), ("No", OFF)]
    pieces = [
        line_field(
            Field.ZONE, "Zone or city", group.zone, ZONE_LIMIT, "Due days end at midnight there"
        ),
        line_field(
            Field.DUE_DAYS, "Days until due when no date is said", str(kept.due_days),
            NUMBER_LIMIT, "One whole number, such as 7",
        ),
        line_field(
            Field.BEFORE, "Remind before the due day, in days", numbers(kept.remind_before),
            DAYS_LIMIT, "Such as 7, 2. On the due day I always do.", optional=True,
        ),
        line_field(
            Field.AFTER, "Remind after the due day, in days", numbers(kept.remind_after),
            DAYS_LIMIT, "Such as 1, 7", optional=True,
        ),
        line_field(
            Field.WARN_BEFORE, "Of deadlines also before that, in days",
            numbers(kept.warn_before), DAYS_LIMIT, "Such as 28, 14", optional=True,
        ),
        *_ladder(kept),
        *_digest(kept),
        input_(
            Field.CAPTURE, "Take lines that begin with ACTION:",
            select(Field.CAPTURE, switch, "Pick one", ON if kept.capture else OFF),
        ),
        line_field(
            Field.QUORUM, "Quorum of meetings", str(kept.quorum or HALF), NUMBER_LIMIT + 1,
            "How many voting people must come, or half. It warns and never blocks.", optional=True,
        ),
    ]  # fmt: skip
    carries = value(group=group.key)
    return modal(
        "Group settings", pieces, callback=Id.GROUP_SETTINGS_FORM, submit="Save", carries=carries
    )


def _ladder(kept: GroupSettings) -> list[Piece]:
    asked = (
        (Field.DECIDE_AFTER, "Ask the chair to decide, days after due", kept.decide_after),
        (Field.CHAIR_AFTER, "Tell the chair, days after due", kept.chair_after),
        (Field.COORDINATOR_AFTER, "Tell the coordinators, days after", kept.coordinator_after),
    )
    hints = (
        "Working days; it stands in the digest and in Home. 0: never",
        "Working days without a word from the owner. 0: never",
        "Working days, not fewer than for the chair. 0: never",
    )
    return [
        line_field(field, label, str(days), NUMBER_LIMIT, hint)
        for (field, label, days), hint in zip(asked, hints, strict=True)
    ]


def _digest(kept: GroupSettings) -> list[Piece]:
    days = [(name, str(number)) for number, name in enumerate(DAYS)]
    hours = [(f"{at:%H:%M}",) * 2 for at in sorted({*HOURS, kept.digest_at})]
    at = f"{kept.digest_at:%H:%M}"
    return [
        input_(
            Field.DIGEST_DAY, "Weekly digest on",
            select(Field.DIGEST_DAY, days, "Pick a day", str(kept.digest_day)),
        ),
        input_(
            Field.DIGEST_AT, "at", select(Field.DIGEST_AT, hours, "Pick an hour", at),
            hint="On the clock of who reads it, on their working days and within their hours",
        ),
    ]  # fmt: skip


def digest_words(kept: GroupSettings) -> str:
    return f"{DAYS[kept.digest_day]} at {kept.digest_at:%H:%M}"


def quorum_words(kept: GroupSettings) -> str:
    return str(kept.quorum) if kept.quorum else "half of those who vote"


def numbers(days: Iterable[int]) -> str:
    return ", ".join(map(str, days))


def _after(days: int) -> str:
    return f"after {count(days, 'working day')}" if days else "never"
