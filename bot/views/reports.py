"""Help, and the words around setting up groups, channels and roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.model import Group, GroupKey, GroupState, Role, UserId, World
from bot.domain.outbox import Message
from bot.views.blocks import (
    Element,
    Field,
    Id,
    Piece,
    View,
    actions,
    button,
    context,
    header,
    input_,
    message,
    modal,
    section,
    select,
    text_input,
    value,
)
from bot.views.dates import count
from bot.views.lists import spelled
from bot.views.people import named, shown
from bot.views.text import clip, escape, plain

SHARED = (
    "It is shared with another organisation: its people see the cards and what is written there."
)
AUDIENCES = ("member", "chair", "coordinator")
GROUPS_LIMIT = 3000
ROLE_WORDS = {
    Role.CHAIR: "chair",
    Role.COCHAIR: "co-chair",
    Role.MEMBER: "member",
    Role.PARTNER: "lived-experience partner",
    Role.OBSERVER: "observer",
    Role.GUEST: "guest",
    Role.COORDINATOR: "coordinator",
    Role.STEERING: "steering committee member",
}


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """One line of help, from the registry; `audience`: member, chair or coordinator."""

    usage: str
    says: str
    example: str = ""
    audience: str = "member"


def help_page(
    entries: tuple[HelpEntry, ...],
    roles: frozenset[Role],
    world: World,
    groups: tuple[Group, ...] = (),
) -> Message:
    """What the roles may do; `groups` are the reader's own, the only ones named."""
    pieces: list[Piece] = [header("help:head", "What I understand")]
    if groups:
        mine = ", ".join(escape(group.name) for group in groups)
        pieces.append(context("help:groups", f"Your groups: {mine}"))
    for audience in AUDIENCES[: _reach(roles) + 1]:
        pieces += _help_part(audience, [e for e in entries if e.audience == audience])
    pieces.append(actions("help:do", *starters()))
    label = [escape(world.programme.label)] if world.programme.label else []
    pieces.append(context("help:foot", "Please, no patient data.", *label))
    heard = [e for e in entries if e.audience in AUDIENCES[: _reach(roles) + 1]]
    spoken = [help_text(entry) for entry in heard]
    return message(spelled("What I understand. Please, no patient data.", spoken), *pieces)


def _reach(roles: frozenset[Role]) -> int:
    if Role.COORDINATOR in roles:
        return 2
    return 1 if roles & {Role.CHAIR, Role.COCHAIR} else 0


def _help_part(audience: str, entries: list[HelpEntry]) -> list[Piece]:
    title = {"member": "Everyone", "chair": "Chairs", "coordinator": "Coordinators"}[audience]
    rows = [help_row(entry) for entry in entries]
    rows[:1] = [f"*{title}*\n{first}" for first in rows[:1]]
    return [
        section(f"help:{audience}:{start}", "\n".join(rows[start : start + 8]))
        for start in range(0, len(rows), 8)
    ]


def help_text(entry: HelpEntry) -> str:
    return f"{plain(entry.usage)}: {plain(entry.says).rstrip('.')}."


def help_row(entry: HelpEntry) -> str:
    example = f"\n      `{escape(clip(entry.example, 120))}`" if entry.example else ""
    return f"`{escape(entry.usage)}` {escape(entry.says.rstrip('.'))}.{example}"


def starters() -> list[Element]:
    return [button("New action", Id.ITEM_NEW), button("My actions", Id.ITEM_MINE)]


