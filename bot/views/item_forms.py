"""Forms about actions; `blocks.Field` names their inputs, private_metadata holds ids only."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.items import NOTE_LIMIT, TITLE_LIMIT, Item
from bot.domain.model import Group, UserId, World
from bot.domain.outbox import Message
from bot.domain.things import Thing
from bot.views import facts
from bot.views.blocks import (
    CHOICES,
    Field,
    Id,
    Piece,
    View,
    context,
    datepicker,
    input_,
    modal,
    multi_select,
    parse_value,
    section,
    select,
    text_input,
    value,
)
from bot.views.dates import day_words
from bot.views.people import name

PICK = "pick"
"""The value of Field.QUICK that means: the day in Field.DUE."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form starts with: what was typed, or the message it is made from."""

    text: str = ""
    owners: tuple[UserId, ...] = ()
    due: date | None = None
    group: str = ""
    needs: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened from, as it comes back in private_metadata: ids and one link."""

    channel: str = ""
    ts: str = ""
    thread_ts: str = ""
    permalink: str = ""
    request: str = ""
    refs: tuple[str, ...] = field(default=())


Errors = Mapping[Field, str]


def pack(where: Origin, item: Thing | None = None) -> str:
    said = {name_: part for name_, part in asdict(where).items() if name_ != "refs"}
    ref, version = (item.ref, item.version) if item else ("", 0)
    return value(ref, version, refs=" ".join(where.refs), **said)


def origin(metadata: str) -> Origin:
    said = parse_value(metadata)
    return Origin(
        channel=said.get("channel"),
        ts=said.get("ts"),
        thread_ts=said.get("thread_ts"),
        permalink=said.get("permalink"),
        request=said.get("request"),
        refs=tuple(said.get("refs").split()),
    )


def add_form(
    draft: Draft,
    groups: tuple[Group, ...],
    members: tuple[UserId, ...],
    world: World,
    default_due: date,
    where: Origin = Origin(),
    errors: Errors | None = None,
) -> View:
    """Callback item.add; `members` may be picked as owners, none picked is the adder.

    `errors` shows the form again with what is wrong; field errors of a submission go in the ack.
    """
    wrong = [context("errors", *(facts.reason(said) for said in errors.values()))] if errors else []
    chosen = draft.group or (groups[0].key if len(groups) == 1 else "")
    pieces = [
        *wrong,
        input_(
            Field.TEXT,
            "What needs doing?",
            text_input(Field.TEXT, draft.text, limit=TITLE_LIMIT),
            hint="Start with a verb: Send…, Review…",
        ),
        *_people(members, draft.owners, world, "Who will do it?", optional=True),
        input_(Field.DUE, "By when?", datepicker(Field.DUE, draft.due or default_due)),
        *_groups(groups, chosen),
        input_(
            Field.NEEDS,
            "Waits for (ids of other actions)",
            text_input(Field.NEEDS, draft.needs, lines=True, limit=TITLE_LIMIT),
            optional=True,
        ),
        input_(
            Field.NOTE,
            "Notes or link",
            text_input(Field.NOTE, _note(draft), lines=True, limit=NOTE_LIMIT),
            optional=True,
        ),
    ]
    return modal("New action", pieces, callback=Id.ITEM_ADD, submit="Add", carries=pack(where))


def _note(draft: Draft) -> str:
    """What is too long for a title is not lost."""
    if len(draft.text) <= TITLE_LIMIT:
        return draft.note
    return f"{draft.text}\n{draft.note}".strip()


def _people(
    members: Sequence[UserId],
    chosen: Sequence[UserId],
    world: World,
    label: str,
    *,
    optional: bool = False,
) -> list[Piece]:
    """Who is chosen already comes first: Slack shows a hundred."""
    known = sorted(set(members) - set(chosen), key=lambda user: name(user, world).casefold())
    choices = [(_person(user, world), user) for user in (*dict.fromkeys(chosen), *known)]
    if not choices:
        return [section(Field.OWNER, "Nobody is in this group yet: the action will be yours.")]
    picker = multi_select(Field.OWNER, choices, "Pick people", chosen)
    hint = "Nobody picked: it is yours." if optional else ""
    if len(choices) > CHOICES:
        hint = f"The first {CHOICES} are shown; hand it over afterwards to anybody else."
    return [input_(Field.OWNER, label, picker, hint=hint, optional=optional)]


def _person(user: UserId, world: World) -> str:
    person = world.people.get(user)
    handle = name(user, world)
    return f"{person.name} ({handle})" if person and person.handle and person.name else handle


def _groups(groups: Sequence[Group], chosen: str) -> list[Piece]:
    if not groups:
        return []
    choices = [(group.short or group.name, group.key) for group in groups]
    return [input_(Field.GROUP, "Working group", select(Field.GROUP, choices, "Pick one", chosen))]


def extend_form(
    item: Item,
    world: World,
    now: datetime,
    meeting: date | None = None,
    where: Origin = Origin(),
    *,
    suggest: bool = False,
) -> View:
    """`meeting`: day of the group's next one. Field.QUICK is an ISO date or PICK."""
    start = max(item.due.day, facts.group_today(item, world, now))
    offered = {
        start + timedelta(2): "+2 days",
        start + timedelta(7): "+1 week",
    }
    if meeting and meeting - timedelta(1) > facts.group_today(item, world, now):
        offered[meeting - timedelta(1)] = "Day before the meeting"
    choices = [(f"{label}: {day_words(day)}", day.isoformat()) for day, label in offered.items()]
    choices.append(("The day picked below", PICK))
    pieces = [
        _about(item, f"Due {facts.due(item, world)}"),
        input_(Field.QUICK, "New date", select(Field.QUICK, choices, "Pick one", choices[0][1])),
        input_(Field.DUE, "Or another day", datepicker(Field.DUE), optional=True),
        _reason("Why? (kept in the history)", optional=True),
    ]
    title = "Suggest another date" if suggest else "Need more time"
    submit = "Suggest" if suggest else "Change date"
    return modal(title, pieces, callback=Id.ITEM_EXTENDED, submit=submit, carries=pack(where, item))


