"""Every operation by every door: the words, buttons and forms that ask for it, state by state."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from bot.domain.items import Item, Source
from bot.domain.model import ChannelId
from bot.errors import Code
from bot.handlers.registry import Click, Form, Invocation
from bot.handlers.surfaces import Surfaces
from bot.services.access import Ask, Op, authorize
from bot.services.inbox import Outcome, Silent
from bot.views.blocks import Field, Id, parse_value, value
from tests.services.rights_people import (
    FREE,
    KEEPER,
    KINDS,
    SECOND,
    STEERS,
    TRIALS,
    Kind,
    Things,
    channel_of,
)

OTHERS = ("open", "blocked", "done", "unowned", "ended", "foreign")
THEIRS = ("own", "own done", "gave")
EVERY = (*OTHERS, *THEIRS)
ALL = (*EVERY, "started", "dropped")
FEW = ("open", "done", "foreign", "own")
BRIEF = frozenset({"open", "own", "did", "home", "self", "anywhere"})
"""By the doors after a row's first: the words are read alike, so fewer states will do."""
GROUPS = ("home", "foreign")
TYPED = ("command", "mention", "dm")

Work = Callable[[Ask], Outcome]
Then = Mapping[str, Code]


@dataclass(frozen=True, slots=True)
class Cell:
    row: "Row"
    kind: Kind
    state: str
    door: str


@dataclass(frozen=True, slots=True)
class Row:
    """`says`: a line, an id's value or a form's metadata, `{ref}` and `{group}` filled in.

    `then`: what whoever may hears of a thing in that state; `changes`: something is written.
    `refusal`: what whoever may not hears.
    """

    op: Op
    says: str
    doors: tuple[str, ...] = TYPED
    states: tuple[str, ...] = EVERY
    id: Id | None = None
    fields: tuple[tuple[Field, str], ...] = ()
    then: Then | None = None
    changes: bool = True
    refusal: frozenset[Code] = frozenset({Code.NOT_ALLOWED})

    def cells(self) -> Iterator[Cell]:
        for kind in KINDS:
            for state, door in product(self.states, self.doors):
                known = not (state == "ended" and kind.name == "standing in")
                if known and (door == self.doors[0] or state in BRIEF):
                    yield Cell(self, kind, state, door)


CLOSED: Then = dict.fromkeys(("done", "dropped", "own done"), Code.ALREADY_DONE)
OPEN: Then = dict.fromkeys(
    ("open", "started", "blocked", "unowned", "ended", "foreign", "own", "gave"),
    Code.ALREADY_OPEN,
)
NOT_BLOCKED: Then = dict(CLOSED) | dict.fromkeys(
    ("open", "started", "unowned", "ended", "foreign", "own", "gave"), Code.NOT_BLOCKED
)
OWNED: Then = dict(CLOSED) | dict.fromkeys(
    ("open", "started", "blocked", "ended", "foreign", "own", "gave"), Code.CHANGED_MEANWHILE
)
REF, GROUP = "{ref}", "{group}"


def _word(op: Op, line: str, then: Then = CLOSED) -> Row:
    return Row(op, line, then=then)


def _button(op: Op, id_: Id, then: Then = CLOSED, *, do: str = "", opens: bool = False) -> Row:
    extra = {"do": do} if do else {}
    carried = value(REF, **extra)
    return Row(op, carried, ("button",), FEW, id_, then=then, changes=not opens)


def _form(id_: Id, *fields: tuple[Field, str], op: Op = Op.CHANGE_ITEM, then: Then = CLOSED) -> Row:
    return Row(op, value(REF), ("form",), FEW, id_, fields, then)


def _group(op: Op, line: str, *, states: tuple[str, ...] = GROUPS, changes: bool = True) -> Row:
    return Row(op, line, states=states, changes=changes)


def _self(op: Op, line: str, *, changes: bool = True) -> Row:
    return Row(op, line, states=("self",), changes=changes)


def _service(op: Op, *states: str) -> Row:
    return Row(op, "", ("service",), states or GROUPS, changes=False)


