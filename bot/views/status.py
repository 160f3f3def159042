"""How groups stand, in one message: a table, why some are not green, and all of it in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.model import Channel, ChannelId, Group, GroupState, World
from bot.domain.outbox import Message
from bot.domain.state import Standing, Status
from bot.views.blocks import (
    Element,
    Id,
    Piece,
    actions,
    button,
    confirm,
    context,
    header,
    message,
    section,
    value,
)
from bot.views.dates import count, day_words
from bot.views.home import OUTSIDE
from bot.views.lists import spelled
from bot.views.quorum import counted
from bot.views.standing import WORDS, reason, remarks
from bot.views.tables import NOTHING, At, Cell, fitting, table
from bot.views.text import bare, clip, escape, moment, plain

HEADING = (
    "Group", "State", "Open", "Overdue", "Blocked", "Next meeting", "Ready", "Next deadline",
)  # fmt: skip
NAME = 40
LINE = 320
LINES = 2700
SECTIONS = 10
"""Of lines, of each of the two sorts; each within Slack's limit."""
NO_MEETING = "none set"
ONLY_YOU = "Only you see this."
_TOTALS = {
    Standing.LATE: "late",
    Standing.LOOK: "to look at",
    Standing.ON_TRACK: "on track",
    Standing.NO_DATA: "without data",
}
_RANK = list(_TOTALS)


def status(
    found: Sequence[Status],
    now: datetime,
    zone: str,
    *,
    public: bool = False,
    asked_in: ChannelId | None = None,
    post: Channel | None = None,
) -> Message:
    """The worst first; `zone` is the reader's, of a public copy that of its group or of all.

    `post`: the channel it may be posted in; a public copy has no buttons.
    """
    rows = worst_first(found)
    one = rows[0] if len(rows) == 1 else None
    title = f"Status of {short(one.group)}" if one else f"Status of {len(rows)} groups"
    as_of = f"As of {moment(now, zone)}: {totals(rows)}."
    shown = [list(cells(row, zone)) for row in rows]
    left = len(rows) - fitting(HEADING, shown)
    below = [f"And {count(left, 'more group')}, which do not fit."] if left else []
    pieces: list[Piece] = [
        *bullets("why", "Why not green", (_why(row) for row in rows if is_bad(row))),
        *bullets("also", "Also to know", (_also(row) for row in rows if row.remarks)),
        *bullets("come", "Who comes next", (_coming(row) for row in rows if row.rsvps)),
    ]
    if not public:
        below.append(ONLY_YOU)
        buttons = list(_buttons(rows, asked_in, post))
        pieces += [actions("status:do", *buttons)] if buttons else []
    pieces += [context("status:foot", " ".join(below))] if below else []
    return message(
        spelled(plain(f"{title}. {as_of}"), [_spoken(row, zone) for row in rows]),
        header("status:head", title),
        context("status:as-of", escape(as_of)),
        table("status:rows", HEADING, shown),
        *pieces,
    )


def worst_first(found: Iterable[Status]) -> list[Status]:
    return sorted(found, key=lambda one: (_RANK.index(one.judged.standing), -one.overdue))


def nothing(world: World, *, coordinates: bool) -> Message:
    """For whom there is no group to tell of."""
    active = any(group.state is GroupState.ACTIVE for group in world.groups.values())
    way = "No groups yet. Type /wg setup to make them." if coordinates and not active else OUTSIDE
    text = f"⚪ No data: there is no group whose status you may see. {way}"
    return message(text, section("status:none", text))


def ended(group: Group, world: World) -> Message:
    """Of a group that was closed, or merged into another."""
    into = world.groups.get(group.merged_into) if group.merged_into else None
    local = group.ended_at.astimezone(ZoneInfo(group.zone)) if group.ended_at else None
    day = f" on {day_words(local.date())}" if local else ""
    done = f"was merged into {short(into)}" if into else "was closed"
    where = (
        f"Its actions are there: type status {into.key}."
        if into
        else "What was done is kept: each id still opens it."
    )
    said = f"{short(group)} {done}{day}, so it has no status of its own. {where}"
    ways = (
        [actions("status:do", button("Open status", Id.WORD_RUN, value(line=f"status {into.key}")))]
        if into
        else []
    )
    return message(plain(said), section("status:ended", escape(said)), *ways)


def posted(channel: Channel) -> Message:
    text = f"✅ Done: the status goes to #{channel.name or channel.id}."
    return message(plain(text), section("status:posted", escape(text)))


