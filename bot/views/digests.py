"""The weekly digest of a group on one page: how it stands, what changed, what waits for a word."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.digests import Digest
from bot.domain.model import Group, Ref, World
from bot.domain.outbox import Block, Message
from bot.views import digest_figures, digest_parts
from bot.views import digest_notes as notes
from bot.views.blocks import (
    Element,
    Id,
    Piece,
    actions,
    button,
    context,
    escape,
    header,
    message,
    nth,
    overflow,
    plain,
    section,
    value,
)
from bot.views.dates import count, day_words
from bot.views.deciding import BUTTONS, DECIDE
from bot.views.digest_parts import KINDS, Part
from bot.views.lists import spelled
from bot.views.people import zone_of
from bot.views.standing import WORDS, reason, remarks
from bot.views.text import bare, clip, instant, moment

NAME = 40
_FREE = "no working day"
REASON = 320
WEEKDAYS = (
    "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays",
)  # fmt: skip


def digest(told: Digest, world: World) -> Message:
    """One page; of a week without anything to report one line."""
    if told.quiet:
        return _quiet(told, world)
    title = f"{short(told.group)}: week {number(told.week)}"
    parts = list(_parts(told, world))
    said = [sentence for part in parts for sentence in part.said]
    return message(
        spelled(plain(f"{title}."), said),
        header("digest:head", title),
        *(piece for part in parts for piece in part.pieces),
        actions("digest:do", *_buttons(told.group)),
        context("digest:foot", *_foot(told, world)),
    )


def said_again(message_: Message, rows: Mapping[Ref, Message]) -> Message:
    """The same digest, with rows to decide as they stand now.

    What became of them opens `text`, in which the rest stays as it was.
    """
    since = [row.text for row in rows.values() if row.text]
    blocks: list[Piece | Block] = []
    for block in message_.blocks:
        part, _, ref = str(block["block_id"]).partition(":")
        if part == DECIDE and ref.endswith(BUTTONS) and Ref(ref.removesuffix(BUTTONS)) in rows:
            continue
        row = rows.get(Ref(ref)) if part == DECIDE else None
        blocks += [{**row.blocks[0], "block_id": block["block_id"]}] if row else [block]
    head = [f"Since this was sent: {' '.join(since)}"] if since else []
    return message(" ".join([*head, message_.text]), *blocks)


def still_waits(row: Message, told: Message, ref: Ref) -> Message:
    """The row with why the thing waits, as it was said in the digest."""
    name = f"{DECIDE}:{ref}"
    was: Any = next((one for one in told.blocks if one["block_id"] == name), None)
    if was is None:
        return row
    first: Any
    why = str(was["text"]["text"]).rpartition("\n")[2]
    first, *others = row.blocks
    shown = {**first["text"], "text": f"{first['text']['text']}\n{why}"}
    return message(f"{row.text} {plain(why)}.", {**first, "text": shown}, *others)


def refs_to_decide(message_: Message) -> tuple[Ref, ...]:
    """The actions and deadlines that it has a row of."""
    pairs = (str(block["block_id"]).partition(":") for block in message_.blocks)
    found = (ref for part, _, ref in pairs if part == DECIDE and not ref.endswith(BUTTONS))
    return tuple(map(Ref, found))


def foretold(group: Group) -> Message:
    """What is to come, in one line."""
    text = f"Weekly digest of {plain(short(group))}"
    return message(text, section("digest", text))


def short(group: Group) -> str:
    """Unescaped."""
    return clip(bare(group.short or group.name), NAME) or str(group.key)


def number(week: str) -> int:
    return int(week.partition("-W")[2])


def when(group: Group) -> str:
    """Such as "Mondays 08:00"; on the reader's clock."""
    settings = group.settings
    return f"{WEEKDAYS[settings.digest_day]} {settings.digest_at:%H:%M}"


def _parts(told: Digest, world: World) -> Iterator[Part]:
    yield _instead(told)
    yield _waited(told)
    yield _verdict(told, world)
    yield digest_figures.part(told) if _has_figures(told) else _empty(told)
    yield digest_parts.to_decide(told, world)
    yield digest_parts.overdue(told, world)
    yield digest_parts.due_soon(told, world)
    yield digest_parts.next_meeting(told, world)
    yield digest_parts.late(told, world)
    yield digest_parts.slipped(told, world)
    yield digest_parts.ahead(told, world)
    yield digest_parts.decided(told)
    yield digest_parts.good_news(told, world)
    as_of = moment(told.now, zone_of(told.reader, world))
    yield Part((plain(f"Numbers as of {as_of}; sent {when(told.group)}."),))


def _instead(told: Digest) -> Part:
    if not told.instead:
        return Part()
    lacking = told.instead in (notes.NO_CHAIR, notes.COCHAIR_AWAY, notes.NOBODY)
    words = f"role @name chair in {told.group.key}"
    said = f"{told.instead} Name one: {words}." if lacking else told.instead
    shown = f"{escape(told.instead)} Name one: `{words}`." if lacking else escape(told.instead)
    return Part((plain(said),), (context("digest:instead", shown),))