ITEM_ROWS = (
    replace(_word(Op.SEE_ITEM, "{ref}", {}), states=ALL, changes=False),
    replace(_word(Op.SEE_ITEM, "history {ref}", {}), changes=False, states=FEW),
    _button(Op.SEE_ITEM, Id.ITEM_DETAILS, {}, opens=True),
    _button(Op.SEE_ITEM, Id.ITEM_MORE, {}, do="history", opens=True),
    _button(Op.SEE_ITEM, Id.ITEM_MORE, {}, do="note", opens=True),
    _word(Op.NOTE_ITEM, "note {ref} waiting for site 3", {}),
    _form(Id.ITEM_NOTED, (Field.NOTE, "waiting"), op=Op.NOTE_ITEM, then={}),
    replace(_word(Op.CHANGE_ITEM, "done {ref} https://example.org"), states=ALL),
    _word(Op.CHANGE_ITEM, "drop {ref} not needed"),
    _word(Op.CHANGE_ITEM, "start {ref}"),
    _word(Op.CHANGE_ITEM, "block {ref} no scans yet"),
    _word(Op.CHANGE_ITEM, "unblock {ref}", NOT_BLOCKED),
    _word(Op.CHANGE_ITEM, f"give {{ref}} <@{SECOND}>"),
    _word(Op.CHANGE_ITEM, "move {ref} 2026-12-18"),
    _word(Op.CHANGE_ITEM, "edit {ref} Draft the other table"),
    _word(Op.CHANGE_ITEM, "reopen {ref}", OPEN),
    _button(Op.CHANGE_ITEM, Id.ITEM_DONE),
    _button(Op.CHANGE_ITEM, Id.ITEM_START),
    replace(_button(Op.CHANGE_ITEM, Id.ITEM_UNBLOCK, NOT_BLOCKED), states=EVERY),
    _button(Op.CHANGE_ITEM, Id.ITEM_REOPEN, OPEN),
    _button(Op.CHANGE_ITEM, Id.ITEM_EXTEND, opens=True),
    _button(Op.CHANGE_ITEM, Id.ITEM_SUGGEST, opens=True),
    _button(Op.CHANGE_ITEM, Id.ITEM_BLOCK, opens=True),
    _button(Op.CHANGE_ITEM, Id.ITEM_DROP, opens=True),
    _button(Op.CHANGE_ITEM, Id.ITEM_GIVE, opens=True),
    _button(Op.CHANGE_ITEM, Id.ITEM_MORE, do="done"),
    _button(Op.CHANGE_ITEM, Id.ITEM_MORE, do="edit", opens=True),
    _form(Id.ITEM_EXTENDED, (Field.DUE, "2026-12-18")),
    _form(Id.ITEM_BLOCKED, (Field.REASON, "no scans yet")),
    _form(Id.ITEM_GIVEN, (Field.OWNER, SECOND)),
    _form(Id.ITEM_EDITED, (Field.TEXT, "Draft the other table")),
    _form(Id.ITEM_DROPPED, (Field.REASON, "not needed")),
    _word(Op.ANSWER_ITEM, "accept {ref}"),
    _word(Op.ANSWER_ITEM, "decline {ref} away until March"),
    _button(Op.ANSWER_ITEM, Id.ITEM_ACCEPT),
    _button(Op.ANSWER_ITEM, Id.ITEM_DECLINE, opens=True),
    _form(Id.ITEM_DECLINED, (Field.REASON, "away"), op=Op.ANSWER_ITEM),
    replace(_button(Op.TAKE_ITEM, Id.ITEM_TAKE, OWNED), states=EVERY),
    _button(Op.QUIET_ITEM, Id.ITEM_MORE, do="tomorrow"),
    _button(Op.QUIET_ITEM, Id.ITEM_MORE, do="mute"),
    Row(Op.UNDO, "undo", states=("did",), refusal=frozenset({Code.NOT_ALLOWED})),
    Row(Op.UNDO, value(request="did:{user}"), ("button",), ("did",), Id.ITEM_UNDO),
    Row(
        Op.UNDO,
        value(request=f"did:{KEEPER}"),
        ("button",),
        ("foreign",),
        Id.ITEM_UNDO,
        refusal=frozenset({Code.NOTHING_TO_UNDO}),
    ),
)
ADD_ROWS = (
    _group(Op.ADD_ITEM, "add Draft it for {group}"),
    Row(Op.ADD_ITEM, "Draft it for {group}", ("capture",), GROUPS),
    Row(Op.ADD_ITEM, "Draft it", ("capture",), GROUPS),
    Row(
        Op.ADD_ITEM, "{}", ("form",), GROUPS, Id.ITEM_ADD,
        ((Field.TEXT, "Draft it"), (Field.GROUP, GROUP)),
    ),
    Row(
        Op.ADD_ITEM, value(group=GROUP), ("button", "shortcut"), ("anywhere",), Id.ITEM_NEW,
        changes=False,
    ),
    Row(Op.ADD_ITEM, "{}", ("shortcut",), ("anywhere",), Id.ITEM_FROM_MESSAGE, changes=False),
)  # fmt: skip
SHAPE_ROWS = (
    _group(Op.SEE_GROUP, "list done {group}", changes=False),
    Row(
        Op.SEE_GROUP, value(group=GROUP, show="done"), ("button",), GROUPS, Id.ITEM_PAGE,
        changes=False,
    ),
    _group(Op.SEE_HEALTH, "health", states=("home",), changes=False),
    Row(Op.LINK_GROUP, "link {group}", ("command", "mention"), GROUPS),
    Row(Op.LINK_GROUP, "unlink", ("command", "mention"), GROUPS),
    Row(Op.LINK_GROUP, value(group=GROUP, channel=FREE), ("button",), GROUPS, Id.GROUP_PICK),
    _group(Op.NAME_ROLE, f"role <@{SECOND}> cochair in {{group}}"),
    _group(Op.NAME_ROLE, f"remove <@{SECOND}> from {{group}}"),
    _group(Op.NAME_PROGRAMME_ROLE, f"role <@{SECOND}> steering", states=("home",)),
    _group(Op.NAME_PROGRAMME_ROLE, f"remove <@{STEERS}> from all", states=("home",)),
    _group(Op.SHAPE_GROUPS, "setup", states=("home",), changes=False),
    _group(Op.SHAPE_GROUPS, "group add imaging IM Imaging", states=("home",)),
    _group(Op.SHAPE_GROUPS, "group rename {group} Another name"),
    _group(Op.SHAPE_GROUPS, "group close {group}"),
    _group(Op.SHAPE_GROUPS, "group merge {group} into targets", states=("foreign",)),
    Row(Op.SHAPE_GROUPS, "{}", ("button",), ("home",), Id.SETUP_OPEN, changes=False),
    Row(
        Op.SHAPE_GROUPS, "{}", ("form",), ("home",), Id.SETUP_FORM,
        ((Field.GROUPS, "imaging IM Imaging"), (Field.ZONE, "Europe/London")),
    ),
)  # fmt: skip
NEW_ROWS = (
    _service(Op.SET_GROUP),
    _service(Op.HAND_OVER),
    _service(Op.SEE_MEETING),
    _service(Op.SEE_SELF, "self", "somebody"),
    _service(Op.CHANGE_SELF, "self", "somebody"),
    _service(Op.EXPORT_SELF, "self", "somebody"),
    _service(Op.ASK_ERASING, "self", "somebody"),
    _service(Op.ERASE_PERSON, "somebody"),
)
ROWS = (*ITEM_ROWS, *ADD_ROWS, *SHAPE_ROWS, *NEW_ROWS)


