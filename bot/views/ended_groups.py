"""What became of the meetings of a group that closed or was merged; whole sentences."""

from collections.abc import Sequence

from bot.domain.meetings import Meeting
from bot.views.dates import count, day_words
from bot.views.deadlines import NAMED


def called_off(meetings: Sequence[Meeting]) -> str:
    """Nothing where there was none."""
    were = "was" if len(meetings) == 1 else "were"
    return f"{_counted(meetings)} {were} cancelled: {_named(meetings)}." if meetings else ""


def meetings_along(meetings: Sequence[Meeting]) -> str:
    """Into the group that another was merged into."""
    return f"{_counted(meetings)} came along: {_named(meetings)}." if meetings else ""


def _counted(meetings: Sequence[Meeting]) -> str:
    return f"{count(len(meetings), 'meeting')} ahead"


def _named(meetings: Sequence[Meeting]) -> str:
    more = f" and {len(meetings) - NAMED} more" if len(meetings) > NAMED else ""
    days = (f"{one.ref} on {day_words(one.start_day)}" for one in meetings[:NAMED])
    return f"{', '.join(days)}{more}"
