"""The weekly digest over all groups on one page, for a coordinator."""

from collections.abc import Iterator, Sequence

from bot.domain.deadlines import Deadline
from bot.domain.model import GroupKey, World
from bot.domain.outbox import Message
from bot.domain.programme_digests import Missing, ProgrammeDigest, Slip
from bot.domain.state import Status
from bot.domain.things import Thing, due_day, groups_of
from bot.views import deadlines, deciding, facts, steering
from bot.views.blocks import (
    Element,
    Id,
    actions,
    button,
    confirm,
    context,
    header,
    message,
    nth,
    overflow,
    section,
    value,
)
from bot.views.dates import count, day_words
from bot.views.digest_parts import SHOWN, Line, Part, between, listed, titled
from bot.views.digests import number
from bot.views.lists import spelled
from bot.views.people import zone_of
from bot.views.standing import WORDS, reason
from bot.views.status import LINE, as_markdown, bullets, is_bad, short, totals, worst_first
from bot.views.tables import Cell, fitting, table
from bot.views.text import clip, escape, moment, plain

HEADING = ("Group", "State", "Open", "Overdue", "Closed last week")
HITS = 3
NAMES = 8
UP, DOWN = "▲", "▼"
SENT = "sent Mondays 08:00"


def digest(told: ProgrammeDigest, world: World) -> Message:
    """One page; of a week without anything to report one line."""
    rows = worst_first(told.report.statuses)
    zone = zone_of(told.reader, world)
    title = f"All groups: week {number(told.week)}"
    foot = [f"Numbers as of {moment(told.now, zone)} · {SENT}, your time"]
    foot += [world.programme.label] if world.programme.label else []
    end = context("digest:foot", *map(escape, foot))
    if told.quiet:
        said = _quiet(told, rows)
        quiet = section("digest:quiet", f"*{escape(title)}*: {escape(said)}", _menu())
        return message(plain(f"{title}: {said}"), quiet, end)
    parts = list(_parts(told, rows, world))
    return message(
        spelled(plain(f"{title}."), [words for part in parts for words in part.said]),
        header("digest:head", title),
        *(piece for part in parts for piece in part.pieces),
        actions("digest:do", *_buttons(told, rows)),
        end,
    )


def foretold() -> Message:
    """What is to come, in one line."""
    text = "Weekly digest of all groups"
    return message(text, section("digest", text))


def not_made(reference: str) -> Message:
    """In place of a digest, so that its reader does not wait for it."""
    text = (
        "I could not make this week's digest of all groups; that is our fault, and nothing is"
        f" lost. Write *digest all* to me to try again. Reference {plain(reference)}."
    )
    return message(plain(text), section("digest", text))


def _quiet(told: ProgrammeDigest, rows: Sequence[Status]) -> str:
    if not rows:
        return "there are no groups yet."
    due = told.report.event
    ahead = f" Next for all: {due.ref}, {day_words(due.start_day)}." if due else ""
    return f"{totals(rows)}; nothing overdue, nothing to decide, no deadline near.{ahead}"


def _parts(told: ProgrammeDigest, rows: Sequence[Status], world: World) -> Iterator[Part]:
    yield _verdict(told, rows)
    yield _table(told, rows)
    yield _to_decide(told, world)
    slips = [_slip(slip, world) for slip in told.slips]
    week = between(*told.week_before) if told.week_before else "last week"
    yield listed("slipped", f"Slipped {week}, and hits other groups ({len(slips)})", slips)
    yield _waiting(told, world)
    yield _missing(told.missing, world)
    late = [one for one in told.deadlines if deadlines.is_late(one, world, told.now)]
    above = {thing.ref for thing in told.escalated[:SHOWN]}
    overdue = [_deadline(one, world, told) for one in late if one.ref not in above]
    also = "Also overdue deadlines" if len(overdue) < len(late) else "Overdue deadlines"
    yield listed("late", f"{also} ({len(overdue)})", overdue)
    ahead = [_deadline(one, world, told) for one in told.deadlines if one not in late]
    yield listed("deadlines", f"Deadlines in the next six weeks ({len(ahead)})", ahead)


def _verdict(told: ProgrammeDigest, rows: Sequence[Status]) -> Part:
    """In one sentence; then why each is not green."""
    said = f"{totals(rows)[:1].upper()}{totals(rows)[1:]}."
    event = " ".join(steering.for_event(told.report))
    bad = [row for row in rows if is_bad(row)]
    why = [f"{WORDS[r.judged.standing]} · *{escape(short(r.group))}*: {_why(r)}" for r in bad]
    spoken = [f"{short(r.group)}: {_word(r)}, {clip(reason(r.judged), LINE)}." for r in bad]
    return Part(
        tuple(map(plain, [said, *spoken, *([event] if event else [])])),
        (
            section("digest:verdict", "\n".join(map(escape, filter(None, [said, event])))),
            *bullets("why", "Why not green", why),
        ),
    )


def _why(row: Status) -> str:
    return escape(clip(reason(row.judged), LINE))


def _word(row: Status) -> str:
    return WORDS[row.judged.standing].partition(" ")[2]


def _table(told: ProgrammeDigest, rows: Sequence[Status]) -> Part:
    """Against a week before, where that is kept."""
    cells = [list(_cells(row, told)) for row in rows]
    left = len(rows) - fitting(HEADING, cells)
    more = [context("digest:more", f"And {count(left, 'more group')}.")] if left else []
    spoken = [
        f"{short(row.group)}: {open_} open, {overdue} overdue, {closed} closed last week."
        for row, (_, _, open_, overdue, closed) in zip(rows, cells, strict=True)
    ]
    return Part(tuple(map(plain, spoken)), (table("digest:rows", HEADING, cells), *more))


