"""Why something was said or not, in words for the one who asks."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.explanations import Fate, Held, Told
from bot.domain.items import Answer, Item
from bot.domain.model import Ref, Role, UserId, World
from bot.domain.notices import AGAIN, ASK, ESCALATE, SILENT, silent_owner
from bot.domain.outbox import Message
from bot.domain.things import Thing, is_closed
from bot.views import deadlines, facts
from bot.views.blocks import Piece, actions, context, message, section
from bot.views.dates import count, day_words, today
from bot.views.history import details, title_text, titled
from bot.views.lists import spelled
from bot.views.people import name, zone_of
from bot.views.text import clip, escape, moment, plain

SHOWN = 25
A_PIECE = 5
FOLDED_SHOWN = 400
AHEAD = (Fate.PLANNED, Fate.WAITS, Fate.SENDING)
_SAID = (Fate.SENT, Fate.MERGED)


def why(
    thing: Thing, told: tuple[Told, ...], world: World, viewer: UserId, now: datetime
) -> Message:
    """What is ahead, what was said, what one change took back in one line; of many the latest."""
    zone = zone_of(viewer, world)
    ahead = [one for one in told if one.fate in AHEAD][:SHOWN]
    gone = _taken_back([one for one in told if one.fate is Fate.WITHDRAWN])
    gone = gone[max(0, len(gone) + len(ahead) - SHOWN) :]
    past = [one for one in told if one.fate not in (*AHEAD, Fate.WITHDRAWN)]
    said_ = past[max(0, len(past) + len(ahead) + len(gone) - SHOWN) :]
    rows = [told_words(one, world, zone, told) for one in (*ahead, *said_)]
    rows += [_folded(some, world, zone) for some in gone]
    notes = _notes(thing, told, world, now)
    left = len(told) - len(ahead) - len(said_) - sum(map(len, gone))
    earlier = [f"{count(left, 'earlier one')} not shown."] if left else []
    said = count(len(told), "reminder") if told else "nothing said yet"
    head = f"Why {thing.ref}, {title_text(thing)}: {said}."
    pieces: list[Piece] = [section("why:head", f"Reminders about {titled(thing)}")]
    pieces += pieces_of("why", [escape(row) for row in rows])
    pieces.append(context("why:notes", escape(" ".join([*earlier, *notes]))))
    pieces.append(actions("why:then", details(thing)))
    spoken = [plain(row) for row in (*notes, *earlier, *rows)]
    return message(spelled(head, spoken), *pieces)


def why_not(ref: Ref) -> Message:
    """Of a decision."""
    have = "only actions, deadlines and meetings have them"
    said = f"There are no reminders about {plain(ref)} yet: {have}."
    return message(said, section("why:head", said))


def pieces_of(prefix: str, rows: Sequence[str]) -> list[Piece]:
    return [
        section(f"{prefix}:{start}", "\n".join(rows[start : start + A_PIECE]))
        for start in range(0, len(rows), A_PIECE)
    ]


def _taken_back(told: Sequence[Told]) -> list[list[Told]]:
    """Those that one change took back together, latest last."""
    found: dict[object, list[Told]] = {}
    for number, one in enumerate(told):
        change = one.because
        key = (change.at, change.verb, change.by) if change else number
        found.setdefault(key, []).append(one)
    return list(found.values())


def _folded(told: Sequence[Told], world: World, zone: str) -> str:
    """Each step once, with all who were to hear of it."""
    if len(told) == 1:
        return told_words(told[0], world, zone)
    steps: dict[str, list[str]] = {}
    for one in told:
        what = " and ".join(_step(one, step, world) for step in one.steps) or "a word about it"
        day = day_words(today(one.at, zone_of(one.to, world)))
        steps.setdefault(f"{what} ({day})", []).append(name(one.to, world))
    whose = [f"{what}, to {', '.join(dict.fromkeys(names))}" for what, names in steps.items()]
    head = f"{count(len(told), 'reminder')} {_fate(told[0], world, zone)}"
    return clip(f"{head}: {'; '.join(whose)}", FOLDED_SHOWN)


def told_words(told: Told, world: World, zone: str, all_: Sequence[Told] = ()) -> str:
    """Unescaped; the recipient's own wall time, what happened to it in the asker's.

    `all_`: among which the same may have been said on another day.
    """
    steps = " and ".join(_step(told, step, world) for step in told.steps)
    what = steps or "a word about it"
    rolled = (
        f", from {day_words(told.rolled)}, {_HELD[told.off]}" if told.rolled and told.off else ""
    )
    held = (
        f"; held back from {day_words(told.meant)}, {_HELD[told.held]}"
        if told.held and told.meant
        else ""
    )
    at = moment(told.at, zone_of(told.to, world))
    before = told.fate is Fate.SAID_BEFORE
    fate = _said_before(told, all_, world) if before else _fate(told, world, zone)
    return f"{at}, to {name(told.to, world)} ({what}{rolled}): {fate}{held}."


def _said_before(told: Told, all_: Sequence[Told], world: World) -> str:
    alike = (one for one in all_ if (one.to, one.kind) == (told.to, told.kind))
    said = [o for o in alike if o.fate in _SAID and set(o.steps) & set(told.steps)]
    if not said:
        return FATES[Fate.SAID_BEFORE]
    return f"not sent, it was said on {day_words(today(said[-1].at, zone_of(told.to, world)))}"


def _step(told: Told, step: str, world: World) -> str:
    if told.kind == SILENT:
        return f"word that {name(silent_owner(step), world)} has not answered"
    if told.kind == ASK:
        return "the question whether they take it on"
    if told.kind == ESCALATE:
        days = int(step.removeprefix("+").removesuffix("wd"))
        held = {membership.role for membership in world.roles(told.to)}
        who = next((said for role, said in _IN_CHARGE.items() if role in held), "in charge")
        return f"+{count(days, 'working day')} without a word: {who}"
    if step == AGAIN:
        return "put off to that day"
    if step.endswith("wd"):
        return f"{count(int(step.removesuffix('wd')), 'working day')} after"
    days = int(step.removesuffix("d"))
    if days == 0:
        return "on the due day"
    return f"{count(abs(days), 'day')} {'before' if days < 0 else 'after'}"


_IN_CHARGE = {
    Role.CHAIR: "the chair",
    Role.COCHAIR: "the co-chair",
    Role.COORDINATOR: "the coordinator",
}
_HELD = {
    Held.AWAY: "when they are away",
    Held.CLOSED: "when all is closed",
    Held.HOLIDAY: "a public holiday there",
    Held.DAY_OFF: "no working day of theirs",
    Held.ENOUGH: "when that day's one message was out or their hours were over",
    Held.DELAYED: "late: I was offline, or Slack kept me waiting",
}
FATES = {
    Fate.SENT: "sent",
    Fate.MERGED: "sent, within that day's one message",
    Fate.WAITS: "waits to be sent",
    Fate.SENDING: "is being sent",
    Fate.UNCLEAR: "perhaps sent, Slack did not say",
    Fate.REFUSED: "Slack refused it",
    Fate.LATE: "not sent, it was too late to be useful",
    Fate.SAID_BEFORE: "not sent, its time had passed when I began to remind them of this",
    Fate.WITHDRAWN: "taken back",
    Fate.PLANNED: "planned",
}


def _fate(told: Told, world: World, zone: str) -> str:
    said = FATES[told.fate]
    if told.fate is Fate.REFUSED:
        return f"{said} ({told.why})" if told.why else said
    if told.fate is not Fate.WITHDRAWN:
        return said
    change = told.because
    if change is None:
        return f"{said}, because {_WHY_GONE.get(told.why, 'settings have changed')}"
    because = _BECAUSE.get(change.verb, "it changed")
    return f"{said}, because {because} ({name(change.by, world)}, {moment(change.at, zone)})"


_WHY_GONE = {"left": "they left", "left the group": "they left the group"}
_BECAUSE = {
    "done": "it was done",
    "drop": "it was dropped",
    "move": "its date was moved",
    "give": "it was handed over",
    "take": "it was taken on by somebody",
    "accept": "it was accepted",
    "decline": "it was declined",
    "quiet": "they muted it or put it off",
    "leave": "its owner left",
    "undo": "the last change was taken back",
    "reopen": "it was opened again",
    "start": "somebody said that they are on it",
    "note": "a note was added",
    "block": "it was blocked",
    "unblock": "it is not blocked any more",
    "merge": "it came into another group",
    "met": "it was met",
    "stage": "it went a stage further",
    "needs": "it waits for something else now",
    "edit": "its words were changed",
}


def _notes(thing: Thing, told: tuple[Told, ...], world: World, now: datetime) -> list[str]:
    """What holds for all that is to come."""
    if is_closed(thing):
        return [f"It is {_state(thing, world)}: I say nothing more about it."]
    if not thing.owners and isinstance(thing, Item):
        return ["It has no owner: there is nobody to remind."]
    said = [] if thing.owners else ["It has no owner: I remind those who mind its groups."]
    for one in thing.assignments if isinstance(thing, Item) else ():
        if one.answer is Answer.ASKED:
            who = name(one.user, world)
            said.append(f"{who} has not accepted it yet: until then I do not remind of its date.")
    for wish in thing.quiet:
        if wish.until is None and (wish.user in thing.owners or not thing.owners):
            said.append(f"{name(wish.user, world)} has muted it.")
    if all(one.fate not in AHEAD for one in told):
        said.append("Nothing more is planned.")
    return said or ["This holds if nothing changes."]


def _state(thing: Thing, world: World) -> str:
    if isinstance(thing, Item):
        return facts.state_text(thing, world)
    return deadlines.STAGES[thing.stage]
