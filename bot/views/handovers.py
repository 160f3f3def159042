"""What somebody left behind: told, shown in full, handed over by a form, tried out first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.departures import Departure, Left, Why
from bot.domain.items import Item
from bot.domain.model import Ref, Role, UserId, World
from bot.domain.outbox import Block, Message
from bot.views import facts
from bot.views.blocks import (
    Element,
    Field,
    Id,
    Piece,
    View,
    actions,
    button,
    context,
    input_,
    message,
    modal,
    section,
    select,
    value,
)
from bot.views.buttons import undo
from bot.views.dates import count, day_words, today
from bot.views.item_forms import Origin
from bot.views.notices import LEFT
from bot.views.people import name, named
from bot.views.reports import ROLE_WORDS
from bot.views.text import plain

SHOWN = 20
"""Actions with a choice of their own in the form; one person can be picked for all."""
LISTED = 25
_SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a hand-over by somebody, tried or done; `skipped` are sentences, safe for `text`."""

    by: UserId
    given: tuple[tuple[Item, UserId], ...] = ()
    roles: tuple[tuple[Role, UserId], ...] = ()
    skipped: tuple[str, ...] = ()


def left_line(left: Left, world: World) -> Message:
    """One part of a daily message; once nothing waits, how it ended."""
    who, where = plain(name(left.departure.user, world)), _where(left)
    key = f"{LEFT}:{left.departure.id}"
    if not left.waits:
        end = "is back" if left.back else "has left"
        text = f"{who} {end} ({where}): nothing of theirs waits any more."
        return message(text, section(f"{_SETTLED}:{key}", text))
    text = f"{_opening(left, world)} {_waiting(left)}".strip()
    return message(text, section(key, text), actions(f"{key}:do", *_buttons(left)))


def _opening(left: Left, world: World) -> str:
    who, where = plain(name(left.departure.user, world)), _where(left)
    if left.back:
        again = " Everything can be as it was." if left.restorable else ""
        return f"{who} is back in {where}.{again}"
    return {
        Why.DEACTIVATED: f"{who} is no longer in this workspace, and has left {where}.",
        Why.CHANNEL: f"{who} has left {where}.",
        Why.REMOVED: f"{who} was taken out of {where}.",
    }[left.departure.why]


def _waiting(left: Left) -> str:
    said = []
    if left.items:
        verb = "needs" if len(left.items) == 1 else "need"
        said.append(f"{count(len(left.items), 'open action')} {verb} an owner")
    said += [f"the {ROLE_WORDS[role]}'s role is free" for role in left.free]
    if not said:
        return ""
    chair = f" {_where(left)} has no chair now: please name one." if Role.CHAIR in left.free else ""
    words = "; ".join(said)
    return f"{words[0].upper()}{words[1:]}.{chair}"


def _where(left: Left) -> str:
    return plain(left.group.short or left.group.name) if left.group else plain(left.departure.group)


def _buttons(left: Left) -> list[Element]:
    carried, about = value(str(left.departure.id)), _where(left)
    made = []
    if left.back and left.restorable:
        made.append(
            button("Give everything back", Id.HANDOVER_BACK, carried, primary=True, names=about)
        )
    if left.items or left.free:
        primary = not (left.back and left.restorable)
        made.append(button("Hand over", Id.HANDOVER_OPEN, carried, primary=primary, names=about))
    return [*made, button("Details", Id.HANDOVER_DETAILS, carried, names=about)]


def details(all_left: Sequence[Left], world: World) -> Message:
    """Everything that waits, with the same buttons; private."""
    if not all_left:
        text = "Nothing waits to be handed over."
        return message(text, section("handover:none", text))
    pieces: list[Piece] = []
    said = []
    for left in all_left[:10]:
        key = f"handover:{left.departure.id}"
        text = f"{_opening(left, world)} {_waiting(left)}".strip()
        rows = [_row(item, world) for item in left.items[:LISTED]]
        rows += _more(len(left.items) - len(rows))
        was = _was(left.departure, world)
        pieces.append(section(key, text))
        pieces += [
            section(f"{key}:{at}", "\n".join(rows[at : at + 5])) for at in range(0, len(rows), 5)
        ]
        pieces += [context(f"{key}:was", was), actions(f"{key}:do", *_buttons(left))]
        texts = [f"{i.ref}, {facts.title_text(i)}, due {facts.due(i, world)}" for i in left.items]
        said.append(" ".join([text, *(f"{one}." for one in texts[:LISTED]), was]))
    return message(" ".join(said), *pieces[:49])