def _cells(row: Status, told: ProgrammeDigest) -> Iterator[Cell]:
    key = row.group.key
    was = told.before.get(key)
    yield short(row.group)
    yield WORDS[row.judged.standing]
    yield changed(row.open, was.open if was else None)
    yield changed(row.overdue, was.overdue if was else None)
    yield changed(told.closed.get(key, 0), was.closed if was else None)


def changed(now: int, was: int | None) -> str:
    """Such as "3 (▲1)"."""
    if was is None or was == now:
        return str(now)
    return f"{now} ({UP if now > was else DOWN}{abs(now - was)})"


def _to_decide(told: ProgrammeDigest, world: World) -> Part:
    """A row each, with what acts: what stays overdue, and what waits where there is no chair."""
    above = {thing.ref for thing in told.escalated}
    others = [(ref, why) for ref, why in told.unled if ref not in above]
    waiting: list[tuple[Thing, str]] = [
        (thing, f"Stays overdue in {_groups(groups_of(thing), world)}") for thing in told.escalated
    ]
    for ref, why in others:
        if (item := told.named.get(ref)) is not None:
            said_why = f"{steering.WHY[why]}, and {_group(item.group, world)} has no chair"
            waiting.append((item, f"{said_why[:1].upper()}{said_why[1:]}"))
    total = len(told.escalated) + len(others)
    if not total:
        return Part()
    title = f"Please decide ({total})"
    said, pieces = deciding.rows(waiting[:SHOWN], told.reader, told.now, world)
    left = total - min(len(waiting), SHOWN)
    rest = [f"And {left} more."] if left else []
    return Part(
        (f"{title}:", *said, *rest),
        (
            section("digest:decide", f"*{title}*"),
            *pieces,
            *(context("digest:rest", one) for one in rest),
        ),
    )


def _slip(slip: Slip, world: World) -> Line:
    first_due, due = day_words(slip.thing.first_due), day_words(due_day(slip.thing))
    first = [
        f"{hit.step.ref} ({_groups(hit.step.groups, world)}) cannot be met before"
        f" {day_words(hit.earliest)}"
        for hit in slip.hits[:HITS]
    ]
    more = [f"and {len(slip.hits) - HITS} more"] if len(slip.hits) > HITS else []
    step = f"from {first_due} to {due}"
    parts = (_groups(groups_of(slip.thing), world), step, *first, *more)
    return Line(titled(slip.thing.ref, slip.thing.text), parts)


def _waiting(told: ProgrammeDigest, world: World) -> Part:
    """How much waits for whom is no matter of names: a count a group."""
    found = sorted(told.waiting.items(), key=lambda pair: -pair[1])
    if not found:
        return Part()
    names = [f"{_group(key, world)} {number_}" for key, number_ in found]
    said = f"Waiting for the chairs' word: {_some(names)}."
    return Part((plain(said),), (section("digest:waiting", escape(said)),))


def _missing(missing: Missing, world: World) -> Part:
    lines = [
        f"{what}: {_some([_group(key, world) for key in keys])}"
        for what, keys in (
            ("No chair", missing.chair),
            ("No channel", missing.channel),
            ("No next meeting", missing.meeting),
        )
        if keys
    ]
    lost = list(missing.lost.items())
    lines += [f"{_group(key, world)}: {words}" for key, words in lost[:NAMES]]
    lines += [f"And {len(lost) - NAMES} more groups cut off"] if len(lost) > NAMES else []
    lines += [f"Refused by Slack: {count(missing.refused, 'message')}"] if missing.refused else []
    if not lines:
        return Part()
    shown = "\n".join(["*Missing, or out of reach*", *(f"• {escape(line)}" for line in lines)])
    said = f"Missing, or out of reach: {'; '.join(lines)}."
    return Part((plain(said),), (section("digest:missing", shown),))


def _deadline(deadline: Deadline, world: World, told: ProgrammeDigest) -> Line:
    verb = "was due" if deadlines.is_late(deadline, world, told.now) else "due"
    due = f"{verb} {day_words(deadline.due)} ({deadlines.distance(deadline, world, told.now)})"
    parts = (_groups(deadline.groups, world), due, deadlines.state(deadline))
    moved = facts.moved(deadline)
    return Line(titled(deadline.ref, deadline.text), (*parts, *([moved] if moved else [])))


def _groups(keys: Sequence[GroupKey], world: World) -> str:
    return deadlines.groups(keys, world)


def _group(key: GroupKey, world: World) -> str:
    return short(world.groups[key])


def _some(names: Sequence[str]) -> str:
    rest = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
    return ", ".join(names[:NAMES]) + rest


def _buttons(told: ProgrammeDigest, rows: Sequence[Status]) -> Iterator[Element]:
    worst = rows[0] if rows else None
    if worst is not None and is_bad(worst):
        line = value(line=f"action list open {worst.group.key}")
        yield button(f"Open {clip(short(worst.group), 24)}", Id.WORD_RUN, line)
    yield as_markdown()
    if told.post_in is not None and len(rows) > 1:
        yield button(
            "Post status",
            Id.STATUS_POST,
            value(group="", channel=told.post_in),
            asks=confirm(
                "Post this status?", "Everybody in the channel of all will see it.", "Post",
                "Do not post",
            ),
        )  # fmt: skip
    yield _menu()


def _menu() -> Element:
    choices = [
        ("Definitions of the numbers", "help digest"),
        ("As it stands now", "digest all"),
        ("Only when there is news", "digest news all"),
        ("No more of these", "digest off all"),
    ]
    return overflow(nth(Id.WORD_RUN, 2), [(label, value(line=line)) for label, line in choices])
