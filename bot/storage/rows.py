"""How rows are made and read: column types, and values in and out."""

from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Protocol, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import (
    Column,
    Dialect,
    Enum,
    MetaData,
    Select,
    TableClause,
    Text,
    TypeDecorator,
    bindparam,
    inspect,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Table(SQLModel):
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


class Json(TypeDecorator[Any]):
    """A value as JSON text, checked against its type when it is read."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        return None if value is None else self._adapter.dump_json(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        return None if value is None else self._adapter.validate_json(value)


def json(kind: object, *, nullable: bool = False) -> Column[Any]:
    return Column(Json(kind), nullable=nullable)


def word(kind: type[StrEnum], name: str) -> Column[Any]:
    """One word of the enum, held to it by a CHECK; a native type would outlive a downgrade."""
    return Column(
        Enum(
            kind,
            name=name,
            native_enum=False,
            create_constraint=True,
            length=20,
            values_callable=lambda words: [word.value for word in words],
        ),
        nullable=False,
    )


class Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


V = TypeVar("V", bound=Dataclass)


def value(kind: type[V], row: object, **more: object) -> V:
    """The value whose fields are the row's columns of the same names; `more` fills in others."""
    names, read = _reading(kind, frozenset(more))
    return kind(**dict(zip(names, read(row), strict=True)), **more)


def selection(kind: type[Dataclass], table: type[SQLModel]) -> Select[Any]:
    """The columns of the value's fields in their order, of the bound `team`.

    To make an entity of each row as well takes three times as long.
    """
    of = inspect(table).local_table.c
    return select(*(of[field.name] for field in fields(kind))).where(
        of.team_id == bindparam("team")
    )


@cache
def _reading(
    kind: type[Dataclass], but: frozenset[str]
) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """Names of the fields and what reads them all at once: thousands of rows are read at Home."""
    names = tuple(field.name for field in fields(kind) if field.name not in but)
    read = attrgetter(*names)
    return names, read if len(names) > 1 else lambda row: (read(row),)


def columns(value: Dataclass, *leave_out: str) -> dict[str, object]:
    """The fields of a value as columns of the same names."""
    names = (field.name for field in fields(value) if field.name not in leave_out)
    return {name: getattr(value, name) for name in names}


GROWING = frozenset({"moves", "notes"})
"""Of these parts none is ever taken out, so their places have no gaps."""


def unchanged(name: str, was: tuple[object, ...], now: tuple[object, ...]) -> int:
    """How many parts of this name may stay as they are: all if none is another, else none.

    Of those that grow, others may follow.
    """
    same = now[: len(was)] == was if name in GROWING else now == was
    return len(was) if same else 0


def inserting(
    dialect: str, table: type[SQLModel] | TableClause
) -> sqlite.Insert | postgresql.Insert:
    """An insert that knows ON CONFLICT; the one statement the two databases spell apart."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def upsert(
    session: Session,
    table: type[SQLModel],
    keys: Mapping[str, object],
    values: Mapping[str, object],
    **once: object,
) -> None:
    """Insert, or update `values` where the keys are there already; `once` is for inserting only."""
    dialect = session.get_bind().dialect.name
    insert = inserting(dialect, table).values(**keys, **values, **once)
    session.exec(insert.on_conflict_do_update(index_elements=list(keys), set_=values))