def _was(departure: Departure, world: World) -> str:
    group = world.groups.get(departure.group)
    day = day_words(today(departure.at, group.zone if group else world.programme.zone))
    roles = " and ".join(ROLE_WORDS[role] for role in departure.roles)
    return f"Since {day}. Was {roles}." if roles else f"Since {day}."


def _row(item: Item, world: World) -> str:
    return f"{facts.titled(item)} · due {facts.due(item, world)}"


def _more(number: int) -> list[str]:
    return [f"And {number} more."] if number > 0 else []


def form(
    left: Left,
    people: Sequence[UserId],
    suggested: Mapping[Ref, UserId],
    world: World,
    where: Origin,
) -> View:
    """A choice for each of the first twenty actions (`give#EM-2`), one for all, one for each role.

    Callback handover.try; private_metadata carries the departure's id as `ref`.
    """
    first = {*suggested.values()}
    ordered = sorted(people, key=lambda user: (user not in first, name(user, world).casefold()))
    choices = [(_person(user, world), user) for user in ordered]
    pieces: list[Piece] = [section("about", f"{_opening(left, world)} {_waiting(left)}")]
    if not choices:
        pieces.append(section("nobody", "Nobody else is in this group yet: add somebody first."))
        return modal("Hand over", pieces, callback=Id.HANDOVER_TRY)
    for item in left.items[:SHOWN]:
        pick = select(
            f"{Field.GIVE}#{item.ref}", choices, "Nobody yet", suggested.get(item.ref, "")
        )
        label = f"{item.ref} {facts.title_text(item)}, due {facts.due(item, world)}"
        pieces.append(input_(f"{Field.GIVE}#{item.ref}", label, pick, optional=True))
    rest = len(left.items) - SHOWN
    if rest > 0:
        pieces.append(
            context("rest", f"{count(rest, 'more action')} not shown: pick one person for all.")
        )
    if left.items:
        every = select(Field.OWNER, choices, "Pick one person")
        hint = "If you pick somebody here, the choices above do not count."
        pieces.append(input_(Field.OWNER, "Or all of them to", every, hint=hint, optional=True))
    for role in left.free:
        pick = select(f"{Field.HOLDER}#{role}", choices, "Nobody yet")
        label = f"Who is {ROLE_WORDS[role]} now?"
        pieces.append(input_(f"{Field.HOLDER}#{role}", label, pick, optional=True))
    pieces.append(
        context("hint", "New owners are asked to accept. You see first what will happen.")
    )
    return modal(
        "Hand over", pieces, callback=Id.HANDOVER_TRY, submit="Look first",
        carries=_carried(left, where),
    )  # fmt: skip


def _person(user: UserId, world: World) -> str:
    person = world.people.get(user)
    handle = name(user, world)
    return f"{person.name} ({handle})" if person and person.name else handle


def _carried(left: Left, where: Origin, **more: str) -> str:
    place = {"channel": where.channel, "ts": where.ts, "thread_ts": where.thread_ts}
    return value(str(left.departure.id), 0, **place, **more)


def trial(left: Left, planned: Outcome, plan: str, world: World, where: Origin) -> View:
    """What would happen, in the place of the form; `plan` comes back with the submission.

    Callback handover.do.
    """
    said = sentences(planned, left, world)
    pieces: list[Piece] = [section("trial:head", "*This will:*" if said else "Nobody was picked.")]
    pieces += [section(f"trial:{at}", _listed(said[at : at + 5])) for at in range(0, len(said), 5)]
    pieces += _passed_over(planned, left)
    pieces.append(context("trial:foot", "Nothing is changed yet."))
    return modal(
        "Hand over",
        pieces,
        callback=Id.HANDOVER_DO,
        submit="Do it" if said else "",
        carries=_carried(left, where, plan=plan),
    )


def tried(left: Left, planned: Outcome, world: World) -> Message:
    """The same in answer to words."""
    said = sentences(planned, left, world)
    head = f"This will: {'; '.join(said)}." if said else "Nothing can be handed over so."
    text = " ".join([head, *planned.skipped, "Nothing is changed yet."])
    pieces: list[Piece] = [section("trial:head", "*This will:*" if said else head)]
    pieces += [section(f"trial:{at}", _listed(said[at : at + 5])) for at in range(0, len(said), 5)]
    pieces += _passed_over(planned, left)
    return message(text, *pieces, context("trial:foot", "Nothing is changed yet."))


