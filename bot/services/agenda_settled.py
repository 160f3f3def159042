"""What is settled, a decision or minutes, leaves the agendas ahead by itself."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.agenda_drafts import returns
from bot.domain.agendas import DECISION, AgendaState
from bot.domain.decisions import Decision, DecisionState
from bot.domain.meetings import Meeting
from bot.domain.model import GroupKey, World
from bot.services import agenda_news
from bot.storage.database import Store


def follow(store: Store, world: World, decision: Decision, now: datetime) -> None:
    """After a change: where it is to come back no more, or by then not yet, it stands no more.

    It goes for good, as with a draft: one that is open again is gathered again.
    """
    if decision.state is DecisionState.PROPOSED and not decision.taken_back:
        return
    leave(
        store,
        world,
        [decision.group],
        f"{DECISION}{decision.ref}",
        now,
        stays=lambda meeting: returns(decision, meeting.start_day),
    )


def leave(
    store: Store,
    world: World,
    groups: Iterable[GroupKey],
    source: str,
    now: datetime,
    stays: Callable[[Meeting], bool] = lambda _: False,
) -> None:
    """The topic that a draft made of it goes, but where it `stays` or the meeting has begun."""
    ahead = [one for one in store.meetings.upcoming(now, groups) if one.starts > now]
    found = store.agendas.of(one.id for one in ahead)
    for meeting in ahead:
        gone = [
            item.id
            for item in found[meeting.id]
            if item.source == source and item.state is not AgendaState.DISCUSSED
        ]
        if gone and not stays(meeting):
            store.agendas.remove(gone)
            agenda = store.agendas.standing(meeting.id)
            store.agendas.put(replace(agenda, changed_at=now))
            agenda_news.follow(store, world, meeting, now)
