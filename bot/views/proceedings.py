"""What is said of a meeting under way: its thread's first message, its end, lines held."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.domain.agendas import AgendaItem, Purpose
from bot.domain.meetings import Meeting
from bot.domain.model import ChannelId, UserId, World
from bot.domain.outbox import Message
from bot.domain.proceedings import MAKES, Line, LineKind, Sitting
from bot.errors import UserError
from bot.views.blocks import Id, Piece, actions, button, context, message, section, value
from bot.views.buttons import undo
from bot.views.dates import count
from bot.views.error_ways import run, ways_on
from bot.views.error_words import sentence
from bot.views.meetings import title_text
from bot.views.people import mentioned, named, shown
from bot.views.text import bare, clip, escape, moment, plain

TOPICS = 20
TOPIC_SHOWN = 120
LINE_SHOWN = 300
HELD = 10
WAYS = (
    ("topic 2", "opens the second topic; with other words, a new one"),
    ("ACTION: what \u2013 by @who 4 Dec", "notes an action"),
    ("DECISION: …", "records a decision"),
    ("present @a @b", "says who is here; `present all` too"),
    ("regrets @c", "says who is not"),
    ("[off] …", "is not recorded"),
    ("undo", "takes your last line back"),
)
NOUNS = {
    LineKind.ACTION: "action",
    LineKind.DECISION: "decision",
    LineKind.DEADLINE: "deadline",
    LineKind.NOTE: "note",
}


def opening(
    meeting: Meeting,
    agenda: Sequence[AgendaItem],
    note_taker: UserId | None,
    world: World,
    *,
    named: bool,
) -> Message:
    """`named`: somebody said who takes notes; else it is a suggestion."""
    head = f"{meeting.ref} {title_text(meeting)} has begun. Please write in this thread."
    topics = [f"{n}. {_topic_text(item)}" for n, item in enumerate(agenda[:TOPICS], 1)]
    text = [head, *([f"Agenda: {'; '.join(topics)}."] if topics else ["No agenda."])]
    text.append(_notes_text(note_taker, world, named=named))
    text.append("Everything written in this thread goes into the minutes, but for [off].")
    title = escape(clip(bare(meeting.title), TOPIC_SHOWN))
    pieces: list[Piece] = [section("meeting:head", f"*{meeting.ref}* {title}: *it has begun*")]
    rows = [f"{n}. {_topic(item, world)}" for n, item in enumerate(agenda[:TOPICS], 1)]
    if len(agenda) > TOPICS:
        rows.append(f"and {len(agenda) - TOPICS} more")
    pieces.append(section("meeting:agenda", "\n".join(rows) or "No topics on the agenda yet."))
    pieces.append(section("meeting:ways", "\n".join(f"`{how}` {does}" for how, does in WAYS)))
    pieces.append(
        context("meeting:rest", "Everything else you write in this thread goes into the minutes.")
    )
    pieces.append(section("meeting:notes", _notes(note_taker, world, named=named)))
    mine = button(
        "I'll take notes", Id.MEETING_NOTES_MINE, value(meeting.ref), names=str(meeting.ref)
    )
    return message(" ".join(text), *pieces, actions("meeting:do", mine))


def started(meeting: Meeting, channel: ChannelId, *, again: bool = False) -> Message:
    """For who started it; `again`: its opening was lost, and is posted once more."""
    head = f"{meeting.ref} {title_text(meeting)} is under way. "
    if again:
        head += "The message that opens its thread had not arrived, so I post it again. "
    last = f" It ends with: meeting end {meeting.ref}."
    said = f"Everybody writes in its thread in <#{channel}>."
    return message(
        f"{head}Everybody writes in its thread in the channel.{last}",
        section("meeting:started", f"{head}{said}{last}"),
    )


def ended(meeting: Meeting, sitting: Sitting, lines: Iterable[Line], world: World) -> Message:
    """For its thread."""
    lines = tuple(lines)
    by = f" by {named([sitting.ended_by], world)}" if sitting.ended_by else ""
    itself = "" if sitting.ended_by else " Nobody ended it, so it ended by itself."
    said = f"{meeting.ref} {title_text(meeting)} was ended{by}.{itself} {_caught(lines)}"
    made = [f"• {_row(line)}" for line in lines if line.ref is not None]
    more = section("meeting:made", clip("\n".join(made), 2800)) if made else None
    refs = [line.ref for line in lines if line.ref is not None]
    are = "It is" if len(refs) == 1 else "They are"
    spoken = f"{said} {are} {', '.join(refs)}." if refs else said
    head = section("meeting:ended", said)
    return message(spoken, *filter(None, [head, more]))


def reopened(meeting: Meeting) -> Message:
    """In the place of what its thread was told of its end."""
    said = f"{meeting.ref} {title_text(meeting)} goes on: its end was taken back."
    return message(said, section("meeting:ended", said))


def closing(meeting: Meeting, lines: Iterable[Line], request: str) -> Message:
    """For who ended it: also what still needs somebody's hand."""
    lines = tuple(lines)
    said = f"{meeting.ref} {title_text(meeting)} is held. {_caught(lines)}"
    held = [line for line in lines if line.held]
    if held:
        needs = "needs" if len(held) == 1 else "need"
        said += f" {count(len(held), 'line')} still {needs} a name or a date."
    pieces: list[Piece] = [section("meeting:closed", said)]
    pieces += [mend_row(meeting, line) for line in held[:HELD]]
    return message(said, *pieces, actions("meeting:undo", undo(request)))


