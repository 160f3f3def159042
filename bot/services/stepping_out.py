"""Who steps out of which item of an agenda for their interests."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.agendas import AgendaItem
from bot.domain.meetings import Meeting
from bot.domain.model import Ref, UserId
from bot.domain.notices import DAILY
from bot.domain.outbox import Outgoing
from bot.domain.preparation import takes_part
from bot.domain.taking_part import StepOut
from bot.errors import Code, Conflict, NotFound
from bot.services import agendas, meetings
from bot.services.access import Ask, Op, authorize
from bot.services.checks import require_owner_in
from bot.services.history import remember_shape
from bot.views import interests as view

KIND = "step-out"
SOON = timedelta(days=1)
"""Before the meeting nothing waits for a morning any more."""


@dataclass(frozen=True, slots=True)
class SteppedOut:
    meeting: Meeting
    item: AgendaItem
    users: tuple[UserId, ...]


def step_out(ask: Ask, ref: Ref, n: int, users: tuple[UserId, ...]) -> SteppedOut:
    """Each is told privately; who was told before is not told again."""
    meeting, item = _item(ask, ref, n)
    for user in users:
        _require_expected(ask, meeting, user)
    known = {one.user for one in ask.store.step_outs.of(meeting.id) if one.agenda_item == item.id}
    for user in users:
        if user not in known:
            out = StepOut(item.id, user, ask.actor.user, ask.now)
            ask.store.step_outs.save(meeting.id, out)
            _tell(ask, meeting, item, user)
    remember_shape(ask, ref, "step out")
    return SteppedOut(meeting, item, users)


def stay(ask: Ask, ref: Ref, n: int, users: tuple[UserId, ...]) -> SteppedOut:
    """They need not step out after all; what they were not told yet is not said."""
    meeting, item = _item(ask, ref, n)
    for user in users:
        ask.store.step_outs.remove(meeting.id, item.id, user)
        ask.store.outbox.withdraw(_subject(meeting, item, user))
    remember_shape(ask, ref, "stay")
    return SteppedOut(meeting, item, users)


def _item(ask: Ask, ref: Ref, n: int) -> tuple[Meeting, AgendaItem]:
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.ARRANGE_AGENDA, meeting)
    if not meeting.state.ahead:
        raise Conflict(Code.MEETING_OVER, ref=ref, state=meeting.state.value)
    listed = agendas.listed(ask.store, meeting.id)
    if not 1 <= n <= len(listed):
        raise NotFound(Code.AGENDA_NO_ITEM, ref=ref, n=n, many=len(listed))
    return meeting, listed[n - 1]


def _require_expected(ask: Ask, meeting: Meeting, user: UserId) -> None:
    if user not in meeting.guests:
        require_owner_in(ask, user, takes_part(meeting.groups, ask.world))


def _tell(ask: Ask, meeting: Meeting, item: AgendaItem, user: UserId) -> None:
    if user == ask.actor.user:
        return
    soon = meeting.starts - ask.now < SOON
    subject = _subject(meeting, item, user)
    ask.store.outbox.put(
        Outgoing(
            key=f"{subject}:{ask.key}",
            subject=subject,
            kind=KIND,
            lane=user,
            message=view.told_to_step_out(meeting, item.topic, ask.actor.user, ask.world),
            at=ask.now,
            until=max(meeting.ends, ask.now + SOON),
            bundle=None if soon else DAILY,
            quiet_hours=not soon,
        )
    )


def _subject(meeting: Meeting, item: AgendaItem, user: UserId) -> str:
    return f"stepout:{meeting.id}:{item.id}:{user}"
