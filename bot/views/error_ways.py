"""The way on after an error: buttons and pickers that carry the line that was typed, mended."""

import re
from collections.abc import Callable, Iterable, Sequence

from bot.domain.deadlines import Deadline
from bot.domain.items import Item, ItemState
from bot.domain.model import GroupState, Person, World
from bot.errors import BadInput, Busy, Code, UserError
from bot.views import (
    error_agendas,
    error_deadlines,
    error_meetings,
    error_minutes,
    error_preparation,
    error_proceedings,
)
from bot.views.blocks import (
    BLOCK_ID_LIMIT,
    VALUE_LIMIT,
    Element,
    Id,
    button,
    datepicker,
    nth,
    select,
    value,
)
from bot.views.buttons import press
from bot.views.error_facts import choice_words, group_in
from bot.views.error_gaps import GAP, with_gap, words_of
from bot.views.text import clip_middle

TALK = 3
"""Words from which on an unknown line may be a sentence."""

Part = tuple[str, list[Element]]
"""block_id and elements of one actions block."""


def run(label: str, line: str) -> Element:
    return button(label, Id.WORD_RUN, _carrying(line))


def _carrying(line: str, **extra: str) -> str:
    """A value within Slack's limit; a long line loses its middle."""
    size = len(line)
    while len(made := value(line=clip_middle(line, size), **extra)) > VALUE_LIMIT:
        size -= max(1, len(made) - VALUE_LIMIT)
    return made


def ways_on(error: UserError | Busy, line: str, world: World) -> list[Part]:
    """`world` is what the reader may pick from (`access.offered_to`)."""
    if isinstance(error, Busy):
        return [("error:do", [run("Send again", line)] if line else [])]
    way = _WAYS.get(error.code)
    return way(error, line, world) if way else []


def _choices(error: UserError, fact: str = "choices") -> list[object]:
    found = error.facts.get(fact)
    return list(found) if isinstance(found, Iterable) and not isinstance(found, str) else []


def _offered(
    id_: Id, error: UserError, gapped: str, choices: Sequence[object], world: World, rest: str = ""
) -> list[Element]:
    """A button for each choice, carrying the finished line."""
    return [
        button(
            choice_words(choice, world),
            nth(id_, number),
            _carrying(gapped.replace(GAP, f"{words_of(choice)}{rest}")),
        )
        for number, choice in enumerate(choices[:20], start=1)
    ]


def _picker(gapped: str, rest: str, element: Element, line: str) -> list[Part]:
    """A picker has no value of its own: its row's id carries the line, if it is short enough."""
    carried = value(line=gapped.replace(GAP, f"{GAP}{rest}"))
    if len(carried) <= BLOCK_ID_LIMIT:
        return [(carried, [element])]
    return [("error:form", [_form(line)])]


def _form(line: str) -> Element:
    noun, _, _ = line.strip().casefold().partition(" ")
    form = Id.DEADLINE_NEW if noun.startswith("deadline") else Id.ITEM_NEW
    return button("Open the form", form, _carrying(line))


def _dates(error: UserError, line: str, world: World) -> list[Part]:
    if not line:
        return []
    rest = str(error.facts.get("rest") or "")
    rest = f" {rest.strip()}" if rest.strip() else ""
    if error.code is Code.TIME_GAP and error.facts.get("zone"):
        rest = f" {error.facts['zone']}"
    gapped = with_gap(error, line, _lead_of_date(line))
    buttons = _offered(Id.ITEM_PICK_DATE, error, gapped, _choices(error), world, rest)
    return [
        ("error:choices", buttons),
        *_picker(gapped, rest, datepicker(Id.ITEM_PICK_DATE), line),
    ]


def _lead_of_date(line: str) -> str:
    """A date at the end of what is to be done needs its word; after an id it stands alone."""
    return "" if {"move", "extend"} & set(line.casefold().split()[:2]) else "by "


