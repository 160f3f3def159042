"""What a chair or coordinator is told of something that stays overdue, in their daily message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.deadlines import Deadline
from bot.domain.items import Item, ItemState
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.views import deadlines, facts
from bot.views.blocks import Element, actions, message, section
from bot.views.buttons import deciding_buttons
from bot.views.dates import day_words, today
from bot.views.people import group_of, name, named, shown, zone_of
from bot.views.text import clip, escape, plain

WORD_SHOWN = 140
ONCE = "I say it again only if somebody says a word or moves the date, and it stays overdue then."

Told = tuple[tuple[UserId, datetime], ...]
"""Who was told of it before, and when."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """Unescaped; `word` is what an owner last said of it, `word_at` when."""

    ref: str
    title: str
    due: str
    late: str
    where: str
    owners: tuple[UserId, ...]
    moved: str = ""
    state: str = ""
    word: str = ""
    word_at: datetime | None = None


def action(item: Item, to: UserId, world: World, now: datetime, told: Told = ()) -> Message:
    zone = zone_of(to, world)
    own = [note for note in item.notes if note.by in item.owners][-1:]
    state = ""
    if item.state is ItemState.IN_PROGRESS and item.state_since is not None:
        state = f"in progress since {day_words(today(item.state_since, zone))}"
    known = _Facts(
        ref=item.ref,
        title=facts.title_text(item),
        due=facts.due(item, world),
        late=facts.distance(item, world, now),
        where=group_of(item, world).short,
        owners=item.owners,
        moved=facts.moved(item),
        state=state,
        word=own[0].text if own else "",
        word_at=own[0].at if own else None,
    )
    return _said(known, facts.titled(item), to, world, told, deciding_buttons(item))


def deadline(
    due: Deadline,
    to: UserId,
    world: World,
    now: datetime,
    told: Told = (),
    buttons: Sequence[Element] = (),
) -> Message:
    known = _Facts(
        ref=due.ref,
        title=deadlines.title_text(due),
        due=day_words(due.due),
        late=deadlines.distance(due, world, now),
        where=deadlines.groups(due.groups, world),
        owners=due.owners,
        moved=facts.moved(due),
        state=deadlines.state(due),
        word=due.note,
    )
    return _said(known, deadlines.titled(due), to, world, told, buttons)


def _said(
    known: _Facts, titled: str, to: UserId, world: World, told: Told, buttons: Sequence[Element]
) -> Message:
    zone = zone_of(to, world)
    word = clip(known.word, WORD_SHOWN)
    when = f" ({day_words(today(known.word_at, zone))})" if known.word_at else ""
    silent = "" if known.word or known.state else "No word since it was due. "
    before = " ".join(
        f"I told {name(user, world) if user != to else 'you'} on {day_words(today(at, zone))}."
        for user, at in told
    )
    owners = "Owner" if len(known.owners) == 1 else "Owners"
    more = ", ".join(filter(None, [known.state, known.moved]))
    lines = [
        f"🔴 Overdue: was due {known.due} ({known.late}) · {escape(known.where)}",
        f"{owners}: {shown(known.owners, world)}" + (f" · {escape(more)}" if more else ""),
        f"Last word{when}: {escape(word)}" if word else "",
        escape(f"{silent}{before}"),
        ONCE,
    ]
    text = [
        f"{known.ref}, {known.title}, was due {known.due}, {known.late}, "
        f"for {named(known.owners, world)}, in {plain(known.where)}",
        plain(more),
        f"last word{when}: {plain(word).rstrip(' .')}" if word else "",
    ]
    said = ", ".join(filter(None, text))
    rest = f" {silent.strip()}" if silent else ""
    pieces = [section(f"told:{known.ref}", "\n".join(filter(None, [titled, *lines])))]
    if buttons:
        return message(f"{said}.{rest}", *pieces, actions(f"told:{known.ref}:do", *buttons))
    return message(f"{said}.{rest}", *pieces)