def block_form(item: Item, where: Origin = Origin()) -> View:
    pieces = [_about(item), _reason("What are you waiting for?", item.why)]
    return modal(
        "I'm blocked", pieces, callback=Id.ITEM_BLOCKED, submit="Save", carries=pack(where, item)
    )


def give_form(
    item: Item, members: tuple[UserId, ...], world: World, where: Origin = Origin()
) -> View:
    """Owners of today are shown picked."""
    people = _people(members, item.owners, world, "Who will do it now?")
    note = context("hint", "They are asked to accept.")
    return modal(
        "Hand over",
        [_about(item), *people, note],
        callback=Id.ITEM_GIVEN,
        submit="Hand over",
        carries=pack(where, item),
    )


def edit_form(item: Item, where: Origin = Origin()) -> View:
    box = text_input(Field.TEXT, item.text, limit=TITLE_LIMIT)
    return modal(
        f"Edit {item.ref}",
        [input_(Field.TEXT, "What needs doing?", box)],
        callback=Id.ITEM_EDITED,
        submit="Save",
        carries=pack(where, item),
    )


def note_form(item: Item, where: Origin = Origin()) -> View:
    box = text_input(Field.NOTE, lines=True, limit=NOTE_LIMIT)
    return modal(
        f"Note on {item.ref}",
        [_about(item), input_(Field.NOTE, "Note or link", box)],
        callback=Id.ITEM_NOTED,
        submit="Save",
        carries=pack(where, item),
    )


def drop_form(item: Item, where: Origin = Origin()) -> View:
    pieces = [_about(item), _reason("Why will it not be done?")]
    return modal(
        "Won't do", pieces, callback=Id.ITEM_DROPPED, submit="Won't do", carries=pack(where, item)
    )


def decline_form(item: Item, world: World, where: Origin = Origin()) -> View:
    givers = {a.given_by for a in item.assignments}
    giver = name(givers.pop(), world) if len(givers) == 1 else "who gave it to you"
    pieces = [
        _about(item, f"Due {facts.due(item, world)}"),
        _reason("Why not?"),
        context("hint", f"It goes back to {facts.reason(giver)}, with your reason."),
    ]
    return modal(
        "Decline", pieces, callback=Id.ITEM_DECLINED, submit="Decline", carries=pack(where, item)
    )


def detail_modal(title: str, said: Message, where: Origin = Origin()) -> View:
    """Shows any message in a modal: details, a list, a history, help."""
    return modal(title, said.blocks, callback=Id.ITEM_DETAILS, carries=pack(where))


def _about(item: Item, more: str = "") -> Piece:
    return section("about", f"{facts.titled(item)}\n{more}".rstrip())


def _reason(label: str, initial: str = "", *, optional: bool = False) -> Piece:
    box = text_input(Field.REASON, initial, lines=True, limit=NOTE_LIMIT)
    return input_(Field.REASON, label, box, optional=optional)
