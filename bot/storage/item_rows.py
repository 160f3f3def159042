"""An action as one row and its parts, and back."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import inspect, select

from bot.domain.items import Assignment, Due, Item, Move, Note, Quiet, Source
from bot.domain.model import ItemId, Ref
from bot.storage.rows import Dataclass, columns, value
from bot.storage.tables import (
    AssignmentRow,
    ItemRow,
    MoveRow,
    NeedRow,
    NoteRow,
    PartRow,
    QuietRow,
)

PARTS: Mapping[str, type[PartRow]] = {
    "assignments": AssignmentRow,
    "moves": MoveRow,
    "needs": NeedRow,
    "notes": NoteRow,
    "quiet": QuietRow,
}
_VALUES: Mapping[type[PartRow], type[Dataclass]] = {
    AssignmentRow: Assignment,
    MoveRow: Move,
    NoteRow: Note,
    QuietRow: Quiet,
}
_SOURCE = tuple(field.name for field in fields(Source))


def rows_of(table: type[ItemRow | PartRow]) -> Any:
    """Bare rows: to make each into an object of its own first takes three times as long."""
    return select(inspect(table).local_table)


def item_value(row: Any, parts: Mapping[str, tuple[object, ...]]) -> Item:
    """Of a row of the table; `parts` has the item's tuple under each of the names of PARTS."""
    facts = {name: getattr(row, f"source_{name}") for name in _SOURCE}
    return value(
        Item,
        row,
        **parts,
        id=ItemId(row.id or 0),
        due=Due(row.due_day, row.due_at, row.due_zone),
        source=Source(**facts) if row.source_permalink is not None else None,
    )


def item_columns(item: Item) -> dict[str, object]:
    due, source = item.due, item.source
    return columns(item, "id", "due", "source", *PARTS) | {
        "due_day": due.day,
        "due_at": due.at,
        "due_zone": due.zone,
        **{f"source_{name}": getattr(source, name, None) for name in _SOURCE},
    }


def part_value(kind: type[PartRow], row: Any) -> object:
    return Ref(row.ref) if kind is NeedRow else value(_VALUES[kind], row)


def part_columns(part: Dataclass | str) -> dict[str, object]:
    return {"ref": part} if isinstance(part, str) else columns(part)
