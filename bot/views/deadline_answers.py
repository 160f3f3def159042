"""What people hear after they did something to a deadline, and whom a date that moved hits."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.deadlines import Deadline
from bot.domain.knock_on import Hit, Step
from bot.domain.model import GroupKey, UserId, World
from bot.domain.outbox import Message
from bot.domain.things import Thing, due_day, groups_of
from bot.views import facts
from bot.views.blocks import (
    Element,
    Id,
    actions,
    button,
    message,
    plain,
    section,
    select,
    value,
)
from bot.views.buttons import undo
from bot.views.dates import count, day_words
from bot.views.deadline_buttons import run
from bot.views.deadlines import NAMED, groups, sentence, state, title_text
from bot.views.error_gaps import GAP
from bot.views.people import name, named

_DONE = {
    "met": "is met",
    "drop": "is dropped",
    "reopen": "is open again",
    "edit": "has a new text",
    "give": "was handed over",
}


def added(
    deadline: Deadline,
    world: World,
    notes: Iterable[str] = (),
    request: str = "",
    later: date | None = None,
    *,
    aloud: bool,
) -> Message:
    """`notes` are whole sentences; `aloud`: before others, who are told no distances.

    `later`: the day that it could be moved to, for all that it waits for.
    """
    owner = f" for {named([deadline.owner], world)}" if deadline.owner else ""
    verb = f"Recorded as {deadline.ref}" if aloud else f"{deadline.ref} added"
    text = (
        f"{verb}{owner}: {title_text(deadline)}, {deadline.kind.value} due "
        f"{day_words(deadline.due)}, in {plain(groups(deadline.groups, world))}."
    )
    return _said(deadline, " ".join([text, *map(plain, notes)]), request, later)


def already_recorded(deadline: Deadline, world: World) -> Message:
    return _said(deadline, f"Already recorded as {deadline.ref} {sentence(deadline, world)}.")


def changed(
    deadline: Deadline,
    verb: str,
    world: World,
    notes: Iterable[str] = (),
    request: str = "",
    later: date | None = None,
) -> Message:
    """`verb` as typed; `notes` are whole sentences, `later` as in `added`."""
    words = " ".join([_happened(deadline, verb, world), *map(plain, notes)])
    return _said(deadline, words, request, later)


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


def needless(closed: Sequence[Step], waiting: Sequence[Step], ref: str) -> tuple[str, ...]:
    """Whole sentences: what is closed already, and what waits for one that is dropped."""
    said = [f"{step.ref} is closed already, so it holds nothing up." for step in closed[:NAMED]]
    if waiting:
        refs = [step.ref for step in waiting[:NAMED]]
        more = [f"{len(waiting) - NAMED} more"] if len(waiting) > NAMED else []
        verb = "waits" if len(waiting) == 1 else "wait"
        said.append(f"{' and '.join([*refs, *more])} {verb} for {ref} no longer.")
    return tuple(said)


def still_open(refs: Sequence[str]) -> str:
    """Of a closed group, a whole sentence; nothing where there is none."""
    return f"It still has {_counted(refs)}." if refs else ""


def came_along(refs: Sequence[str]) -> str:
    """Into the group that another was merged into."""
    return f"With it came {_counted(refs)}." if refs else ""


def _counted(refs: Sequence[str]) -> str:
    more = f" and {len(refs) - NAMED} more" if len(refs) > NAMED else ""
    return f"{count(len(refs), 'open deadline')}: {', '.join(refs[:NAMED])}{more}"


def slip(thing: Thing, hits: Sequence[Hit], world: World) -> Message:
    """For who minds what it hits: ids and dates, no words of another group."""
    head = (
        f"{thing.ref} of {groups(groups_of(thing), world)} is now due "
        f"{day_words(due_day(thing))}, {facts.moved(thing)}."
    )
    words = " ".join(plain(said) for said in (head, *consequences((), hits, world)))
    return message(words, section(f"{thing.ref}:slip", words))


def shared(deadline: Deadline, by: UserId, world: World) -> Message:
    """For who minds a group that it is for too, though somebody of another one set it."""
    words = f"{named([by], world)} set {deadline.ref} for {plain(groups(deadline.groups, world))}"
    words += f", {title_text(deadline)}, due {day_words(deadline.due)}."
    words = words[0].upper() + words[1:]
    details = actions(f"{deadline.ref}:shared:do", run(1, "Details", deadline.ref))
    return message(words, section(f"{deadline.ref}:shared", words), details)


def heard(keys: Sequence[GroupKey], world: World) -> tuple[str, ...]:
    """A whole sentence, unescaped: whose chairs hear of it."""
    return (f"The chairs of {groups(keys, world)} hear of it today.",) if keys else ()


def aside(deadline: Deadline, notes: Sequence[str], later: date | None = None) -> Message:
    """What other groups have to do with it, for the asker alone."""
    words = " ".join([f"About {deadline.ref}, for you alone:", *map(plain, notes)])
    return _said(deadline, words, later=later)


def whom(deadline: Deadline, people: Sequence[UserId], world: World) -> Message:
    """Who shall have it: the pick runs the line that the row carries."""
    words = f"Who shall have {deadline.ref}, {title_text(deadline)}?"
    known = sorted((name(user, world), str(user)) for user in people if user in world.people)
    carried = value(line=f"deadline give {deadline.ref} {GAP}")
    picker = [actions(carried, select(Id.ITEM_PICK_OWNER, known, "Pick a person"))] if known else []
    return message(words, section(f"{deadline.ref}:whom", words), *picker)


def _happened(deadline: Deadline, verb: str, world: World) -> str:
    title = title_text(deadline)
    if verb == "move":
        last = deadline.moves[-1]
        return (
            f"{deadline.ref} is now due {day_words(deadline.due)}, not {day_words(last.old)}, "
            f"{facts.moved(deadline)}: {title}. Reason: {facts.reason_text(last.because)}."
        )
    if verb == "stage":
        return f"{deadline.ref} is now a {state(deadline)}: {title}."
    if verb == "needs":
        waits = ", ".join(deadline.needs) or "nothing any more"
        return f"{deadline.ref} waits for {plain(waits)}: {title}."
    if verb == "reopen":
        return f"{deadline.ref} is open again, due {day_words(deadline.due)}: {title}."
    whom = f" to {named([deadline.owner], world)}" if verb == "give" and deadline.owner else ""
    return f"{deadline.ref} {_DONE[verb]}{whom}: {title}."


def _said(deadline: Deadline, words: str, request: str = "", later: date | None = None) -> Message:
    buttons = [undo(request)] if request else []
    if later is not None and later > deadline.due:
        buttons.append(move_button(deadline, f"Move to {day_words(later)}", later))
    return message(
        words,
        section(f"{deadline.ref}:said", words),
        actions(f"{deadline.ref}:then", *buttons, run(1, "Details", deadline.ref)),
    )


def move_button(deadline: Deadline, label: str = "Change date", day: date | None = None) -> Element:
    """Opens the form for another date, which starts with `day`; the reason is asked there."""
    packed = value(deadline.ref, deadline.version, due=day.isoformat() if day else "")
    return button(label, Id.DEADLINE_MOVE, packed, names=f"{deadline.ref} {deadline.text}")
