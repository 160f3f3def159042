"""What somebody left behind: told, shown in full, handed over by a form, tried out first."""

import json
from collections.abc import Iterable, Mapping, Sequence

from bot.domain.deadlines import Deadline
from bot.domain.departures import Departure, Left, Why
from bot.domain.items import Item
from bot.domain.model import Group, Ref, Role, UserId, World
from bot.domain.outbox import Message
from bot.views import facts
from bot.views.blocks import (
    CHOICES,
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
from bot.views.dates import count, day_words, today
from bot.views.deadlines import titled
from bot.views.item_forms import Origin
from bot.views.notices import LEFT
from bot.views.people import name, named
from bot.views.reports import ROLE_WORDS
from bot.views.roles import AS, short
from bot.views.text import clip, plain

SHOWN = 20
"""Actions with a choice of their own in the form; one person can be picked for all."""
LISTED = 25
NAME_SHOWN = 50
FORM_SIZE = 200_000
"""Characters for all choices; Slack refuses a form of more than 250,000."""
OPTION_FRAME = 80
"""What the JSON of one option takes beside its label and value."""
_SETTLED = "settled"


def left_line(left: Left, world: World) -> Message:
    """One part of a daily message; once nothing waits, how it ended."""
    who, where = plain(name(left.departure.user, world)), where_of(left)
    key = f"{LEFT}:{left.departure.id}"
    if not left.waits:
        end = "is back" if left.back else "has left"
        text = f"{who} {end} ({where}): nothing of theirs waits any more."
        if left.stranded:
            text = f"{who} {end} ({where}). {_waiting(left)}"
        return message(text, section(f"{_SETTLED}:{key}", text))
    text = f"{_opening(left, world)} {_waiting(left)}".strip()
    return message(text, section(key, text), actions(f"{key}:do", *_buttons(left)))


def _opening(left: Left, world: World) -> str:
    who, where = plain(name(left.departure.user, world)), where_of(left)
    if left.back:
        again = " Everything can be as it was." if left.restorable else ""
        if left.departure.why is Why.REMOVED and not _inside(left, world):
            return f"{who} was taken out of {where} and is in its channel again.{again}"
        return f"{who} is back in {where}.{again}"
    return {
        Why.DEACTIVATED: f"{who} is no longer in this workspace, and has left {where}.",
        Why.CHANNEL: f"{who} has left {where}.",
        Why.REMOVED: f"{who} was taken out of {where}.",
    }[left.departure.why]


def _inside(left: Left, world: World) -> bool:
    return any(left.group and m.group == left.group.key for m in world.roles(left.departure.user))


def _waiting(left: Left) -> str:
    said = []
    if left.stranded:
        number, verb = len(left.stranded), "has" if len(left.stranded) == 1 else "have"
        return (
            f"{where_of(left)} is closed, and {count(number, 'open action')} there {verb} no owner."
            " To hand over, a coordinator opens the group again first."
        )
    if left.items:
        verb = "needs" if len(left.items) == 1 else "need"
        said.append(f"{count(len(left.items), 'open action')} {verb} an owner")
    if left.deadlines:
        said.append(f"{count(len(left.deadlines), 'open deadline')} without an owner")
    said += [f"the {ROLE_WORDS[role]}'s role is free" for role in left.free]
    if not said:
        return ""
    lacks = f" {where_of(left)} has no chair now: please name one."
    chair = lacks if Role.CHAIR in left.free else ""
    words = "; ".join(said)
    return f"{words[0].upper()}{words[1:]}.{chair}"


def removed(
    person: UserId,
    groups: Sequence[Group],
    left: Sequence[Left],
    world: World,
    *,
    programme: Sequence[Role] = (),
    channels: Sequence[str] = (),
) -> Message:
    """`left`: what waits of it now; `programme`: what they were over all groups, too.

    `channels`: the names of those where they may still be.
    """
    ends = [f"has no role in {_all(map(short, groups))} any more"] if groups else []
    ends += [f"is no longer {_all(AS[role] for role in programme)}"] if programme else []
    text = f"{named([person], world)} {', and '.join(ends) or 'has no role anywhere'}."
    if channels:
        there = _all(f"#{plain(channel)}" for channel in channels)
        text += (
            f" If they are still in {there} they can read what is posted there;"
            " take them out in Slack too."
        )
    pieces: list[Piece] = [section("role:said", text)]
    for one in left[:10]:
        said = f"{where_of(one)}: {_waiting(one)}"
        pieces += [section(f"left:{one.departure.id}", said, _hand_over(one))]
        text += f" {said}"
    return message(text, *pieces)


def _all(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _hand_over(left: Left) -> Element:
    carried = value(str(left.departure.id))
    return button("Hand over", Id.HANDOVER_OPEN, carried, primary=True, names=where_of(left))


def where_of(left: Left) -> str:
    group = left.group or left.closed
    return plain(group.short or group.name) if group else plain(left.departure.group)


def _buttons(left: Left) -> list[Element]:
    carried, about = value(str(left.departure.id)), where_of(left)
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
        rows += [_promised(one) for one in left.deadlines[:LISTED]]
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


def _promised(one: Deadline) -> str:
    way = f"type `deadline give {one.ref}` and a name"
    return f"{titled(one)} · due {day_words(one.due)} · {way}"


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
    choices = [(clip(_person(user, world), NAME_SHOWN), user) for user in ordered]
    pieces: list[Piece] = [section("about", f"{_opening(left, world)} {_waiting(left)}")]
    if not choices:
        pieces.append(section("nobody", "Nobody else is in this group yet: add somebody first."))
        return modal("Hand over", pieces, callback=Id.HANDOVER_TRY)
    shown = _room(choices, beside=1 + len(left.free))
    for item in left.items[:shown]:
        pick = select(
            f"{Field.GIVE}#{item.ref}", choices, "Nobody yet", suggested.get(item.ref, "")
        )
        label = f"{item.ref} {facts.title_text(item)}, due {facts.due(item, world)}"
        pieces.append(input_(f"{Field.GIVE}#{item.ref}", label, pick, optional=True))
    rest = len(left.items) - shown
    if rest > 0:
        pieces.append(
            context("rest", f"{count(rest, 'more action')} not shown: pick one person for all.")
        )
    if left.items:
        every = select(Field.OWNER, choices, "Pick one person")
        hint = "If you pick somebody here, the choices above do not count."
        pieces.append(input_(Field.OWNER, "Or all of them to", every, hint=hint, optional=True))
    pieces += _role_choices(left, choices, world)
    said = "New owners are asked to accept. You see first what will happen."
    if len(choices) > CHOICES:
        who = plain(name(left.departure.user, world))
        said += f" Somebody who is not in these lists: type handover {who} to @other."
    pieces.append(context("hint", said))
    return modal(
        "Hand over", pieces, callback=Id.HANDOVER_TRY, submit="Look first",
        carries=carried(left, where),
    )  # fmt: skip


def _role_choices(left: Left, choices: Sequence[tuple[str, str]], world: World) -> list[Piece]:
    only = _only_chair(left, world)
    pieces: list[Piece] = []
    for role in left.free:
        fit = [one for one in choices if role is Role.CHAIR or one[1] not in only]
        if fit:
            pick = select(f"{Field.HOLDER}#{role}", fit, "Nobody yet")
            label = f"Who is {ROLE_WORDS[role]} now?"
            pieces.append(input_(f"{Field.HOLDER}#{role}", label, pick, optional=True))
    return pieces


def _room(choices: Sequence[tuple[str, str]], *, beside: int) -> int:
    """For how many actions a choice of their own fits, `beside` other choices of the same."""
    options = [json.dumps([label, user]) for label, user in choices[:CHOICES]]
    each = sum(len(option) + OPTION_FRAME for option in options)
    return max(0, min(SHOWN, FORM_SIZE // each - beside))


def _only_chair(left: Left, world: World) -> set[UserId]:
    """Who cannot take another role before somebody else is chair."""
    chairs = set(world.holding(Role.CHAIR, left.group.key)) if left.group else set()
    there = {user for user in chairs if user in world.people and not world.people[user].left}
    return there if len(there) == 1 else set()


def _person(user: UserId, world: World) -> str:
    person = world.people.get(user)
    handle = name(user, world)
    return f"{person.name} ({handle})" if person and person.name else handle


def carried(left: Left, where: Origin, **more: str) -> str:
    place = {"channel": where.channel, "ts": where.ts, "thread_ts": where.thread_ts}
    return value(str(left.departure.id), 0, **place, **more)


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
