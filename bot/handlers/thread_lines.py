"""What is written in the thread of a meeting under way, and what each line becomes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from bot.domain import objections
from bot.domain.agendas import NewAgendaItem
from bot.domain.attendance import expected
from bot.domain.items import NOTE_LIMIT, Source
from bot.domain.meetings import Meeting, MeetingId
from bot.domain.model import Ref, UserId
from bot.domain.notices import Holiday
from bot.domain.outbox import Message, Outgoing
from bot.domain.proceedings import MAKES, Line, LineKind, Sitting
from bot.errors import BadInput, Code, UserError
from bot.handlers import deadline_words, decision_words, sentence
from bot.handlers.action_lines import as_action
from bot.handlers.reading import Reading
from bot.handlers.registry import Invocation
from bot.handlers.thread_words import Heard, heard
from bot.handlers.tokens import MENTION, plain, quoted, tidy
from bot.services import deadlines, decisions, items, receipts, sittings, thread_lines
from bot.services.access import Ask, offered_to
from bot.services.inbox import ANSWER_USEFUL, Outcome, Silent
from bot.telemetry import get_logger
from bot.views import proceedings as words
from bot.views.dates import day_words
from bot.views.people import named

log = get_logger(__name__)
_AND = re.compile(r"\s*(?:[,;+]|&amp;|\band\b)\s*", re.IGNORECASE)
_MINUTES = re.compile(r"[\s,(]*(\d{1,3})\s*(?:m|min|mins|minutes)\b\)?\s*$", re.IGNORECASE)
ALL, ME = frozenset({"all", "everybody", "everyone"}), frozenset({"me", "i", "myself"})


@dataclass(frozen=True, slots=True)
class Became:
    """What a line was made into: its text as people read it, an id or people."""

    text: str
    ref: Ref | None = None
    people: tuple[UserId, ...] = ()
    facts: str = ""
    """Whose and by when."""


class ThreadLines:
    def __init__(self, holiday: Holiday) -> None:
        self._holiday = holiday

    def catch(self, ask: Ask, by: Invocation, meeting_id: MeetingId, reading: Reading) -> Outcome:
        """Every line of one message, each for itself; acknowledged by reactions alone."""
        meeting = ask.store.meetings.by_id(meeting_id)
        sitting = ask.store.proceedings.sitting(meeting_id)
        ts = by.ts or ""
        if meeting is None or sitting is None:
            return Silent()
        if not sittings.takes_lines(ask.store, sitting, ask.now):
            return Silent()
        if ask.store.proceedings.of_message(meeting_id, ts):
            return Silent()
        ask = replace(ask, channel=sitting.channel)
        if not thread_lines.may_write(ask, meeting):
            self._turn_away(ask, meeting, by.text)
            return Silent()
        reading = replace(reading, here=sittings.home_of(meeting, sitting, ask.world))
        over = sitting.ended_at is not None
        said = [one for one in heard(by.text) if one.kind in MAKES or not over]
        signs: list[str] = []
        for simple, run in groupby(said, lambda one: _is_simple(one, reading)):
            if simple:
                texts = [plain(one.text, reading) for one in run]
                thread_lines.keep_notes(ask, meeting, texts, ts)
                signs.append(receipts.NOTED)
            else:
                signs += [self._one(ask, by, meeting, sitting, one, reading) for one in run]
        for sign in dict.fromkeys(signs):
            receipts.sign(ask.store, sitting.channel, ts, ask.now, sign)
        return Silent()

    def commanded(
        self, ask: Ask, by: Invocation, meeting_id: MeetingId, run: Callable[[Invocation], Outcome]
    ) -> Outcome:
        """What a command in the thread makes is the meeting's too."""
        meeting = ask.store.meetings.by_id(meeting_id)
        if meeting is None or not thread_lines.may_write(ask, meeting):
            return run(by)
        source = by.quoted or Source(ask.channel, by.ts)
        outcome = run(replace(by, quoted=replace(source, meeting=meeting.ref)))
        thread_lines.adopt(ask, meeting, by.ts or "")
        return outcome

    def made(
        self,
        ask: Ask,
        kind: LineKind,
        text: str,
        meeting: Meeting,
        source: Source,
        reading: Reading,
    ) -> Became:
        """What the words behind the line's own say, done. Raises UserError, with nothing done."""
        if kind is LineKind.ACTION:
            return self._action(ask, text, source, reading)
        if kind is LineKind.DECISION:
            return self._decision(ask, text, source, reading)
        if kind is LineKind.DEADLINE:
            return _deadline(ask, text, source, reading)
        if kind in (LineKind.PRESENT, LineKind.REGRETS):
            return Became(plain(text, reading), people=_people(ask, text, meeting, reading))
        return Became(plain(text, reading))

    def _one(
        self,
        ask: Ask,
        by: Invocation,
        meeting: Meeting,
        sitting: Sitting,
        one: Heard,
        reading: Reading,
    ) -> str:
        """The sign under the message."""
        try:
            with ask.store.savepoint():
                if one.kind is None:
                    thread_lines.take_back(ask, meeting, sitting)
                    return receipts.TAKEN_BACK
                if one.kind is LineKind.TOPIC:
                    new = topic(one.text, reading)
                    thread_lines.open_topic(ask, meeting, sitting, new, ts=by.ts or "")
                    return receipts.TAKEN_DOWN
                return self._kept(ask, by, meeting, one.kind, one.text, reading)
        except UserError as error:
            log.info("line.refused", **error.named)
            return self._unkept(ask, by, meeting, one, error, reading)

    def _kept(
        self,
        ask: Ask,
        by: Invocation,
        meeting: Meeting,
        kind: LineKind,
        text: str,
        reading: Reading,
    ) -> str:
        source = quoted(by.quoted, reading) or Source(ask.channel, by.ts)
        source = replace(source, meeting=meeting.ref)
        became = self.made(ask, kind, text, meeting, source, reading)
        thread_lines.keep(
            ask, meeting, kind, became.text, ts=by.ts or "", ref=became.ref, people=became.people
        )
        return receipts.NOTED if kind is LineKind.NOTE else receipts.TAKEN_DOWN

    def _unkept(
        self,
        ask: Ask,
        by: Invocation,
        meeting: Meeting,
        one: Heard,
        error: UserError,
        reading: Reading,
    ) -> str:
        """Held until it is mended, where anything can be; `present` may have been a sentence."""
        if one.kind in (LineKind.PRESENT, LineKind.REGRETS) and not one.sure:
            text = plain(one.line, reading)
            thread_lines.keep(ask, meeting, LineKind.NOTE, text, ts=by.ts or "")
            return receipts.NOTED
        holds = error.code is not Code.TEXT_EMPTY and not _too_long(one)
        if one.kind in (None, LineKind.TOPIC, LineKind.NOTE) or not holds:
            world = offered_to(ask.world, ask.actor.user)
            said = words.refused(meeting, plain(one.line, reading), error, ask.world, world)
            self._tell(ask, meeting, said, f"refused:{by.ts}:{one.line[:40]}")
            return receipts.REFUSED
        line = hold(ask, meeting, one, error, reading, ts=by.ts or "")
        self._tell(ask, meeting, told(ask, meeting, line, error), f"held:{line.n}")
        return receipts.REFUSED

    def _turn_away(self, ask: Ask, meeting: Meeting, text: str) -> None:
        """Once each, who has no part in it: what they write is nowhere but in Slack."""
        try:
            thread_lines.for_notes(ask, meeting.ref)
        except UserError as error:
            world = offered_to(ask.world, ask.actor.user)
            said = words.refused(meeting, plain(text), error, ask.world, world)
            self._tell(ask, meeting, said, f"outside:{ask.actor.user}")

    def _tell(self, ask: Ask, meeting: Meeting, said: Message, key: str) -> None:
        thread_lines.tell(
            ask,
            meeting,
            Outgoing(
                key=f"{meeting.subject}:line:{key}",
                subject=meeting.subject,
                kind=thread_lines.ANSWER,
                lane=ask.actor.user,
                message=said,
                at=ask.now,
                until=ask.now + ANSWER_USEFUL,
            ),
        )

    def _action(self, ask: Ask, text: str, source: Source, reading: Reading) -> Became:
        said = sentence.read_new(as_action(text, reading), reading)
        if said is None:
            raise BadInput(Code.TEXT_EMPTY, "text")
        item = items.add(ask, replace(said.new, source=source), anew=True, card=False).item
        facts = f"{named(item.owners, ask.world)}, due {day_words(item.due.day)}"
        return Became(item.text, item.ref, facts=facts)

    def _decision(self, ask: Ask, text: str, source: Source, reading: Reading) -> Became:
        if not text.strip():
            raise BadInput(Code.TEXT_EMPTY, "text", noun="decision")
        said = decision_words.read_new(text, reading)
        new = replace(said.new, source=source)
        if said.open_ and new.objections_by is None:
            group = ask.world.groups[new.group]
            usual = objections.usual(ask.world, group, self._holiday, ask.now)
            new = replace(new, objections_by=usual)
        made = decisions.add(ask, new, self._holiday, anew=True, card=False).decision
        return Became(made.text, made.ref)


