"""A decision that is settled leaves the agendas ahead by itself."""

from dataclasses import replace
from datetime import datetime

from bot.domain.agenda_drafts import returns
from bot.domain.agendas import DECISION, AgendaState
from bot.domain.decisions import Decision, DecisionState
from bot.domain.model import World
from bot.services import agenda_news
from bot.storage.database import Store


def follow(store: Store, world: World, decision: Decision, now: datetime) -> None:
    """After a change: where it is to come back no more, or by then not yet, it stands no more.

    It goes for good, as with a draft: one that is open again is gathered again. What has begun
    keeps its topics.
    """
    if decision.state is DecisionState.PROPOSED and not decision.taken_back:
        return
    source = f"{DECISION}{decision.ref}"
    ahead = [one for one in store.meetings.upcoming(now, [decision.group]) if one.starts > now]
    found = store.agendas.of(one.id for one in ahead)
    for meeting in ahead:
        gone = [
            item.id
            for item in found[meeting.id]
            if item.source == source and item.state is not AgendaState.DISCUSSED
        ]
        if gone and not returns(decision, meeting.start_day):
            store.agendas.remove(gone)
            agenda = store.agendas.standing(meeting.id)
            store.agendas.put(replace(agenda, changed_at=now))
            agenda_news.follow(store, world, meeting, now)
