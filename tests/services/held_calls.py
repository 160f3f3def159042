"""A call that was held, with an action and a decision, and how its minutes stand then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.decisions import NewDecision
from bot.domain.items import Due, NewItem, Source
from bot.domain.meetings import Meeting, MeetingState, PrepState, Rsvp, RsvpAnswer
from bot.domain.minutes import Minutes
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Sent
from bot.domain.proceedings import LineKind, NewLine, Sitting
from bot.errors import UserError
from bot.services import decisions, items, minutes, planning
from bot.services.access import Ask
from bot.services.minutes import Opened
from bot.services.planning import Plan
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    Office,
)

REF = Ref("MT-1")
CALL = Plan(
    "Models call", (MODELS,), date(2012, 11, 27), time(15), "Europe/London", timedelta(hours=1)
)


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2012, month, day, hour, tzinfo=UTC)


def hold(office: Office) -> Meeting:
    """Journey 11: a call on Tue 27 Nov, at which an action and a decision were caught."""
    office.clock.now = at(12, 12)
    office.want_no_digests()
    office.do(CHAIR, lambda ask: planning.plan(ask, CALL, is_holiday))
    office.plan()
    office.clock.now = at(27, 15)

    def meet(ask: Ask) -> Meeting:
        store, now = ask.store, ask.now
        meeting = store.meetings.get(REF)
        assert meeting is not None
        over = replace(meeting, note_taker=COCHAIR, state=MeetingState.HELD)
        meeting = store.meetings.save(over, meeting.version)
        source = Source(MODELS_CHANNEL, "1.5", meeting=REF)
        new = NewItem("Send the table", MODELS, Due(date(2012, 12, 7)), (OTHER,), source=source)
        item = items.add(ask, new).item
        made = decisions.add(ask, NewDecision("Use one template", MODELS), is_holiday).decision
        store.proceedings.save_sitting(
            Sitting(meeting.id, now, CHAIR, MODELS_CHANNEL, "thread", now, CHAIR)
        )
        for kind, text, ref in (
            (LineKind.TOPIC, "Shared protocol", None),
            (LineKind.NOTE, "14 mice were lost", None),
            (LineKind.ACTION, "Send the table", item.ref),
            (LineKind.DECISION, "Use one template", made.ref),
        ):
            store.proceedings.add(NewLine(meeting.id, kind, text, CHAIR, now, f"2.{kind}", ref))
        store.meetings.answer(meeting.id, Rsvp(OTHER, RsvpAnswer.NO, now))
        minutes.drafted(ask, meeting)
        return meeting

    return office.do(CHAIR, meet)


def now_are(office: Office, meeting: Meeting) -> Minutes:
    found = office.db.read_now(lambda store: minutes.of(store, meeting.id))
    assert found is not None
    return found


def opened(office: Office, user: UserId = CHAIR) -> Opened:
    return office.do(user, lambda ask: minutes.opened(ask, REF))


def said(office: Office, lane: str, kind: str = "") -> list[Sent]:
    rows = office.db.read_now(lambda store: store.outbox.recent(1000))
    return [r for r in rows if r.out.lane == lane and (not kind or r.out.kind == kind)]


def buttons(row: Sent) -> set[str]:
    """Their words."""
    blocks: Any = row.out.message.blocks
    elements = [e for block in blocks for e in block.get("elements", [])]
    return {e["text"]["text"] for e in elements if e.get("type") == "button"}


def on_to(office: Office, *moments: datetime) -> None:
    for moment in moments:
        office.clock.now = moment
        office.plan()


def ticked(office: Office, meeting: Meeting) -> set[str]:
    def look(store: Store) -> set[str]:
        found = store.meetings.preparation([meeting.id])[meeting.id]
        return {item.key for item in found if item.state is PrepState.DONE}

    return office.db.read_now(look)


def refused(office: Office, user: UserId, act: Callable[[Ask], object]) -> UserError:
    with pytest.raises(UserError) as refusal:
        office.do(user, act)
    return refusal.value