def setup_state(
    world: World, changed: tuple[str, ...] = (), lost: Mapping[GroupKey, str] | None = None
) -> Message:
    """How it stands; `changed` are whole sentences, none of them: nothing had to change.

    `lost`: groups in whose channel nothing can be said, with what to do.
    """
    groups = _active(world)
    did = [plain(sentence) for sentence in changed] or ["Nothing to change."]
    ask = _missing(groups, world, lost or {})
    ready = "All is set up." if not ask else f"{count(len(ask), 'thing')} left to do."
    if groups:
        people = len({member.user for member in world.memberships if member.named})
        ready += f" {count(len(groups), 'group')}; people with a role: {people}."
    pieces: list[Piece] = [
        header("setup:head", "Set-up"),
        section("setup:did", " ".join(did)),
        *(section(f"setup:group-{group.key}", group_line(group, world)) for group in groups[:25]),
    ]
    if ask:
        pieces.append(section("setup:next", "\n".join(["*Next*", *ask[:15]])))
    label = "Add groups" if groups else "Make the groups"
    pieces.append(actions("setup:do", button(label, Id.SETUP_OPEN, primary=not groups)))
    pieces.append(context("setup:foot", f"{ready} You can run this as often as you like."))
    spoken = [f"{_group_text(group, world)}." for group in groups]
    return message(spelled(" ".join([*did, ready]), spoken), *pieces)


def _missing(groups: Sequence[Group], world: World, lost: Mapping[GroupKey, str]) -> list[str]:
    """What to do next, with the words to type."""
    if not groups:
        return ["⏳ Waiting: no groups yet. Press the button, or `/wg group add KEY PREFIX Name`."]
    said = []
    for group in groups:
        if group.channel is None:
            said.append(
                f"⏳ Waiting: {escape(group.short)} has no channel. In its channel, type "
                f"`/invite @Concerted`, then `/wg link {escape(group.key)}`."
            )
        if group.key in lost:
            said.append(f"⏳ Waiting: {escape(group.short)}: {lost[group.key]}")
        if not _chairs(group, world):
            said.append(
                f"⏳ Waiting: {escape(group.short)} has no chair. "
                f"Type `/wg role @person chair in {escape(group.key)}`."
            )
    return said


def _chairs(group: Group, world: World) -> list[UserId]:
    """Those who are still there."""
    chairs = world.holding(Role.CHAIR, group.key)
    return [user for user in chairs if user not in world.people or not world.people[user].left]


def _active(world: World) -> list[Group]:
    return [group for group in world.groups.values() if group.state is GroupState.ACTIVE]


def setup_form(lines: str, zone: str) -> View:
    """Field.GROUPS: one group a line, `key PREFIX Name`; Field.ZONE. Callback setup.form."""
    box = text_input(Field.GROUPS, lines, lines=True, limit=GROUPS_LIMIT)
    zone_box = text_input(Field.ZONE, zone, limit=80)
    pieces = [
        input_(
            Field.GROUPS,
            "Working groups",
            box,
            hint="One a line: key PREFIX Name, as in: trials PC Clinical Trials",
        ),
        input_(Field.ZONE, "Their time zone or city", zone_box, hint="Such as London"),
    ]
    return modal("Set up", pieces, callback=Id.SETUP_FORM, submit="Save")


def group_line(group: Group, world: World) -> str:
    """For mrkdwn: name, key, prefix, channel, chair."""
    channel = f"<#{group.channel}>" if group.channel else "⏳ Waiting: no channel"
    chairs = _chairs(group, world)
    chair = f"chair {shown(chairs, world)}" if chairs else "⏳ Waiting: no chair"
    state = "" if group.state is GroupState.ACTIVE else f" · {group.state.value}"
    head = f"*{escape(group.name)}* ({escape(group.key)}, {escape(group.prefix)})"
    return f"{head}\n{channel} · {chair}{state}"


def _group_text(group: Group, world: World) -> str:
    chairs = _chairs(group, world)
    chair = f"chair {named(chairs, world)}" if chairs else "no chair"
    channel = "has a channel" if group.channel else "has no channel"
    return f"{plain(group.name)} ({plain(group.key)}, {plain(group.prefix)}) {channel}, {chair}"