def _zones(error: UserError, line: str, world: World) -> list[Part]:
    if error.facts.get("own"):
        return _own_settings(error, line, world)
    gapped = with_gap(error, line, "")
    return [("error:choices", _offered(Id.ITEM_PICK_DATE, error, gapped, _choices(error), world))]


def _own_settings(error: UserError, line: str, world: World) -> list[Part]:
    offered = []
    if choices := _choices(error):
        gapped = with_gap(error, line, "")
        offered = _offered(Id.ITEM_PICK_DATE, error, gapped, choices, world)
    return [
        ("error:choices", offered),
        ("error:form", [button("Open the form", Id.SETTINGS_OPEN)]),
    ]


def _people(error: UserError, line: str, world: World) -> list[Part]:
    if not line:
        return []
    gapped = with_gap(error, line, "")
    group = group_in(error.facts, world)
    members = (m.user for m in world.memberships if group is None or m.group == group.key)
    named = [c.user for c in _choices(error) if isinstance(c, Person)]
    offered = [user for user in named if user in world.people] or dict.fromkeys(members)
    choices = [world.people[user] for user in offered if user in world.people]
    present = [person for person in choices if not (person.left or person.bot)]
    if not present:
        return []
    options = sorted((choice_words(person, world), person.user) for person in present)
    picker = select(Id.ITEM_PICK_OWNER, [(label, str(user)) for label, user in options], "Pick")
    return _picker(gapped, "", picker, line)


def _groups(error: UserError, line: str, world: World) -> list[Part]:
    if not line:
        return []
    gapped = with_gap(error, line, "for ")
    active = [g for g in world.groups.values() if g.state is GroupState.ACTIVE]
    choices = _choices(error) or active
    return [("error:choices", _offered(Id.ITEM_PICK_GROUP, error, gapped, choices, world))]


def _nearest(error: UserError, line: str, world: World) -> list[Part]:
    gapped = _first_gap(error, line)
    runs: list[Element] = []
    for number, word in enumerate(_choices(error, "nearest")[:3], start=1):
        mended_line = gapped.replace(GAP, str(word))
        runs.append(button(str(word), nth(Id.WORD_RUN, number), _carrying(mended_line)))
    talk = error.facts.get("talk") or len(line.split()) >= TALK
    mine = [button("My actions", Id.ITEM_MINE)] if talk else []
    return [("error:choices", [*runs, run("Help", "help"), *mine])]


def _first_gap(error: UserError, line: str) -> str:
    """The unknown word is the first of its kind: later ones are what was said about it."""
    bad = error.typed if isinstance(error, BadInput) else ""
    match = re.search(re.escape(bad), line, re.IGNORECASE) if bad else None
    return f"{line[: match.start()]}{GAP}{line[match.end() :]}" if match else GAP


def _as_it_is(error: UserError, line: str, world: World) -> list[Part]:
    item = error.facts.get("item")
    if isinstance(deadline := error.facts.get("deadline"), Deadline):
        return error_deadlines.as_it_is(deadline)
    if not isinstance(item, Item):
        return _mine(error, line, world)
    elements = [press("Open", Id.ITEM_DETAILS, item)]
    if item.state in (ItemState.DONE, ItemState.DROPPED) and not item.taken_back:
        elements.insert(0, press("Reopen", Id.ITEM_REOPEN, item))
    return [("error:do", elements)]


def _mine(error: UserError, line: str, world: World) -> list[Part]:
    return [("error:do", [button("My actions", Id.ITEM_MINE)])]


def _look(error: UserError, line: str, world: World) -> list[Part]:
    return [("error:do", [run("Open", str(error.facts.get("ref") or "help"))])]


def _forms(error: UserError, line: str, world: World) -> list[Part]:
    if error.facts.get("noun") == "topic":
        return error_agendas.form(error)
    if error.facts.get("noun") == "plan":
        return error_meetings.form()
    if error.facts.get("noun") == "edit":
        return _look(error, line, world)
    return [("error:do", [] if error.facts.get("noun") == "decision" else [_form(line)])]


