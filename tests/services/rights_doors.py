"""What a person sends, as the tables behind Slack's doors take it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.items import Item, Source
from bot.domain.model import ChannelId
from bot.handlers.captures import Caught, captured
from bot.handlers.registry import Click, Form, Invocation
from bot.handlers.surfaces import Surfaces
from bot.services.access import Ask, authorize
from bot.services.inbox import Outcome, Silent
from bot.views.blocks import Id, parse_value
from tests.services.rights_cells import (
    DEADLINE,
    DECISION,
    GROUP,
    GROUPS,
    LEFT,
    MEETING,
    REF,
    Cell,
)
from tests.services.rights_people import FREE, SECOND, TRIALS, Things, channel_of

Work = Callable[[Ask], Outcome]


@dataclass(frozen=True, slots=True)
class Doors:
    surfaces: Surfaces
    things: Things

    def channel(self, cell: Cell) -> ChannelId:
        if cell.door == "dm":
            return ChannelId(f"D{cell.kind.user}")
        if cell.row.says.startswith("link ") or cell.row.id is Id.GROUP_PICK:
            return FREE
        return channel_of(TRIALS if cell.state == "foreign" else cell.kind.home)

    def work(self, cell: Cell) -> Work:
        says, by = self._said(cell), self._by(cell)
        if cell.door == "service":
            return lambda ask: self._serve(ask, cell)
        if cell.door == "capture":
            lines = captured(says) or (Caught("action", says),)
            return self.surfaces._capturing(by, lines)
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
        said = said.replace(LEFT, str(self.things.left.get(group, "")))
        said = said.replace(DEADLINE, self.things.deadlines.get(group, ""))
        said = said.replace(DECISION, self.things.decisions.get(group, ""))
        said = said.replace(MEETING, self.things.meetings.get(group, ""))
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
