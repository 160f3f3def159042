"""What a weekly digest is made of: each part as blocks for the eye and in sentences for `text`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.deadlines import Deadline
from bot.domain.decisions import Decision, DecisionState
from bot.domain.digests import Digest
from bot.domain.items import Item
from bot.domain.meetings import Meeting, MeetingKind, PrepItem, PrepState
from bot.domain.model import World
from bot.domain.outbox import Block
from bot.views import deadlines, deciding, facts
from bot.views.blocks import Element, Id, Piece, button, instant, section, value
from bot.views.dates import day_words, today
from bot.views.people import name, zone_of
from bot.views.standing import waits
from bot.views.text import bare, clip, escape, moment, plain

SHOWN = 5
"""Things in one list; the rest are counted."""
LONGEST = 80
"""Characters of a title in a list."""
NAMES = 2
NAMED_AT_MOST = 40
KINDS = {MeetingKind.CALL: "call", MeetingKind.FACE_TO_FACE: "meeting"}


@dataclass(frozen=True, slots=True)
class Part:
    """`said`: whole sentences with all that the pieces tell."""

    said: tuple[str, ...] = ()
    pieces: tuple[Piece | Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a list, unescaped but for what stands between the parts."""

    head: str
    parts: tuple[str, ...]

    @property
    def shown(self) -> str:
        ref, _, title = self.head.partition(" ")
        return " · ".join([f"*{ref}* {escape(title)}", *map(escape, self.parts)])

    @property
    def said(self) -> str:
        return ", ".join([plain(self.head), *map(plain, self.parts)])


def listed(
    part: str, title: str, lines: Sequence[Line], total: int = 0, menu: Element | None = None
) -> Part:
    """`total`: how many there are, if that is more; nothing where there are none."""
    if not lines:
        return Part()
    first = lines[:SHOWN]
    left = max(total, len(lines)) - len(first)
    rest = [f"And {left} more."] if left else []
    shown = [f"• {line.shown}" for line in first]
    said = "; ".join(line.said for line in first)
    spoken = f"{title}: {said}{f'; and {left} more' if left else ''}."
    text = "\n".join([f"*{title}*", *shown, *rest])
    return Part((spoken,), (section(f"digest:{part}", text, menu),))


def to_decide(digest: Digest, world: World) -> Part:
    """A row each, with what acts; the click rewrites the row where it stands."""
    if not digest.decide:
        return Part()
    waiting = max(digest.to_decide, len(digest.decide))
    settings = digest.group.settings
    first = [(thing, waits(why, settings)) for thing, why in digest.decide[:SHOWN]]
    title = f"Please decide ({waiting})"
    said, pieces = deciding.rows(first, digest.reader, digest.now, world)
    said.insert(0, f"{title}:")
    pieces.insert(0, section("digest:decide", f"*{title}*"))
    if left := waiting - len(first):
        said.append(f"And {left} more.")
        line = value(line=f"action list open {digest.group.key}")
        pieces.append(
            section("digest:rest", f"And {left} more.", button("See them all", Id.WORD_RUN, line))
        )
    return Part(tuple(said), tuple(pieces))


def overdue(digest: Digest, world: World) -> Part:
    return _beside_rows("overdue", "Overdue", digest, digest.overdue, digest.figures.overdue, world)


def due_soon(digest: Digest, world: World) -> Part:
    soon, total = digest.due_soon, digest.figures.due_soon
    return _beside_rows("soon", "Due in 7 days", digest, soon, total, world)


def _beside_rows(
    part: str, title: str, digest: Digest, items: Sequence[Item], total: int, world: World
) -> Part:
    """Those that are not among the rows to decide."""
    above = {thing.ref for thing, _ in digest.decide[:SHOWN]}
    others = [item for item in items if item.ref not in above]
    left = max(total, len(items)) - (len(items) - len(others))
    lines = [action_line(item, world, digest.now) for item in others]
    if len(others) < len(items):
        title = f"Also {_lower(title)}"
    return listed(part, f"{title} ({left})", lines, left)


def slipped(digest: Digest, world: World) -> Part:
    lines = [_slip(deadline, world) for deadline in digest.slipped]
    return listed("slipped", f"Deadlines that slipped {last_week(digest)} ({len(lines)})", lines)


def late(digest: Digest, world: World) -> Part:
    """Those that are not among the rows to decide."""
    above = {thing.ref for thing, _ in digest.decide[:SHOWN]}
    found = [one for one in digest.deadlines if deadlines.is_late(one, world, digest.now)]
    others = [_deadline(one, world, digest.now) for one in found if one.ref not in above]
    title = "Overdue deadlines" if len(others) == len(found) else "Also overdue deadlines"
    return listed("late", f"{title} ({len(others)})", others)


def ahead(digest: Digest, world: World) -> Part:
    found = [one for one in digest.deadlines if not deadlines.is_late(one, world, digest.now)]
    lines = [_deadline(deadline, world, digest.now) for deadline in found]
    return listed("deadlines", f"Deadlines in the next six weeks ({len(lines)})", lines)


def decided(digest: Digest) -> Part:
    lines = [_decision(decision) for decision in digest.decisions]
    return listed("decisions", f"Decisions {last_week(digest)} ({len(lines)})", lines)


