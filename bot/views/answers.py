"""What people hear, in private or in a thread, after they did something to an action."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.items import Item
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.views import facts
from bot.views.blocks import Element, Id, Piece, actions, button, context, message, section, value
from bot.views.buttons import press, undo
from bot.views.dates import day_words
from bot.views.people import absent, group_of, named, shown
from bot.views.text import plain


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an answer about several actions, safe for `text` as it stands."""

    words: str
    refused: bool = False


def added(
    item: Item, world: World, now: datetime, notes: tuple[str, ...] = (), request: str = ""
) -> Message:
    """Private; `notes` are whole sentences, see `assumptions` and `dates.date_notes`."""
    said = f"{item.ref} added {facts.sentence(item, world)}."
    all_notes = (*_asked(item, world), *absent(item, world, now), *notes)
    return message(
        " ".join([said, *(plain(note) for note in all_notes)]),
        section(f"{item.ref}:said", f"Added {_shown(item, world)}"),
        *_noted(item, all_notes),
        actions(
            f"{item.ref}:then",
            *([undo(request)] if request else []),
            press("Details", Id.ITEM_DETAILS, item),
            button("Add another", Id.ITEM_AGAIN, value(group=item.group)),
        ),
    )


def receipt(
    item: Item, world: World, now: datetime, notes: tuple[str, ...] = (), request: str = ""
) -> Message:
    """Thread reply, seen by all: nobody is mentioned again, the card does that."""
    said = f"Recorded as {item.ref} {facts.sentence(item, world)}."
    all_notes = (*_asked(item, world), *absent(item, world, now), *notes)
    return message(
        " ".join([said, *(plain(note) for note in all_notes)]),
        section(f"{item.ref}:said", f"Recorded as {_shown(item, world)}"),
        *_noted(item, all_notes),
        actions(
            f"{item.ref}:then",
            *([undo(request)] if request else []),
            press("Details", Id.ITEM_DETAILS, item),
        ),
    )


def already_recorded(item: Item, world: World, now: datetime) -> Message:
    said = f"Already recorded as {item.ref} {facts.sentence(item, world)}."
    return message(
        said,
        section(f"{item.ref}:said", f"Already recorded as {_shown(item, world)}"),
        actions(f"{item.ref}:then", press("Details", Id.ITEM_DETAILS, item)),
    )


def assumptions(*, owner_said: bool, due_days: int | None = None) -> tuple[str, ...]:
    """What was taken for granted; `due_days`: the group's default, None when a date was said."""
    said = [] if owner_said else ["No owner said, so it is yours."]
    if due_days is not None:
        said.append(f"No date said: the group's usual {due_days} days.")
    return tuple(said)


def changed(
    item: Item,
    verb: str,
    world: World,
    now: datetime,
    request: str,
    detail: str = "",
    notes: Iterable[str] = (),
) -> Message:
    """Private; `verb` as typed or as in the history: done, drop, give, move.

    `notes` are whole sentences.
    """
    said = Line(" ".join([line(item, verb, world, now, detail).words, *map(plain, notes)]))
    buttons: list[Element] = [undo(request)] if request else []
    buttons.append(press("Details", Id.ITEM_DETAILS, item))
    return message(
        said.words,
        section(f"{item.ref}:said", said.words),
        actions(f"{item.ref}:then", *buttons),
    )


def line(item: Item, verb: str, world: World, now: datetime, detail: str = "") -> Line:
    """The sentence of `changed`; `detail`: the reason or evidence if the action has none."""
    said = _SAID.get(verb)
    if said is None:
        return Line(f"{item.ref} was changed: {_rest(item, world)}.")
    gone = absent(item, world, now) if verb == "give" else ()
    words = " ".join([said(item, world, facts.reason_text(detail)), *gone])
    return Line(" ".join(words.split()))


def several(lines: tuple[Line, ...], request: str) -> Message:
    """Refusals come from `errors.refused`."""
    taken = any(not one.refused for one in lines)
    pieces = rows("several", lines)
    if taken and request:
        pieces.append(actions("several:then", undo(request)))
    return message(" ".join(one.words for one in lines), *pieces)


def _shown(item: Item, world: World) -> str:
    owners = shown(item.owners, world) if item.owners else "nobody yet"
    group = plain(group_of(item, world).short)
    return f"{facts.titled(item)}\n{owners} · due {facts.due(item, world)} · {group}"


def _asked(item: Item, world: World) -> tuple[str, ...]:
    asked = facts.waiting_for(item)
    if not asked:
        return ()
    return (f"Not confirmed yet: {named(asked, world)} will be asked.",)