def hold(
    ask: Ask, meeting: Meeting, one: Heard, error: UserError, reading: Reading, *, ts: str = ""
) -> Line:
    """Kept as it was written, until somebody mends it."""
    text, kind = plain(one.text, reading), one.kind or LineKind.NOTE
    return thread_lines.keep(ask, meeting, kind, text, ts=ts, held=error.code.value)


def told(ask: Ask, meeting: Meeting, line: Line, error: UserError) -> Message:
    return words.held(meeting, line, error, ask.world, offered_to(ask.world, ask.actor.user))


def topic(text: str, reading: Reading) -> NewAgendaItem:
    minutes = _MINUTES.search(text)
    name = plain(text[: minutes.start()] if minutes and minutes.start() else text, reading)
    long = int(minutes[1]) if minutes and minutes.start() else None
    return NewAgendaItem(name.strip(), minutes=long or None)


def _deadline(ask: Ask, text: str, source: Source, reading: Reading) -> Became:
    said = deadline_words.read_new(text, reading)
    if said is None:
        raise BadInput(Code.TEXT_EMPTY, "text", noun="deadline")
    made = deadlines.add(ask, said.new, source if source.ts else None).deadline
    due = f"due {day_words(made.due)}"
    return Became(made.text, made.ref, facts=due)


