"""Guests of one meeting: what naming and removing them answers."""

from bot.domain.meetings import Meeting
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Message
from bot.handlers.registry import Invocation
from bot.services import guests
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import guests as view


def guest_named(ask: Ask, by: Invocation, user: UserId, ref: Ref) -> Outcome:
    done = guests.invite(ask, user, ref)
    message = view.named_guest(
        done.meeting, user, ask.world, changed=done.changed, belongs=done.belongs
    )
    return _answer(by, message, done.meeting)


def guest_removed(ask: Ask, by: Invocation, user: UserId, ref: Ref) -> Outcome:
    done = guests.release(ask, user, ref)
    return _answer(by, view.removed_guest(done.meeting, user, ask.world), done.meeting)


def _answer(by: Invocation, message: Message, meeting: Meeting) -> Outcome:
    return Reply(message, private=not by.aloud, about=frozenset(meeting.groups))