def short(group: Group) -> str:
    return clip(bare(group.short or group.name), NAME)


def is_bad(row: Status) -> bool:
    return row.judged.standing in (Standing.LATE, Standing.LOOK)


def totals(rows: Sequence[Status]) -> str:
    numbers = {s: sum(row.judged.standing is s for row in rows) for s in _RANK}
    return ", ".join(f"{number} {_TOTALS[s]}" for s, number in numbers.items() if number)


def cells(row: Status, zone: str) -> Iterator[Cell]:
    yield short(row.group)
    yield WORDS[row.judged.standing]
    yield from (row.open, row.overdue, row.blocked)
    meeting, deadline = row.meeting, row.deadline
    yield At(meeting.ref, meeting.starts, zone) if meeting else NO_MEETING
    yield percent(row) or NOTHING
    late = ", overdue" if row.deadline_late else ""
    yield f"{deadline.ref} {day_words(deadline.due)}{late}" if deadline else NOTHING


def due_verb(row: Status) -> str:
    return "overdue since" if row.deadline_late else "due"


def percent(row: Status) -> str:
    return "" if row.ready is None else f"{row.ready} %"


def _why(row: Status) -> str:
    return f"{WORDS[row.judged.standing]} · *{escape(short(row.group))}*: {_reason(row)}"


def _reason(row: Status) -> str:
    return escape(clip(reason(row.judged), LINE))


def _also(row: Status) -> str:
    return f"*{escape(short(row.group))}*: {escape(clip(remarks(row.remarks), LINE))}"


def _coming(row: Status) -> str:
    ref = row.meeting.ref if row.meeting else ""
    return f"*{escape(short(row.group))}*, {ref}: {counted(row.rsvps, row.quorum)}"


def bullets(name: str, title: str, lines: Iterable[str]) -> Iterator[Piece]:
    """In as many sections as it takes, of which Slack folds none away."""
    parts: list[list[str]] = [[]]
    for line in (f"• {line}" for line in lines):
        if sum(map(len, parts[-1])) + len(line) + len(parts[-1]) > LINES:
            parts.append([])
        parts[-1].append(line)
    if not parts[0]:
        return
    hidden = sum(map(len, parts[SECTIONS:]))
    for number, part in enumerate(parts[:SECTIONS]):
        head = [f"*{title}*"] if number == 0 else []
        yield section(f"status:{name}:{number}", "\n".join([*head, *part]))
    if hidden:
        yield context(f"status:{name}:more", f"And {count(hidden, 'group')} more.")


def _spoken(row: Status, zone: str) -> str:
    """One group in whole sentences."""
    word = WORDS[row.judged.standing].partition(" ")[2]
    said = [f"{short(row.group)}: {word}, {clip(reason(row.judged), LINE)}."]
    said.append(f"{row.open} open, {row.overdue} overdue, {row.blocked} blocked.")
    if row.meeting is not None:
        ready = f", {percent(row)} ready" if percent(row) else ""
        come = f": {counted(row.rsvps, row.quorum)}" if row.rsvps else ""
        when = moment(row.meeting.starts, zone)
        said.append(f"Next meeting {row.meeting.ref}, {when}{ready}{come}.")
    if row.deadline is not None:
        verb = due_verb(row)
        said.append(f"Next deadline {row.deadline.ref}, {verb} {day_words(row.deadline.due)}.")
    if row.remarks:
        said.append(f"Also: {clip(remarks(row.remarks), LINE)}.")
    return plain(" ".join(said))


def _buttons(
    rows: Sequence[Status], asked_in: ChannelId | None, post: Channel | None
) -> Iterator[Element]:
    worst, key = rows[0], rows[0].group.key if len(rows) == 1 else ""
    if is_bad(worst) or len(rows) == 1:
        line = value(line=f"action list open {worst.group.key}")
        yield button(f"Open {clip(short(worst.group), 24)}", Id.WORD_RUN, line)
    yield as_markdown(key)
    if post is not None:
        seen = f"Everybody in #{bare(post.name) or 'the channel'} will see it."
        yield button(
            "Post to channel",
            Id.STATUS_POST,
            value(group=key, channel=asked_in or ""),
            asks=confirm("Post this status?", seen, "Post", "Do not post"),
        )


def as_markdown(group: str = "") -> Element:
    """`group`: its key; none: of all."""
    return button("As Markdown", Id.STATUS_FILE, value(group=group))
