"""A series of calls whose agendas are proposed to, drafted and looked at."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.agendas import NewAgendaItem, Sheet
from bot.domain.decisions import NewDecision
from bot.domain.meetings import MeetingState
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Sent
from bot.domain.recurrence import Rule
from bot.errors import UserError
from bot.services import agenda_drafts, agendas, planning
from bot.services.planning import Plan
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    MEMBER,
    MODELS,
    Office,
)

START = datetime(2026, 10, 2, 12, tzinfo=UTC)  # a Friday
WEEKLY = Plan(
    "Models call", (MODELS,), date(2026, 10, 29), time(15), "Europe/London", timedelta(hours=1),
    rule=Rule(until=date(2026, 11, 12)),
)  # fmt: skip
FIRST, SECOND = Ref("MT-1"), Ref("MT-2")
BUDGET = NewAgendaItem("Budget")


def october(office: Office) -> None:
    office.clock.now = START
    office.do(CHAIR, lambda ask: planning.plan(ask, WEEKLY, is_holiday))


def add(office: Office, topic: str = "Budget", by: UserId = MEMBER, **more: Any) -> None:
    office.do(by, lambda ask: agendas.add(ask, FIRST, NewAgendaItem(topic, **more)))


def draft(office: Office, ref: Ref = FIRST) -> agenda_drafts.Drafted:
    return office.do(CHAIR, lambda ask: agenda_drafts.draft(ask, ref))


def sheet(office: Office, ref: Ref = FIRST) -> Sheet:
    return office.do(CHAIR, lambda ask: agendas.opened(ask, ref))


def topics(office: Office, ref: Ref = FIRST) -> list[str]:
    return [item.topic for item in sheet(office, ref).items]


def refused(office: Office, by: UserId, work: Any) -> UserError:
    before = office.db.read_now(everything)
    with pytest.raises(UserError) as error:
        office.do(by, work)
    assert office.db.read_now(everything) == before
    return error.value


def everything(store: Store) -> object:
    meetings = store.meetings.all()
    return store.agendas.of(one.id for one in meetings), len(store.outbox.recent(1000))


def cards(office: Office, ref: Ref = FIRST) -> list[Sent]:
    def work(store: Store) -> list[Sent]:
        meeting = store.meetings.get(ref)
        assert meeting is not None
        rows = store.outbox.about(meeting.subject)
        return [row for row in rows if ":agenda:" in row.out.key]

    return office.db.read_now(work)


def record(store: Store, new: NewDecision) -> None:
    store.decisions.create(new, CHAIR, START)


def held(office: Office, ref: Ref, state: MeetingState) -> None:
    def work(store: Store) -> None:
        meeting = store.meetings.get(ref)
        assert meeting is not None
        store.meetings.save(replace(meeting, state=state), meeting.version)

    office.db.write_now(work)
