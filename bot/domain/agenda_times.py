"""How the minutes of an agenda fit into its meeting."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.agendas import AgendaItem, AgendaState, NewAgendaItem, Purpose
from bot.domain.meetings import Meeting

USUAL = 10
"""Minutes counted for a topic of which nobody has said how long."""
SHORT = 5
"""The least that a draft gives to such a topic."""
_WAITS_FIRST = (Purpose.INFORM, Purpose.DISCUSS, Purpose.DECIDE)


def length(meeting: Meeting) -> int:
    """Minutes there are, by the clock on the wall; of several days those of each together."""
    day = meeting.start_day
    one = datetime.combine(day, meeting.end_at) - datetime.combine(day, meeting.start_at)
    if meeting.start_day == meeting.end_day or one.total_seconds() <= 0:
        return round((meeting.ends - meeting.starts).total_seconds() / 60)
    days = (meeting.end_day - day).days + 1
    return round(one.total_seconds() / 60) * days


def minutes_of(item: AgendaItem | NewAgendaItem) -> int:
    return USUAL if item.minutes is None else item.minutes


def total(items: Iterable[AgendaItem | NewAgendaItem]) -> int:
    return sum(map(minutes_of, items))


def fitted(wanted: Sequence[tuple[int, int]], room: int) -> tuple[int, ...]:
    """For each pair of minutes wanted and least needed so many that the sum fits, if it can."""
    given = [want for want, _ in wanted]
    over = sum(given) - room
    while over > 0:
        spare = [minutes - least for minutes, (_, least) in zip(given, wanted, strict=True)]
        most = max(spare, default=0)
        if most <= 0:
            break
        given[spare.index(most)] -= 1
        over -= 1
    return tuple(given)


def could_wait(items: Sequence[AgendaItem], over: int) -> tuple[AgendaItem, ...]:
    """Topics whose minutes are enough: what only informs first, the last ones before the others."""
    found: list[AgendaItem] = []
    topics = [item for item in items if item.proposed and item.state is AgendaState.LISTED]
    for purpose in _WAITS_FIRST:
        for item in reversed([item for item in topics if item.purpose is purpose]):
            if over <= 0:
                return tuple(found)
            found.append(item)
            over -= minutes_of(item)
    return tuple(found)