def _help(error: UserError, line: str, world: World) -> list[Part]:
    return [("error:do", [run("Help", "help")])]


def _wrong(error: UserError, line: str, world: World) -> list[Part]:
    if "kind" in error.facts:
        return _forms(error, line, world)
    return error_deadlines.unstaged(error) or _help(error, line, world)


def _link(error: UserError, line: str, world: World) -> list[Part]:
    active = (g for g in world.groups.values() if g.state is GroupState.ACTIVE)
    choices = [(g.short, value(group=g.key)) for g in active]
    return [("error:do", [select(Id.GROUP_PICK, choices, "Link a group")] if choices else [])]


def _again(error: UserError, line: str, world: World) -> list[Part]:
    return [("error:do", [run("Try again", line)] if line else [])]


def _setup(error: UserError, line: str, world: World) -> list[Part]:
    """Only for who may; to others the sentence says whom to ask."""
    able = error.facts.get("able")
    return [("error:do", [button("Set up", Id.SETUP_OPEN)])] if able else []


Way = Callable[[UserError, str, World], list[Part]]

_WAYS: dict[Code, Way] = {
    Code.UNKNOWN_WORD: _nearest,
    **dict.fromkeys(
        (
            Code.DATE_UNREADABLE, Code.DATE_AMBIGUOUS, Code.DATE_PAST, Code.DATE_FAR,
            Code.DATE_MISSING_DAY, Code.DATE_NEEDED, Code.TIME_GAP, Code.NO_NEXT_MEETING,
            Code.WINDOW_SHORT,
        ),
        _dates,
    ),
    Code.ZONE_UNKNOWN: _zones,
    Code.HOURS_WRONG: _own_settings,
    Code.DAYS_WRONG: _own_settings,
    **dict.fromkeys(
        (
            Code.PERSON_UNKNOWN, Code.PERSON_LEFT, Code.PERSON_TWO, Code.PERSON_OUTSIDE,
            Code.PERSON_NEEDED, Code.PERSON_BOT,
        ),
        _people,
    ),
    Code.GROUP_WHICH: _groups,
    Code.GROUP_UNKNOWN: _groups,
    Code.GROUP_CLOSED: _groups,
    **dict.fromkeys(
        (
            Code.ALREADY_DONE, Code.ALREADY_OPEN, Code.ALREADY_ACCEPTED,
            Code.ALREADY_THEIRS, Code.SAME_DATE,
            Code.NOT_BLOCKED, Code.CHANGED_MEANWHILE,
        ),
        _as_it_is,
    ),
    **dict.fromkeys((Code.NO_SUCH_ID, Code.GONE, Code.ID_NEEDED), _mine),
    **dict.fromkeys(
        (Code.ALREADY_DECIDED, Code.WINDOW_OPEN, Code.MEETING_OVER, Code.ALREADY_THEN), _look
    ),
    **error_preparation.WAYS,
    **error_agendas.WAYS,
    **error_meetings.WAYS,
    **error_minutes.WAYS,
    **dict.fromkeys(
        (Code.NOT_NOW, Code.NOT_STARTED, Code.NO_MEETING_NOW, Code.UNDER_WAY),
        error_proceedings.ways,
    ),
    **dict.fromkeys(
        (Code.REPLY_LATE, Code.SUBSTITUTE_WRONG, Code.NOT_A_GUEST, Code.QUORUM_SETTLED), _look
    ),
    **dict.fromkeys((Code.TEXT_EMPTY, Code.TEXT_LONG), _forms),
    Code.REASON_NEEDED: error_deadlines.reason,
    Code.WRONG_WORDS: _wrong,
    Code.CHANNEL_UNLINKED: _link,
    **dict.fromkeys((Code.BOT_ABSENT, Code.BUSY, Code.OUR_FAULT), _again),
    Code.NOT_SET_UP: _setup,
}  # fmt: skip
