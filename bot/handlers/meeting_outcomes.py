"""How it is answered that meetings were planned, moved or cancelled, by whatever door."""

from collections.abc import Callable

from bot.domain.local_times import Facts
from bot.domain.meetings import Meeting
from bot.domain.model import GroupKey
from bot.domain.outbox import Message
from bot.handlers.registry import Invocation
from bot.services import heard_meetings, meeting_cards, rescheduling
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.services.meeting_facts import before_others
from bot.services.planning import Planned
from bot.services.rescheduling import Changed
from bot.views import meeting_answers as answers
from bot.views.local_times import holidays


class MeetingOutcomes:
    """`country_name` gives the English name of an ISO 3166 code."""

    def __init__(self, country_name: Callable[[str], str]) -> None:
        self._country_name = country_name

    def planned(self, ask: Ask, by: Invocation, made: Planned, notes: tuple[str, ...]) -> Outcome:
        facts = _told(by, made.facts)
        message = answers.planned(
            made.meetings,
            facts,
            ask.world,
            ask.key,
            self._countries(facts),
            notes,
            cut=made.cut,
            skipped=made.skipped,
        )
        if by.aloud:
            heard_meetings.said_aloud(ask.store, made.meetings, ask.channel, message, ask.now)
        return reply(by, message, made.meetings[0])

    def moved(
        self, ask: Ask, by: Invocation, moved: Changed, notes: tuple[str, ...] = ()
    ) -> Outcome:
        facts = _told(by, moved.facts)
        if len(moved.meetings) == 1:
            days = holidays(moved.facts.holidays, self._countries(moved.facts))
            meeting_cards.note(ask.store, ask.world, moved.meetings[0], days, ask.now)
        message = answers.moved(
            moved.before,
            moved.meetings,
            facts,
            moved.told,
            ask.world,
            ask.key,
            self._countries(moved.facts),
            notes,
            dates=moved.dates,
            done=moved.done,
        )
        return reply(by, message, moved.meetings[0])

    def edited(self, ask: Ask, by: Invocation, done: Changed, *, heard: bool) -> Outcome:
        facts = _told(by, done.facts)
        message = answers.edited(
            done.meetings,
            facts,
            done.told,
            ask.world,
            ask.key,
            self._countries(done.facts),
            heard=heard,
        )
        return reply(by, message, done.meetings[0])

    def _countries(self, facts: Facts) -> dict[str, str]:
        codes = {code for _, homes in facts.holidays for code, _ in homes}
        return {code: self._country_name(code) for code in codes}


def cancelled(ask: Ask, by: Invocation, done: Changed) -> Outcome:
    first = done.meetings[0]
    later = rescheduling.later(ask.store, first)
    message = answers.cancelled(done.meetings, done.told, later, ask.world, ask.key)
    return reply(by, message, first)


def reply(by: Invocation, message: Message, meeting: Meeting) -> Reply:
    return Reply(message, private=not by.aloud, about=frozenset(map(GroupKey, meeting.groups)))


def _told(by: Invocation, facts: Facts) -> Facts:
    return before_others(facts) if by.aloud else facts