def good_news(digest: Digest, world: World) -> Part:
    total = max(digest.figures.closed, len(digest.closed))
    lines = [
        Line(titled(item.ref, item.text), (f"by {_who([item.closed_by or ''], world)}",))
        for item in digest.closed
    ]
    title = f"Good news: closed {last_week(digest)} ({total})"
    return listed("closed", title, lines, total)


def last_week(digest: Digest) -> str:
    """Named by its dates: a digest seen at a weekend tells of the week before that one."""
    return between(*digest.week_before) if digest.week_before else "last week"


def between(first: date, last: date) -> str:
    """Such as "last week (16 to 22 Nov)"."""
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"last week ({start} to {last.day} {last:%b})"


def next_meeting(digest: Digest, world: World) -> Part:
    """With what is done and what is open of its preparation."""
    meeting = digest.status.meeting
    if meeting is None:
        return Part()
    zone = zone_of(digest.reader, world)
    title = bare(clip(bare(meeting.title), LONGEST)) or "…"
    ready = [] if digest.status.ready is None else [f"{digest.status.ready} % ready"]
    done, open_ = _prepared(digest, meeting)
    tail = [*ready, *(line.partition(" ")[2] for line in (done, open_) if line)]
    head = " · ".join([f"*{meeting.ref}* {escape(title)}", instant(meeting.starts, zone), *ready])
    shown = ["*Next meeting*", head, *(escape(line) for line in (done, open_) if line)]
    spoken = ", ".join([f"{meeting.ref} {plain(title)}", moment(meeting.starts, zone)])
    said = "; ".join([f"Next meeting: {spoken}", *map(plain, tail)])
    way = button("Open checklist", Id.WORD_RUN, value(line=str(meeting.ref)), names=meeting.ref)
    return Part((f"{said}.",), (section("digest:meeting", "\n".join(shown), way),))


def _prepared(digest: Digest, meeting: Meeting) -> tuple[str, str]:
    """What counts for how ready it is: what is required before the start."""
    needed = [
        item
        for item in digest.preparation
        if item.required and item.due <= meeting.start_day and item.state is not PrepState.SKIPPED
    ]
    done = [item for item in needed if item.state is PrepState.DONE]
    day = today(digest.now, meeting.zone)
    open_ = [_open(item, day) for item in needed if item.state is PrepState.TODO]
    return (
        _summed("✅ Done", [_prep(item) for item in done]),
        _summed("⏳ Waiting", open_),
    )


def _summed(word: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    left = len(names) - SHOWN
    more = f" and {left} more" if left > 0 else ""
    return f"{word} ({len(names)}): {', '.join(names[:SHOWN])}{more}"


def _prep(item: PrepItem) -> str:
    """The few words of its template, as where it makes a group late."""
    said = item.key.replace("-", " ") or item.text
    return clip(bare(said), NAMED_AT_MOST).rstrip(" .") or "…"


def _open(item: PrepItem, day: date) -> str:
    return f"{_prep(item)} (due {day_words(item.due)}{', late' if item.due < day else ''})"


def titled(ref: str, text: str) -> str:
    return f"{ref} {clip(bare(text), LONGEST).rstrip(' .') or '…'}"


def action_line(item: Item, world: World, now: datetime) -> Line:
    owners = _who(item.owners, world) if item.owners else "needs an owner"
    due = f"due {facts.due(item, world)} ({facts.distance(item, world, now)})"
    parts = [owners, due, *filter(None, [facts.moved(item)])]
    return Line(titled(item.ref, item.text), tuple(parts))


def _who(users: Iterable[str], world: World) -> str:
    """Unescaped; the first few."""
    found = list(users)
    names = [clip(name(user, world), NAMED_AT_MOST) for user in found[:NAMES]]
    left = len(found) - len(names)
    return ", ".join(names) + (f" and {left} more" if left else "")


def _slip(deadline: Deadline, world: World) -> Line:
    """From what was first promised to what holds now."""
    last = deadline.moves[-1] if deadline.moves else None
    first, now = day_words(deadline.first_due), day_words(deadline.due)
    step = f"from {first}{', first promised,' if len(deadline.moves) > 1 else ''} to {now}"
    why = f"because {clip(bare(last.because), LONGEST)}" if last and last.because else ""
    parts = [step, facts.slipped(deadline), why]
    return Line(titled(deadline.ref, deadline.text), tuple(filter(None, parts)))


def _deadline(deadline: Deadline, world: World, now: datetime) -> Line:
    verb = "was due" if deadlines.is_late(deadline, world, now) else "due"
    due = f"{verb} {day_words(deadline.due)} ({deadlines.distance(deadline, world, now)})"
    owner = _who([deadline.owner], world) if deadline.owner else "needs an owner"
    parts = [due, owner, deadlines.state(deadline), facts.moved(deadline)]
    return Line(titled(deadline.ref, deadline.text), tuple(filter(None, parts)))


def _decision(decision: Decision) -> Line:
    parts = []
    if decision.state is DecisionState.OBJECTED:
        parts.append(f"objected to by {len(decision.objections)}, back to the chair")
    elif decision.state is DecisionState.PROPOSED and decision.objections_by:
        parts.append(f"proposed, objections by {day_words(decision.objections_by)}")
    elif decision.state is DecisionState.WITHDRAWN:
        parts.append("withdrawn")
    if decision.review:
        parts.append(f"review {day_words(decision.review)}")
    return Line(titled(decision.ref, decision.text), tuple(parts))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
