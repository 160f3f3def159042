"""The days of minutes: where they are set by none but the bot, days on which people work."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.domain.days import ONE_DAY, Calendar, roll_forward

AFTER = {"actions-out": 1, "minutes-draft": 2, "comments-close": 9, "minutes-accepted": 12}
"""Days after the end, where the checklist does not say."""
COMMENTS_OPEN, ACCEPTED_AFTER = timedelta(days=7), timedelta(days=10)
"""From the day of their publication, at least."""


def of_draft(
    due: Mapping[str, date], ended: date, calendar: Calendar
) -> tuple[date, date, date, date]:
    """Of the actions, of publication, the last for comments, of acceptance.

    `due`: what the checklist says, by its keys.
    """
    on = {
        key: due.get(key) or roll_forward(ended + timedelta(days=days), calendar)
        for key, days in AFTER.items()
    }
    until, accept = of_published(
        on["comments-close"], on["minutes-accepted"], on["minutes-draft"], calendar
    )
    return on["actions-out"], on["minutes-draft"], until, accept


def of_published(
    until: date, accept: date, published: date, calendar: Calendar
) -> tuple[date, date]:
    """The last day for comments and, later, that of acceptance; `until`, `accept` at the soonest.

    Both count from the day on which they are published.
    """
    until = roll_forward(max(until, published + COMMENTS_OPEN), calendar)
    soonest = max(accept, published + ACCEPTED_AFTER, until + ONE_DAY)
    return until, roll_forward(soonest, calendar)
