"""Forms about deadlines; `blocks.Field` names their inputs, private_metadata holds ids only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.deadlines import Deadline, Kind
from bot.domain.items import NOTE_LIMIT, TITLE_LIMIT
from bot.domain.model import Group, UserId, World
from bot.views import facts
from bot.views.blocks import (
    Field,
    Id,
    Piece,
    View,
    datepicker,
    input_,
    modal,
    multi_select,
    section,
    select,
    text_input,
)
from bot.views.dates import day_words
from bot.views.deadlines import distance, titled
from bot.views.item_forms import Origin, pack
from bot.views.people import name

ALL = "all"
"""The value of a choice of Field.GROUPS that means: for all groups together."""
KINDS = (
    ("Milestone: something is reached", Kind.MILESTONE),
    ("Deliverable: goes through draft, review, approval", Kind.DELIVERABLE),
)


@dataclass(frozen=True, slots=True)
class DeadlineDraft:
    """What the form starts with: what was typed, as far as it could be read."""

    text: str = ""
    due: date | None = None
    groups: tuple[str, ...] = ()
    kind: Kind = Kind.MILESTONE
    owner: UserId | None = None
    needs: str = ""


def add_form(
    draft: DeadlineDraft,
    groups: Sequence[Group],
    members: Sequence[UserId],
    world: World,
    where: Origin,
    *,
    for_all: bool = False,
) -> View:
    """Callback deadline.add; `groups`: those offered, `for_all`: all together too."""
    choices = [("All groups", ALL)] if for_all else []
    choices += [(group.short or group.name, group.key) for group in groups]
    pieces = [
        input_(
            Field.TEXT,
            "What is to be reached or delivered?",
            text_input(Field.TEXT, draft.text, limit=TITLE_LIMIT),
        ),
        input_(Field.DUE, "By when?", datepicker(Field.DUE, draft.due)),
        input_(
            Field.GROUPS,
            "For which working groups?",
            multi_select(Field.GROUPS, choices, "Pick one or several", draft.groups),
        ),
        input_(Field.KIND, "What kind?", select(Field.KIND, KINDS, "Pick one", draft.kind)),
        *_owner(members, draft.owner, world),
        input_(
            Field.NEEDS,
            "Waits for (ids of actions or other deadlines)",
            text_input(Field.NEEDS, draft.needs, limit=TITLE_LIMIT),
            optional=True,
        ),
    ]
    return modal(
        "New deadline", pieces, callback=Id.DEADLINE_ADD, submit="Add", carries=pack(where)
    )


def move_form(
    deadline: Deadline,
    world: World,
    now: datetime,
    where: Origin,
    due: date | None = None,
) -> View:
    """Callback deadline.moved; starts with `due`, else with the date as it is."""
    pieces = [
        _about(deadline, world, now),
        input_(Field.DUE, "New date", datepicker(Field.DUE, due or deadline.due)),
        _reason("Why does it move? (kept and shown)"),
    ]
    return modal(
        f"New date for {deadline.ref}",
        pieces,
        callback=Id.DEADLINE_MOVE_FORM,
        submit="Change date",
        carries=pack(where, deadline),
    )


def drop_form(deadline: Deadline, world: World, now: datetime, where: Origin) -> View:
    """Callback deadline.dropped."""
    return modal(
        f"Drop {deadline.ref}",
        [_about(deadline, world, now), _reason("Why will it not be met?")],
        callback=Id.DEADLINE_DROP_FORM,
        submit="Drop",
        carries=pack(where, deadline),
    )


def _about(deadline: Deadline, world: World, now: datetime) -> Piece:
    due = f"Due {day_words(deadline.due)} ({distance(deadline, world, now)})"
    lines = [titled(deadline), ", ".join(filter(None, [due, facts.moved(deadline)]))]
    return section("about", "\n".join(lines))


def _owner(members: Sequence[UserId], chosen: UserId | None, world: World) -> list[Piece]:
    known = sorted(set(members), key=lambda user: name(user, world).casefold())
    first = [chosen] if chosen in known else []
    choices = [(name(user, world), user) for user in dict.fromkeys([*first, *known])]
    if not choices:
        return []
    picker = select(Field.OWNER, choices, "Pick a person", chosen or "")
    return [input_(Field.OWNER, "Who minds it?", picker, hint="Nobody picked: you.", optional=True)]


def _reason(label: str) -> Piece:
    return input_(Field.REASON, label, text_input(Field.REASON, lines=True, limit=NOTE_LIMIT))
