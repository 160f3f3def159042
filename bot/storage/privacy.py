"""All that the rows hold of one person, given or forgotten."""

import json
from collections.abc import Iterator

from pydantic_core import to_jsonable_python
from sqlalchemy import Column, ColumnElement, Text, delete, or_, select, true, type_coerce, update
from sqlalchemy import Table as SqlTable
from sqlmodel import Session, col

from bot.domain.model import TeamId, UserId
from bot.domain.outbox import State, Way
from bot.domain.privacy import Pseudonym, Swap, Traces
from bot.errors import Busy
from bot.storage.classification import ABOUT, HOLDS, Holds
from bot.storage.message_tables import OutboxRow
from bot.storage.outbox_rows import OutboxTable, live
from bot.storage.rows import Table

PARTS = ("assignments", "moves", "notes", "quiet")
_STRUCTURE = frozenset({"type", "action_id", "style", "state", "answer", "group", "ref", "zone"})
_ACTORS = ("user", "by", "given_by")


class Privacy:
    """All that is kept of one person in this team's rows."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def export(self, user: UserId) -> dict[str, list[dict[str, object]]]:
        """By table. What others wrote into the same things is left out, of them only ids stay."""
        found = {table.name: list(self._theirs(table, user)) for table in _tables()}
        return {name: rows for name, rows in found.items() if rows}

    def erase(self, traces: Traces, by: Pseudonym) -> None:
        """Raises Busy while a message to them is on its way: it would come back with them."""
        outbox = OutboxTable(self._session, self._team)
        to_them = col(OutboxRow.lane) == traces.user
        if outbox.sent(to_them, col(OutboxRow.state) == State.SENDING):
            raise Busy("A message to the person is on its way; nothing was saved.")
        for table in reversed(_tables()):
            self._remove(table, traces.user)
        self._forget_edits(traces)
        for table in _tables():
            self._replace(table, Holds.NAMED, traces.user, None)
            self._replace(table, Holds.WHO, traces.user, by.user)
            self._reword(table, traces, by)

    def _theirs(self, table: SqlTable, user: UserId) -> Iterator[dict[str, object]]:
        which = [column == user for column in _columns(table, Holds.WHOSE, Holds.WHO, Holds.NAMED)]
        which += [table.c[name].contains(user) for name in ABOUT.get(table.name, "").split()]
        if table.name == "items":
            which += [table.c.id.in_(_of_parts(part, user)) for part in PARTS]
        if not which:
            return
        shown = [c for c in table.c if c.name in _shown(table)]
        rows = select(*shown).where(table.c.team_id == self._team, or_(*which))
        nested = {column.name for column in _columns(table, Holds.NESTED)}
        for row in self._session.exec(rows.order_by(*table.primary_key)).mappings():  # type: ignore[call-overload]  # Core columns, of which SQLModel knows no types
            yield {
                str(name): _own(value, user) if name in nested else to_jsonable_python(value)
                for name, value in row.items()
            }

    def _remove(self, table: SqlTable, user: UserId) -> None:
        for column in _columns(table, Holds.WHOSE):
            theirs = delete(table).where(table.c.team_id == self._team, column == user)
            self._session.exec(theirs)

    def _forget_edits(self, traces: Traces) -> None:
        """Rewritings that are done serve nobody, and would stand in the way of the next one."""
        table = OutboxRow.metadata.tables["outbox"]
        done = col(OutboxRow.way) == Way.EDIT, ~live(OutboxRow)
        where = table.c.team_id == self._team, *done, _hinted(traces, _columns(table, Holds.NESTED))
        self._session.exec(delete(OutboxRow).where(*where))

    def _replace(self, table: SqlTable, kind: Holds, user: UserId, now: UserId | None) -> None:
        for column in _columns(table, kind):
            theirs = table.c.team_id == self._team, column == user
            self._session.exec(update(table).where(*theirs).values({column: now}))

    def _reword(self, table: SqlTable, traces: Traces, by: Pseudonym) -> None:
        """Row by row, as text: only few have anything to find."""
        columns = _columns(table, Holds.KEY, Holds.WORDS, Holds.NESTED)
        if not columns:
            return
        swaps = _swaps(table, traces, by)
        keys = list(table.primary_key)
        texts = [type_coerce(column, Text) for column in columns]
        where = table.c.team_id == self._team, _hinted(traces, columns)
        rows = select(*keys, *texts).where(*where)
        for row in self._session.exec(rows).all():  # type: ignore[call-overload]  # as above
            olds = dict(zip(columns, row[len(keys) :], strict=True))
            news = {c: swaps[c.name](old) for c, old in olds.items() if old is not None}
            changed = {c: type_coerce(new, Text) for c, new in news.items() if new != olds[c]}
            if changed:
                this = (key == value for key, value in zip(keys, row, strict=False))
                self._session.exec(update(table).where(*this).values(changed))


def _tables() -> list[SqlTable]:
    return list(Table.metadata.sorted_tables)


def _columns(table: SqlTable, *kinds: Holds) -> list[Column[object]]:
    names = [name for kind in kinds for name in HOLDS[table.name].get(kind, "").split()]
    return [table.c[name] for name in names]


def _shown(table: SqlTable) -> set[str]:
    return {column.name for column in _columns(table, *(set(Holds) - {Holds.TECHNICAL}))}


def _of_parts(part: str, user: UserId) -> ColumnElement[int]:
    table = Table.metadata.tables[part]
    theirs = or_(
        *(column == user for column in _columns(table, Holds.WHOSE, Holds.WHO, Holds.NAMED))
    )
    return select(table.c.item_id).where(theirs).scalar_subquery()


def _hinted(traces: Traces, columns: list[Column[object]]) -> ColumnElement[bool]:
    """Rows in which there may be something to find."""
    if traces.needles is None:
        return true()
    texts = [type_coerce(column, Text) for column in columns]
    return or_(*(text.ilike(f"%{needle}%") for text in texts for needle in traces.needles))


def _swaps(table: SqlTable, traces: Traces, by: Pseudonym) -> dict[str, Swap]:
    words, keys = traces.hidden_in_words(by), traces.hidden_in_keys(by)
    found = {column.name: keys for column in _columns(table, Holds.KEY)}
    found |= {column.name: words for column in _columns(table, Holds.WORDS)}
    return found | {column.name: _within(words) for column in _columns(table, Holds.NESTED)}


def _within(swap: Swap) -> Swap:
    """The same inside JSON text."""

    def swapped(text: str) -> str:
        before = json.loads(text)
        after = _walked(before, swap)
        if after == before:
            return text
        return json.dumps(after, ensure_ascii=False, separators=(",", ":"))

    return swapped


def _walked(value: object, swap: Swap, key: str = "") -> object:
    if isinstance(value, str):
        return value if key in _STRUCTURE else swap(value)
    if isinstance(value, list):
        return [_walked(one, swap, key) for one in value]
    if isinstance(value, dict):
        return {name: _walked(one, swap, str(name)) for name, one in value.items()}
    return value


def _own(value: object, user: UserId) -> object:
    """Without how it was drawn, and without what others wrote."""
    plain = json.loads(value) if isinstance(value, str) else to_jsonable_python(value)
    return _mine(plain, user)


def _mine(value: object, user: UserId) -> object:
    if isinstance(value, dict):
        return {k: _mine(one, user) for k, one in value.items() if k != "blocks"}
    if isinstance(value, list):
        return [_mine(one, user) for one in value if not _is_anothers(one, user)]
    return value


def _is_anothers(part: object, user: UserId) -> bool:
    if not isinstance(part, dict):
        return False
    actors = [part[name] for name in _ACTORS if name in part]
    return bool(actors) and user not in actors