def _people(ask: Ask, text: str, meeting: Meeting, reading: Reading) -> tuple[UserId, ...]:
    """Names with commas, `and` or mentions; `all` are those expected who sent no regrets."""
    line = tidy(text).rstrip(" .;")
    found: list[UserId] = []
    tokens = MENTION.sub(lambda match: f",{match[0]},", line) if "<@" in line else line
    parts = [part.strip() for part in _AND.split(tokens) if part.strip()]
    for part in parts:
        found += _whom(ask, part, meeting, reading)
    return tuple(dict.fromkeys(found))


def _whom(ask: Ask, words_: str, meeting: Meeting, reading: Reading) -> Iterable[UserId]:
    said = words_.casefold()
    if said in ME:
        return (ask.actor.user,)
    if said in ALL:
        return _expected(ask, meeting)
    token = MENTION.fullmatch(words_)
    if token and token[1]:
        if not reading.known(token[1]):
            raise BadInput(Code.PERSON_UNKNOWN, "owner", token[1])
        return (UserId(token[1]),)
    person = reading.person(words_.lstrip("@"))
    if person is not None:
        return (person.user,)
    if " @" in words_:
        return [user for one in words_.split() for user in _whom(ask, one, meeting, reading)]
    raise BadInput(Code.PERSON_UNKNOWN, "owner", plain(words_, reading))


def _expected(ask: Ask, meeting: Meeting) -> list[UserId]:
    rsvps = ask.store.meetings.rsvps([meeting.id])[meeting.id]
    away: set[UserId] = set()
    for line in ask.store.proceedings.lines(meeting.id):
        if line.kind is LineKind.REGRETS:
            away |= set(line.people)
    return [user for user in expected(meeting, rsvps, ask.world) if user not in away]


def _is_simple(one: Heard, reading: Reading) -> bool:
    """A note that fits."""
    return one.kind is LineKind.NOTE and len(plain(one.text, reading)) <= NOTE_LIMIT


def _too_long(one: Heard) -> bool:
    return len(one.text) > NOTE_LIMIT
