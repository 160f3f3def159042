"""What every column holds of people; and by that all of one person's rows, given or forgotten."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum

from pydantic_core import to_jsonable_python
from sqlalchemy import Column, ColumnElement, Text, delete, or_, select, true, type_coerce, update
from sqlalchemy import Table as SqlTable
from sqlmodel import Session, col

from bot.domain.model import TeamId, UserId
from bot.domain.outbox import State, Way
from bot.domain.privacy import Pseudonym, Swap, Traces
from bot.errors import Busy
from bot.storage.message_tables import OutboxRow
from bot.storage.outbox_rows import live
from bot.storage.rows import Table


class Holds(StrEnum):
    WHOSE = "whose"
    """The id of the person whom the row is about: erased with them."""
    PROFILE = "profile"
    """What is known of that person; goes with the row."""
    WHO = "who"
    """The id of a person who did something: becomes a pseudonym."""
    WORDS = "words"
    """What people typed: may name anybody."""
    NESTED = "nested"
    """JSON with ids and words in it."""
    KEY = "key"
    """Made by us; an id may be part of it."""
    FACT = "fact"
    """About the thing, or the message, and nobody in it."""
    TECHNICAL = "technical"
    """Counters and row ids, which tell nobody anything."""


W = Holds
HOLDS: Mapping[str, Mapping[Holds, str]] = {
    "programme": {
        W.WORDS: "name label", W.NESTED: "closures",
        W.FACT: "zone country region channel",
    },
    "groups": {
        W.WORDS: "short name scope", W.NESTED: "aliases settings",
        W.FACT: "key prefix zone channel state merged_into ended_at", W.TECHNICAL: "position",
    },
    "numbers": {W.FACT: "prefix last"},
    "people": {
        W.WHOSE: "user",
        W.PROFILE: "dm name handle zone zone_chosen country region country_chosen hours workdays"
        " away_until declared declaration admin external home_team guest bot left left_at"
        " welcomed_at facts_at",
    },
    "memberships": {W.WHOSE: "user", W.PROFILE: "group role named", W.TECHNICAL: "id"},
    "departures": {
        W.WHOSE: "user", W.PROFILE: "group at why roles refs settled_at", W.TECHNICAL: "id",
    },
    "channels": {W.FACT: "id name private archived bot_in shared"},
    "items": {
        W.WHO: "created_by closed_by updated_by", W.WORDS: "text why evidence source_quote",
        W.KEY: "source_permalink",
        W.FACT: "ref group due_day due_at due_zone first_due created_at set_at state state_since"
        " closed_at source_channel source_ts source_meeting taken_back updated_at",
        W.TECHNICAL: "id number version",
    },
    "former_refs": {W.FACT: "ref item_id"},
    "assignments": {
        W.WHO: "user given_by", W.FACT: "item_id asked_at answer answered_at",
        W.TECHNICAL: "position",
    },
    "moves": {
        W.WHO: "by", W.WORDS: "because", W.FACT: "item_id old new at", W.TECHNICAL: "position",
    },
    "needs": {W.FACT: "item_id ref", W.TECHNICAL: "position"},
    "notes": {W.WHO: "by", W.WORDS: "text", W.FACT: "item_id at", W.TECHNICAL: "position"},
    "quiet": {W.WHOSE: "user", W.PROFILE: "item_id until", W.TECHNICAL: "position"},
    "history": {
        W.WHO: "by", W.KEY: "ref request", W.WORDS: "detail", W.NESTED: "before after",
        W.FACT: "at verb undone", W.TECHNICAL: "id version",
    },
    "outbox": {
        W.WHOSE: "lane", W.KEY: "key subject edits", W.NESTED: "message frozen",
        W.FACT: "kind planned at until way thread_ts bundle quiet_hours state why first_sent"
        " last_sent next_try channel ts unwanted",
        W.TECHNICAL: "seq id claim_no attempts merged_into",
    },
    "lanes": {
        W.WHOSE: "lane", W.FACT: "next_at paused_until pause_reason",
        W.TECHNICAL: "claim_no lease_until",
    },
    "inbox": {
        W.WHOSE: "user", W.KEY: "key alt", W.NESTED: "reply_json", W.FACT: "source kind at",
        W.TECHNICAL: "seq content_hash",
    },
    "marks": {W.KEY: "name value", W.FACT: "at"},
}  # fmt: skip
"""Of every table but its `team_id`, which says whose installation it is."""

ABOUT: Mapping[str, str] = {"history": "ref detail"}
"""Where somebody else's entry is about a person: their id stands in one of these columns."""
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
        mine = col(OutboxRow.team_id) == self._team, col(OutboxRow.lane) == traces.user
        sending = select(col(OutboxRow.seq)).where(*mine, col(OutboxRow.state) == State.SENDING)
        if self._session.exec(sending).first() is not None:
            raise Busy("A message to the person is on its way; nothing was saved.")
        for table in reversed(_tables()):
            self._remove(table, traces.user)
        self._forget_edits(traces)
        for table in _tables():
            self._rename(table, traces.user, by)
            self._reword(table, traces, by)

    def _theirs(self, table: SqlTable, user: UserId) -> Iterator[dict[str, object]]:
        which = [column == user for column in _columns(table, W.WHOSE, W.WHO)]
        which += [table.c[name].contains(user) for name in ABOUT.get(table.name, "").split()]
        if table.name == "items":
            which += [table.c.id.in_(_of_parts(part, user)) for part in PARTS]
        if not which:
            return
        shown = [c for c in table.c if c.name in _shown(table)]
        rows = select(*shown).where(table.c.team_id == self._team, or_(*which))
        nested = {column.name for column in _columns(table, W.NESTED)}
        for row in self._session.exec(rows.order_by(*table.primary_key)).mappings():  # type: ignore[call-overload]  # Core columns, of which SQLModel knows no types
            yield {
                str(name): _own(value, user) if name in nested else to_jsonable_python(value)
                for name, value in row.items()
            }

    def _remove(self, table: SqlTable, user: UserId) -> None:
        for column in _columns(table, W.WHOSE):
            theirs = delete(table).where(table.c.team_id == self._team, column == user)
            self._session.exec(theirs)

    def _forget_edits(self, traces: Traces) -> None:
        """Rewritings that are done serve nobody, and would stand in the way of the next one."""
        table = OutboxRow.metadata.tables["outbox"]
        done = col(OutboxRow.way) == Way.EDIT, ~live(OutboxRow)
        where = table.c.team_id == self._team, *done, _hinted(traces, _columns(table, W.NESTED))
        self._session.exec(delete(OutboxRow).where(*where))

    def _rename(self, table: SqlTable, user: UserId, by: Pseudonym) -> None:
        for column in _columns(table, W.WHO):
            theirs = table.c.team_id == self._team, column == user
            self._session.exec(update(table).where(*theirs).values({column: by.user}))

    def _reword(self, table: SqlTable, traces: Traces, by: Pseudonym) -> None:
        """Row by row, as text: only few have anything to find."""
        columns = _columns(table, W.KEY, W.WORDS, W.NESTED)
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
    return {column.name for column in _columns(table, *(set(Holds) - {W.TECHNICAL}))}


def _of_parts(part: str, user: UserId) -> ColumnElement[int]:
    table = Table.metadata.tables[part]
    theirs = or_(*(column == user for column in _columns(table, W.WHOSE, W.WHO)))
    return select(table.c.item_id).where(theirs).scalar_subquery()


def _hinted(traces: Traces, columns: list[Column[object]]) -> ColumnElement[bool]:
    """Rows in which there may be something to find."""
    if traces.needles is None:
        return true()
    texts = [type_coerce(column, Text) for column in columns]
    return or_(*(text.ilike(f"%{needle}%") for text in texts for needle in traces.needles))


def _swaps(table: SqlTable, traces: Traces, by: Pseudonym) -> dict[str, Swap]:
    words, keys = traces.hidden_in_words(by), traces.hidden_in_keys(by)
    found = {column.name: keys for column in _columns(table, W.KEY)}
    found |= {column.name: words for column in _columns(table, W.WORDS)}
    return found | {column.name: _within(words) for column in _columns(table, W.NESTED)}


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
