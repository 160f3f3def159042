"""What Slack shows of meetings, said again once somebody in it was erased: the rows are so already.

What the bot keeps up is made anew; what was said once and stays is put in its place as it is now.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.meetings import Meeting
from bot.domain.model import World
from bot.domain.outbox import Sent, State, Way
from bot.domain.privacy import Pseudonym
from bot.services import agenda_news, cards, minutes_news, thread_openings
from bot.services.meeting_news import ASIDES, aside
from bot.services.minutes_content import content
from bot.storage.database import Store

_STANDS = frozenset({State.SENT, State.MERGED})


def show(store: Store, pseudonym: Pseudonym, now: datetime) -> None:
    world = store.groups.world()
    for meeting in store.meetings.all():
        if not any(row.state in _STANDS for row in store.outbox.about(meeting.subject)):
            continue
        _kept_up(store, world, meeting, pseudonym, now)
        for subject in _subjects(store, meeting):
            rows = store.outbox.about(subject)
            for row in rows:
                if row.out.way is Way.POST and row.state in _STANDS:
                    _again(store, world, row, rows, pseudonym, now)


def _subjects(store: Store, meeting: Meeting) -> Iterator[str]:
    yield meeting.subject
    yield from (aside(meeting, kind) for kind in ASIDES)
    for item in store.agendas.of([meeting.id])[meeting.id]:
        yield agenda_news.late_subject(item.id)


def _kept_up(
    store: Store, world: World, meeting: Meeting, pseudonym: Pseudonym, now: datetime
) -> None:
    """The card, the checklist, the agenda, the opening of the thread and the minutes."""
    agenda_news.follow(store, world, meeting, now)
    if meeting.note_taker == pseudonym.user:
        thread_openings.rewrite_opening(store, meeting, world, now)
    minutes = store.minutes.of([meeting.id]).get(meeting.id)
    if minutes is not None:
        told = content(store, world, meeting, minutes, now)
        if _tells(told, pseudonym):
            minutes_news.show(store, world, meeting, minutes, told, now)


def _again(
    store: Store,
    world: World,
    row: Sent,
    rows: Sequence[Sent],
    pseudonym: Pseudonym,
    now: datetime,
) -> None:
    last = [row, *(one for one in rows if one.out.edits == row.out.key)][-1]
    if last.state is State.PENDING or not _tells(last.out.message, pseudonym):
        return
    mark = f"erased.{pseudonym.number}"
    if row.out.lane in world.people:
        cards.rewrite(store, world, row.out.key, mark, now)
    else:
        store.outbox.put(cards.edit(row, last.out.message, mark, now))


def _tells(what: object, pseudonym: Pseudonym) -> bool:
    words = repr(what)
    return pseudonym.user in words or pseudonym.name in words
