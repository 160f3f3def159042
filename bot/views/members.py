"""Who is in a group: their role, where they are and what time it is there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.model import Group, Membership, Person, Role, UserId, World
from bot.domain.outbox import Message
from bot.views.blocks import Piece, context, header, message, section
from bot.views.dates import count, day_words
from bot.views.lists import spelled
from bot.views.people import name
from bot.views.reports import ROLE_WORDS
from bot.views.roles import short
from bot.views.settings import is_away
from bot.views.text import escape, place, plain

SHOWN = 100
A_PART = 10


def listing(
    group: Group,
    held: Sequence[Membership],
    load: Mapping[UserId, int] | None,
    world: World,
    now: datetime,
) -> Message:
    """Chairs first, then by name; `load`: open actions of each, None: not for this reader."""
    order = [*Role]
    ranked = sorted(held, key=lambda m: (order.index(m.role), name(m.user, world).casefold()))
    said = [_line(m, world.people[m.user], load, world, now) for m in ranked[:SHOWN]]
    if len(ranked) > SHOWN:
        said.append(f"And {len(ranked) - SHOWN} more")
    many = "1 person" if len(ranked) == 1 else f"{len(ranked)} people"
    head = f"{many} in {short(group)}"
    pieces: list[Piece] = [header("members:head", head)]
    pieces += [
        section(f"members:{at}", "\n".join(escape(line) for line in said[at : at + A_PART]))
        for at in range(0, len(said), A_PART)
    ]
    pieces.append(context("members:foot", "Only you see this."))
    return message(spelled(f"{head}.", [f"{plain(line)}." for line in said]), *pieces)


def _line(
    held: Membership,
    person: Person,
    load: Mapping[UserId, int] | None,
    world: World,
    now: datetime,
) -> str:
    local = now.astimezone(ZoneInfo(person.zone))
    facts = [ROLE_WORDS[held.role], f"{local:%a %H:%M} {place(local)}"]
    if is_away(person, now) and person.away_until is not None:
        facts.append(f"away, first day back {day_words(person.away_until)}")
    if load is not None:
        facts.append(count(load.get(held.user, 0), "open action"))
    return f"{name(held.user, world)}: {', '.join(facts)}"