def _noted(item: Item, notes: tuple[str, ...]) -> list[Piece]:
    """Sentences of ours, with names in them: already safe for `text`, so for mrkdwn too."""
    return [context(f"{item.ref}:notes", " ".join(plain(note) for note in notes))] if notes else []


def rows(name: str, lines: tuple[Line, ...]) -> list[Piece]:
    pages = [lines[start : start + 5] for start in range(0, min(len(lines), 50), 5)]
    return [
        section(f"{name}:{number}", "\n".join(f"• {one.words}" for one in page))
        for number, page in enumerate(pages)
    ]


Words = Callable[[Item, World, str], str]


def _rest(item: Item, world: World) -> str:
    """Title, owner and date, for after a colon."""
    owners = named(item.owners, world) if item.owners else "no owner"
    return f"{facts.title_text(item)} ({owners}, due {facts.due(item, world)})"


def _dated(item: Item, world: World) -> str:
    """Title and date, where the owners have been named already."""
    return f"{facts.title_text(item)}, due {facts.due(item, world)}"


def _because(words: str) -> str:
    return f" Reason: {words}." if words else ""


def _done(item: Item, world: World, detail: str) -> str:
    evidence = facts.reason_text(item.evidence) or detail
    with_it = f" With: {evidence}." if evidence else ""
    return f"{item.ref} is done: {_rest(item, world)}.{with_it}"


def _drop(item: Item, world: World, detail: str) -> str:
    why = _because(facts.reason_text(item.why) or detail)
    return f"{item.ref} will not be done: {_rest(item, world)}.{why}"


def _reopen(item: Item, world: World, detail: str) -> str:
    return f"{item.ref} is open again: {_rest(item, world)}."


def _start(item: Item, world: World, detail: str) -> str:
    return f"{item.ref} is in progress: {_rest(item, world)}."


def _block(item: Item, world: World, detail: str) -> str:
    why = _because(facts.reason_text(item.why) or detail)
    return f"{item.ref} is blocked: {_rest(item, world)}.{why}"


def _unblock(item: Item, world: World, detail: str) -> str:
    return f"{item.ref} is not blocked any more: {_rest(item, world)}."


def _give(item: Item, world: World, detail: str) -> str:
    asked = " ".join(_asked(item, world))
    return f"{item.ref} is now with {named(item.owners, world)}: {_dated(item, world)}. {asked}"


def _take(item: Item, world: World, detail: str) -> str:
    return f"{item.ref} is yours now: {_dated(item, world)}."


def _accept(item: Item, world: World, detail: str) -> str:
    return f"You have accepted {item.ref}: {_dated(item, world)}."


def _decline(item: Item, world: World, detail: str) -> str:
    after = f"it is with {named(item.owners, world)}" if item.owners else "it needs an owner"
    return f"You have declined {item.ref}, {after} now: {_dated(item, world)}.{_because(detail)}"


def _move(item: Item, world: World, detail: str) -> str:
    last = item.moves[-1] if item.moves else None
    was = f", not {day_words(last.old)}" if last else ""
    why = _because(facts.reason_text(last.because) if last else detail)
    moves = facts.moved(item)
    honest = f" It was {moves}." if moves else ""
    head = f"{item.ref} is now due {facts.due(item, world)}{was}"
    owners = named(item.owners, world) if item.owners else "no owner"
    return f"{head}: {facts.title_text(item)} ({owners}).{honest}{why}"


def _edit(item: Item, world: World, detail: str) -> str:
    return f"{item.ref} now reads: {_rest(item, world)}."


def _note(item: Item, world: World, detail: str) -> str:
    said = facts.reason_text(item.notes[-1].text) if item.notes else detail
    return f"Noted on {item.ref}: {said}. {_rest(item, world)}."


def _mute(item: Item, world: World, detail: str) -> str:
    return f"No more reminders to you about {item.ref}: {_rest(item, world)}."


def _tomorrow(item: Item, world: World, detail: str) -> str:
    return f"You hear of {item.ref} again on your next working morning: {_rest(item, world)}."


def _quiet(item: Item, world: World, detail: str) -> str:
    later = item.quiet and item.quiet[-1].until is not None
    return (_tomorrow if later else _mute)(item, world, detail)


_SAID: dict[str, Words] = {
    "done": _done,
    "drop": _drop,
    "reopen": _reopen,
    "start": _start,
    "block": _block,
    "unblock": _unblock,
    "give": _give,
    "take": _take,
    "accept": _accept,
    "decline": _decline,
    "move": _move,
    "extend": _move,
    "edit": _edit,
    "note": _note,
    "mute": _mute,
    "tomorrow": _tomorrow,
    "quiet": _quiet,
}