def done(left: Left, outcome: Outcome, world: World, request: str) -> Message:
    """Private; one Undo takes back what was changed of actions."""
    said = sentences(outcome, left, world)
    head = f"Handed over: {'; '.join(said)}." if said else "Nothing was handed over."
    text = " ".join([head, *outcome.skipped])
    pieces: list[Piece] = [section("done:head", "*Handed over*" if said else head)]
    pieces += [section(f"done:{at}", _listed(said[at : at + 5])) for at in range(0, len(said), 5)]
    pieces += _passed_over(outcome, left)
    if outcome.given:
        pieces.append(actions("done:then", undo(request)))
    return message(text, *pieces)


def sentences(outcome: Outcome, left: Left, world: World) -> list[str]:
    """For `text`: each action with its new owner, each role with who takes it."""
    said = [f"{i.ref} to {_asked(u, outcome.by, world)}" for i, u in outcome.given]
    where = _where(left)
    said += [f"{named([u], world)} is {ROLE_WORDS[role]} of {where}" for role, u in outcome.roles]
    return said


def _asked(user: UserId, by: UserId, world: World) -> str:
    return f"{named([user], world)}{'' if user == by else ', who is asked'}"


def _listed(said: Sequence[str]) -> str:
    return "\n".join(f"• {one}" for one in said)


def _passed_over(outcome: Outcome, left: Left) -> list[Piece]:
    taken = {item.ref for item, _ in outcome.given}
    rest = [item.ref for item in left.items if item.ref not in taken]
    words = [*outcome.skipped]
    if rest:
        still = ", ".join(rest[:LISTED])
        words.append(f"Still without an owner: {still}.")
    return [section("passed", " ".join(words))] if words else []


def closed_already(item: Item) -> str:
    return f"{item.ref} is closed already."


def owned_already(item: Item, world: World) -> str:
    return f"{item.ref} has been given to {named(item.owners, world)} meanwhile."


def not_theirs(ref: str) -> str:
    return f"{plain(ref)} is none of the actions left behind."


def cannot_take(user: UserId, what: str, world: World) -> str:
    return f"{named([user], world)} cannot take {what}: they are not in this group any more."


def role_taken(role: Role) -> str:
    return f"The {ROLE_WORDS[role]}'s role is not free any more."


def one_role(user: UserId, world: World) -> str:
    return f"{named([user], world)} can take one role only."


def given_back(
    left: Left, items: Sequence[Item], roles: Sequence[Role], world: World, request: str
) -> Message:
    who, where = named([left.departure.user], world), _where(left)
    said = [f"{who} is {ROLE_WORDS[role]} of {where} again" for role in roles]
    said += [f"{item.ref} is theirs again" for item in items]
    text = f"{'; '.join(said)}." if said else f"There was nothing to give back to {who}."
    pieces: list[Piece] = [section("back:said", text)]
    if items:
        pieces.append(actions("back:then", undo(request)))
    return message(text, *pieces)


def joined(parts: Sequence[Message]) -> Message:
    """Several answers in one; one Undo is enough for all that one request did."""
    if len(parts) == 1:
        return parts[0]
    pieces: list[Piece | Block] = []
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        blocks = [b for b in part.blocks if last or b["type"] != "actions"]
        pieces += [{**block, "block_id": f"{block['block_id']}:{number}"} for block in blocks]
    return message(" ".join(part.text for part in parts), *pieces[:50])


def nothing_left(user: UserId, world: World) -> Message:
    """Asked about somebody who has left none of the asker's groups."""
    text = (
        f"{named([user], world)} has left nothing behind in a group of yours. "
        "To hand over one action, type: action give, its id, and the new owner."
    )
    return message(text, section("handover:none", text))


def coordinator_left(user: UserId, world: World, *, last: bool) -> Message:
    who = plain(name(user, world))
    text = f"{who} is no longer in this workspace and was a coordinator."
    if last:
        text += (
            " There is no other coordinator now. An owner or admin of this workspace becomes one"
            " with /wg setup."
        )
    else:
        text += " They are not any more; if they come back, name them again."
    return message(text, section(f"{LEFT}:coordinator:{user}", text))