@dataclass(frozen=True, slots=True)
class Doors:
    """What a person sends, brought to the same tables as Slack's."""

    surfaces: Surfaces
    things: Things

    def channel(self, cell: Cell) -> ChannelId:
        if cell.door == "dm":
            return ChannelId(f"D{cell.kind.user}")
        if cell.row.says.startswith("link "):
            return FREE
        return channel_of(TRIALS if cell.state == "foreign" else cell.kind.home)

    def work(self, cell: Cell) -> Work:
        says, by = self._said(cell), self._by(cell)
        if cell.door == "service":
            return lambda ask: self._serve(ask, cell)
        if cell.door == "capture":
            return self.surfaces._capturing(by, (says,))
        if cell.door in ("button", "shortcut"):
            id_ = cell.row.id
            assert id_ is not None
            click = Click(by, id_, parse_value(says))
            return lambda ask: self.surfaces.clicks[id_](ask, click)
        if cell.door == "form":
            return self._submitting(cell, by, says)
        return self.surfaces._running(replace(by, text=says))

    def _submitting(self, cell: Cell, by: Invocation, says: str) -> Work:
        id_ = cell.row.id
        assert id_ is not None
        form = Form(by, id_, says)
        fields = {name: self._filled(cell, typed) for name, typed in cell.row.fields}
        picks = {name: (typed,) for name, typed in fields.items()}
        form = replace(form, fields=fields, picks=picks)
        return lambda ask: self.surfaces.forms[id_](ask, form)

    def _serve(self, ask: Ask, cell: Cell) -> Outcome:
        somebody = ask.actor if cell.state == "self" else ask.world.people[SECOND]
        group = TRIALS if cell.state == "foreign" else cell.kind.home
        authorize(ask, cell.row.op, group if cell.state in GROUPS else somebody)
        return Silent()

    def _said(self, cell: Cell) -> str:
        return self._filled(cell, cell.row.says)

    def _filled(self, cell: Cell, text: str) -> str:
        group = TRIALS if cell.state == "foreign" else cell.kind.home
        said = text.replace(GROUP, group).replace("{user}", cell.kind.user)
        return said.replace(REF, self._item(cell).ref) if REF in said else said

    def _item(self, cell: Cell) -> Item:
        return self.things.of(cell.kind, cell.state)

    def _by(self, cell: Cell) -> Invocation:
        spoken = cell.door in ("mention", "dm", "capture")
        return Invocation(
            source="message" if spoken else cell.door,
            key="cell",
            actor=cell.kind.user,
            channel=self.channel(cell),
            command={"command": "/wg", "mention": "@concerted"}.get(cell.door, ""),
            trigger=None if spoken else "trigger",
            ts="1.1" if spoken else None,
            speaks=cell.door in ("command", "mention", "capture"),
            by_outbox=spoken,
            direct=cell.door == "dm",
            quoted=Source(self.channel(cell), "1.1") if cell.door == "capture" else None,
        )
