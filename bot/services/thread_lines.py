"""What is caught of a meeting: each line is kept once, in its order, and can be taken back."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.agendas import AgendaItem, NewAgendaItem
from bot.domain.deadlines import Deadline
from bot.domain.items import NOTE_LIMIT, TITLE_LIMIT
from bot.domain.meetings import Meeting
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Outgoing
from bot.domain.proceedings import MAKES, Line, LineKind, NewLine, Sitting
from bot.errors import BadInput, Code, Conflict, NotFound
from bot.services import agendas, meetings, pasted_undo, proceedings, sittings, undo
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.checks import require_text
from bot.services.decisions import DECIDE

ANSWER = "meeting-line"


def for_notes(ask: Ask, ref: Ref) -> Meeting:
    """One whose lines the asker may write."""
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.TAKE_NOTES, meeting)
    return meeting


def keep(
    ask: Ask,
    meeting: Meeting,
    kind: LineKind,
    text: str,
    *,
    ts: str = "",
    ref: Ref | None = None,
    people: tuple[UserId, ...] = (),
    held: str = "",
) -> Line:
    """Under the topic that is open."""
    require_text(text or "-", "text", NOTE_LIMIT)
    topic = ask.store.proceedings.topic(meeting.id)
    new = NewLine(
        meeting.id, kind, text, ask.actor.user, ask.now, ts, ref,
        topic.agenda_item if topic else None, people, held,
    )  # fmt: skip
    return ask.store.proceedings.add(new)


def keep_notes(ask: Ask, meeting: Meeting, texts: Iterable[str], ts: str) -> None:
    """Lines of one message that say nothing but themselves."""
    topic = ask.store.proceedings.topic(meeting.id)
    under = topic.agenda_item if topic else None
    by, at = ask.actor.user, ask.now
    notes = [
        NewLine(meeting.id, LineKind.NOTE, text, by, at, ts, agenda_item=under) for text in texts
    ]
    ask.store.proceedings.add_notes(notes)


def adopt(ask: Ask, meeting: Meeting, ts: str) -> None:
    """What the request has made by a command is a line of the meeting too."""
    for change in ask.store.audit.of_request(ask.key):
        if change.verb == DECIDE:
            keep(ask, meeting, LineKind.DECISION, change.detail, ts=ts, ref=change.ref)
        elif change.verb == "add" and change.after is not None and change.before is None:
            of_deadline = isinstance(change.after, Deadline)
            kind = LineKind.DEADLINE if of_deadline else LineKind.ACTION
            keep(ask, meeting, kind, change.after.text, ts=ts, ref=change.ref)


def open_topic(
    ask: Ask, meeting: Meeting, sitting: Sitting | None, new: NewAgendaItem, *, ts: str = ""
) -> Line:
    """One on the agenda by its number or its words, else a new one at its end."""
    item = _topic(ask, meeting, new.topic)
    if item is None:
        require_text(new.topic, "text", TITLE_LIMIT)
        item = ask.store.agendas.add(meeting.id, new, ask.actor.user, ask.now)
    line = ask.store.proceedings.add(
        NewLine(
            meeting.id, LineKind.TOPIC, item.topic, ask.actor.user, ask.now, ts,
            agenda_item=item.id,
        )
    )  # fmt: skip
    if sitting is not None:
        proceedings.settle_topics(ask, meeting, sitting)
    ask.store.outbox.withdraw(meeting.subject, kinds=frozenset({sittings.TIMEBOX}))
    return line


def mended(ask: Ask, line: Line, text: str, ref: Ref | None, people: tuple[UserId, ...]) -> Line:
    """What was held has become something."""
    after = replace(line, text=text, ref=ref, people=people, held="")
    ask.store.proceedings.save(after)
    return after


def as_note(ask: Ask, line: Line) -> Line:
    """What was held stays as it was said, and nothing is made of it."""
    after = replace(line, kind=LineKind.NOTE, text=f"{line.kind}: {line.text}", held="")
    ask.store.proceedings.save(after)
    return after


def for_mending(ask: Ask, ref: Ref, n: int) -> tuple[Meeting, Line]:
    """A line that is held, for who wrote it or runs the meeting."""
    meeting = meetings.find(ask, ref)
    line = ask.store.proceedings.line(meeting.id, n)
    if line is None or line.taken_back:
        raise NotFound(Code.NO_SUCH_LINE, ref=ref, n=n)
    authorize(ask, Op.TAKE_NOTES if line.by == ask.actor.user else Op.HOLD_MEETING, meeting)
    if not line.held:
        raise Conflict(Code.LINE_MENDED, ref=line.ref or ref, n=n, became=line.ref or "")
    return meeting, line


def take_back(ask: Ask, meeting: Meeting, sitting: Sitting) -> Line:
    """The asker's last line, and what was made of it; raises Conflict if that was changed since."""
    mine = [
        line
        for line in sittings.lines_of(ask.store, meeting.id)
        if line.by == ask.actor.user and line.ts
    ]
    if not mine:
        raise NotFound(Code.NOTHING_TO_UNDO)
    line = mine[-1]
    if line.ref is not None and line.kind in MAKES:
        undo.unmake(ask, line.ref)
    pasted_undo.remove(ask, meeting, line)
    if line.kind is LineKind.TOPIC:
        proceedings.settle_topics(ask, meeting, sitting)
        ask.store.outbox.withdraw(meeting.subject, kinds=frozenset({sittings.TIMEBOX}))
    return line


def may_write(ask: Ask, meeting: Meeting) -> bool:
    return allowed(ask.world, ask.actor, Op.TAKE_NOTES, meeting, ask.now)


def tell(ask: Ask, meeting: Meeting, out: Outgoing) -> None:
    """Privately, beside the request's answer; once for each key."""
    ask.store.outbox.put(replace(out, subject=meeting.subject, kind=ANSWER))


def _topic(ask: Ask, meeting: Meeting, words: str) -> AgendaItem | None:
    listed = agendas.listed(ask.store, meeting.id)
    said = words.strip().lstrip("#").rstrip(".:")
    if said.isdecimal():
        if not 1 <= int(said) <= len(listed):
            raise BadInput(Code.NO_SUCH_TOPIC, "text", said, ref=meeting.ref, topics=len(listed))
        return listed[int(said) - 1]
    alike = [one for one in listed if one.topic.casefold().startswith(said.casefold())]
    exact = [one for one in alike if one.topic.casefold() == said.casefold()]
    found = exact or alike
    return found[0] if said and len(found) == 1 else None