def mend_row(meeting: Meeting, line: Line) -> Piece:
    """A line held, with the way to complete it."""
    words = escape(clip(bare(f"{line.kind.upper()}: {line.text}"), LINE_SHOWN))
    mend = run("Complete it", f"meeting line {meeting.ref} {line.n}")
    return section(f"meeting:held:{line.n}", words, mend)


def was_held(meeting: Meeting, request: str) -> Message:
    """It took place without a thread."""
    said = f"{meeting.ref} {title_text(meeting)} is marked as held."
    paste = button("Paste notes", Id.MEETING_NOTES_PASTE, value(meeting.ref))
    return message(
        f"{said} Its notes can be pasted: meeting notes {meeting.ref}.",
        section("meeting:held", f"{said} Were notes taken? Paste them, and they become minutes."),
        actions("meeting:do", paste, undo(request)),
    )


def takes_notes(
    meeting: Meeting, user: UserId, viewer: UserId, world: World, *, away: bool = False
) -> Message:
    """`away`: they sent regrets."""
    who = "You take" if user == viewer else f"{named([user], world)} takes"
    said = f"{who} the notes of {meeting.ref} {title_text(meeting)}."
    if away:
        said += f" Please check: {'you' if user == viewer else 'they'} sent regrets for it."
    return message(said, section("meeting:notes", said))


def held(meeting: Meeting, line: Line, error: UserError, world: World, offered: World) -> Message:
    """For who wrote it: kept, but nothing was made of it yet, and how that is mended."""
    why = sentence(error, world, offered)
    noun = NOUNS.get(line.kind, "list of people")
    said = f"{meeting.ref}: your line is kept, but is not yet {_a(noun)}. {why}"
    typed = clip(bare(f"{line.kind.upper()}: {line.text}"), LINE_SHOWN)
    carried = f"meeting line {meeting.ref} {line.n}"
    pieces: list[Piece] = [
        section("error", said),
        context("error:typed", f"You wrote: {escape(typed)}"),
    ]
    for block_id, elements in ways_on(error, carried, offered):
        if elements and block_id not in ("error:form", "error:do"):
            pieces.append(actions(block_id, *elements))
    pieces.append(actions("error:keep", run("Keep it as a note", f"{carried} note")))
    return message(f"{said} You wrote: {plain(typed)}", *pieces)


def mended(meeting: Meeting, line: Line) -> Message:
    became = f"became {line.ref}" if line.ref else "is in the minutes"
    said = f"{meeting.ref}: your line {became}: {plain(clip(bare(line.text), LINE_SHOWN))}."
    words = f"{meeting.ref}: your line {became}: {escape(clip(bare(line.text), LINE_SHOWN))}."
    return message(said, section("meeting:line", words))


