"""Announcing a meeting: its own message in its channels, to be answered there."""

from dataclasses import replace

from bot.domain.history import Change
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import Ref
from bot.errors import Code, Conflict
from bot.services import meeting_cards, meetings, preparation
from bot.services.access import Ask, Op, authorize
from bot.services.meeting_news import lanes

ANNOUNCE = "announce meeting"
ITEM = "announce"
"""The item of the checklist that this ticks."""


def announceable(ask: Ask, ref: Ref) -> Meeting:
    """One that the asker minds, that is still to begin and of which nothing was said."""
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.PREPARE_MEETING, meeting)
    if not meeting.state.ahead or meeting.starts <= ask.now:
        raise Conflict(Code.MEETING_OVER, ref=ref, state=meeting.state.value)
    if meeting.state is MeetingState.ANNOUNCED and meeting_cards.posted(
        ask.store, meeting, meeting_cards.CARD
    ):
        raise Conflict(Code.ALREADY_ANNOUNCED, ref=ref)
    return meeting


def announce(ask: Ask, ref: Ref, notes: tuple[str, ...]) -> tuple[str, ...]:
    """The channels; `notes`: holidays of its days, in whole sentences.

    Raises Conflict where none of its groups has a channel.
    """
    meeting = announceable(ask, ref)
    channels = tuple(lane for lane, _ in lanes(meeting, ask.world))
    if not channels:
        raise Conflict(Code.NO_CHANNEL, ref=ref)
    stamped = replace(
        meeting, state=MeetingState.ANNOUNCED, updated_at=ask.now, updated_by=ask.actor.user
    )
    saved = ask.store.meetings.save(stamped, expected=meeting.version)
    preparation.done_by_itself(ask.store, saved, ITEM, ask.now)
    message = meeting_cards.card(ask.store, ask.world, saved, ask.now, notes)
    for channel in channels:
        meeting_cards.show(ask.store, saved, meeting_cards.CARD, channel, message, ask.now)
    ask.store.audit.add(
        Change(saved.ref, saved.version, ask.now, ask.actor.user, ANNOUNCE, ask.key)
    )
    return channels