def _waited(told: Digest) -> Part:
    """Why it comes later than on its day."""
    if not told.waited:
        return Part()
    *others, last = [f"{day:%A}" for day in told.waited]
    names = f"{', '.join(others)} and {last}" if others else last
    is_ = "are" if others else "is"
    one, many = ("a holiday", "holidays") if told.waited_for_holidays else (_FREE, f"{_FREE}s")
    said = f"It comes later this week: {names} {is_} {many if others else one} for you."
    return Part((said,), (context("digest:waited", said),))


def _verdict(told: Digest, world: World) -> Part:
    """State, how many overdue, and how ready the next call is, in one sentence; then why."""
    state = WORDS[told.status.judged.standing]
    counted = _counted(told.figures.open, told.figures.overdue)
    zone = zone_of(told.reader, world)
    why = []
    if told.status.judged.because:
        why.append(f"Why: {clip(reason(told.status.judged), REASON)}.")
    if told.status.remarks:
        why.append(f"Also to know: {clip(remarks(told.status.remarks), REASON)}.")
    why += _still(told)
    shown = f"*{state}:* {counted}, and {_call(told, zone, shown=True)}."
    said = f"{state.partition(' ')[2]}: {counted}, and {_call(told, zone)}."
    text = "\n".join([shown, *map(escape, why)])
    return Part((plain(said), *map(plain, why)), (section("digest:verdict", text),))


def _still(told: Digest) -> list[str]:
    """That the same is told again as nobody did anything."""
    if told.unchanged_since is None:
        return []
    since = f"No action or deadline has changed since {day_words(told.unchanged_since)}"
    if not told.to_decide:
        return [f"{since}."]
    waits = "thing waits" if told.to_decide == 1 else "things wait"
    longest = f", the longest since {day_words(told.waits_since)}" if told.waits_since else ""
    return [f"{since}; {told.to_decide} {waits} for a word{longest}."]


def _counted(open_: int, overdue: int) -> str:
    if not open_:
        return "there is no open action"
    verb = "is" if overdue <= 1 else "are"
    return f"{overdue or 'none'} of {count(open_, 'open action')} {verb} overdue"


def _call(told: Digest, zone: str, *, shown: bool = False) -> str:
    meeting = told.status.meeting
    if meeting is None:
        return "no next meeting is set"
    at = instant(meeting.starts, zone) if shown else moment(meeting.starts, zone)
    kind = KINDS[meeting.kind]
    if told.status.ready is None:
        return f"the next {kind}, {meeting.ref}, is on {at}"
    return f"the next {kind}, {meeting.ref} on {at}, is {told.status.ready} % ready"


def _has_figures(told: Digest) -> bool:
    figures = told.figures
    return bool(figures.open or figures.new or figures.closed or figures.dropped or told.trend)


def _empty(told: Digest) -> Part:
    said = (
        "No actions are noted here yet, so there is nothing to count. "
        "Note what somebody promised at the last meeting, by when."
    )
    new = button("New action", Id.ITEM_NEW, value(group=told.group.key), primary=True)
    return Part((said,), (section("digest:empty", said, new),))


def _quiet(told: Digest, world: World) -> Message:
    meeting = told.status.meeting
    zone = zone_of(told.reader, world)
    title = f"{short(told.group)}, week {number(told.week)}"
    said = "nothing overdue, nothing due, nothing to decide."
    next_, shown = "No next meeting is set.", "No next meeting is set."
    if meeting is not None:
        ready = "" if told.status.ready is None else f", {told.status.ready} % ready"
        next_ = f"Next meeting {meeting.ref}, {moment(meeting.starts, zone)}{ready}."
        shown = f"Next meeting {meeting.ref}, {instant(meeting.starts, zone)}{ready}."
    word = WORDS[told.status.judged.standing]
    instead = _instead(told)
    foot = [escape(world.programme.label)] if world.programme.label else []
    return message(
        " ".join([plain(f"{title}: {word.partition(' ')[2]}, {said} {next_}"), *instead.said]),
        section("digest:quiet", f"{word} · *{escape(title)}*: {said} {shown}", _menu(told.group)),
        *instead.pieces,
        *([context("digest:foot", *foot)] if foot else []),
    )


def _buttons(group: Group) -> list[Element]:
    line = value(line=f"action list open {group.key}")
    settings = button("Group settings", Id.GROUP_SETTINGS_OPEN, value(group=group.key))
    return [button("Full list", Id.WORD_RUN, line), settings, _menu(group)]


def _menu(group: Group) -> Element:
    choices = [
        ("Definitions of the numbers", "help digest"),
        ("As it stands now", f"digest {group.key}"),
        ("Only when there is news", f"digest news {group.key}"),
        ("No more of these", f"digest off {group.key}"),
    ]
    return overflow(nth(Id.WORD_RUN, 2), [(label, value(line=line)) for label, line in choices])


def _foot(told: Digest, world: World) -> Iterator[str]:
    zone = zone_of(told.reader, world)
    yield (
        f"Numbers as of {escape(moment(told.now, zone))} · sent {when(told.group)}, your time · "
        f"to change that: Group settings, or `digest off {told.group.key}`"
    )
    if world.programme.label:
        yield escape(world.programme.label)