def refused(meeting: Meeting, text: str, error: UserError, world: World, offered: World) -> Message:
    """A line of which nothing was kept."""
    said = f"{meeting.ref}: {sentence(error, world, offered)}"
    typed = clip(bare(text), LINE_SHOWN)
    shown_ = context("error:typed", f"You wrote: {escape(typed)}")
    return message(f"{said} You wrote: {plain(typed)}", section("error", said), shown_)


def time_left(n: int, topic: str, left: timedelta) -> Message:
    minutes = count(max(1, round(left.total_seconds() / 60)), "minute")
    return _box(f"{minutes} left for", n, topic, "")


def time_over(n: int, topic: str, minutes: int) -> Message:
    return _box("", n, topic, f" is over its {count(minutes, 'minute')}")


def ends_soon(meeting: Meeting, left: timedelta) -> Message:
    minutes = count(max(1, round(left.total_seconds() / 60)), "minute")
    said = f"{meeting.ref} ends in {minutes}."
    return message(said, section("meeting:box", said))


def still_open(meeting: Meeting, channel: ChannelId, hours: int) -> Message:
    """For who minds it: it was not ended; by itself it ends `hours` after its planned end."""
    planned = moment(meeting.ends, meeting.zone)
    said = (
        f"{meeting.ref} {title_text(meeting)} was to end {planned} and is still open: what is "
        f"written in its thread goes into its minutes. It ends by itself {hours} hours after that."
    )
    end = run("End it", f"meeting end {meeting.ref}")
    where = context("meeting:where", f"Its thread is in <#{channel}>.")
    return message(said, section("meeting:open", said), where, actions("meeting:do", end))


def _box(before: str, n: int, topic: str, after: str) -> Message:
    name = clip(bare(topic), TOPIC_SHOWN)
    said = f"{before} {n}. {plain(name)}{after}.".strip()
    shown_ = f"{before} {n}. {escape(name)}{after}.".strip()
    return message(said, section("meeting:box", shown_))


def _caught(lines: tuple[Line, ...]) -> str:
    found = {kind: [one for one in lines if one.kind is kind] for kind in NOUNS}
    made = [
        count(len([one for one in found[kind] if one.ref or kind not in MAKES]), NOUNS[kind])
        for kind in NOUNS
        if kind is not LineKind.DEADLINE or found[kind]
    ]
    return f"Caught: {', '.join(made[:-1])} and {made[-1]}."


def _row(line: Line) -> str:
    return f"*{line.ref}* {escape(clip(bare(line.text), LINE_SHOWN))}"


def _topic_text(item: AgendaItem) -> str:
    minutes = f" ({item.minutes} min)" if item.minutes else ""
    return f"{plain(clip(bare(item.topic), TOPIC_SHOWN)).rstrip(' .')}{minutes}"


def _topic(item: AgendaItem, world: World) -> str:
    parts = (
        [f"{item.minutes} min" if item.minutes else "", shown([item.owner], world)]
        if (item.owner)
        else [f"{item.minutes} min" if item.minutes else ""]
    )
    if item.purpose is not Purpose.DISCUSS:
        parts.append(item.purpose.value)
    facts = ", ".join(part for part in parts if part)
    topic = escape(clip(bare(item.topic), TOPIC_SHOWN))
    return f"{topic} ({facts})" if facts else topic


def _notes_text(user: UserId | None, world: World, *, named: bool) -> str:
    if user is None:
        return "Who takes notes?"
    return f"{_name(user, world)} takes notes." if named else f"Notes: {_name(user, world)}?"


def _notes(user: UserId | None, world: World, *, named: bool) -> str:
    if user is None:
        return "Who takes notes?"
    if named:
        return f"{mentioned([user], world)} takes notes."
    return f"Whose turn is it to take notes? By turns it would be {mentioned([user], world)}."


def _name(user: UserId, world: World) -> str:
    return named([user], world)


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
