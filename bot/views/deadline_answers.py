"""What people hear after they did something to a deadline, and all that was done to it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.domain.deadlines import Deadline
from bot.domain.items import Change
from bot.domain.knock_on import Hit, Step
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.views.blocks import actions, clip, escape, instant, message, plain, section
from bot.views.dates import count, day_words, today
from bot.views.deadlines import NAMED, groups, moved, run, state, title_text, titled
from bot.views.lists import spelled
from bot.views.people import name, named, zone_of

HISTORY = 25
_DONE = {
    "met": "is met",
    "drop": "is dropped",
    "edit": "has a new text",
    "give": "was handed over",
}
_DID = {
    "add": "added it",
    "move": "moved it",
    "met": "said it is met",
    "drop": "dropped it",
    "stage": "brought it on",
    "needs": "said what it waits for",
    "edit": "changed the text",
    "give": "gave it to",
}


def added(
    deadline: Deadline, world: World, now: datetime, notes: Iterable[str] = (), *, aloud: bool
) -> Message:
    """`notes` are whole sentences; `aloud`: before others, who are told no distances."""
    owner = f" for {named([deadline.owner], world)}" if deadline.owner else ""
    verb = f"Recorded as {deadline.ref}" if aloud else f"{deadline.ref} added"
    text = (
        f"{verb}{owner}: {title_text(deadline)}, {deadline.kind.value} due "
        f"{day_words(deadline.due)}, in {plain(groups(deadline.groups, world))}."
    )
    return _said(deadline, " ".join([text, *map(plain, notes)]))


def changed(deadline: Deadline, verb: str, world: World, notes: Iterable[str] = ()) -> Message:
    """`verb` as typed; `notes` are whole sentences."""
    return _said(deadline, " ".join([_happened(deadline, verb, world), *map(plain, notes)]))


def consequences(
    late: Sequence[tuple[Step, date]], hits: Sequence[Hit], world: World
) -> tuple[str, ...]:
    """Whole sentences, unescaped: what is needed too late, and what this makes late."""
    said = [
        f"It falls before what it needs: {step.ref} cannot be met before {day_words(day)}."
        for step, day in late[:NAMED]
    ]
    said += [
        f"That hits {hit.step.ref} of {groups(hit.step.groups, world)}, due "
        f"{day_words(hit.step.due)}: waiting for {hit.because}, it cannot be met before "
        f"{day_words(hit.earliest)}."
        for hit in hits[:NAMED]
    ]
    more = max(0, len(late) - NAMED) + max(0, len(hits) - NAMED)
    return (*said, *([f"And {more} more."] if more else []))


def slip(deadline: Deadline, hits: Sequence[Hit], world: World) -> Message:
    """For who leads what it hits: ids and dates, no words of another group."""
    head = (
        f"{deadline.ref} of {groups(deadline.groups, world)} is now due "
        f"{day_words(deadline.due)}, {moved(deadline)}."
    )
    words = " ".join(plain(said) for said in (head, *consequences((), hits, world)))
    return message(words, section(f"{deadline.ref}:slip", words))


def aside(deadline: Deadline, notes: Sequence[str]) -> Message:
    """What other groups have to do with it, for the asker alone."""
    return _said(deadline, " ".join([f"About {deadline.ref}, for you alone:", *map(plain, notes)]))


def history(
    deadline: Deadline, changes: tuple[Change, ...], world: World, viewer: UserId
) -> Message:
    """Oldest first; of a long one the latest 25."""
    zone, latest = zone_of(viewer, world), changes[-HISTORY:]
    told = [(change, _did(change, world)) for change in latest]
    spoken = [
        f"{day_words(today(c.at, zone))} {plain(name(c.by, world))} {plain(words)}."
        for c, words in told
    ]
    rows = [
        f"{instant(c.at, zone)} {escape(name(c.by, world))} {escape(words)}" for c, words in told
    ]
    head = f"History of {deadline.ref}, {title_text(deadline)}: {count(len(changes), 'change')}."
    pieces = [
        section(f"{deadline.ref}:rows{start}", "\n".join(rows[start : start + 5]))
        for start in range(0, len(rows), 5)
    ]
    title = section(f"{deadline.ref}:head", f"History of {titled(deadline)}")
    return message(spelled(head, spoken), title, *pieces)


def _happened(deadline: Deadline, verb: str, world: World) -> str:
    title = title_text(deadline)
    if verb == "move":
        return f"{deadline.ref} is now due {day_words(deadline.due)}, {moved(deadline)}: {title}."
    if verb == "stage":
        return f"{deadline.ref} is now a {state(deadline)}: {title}."
    if verb == "needs":
        waits = ", ".join(deadline.needs) or "nothing any more"
        return f"{deadline.ref} waits for {plain(waits)}: {title}."
    whom = f" to {named([deadline.owner], world)}" if verb == "give" and deadline.owner else ""
    return f"{deadline.ref} {_DONE[verb]}{whom}: {title}."


def _did(change: Change, world: World) -> str:
    """After who did it; unescaped."""
    said = _DID.get(change.verb, change.verb)
    if change.verb == "give":
        return f"{said} {name(change.detail, world)}"
    words = clip(" ".join(change.detail.split()), 200)
    return f"{said}: {words}" if words else said


def _said(deadline: Deadline, words: str) -> Message:
    return message(
        words,
        section(f"{deadline.ref}:said", words),
        actions(f"{deadline.ref}:then", run(1, "Details", deadline.ref)),
    )