def group_changed(
    group: Group, verb: str, world: World, note: str = "", *, again: bool = False
) -> Message:
    """`verb`: add, rename, close; `again`: nothing changed; `note`: a whole sentence."""
    said = {"add": "was added", "rename": "has a new name", "close": "is closed"}[verb]
    if again:
        said = {"add": "is there", "rename": "has this name", "close": "is closed"}[verb]
    rest = " already. Nothing changed." if again else "."
    text = f"The group {plain(group.name)} ({plain(group.key)}, {plain(group.prefix)}) {said}{rest}"
    text = f"{text} {note}".strip()
    hint = []
    if verb == "add" and group.channel is None:
        hint = [
            context(
                "group:next",
                f"In its channel, type `/invite @Concerted`, then `/wg link {escape(group.key)}`.",
            )
        ]
    return message(text, section("group:said", f"{text}\n{group_line(group, world)}"), *hint)


def merged(
    old: Group, new: Group, moved: tuple[tuple[str, str], ...], note: str = "", *, again: bool
) -> Message:
    """`moved`: old and new id of each open action; `note`: a whole sentence."""
    if again:
        text = f"{plain(old.name)} was merged into {plain(new.name)} already. Nothing changed."
        return message(text, section("group:said", text))
    head = f"{plain(old.name)} was merged into {plain(new.name)}."
    ids = ", ".join(f"{before} is now {after}" for before, after in moved)
    kept = f" {plain(ids)}. The old ids still work." if moved else " It had no open actions."
    text = f"{head}{kept} {note}".strip()
    return message(text, section("group:said", text))


def linked(
    group: Group | None, channel: str, world: World, *, again: bool = False, shared: bool = False
) -> Message:
    """`group` None: the channel of all groups; `again`: it had been so."""
    name = plain(group.name) if group else "all groups"
    so = "belongs already" if again else "now belongs"
    rest = ". Nothing changed." if again else "."
    text = f"This channel {so} to {name}{rest}"
    said = f"<#{escape(channel)}> {so} to *{escape(group.name) if group else 'all groups'}*{rest}"
    note = [context("link:shared", SHARED)] if shared else []
    return message(f"{text} {SHARED}" if shared else text, section("link:said", said), *note)


def unlinked(group: Group | None, channel: str, world: World) -> Message:
    name = plain(group.name) if group else "all groups"
    text = f"This channel does not belong to {name} any more. Nothing was deleted."
    again = f"`/wg link {escape(group.key) if group else 'all'}` brings it back."
    return message(text, section("link:said", f"{text} {again}"))


def welcome(group: Group | None, world: World) -> Message:
    """What a linked channel gets once, to pin by hand: every way in without a command."""
    name = plain(group.name) if group else "all groups"
    text = (
        f"I keep the actions of {name}: who promised what, by when. "
        "Type ACTION: and what is to be done, mention me, or use the buttons."
    )
    said = (
        f"I keep the actions of *{escape(group.name) if group else 'all groups'}*: "
        "who promised what, by when.\n"
        "Start a message with `ACTION:`, mention me, or use the buttons. "
        "I remind each person in at most one message a day."
    )
    key = group.key if group else ""
    buttons = [
        button("New action", Id.ITEM_NEW, value(group=key)),
        button("My actions", Id.ITEM_MINE),
    ]
    label = [escape(world.programme.label)] if world.programme.label else []
    return message(
        text,
        section("welcome:said", said),
        actions("welcome:do", *buttons),
        context("welcome:foot", "Please pin this message. Please, no patient data.", *label),
    )


def link_question(
    channel: str, groups: tuple[Group, ...], name: str = "", *, every: bool = True
) -> Message:
    """After the bot came into a channel that belongs to no group; `every`: all groups too."""
    rest = "Until then I only listen to my name there."
    said = f"#{plain(name)}" if name else "the channel I was added to"
    choices = [
        (group.short or group.name, value(group=group.key, channel=channel)) for group in groups
    ]
    if every:
        choices.append(("All groups", value(group="all", channel=channel)))
    return message(
        f"Which working group does {said} belong to? {rest}",
        section("link:ask", f"Which working group does <#{escape(channel)}> belong to? {rest}"),
        actions("link:pick", select(Id.GROUP_PICK, choices, "Pick a group")),
    )
