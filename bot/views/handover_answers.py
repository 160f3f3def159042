"""What a hand-over would do, or has done, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.departures import Left
from bot.domain.items import Item
from bot.domain.model import Group, Role, UserId, World
from bot.domain.outbox import Block, Message
from bot.domain.things import Thing
from bot.views.blocks import (
    Id,
    Piece,
    View,
    actions,
    button,
    context,
    message,
    modal,
    section,
    value,
)
from bot.views.buttons import undo
from bot.views.dates import count
from bot.views.handovers import LISTED, carried, where_of
from bot.views.item_forms import Origin
from bot.views.people import named
from bot.views.reports import ROLE_WORDS
from bot.views.text import plain


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a hand-over by somebody, tried or done; `skipped` are sentences, safe for `text`."""

    by: UserId
    given: tuple[tuple[Item, UserId], ...] = ()
    roles: tuple[tuple[Role, UserId], ...] = ()
    skipped: tuple[str, ...] = ()


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
        carries=carried(left, where, plan=plan),
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
    where = where_of(left)
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
    return f"{named([user], world)} cannot take {what}: they are not in this group."


def role_taken(role: Role) -> str:
    return f"The {ROLE_WORDS[role]}'s role is not free any more."


def one_role(user: UserId, world: World) -> str:
    return f"{named([user], world)} can take one role only."


def too_many(number: int) -> str:
    verb = "waits" if number == 1 else "wait"
    return f"{count(number, 'more action')} {verb}, too many for one go: hand over once more."


def only_chair(user: UserId, role: Role, world: World) -> str:
    who = named([user], world)
    return f"{who} is the only chair: name another chair first, then {who} as {ROLE_WORDS[role]}."


def just_named(user: UserId, world: World) -> str:
    return f"Somebody else has just given {named([user], world)} another role."


def given_back(
    left: Left, items: Sequence[Thing], roles: Sequence[Role], world: World, request: str
) -> Message:
    who, where = named([left.departure.user], world), where_of(left)
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


def to_be_done(tried: Message, line: str) -> Message:
    """What was tried out, with the button that does it: `line` as it would be typed."""
    do = button("Do it", Id.WORD_RUN, value(line=line), primary=True)
    return message(tried.text, *tried.blocks[:49], actions("trial:then", do))


def to_oneself(user: UserId, world: World) -> Message:
    who = named([user], world)
    text = f"What {who} left behind cannot be handed over to {who}. Name somebody else."
    return message(text, section("handover:self", text))


def nothing_left(user: UserId, world: World, group: Group | None = None) -> Message:
    """Asked about somebody who has left none of the asker's groups, or not this one."""
    where = plain(group.short or group.name) if group else "a group of yours"
    text = (
        f"{named([user], world)} left nothing behind in {where}. "
        "To hand over one action, type: action give, its id, and the new owner."
    )
    return message(text, section("handover:none", text))
