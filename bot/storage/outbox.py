"""What shall be said: put once, refreshed, withdrawn, looked up."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import ColumnElement, TableClause, case, inspect
from sqlmodel import col, func, select

from bot.domain.outbox import SAID_BEFORE, Message, Outgoing, Sent, State, Way
from bot.storage.lanes import Lanes
from bot.storage.message_tables import OutboxRow
from bot.storage.outbox_rows import live, planned_value, sent_value
from bot.storage.rows import columns, inserting


class Outbox(Lanes):
    """How rows are claimed and settled is in `Lanes`."""

    def put(self, out: Outgoing, *, state: State = State.PENDING, why: str = "") -> bool:
        """Add it, or refresh what is pending or withdrawn under its key; False: it is past that.

        A newer edit of the same message makes older pending ones `merged`.
        """
        self._open_lane(out.lane)
        found = self._put(out, state, why)
        if found is not None and out.way is Way.EDIT:
            self._supersede(out, found)
        return found is not None

    def put_all(self, outs: Iterable[Outgoing]) -> None:
        """The same of many at once."""
        wanted = tuple(outs)
        for lane in sorted({out.lane for out in wanted}):
            self._open_lane(lane)
        self._put_posts([out for out in wanted if out.way is not Way.EDIT])
        put = [(o, self._put(o, State.PENDING, "")) for o in wanted if o.way is Way.EDIT]
        edits = {out.edits: (out, row) for out, row in put if row}
        for edited in self._edited_twice(edits):
            self._supersede(*edits[edited])

    def withdraw(self, subject: str, *, kinds: frozenset[str] | None = None) -> int:
        """Unsay what is pending about the subject (of these kinds only); how many rows.

        What is being sent at this moment is not tried again should it fail.
        """
        which = [col(OutboxRow.subject) == subject]
        if kinds is not None:
            which.append(col(OutboxRow.kind).in_(kinds))
        return self._unsay(*which)

    def withdraw_all(self, subjects: Iterable[str], kinds: frozenset[str]) -> int:
        """The same of many subjects at once."""
        about = col(OutboxRow.subject).in_(tuple(subjects))
        return self._unsay(about, col(OutboxRow.kind).in_(kinds))

    def revive(self, keys: Iterable[str], reasons: Iterable[str]) -> int:
        """What Slack refused for one of these reasons counts as never put; how many rows."""
        refused = col(OutboxRow.state) == State.REFUSED, col(OutboxRow.why).in_(tuple(reasons))
        again = {"state": State.WITHDRAWN, "frozen": None, "next_try": None}
        return self._outbox.change(col(OutboxRow.key).in_(tuple(keys)), *refused, **again)

    def adopt(self, key: str, channel: str, ts: str) -> None:
        """Of what nobody could tell whether it was posted: it was, and there it is."""
        unclear = col(OutboxRow.state).in_((State.SENDING, State.UNKNOWN))
        sent = {"state": State.SENT, "channel": channel, "ts": ts, "why": ""}
        self._outbox.change(col(OutboxRow.key) == key, unclear, **sent)

    def again(self, key: str, until: datetime) -> None:
        """What did not arrive is said once more, if it is said before `until`."""
        lost = (State.UNKNOWN, State.REFUSED, State.STALE, State.WITHDRAWN)
        which = col(OutboxRow.key) == key, col(OutboxRow.state).in_(lost)
        anew = {"state": State.PENDING, "frozen": None, "next_try": None, "why": "", "until": until}
        self._outbox.change(*which, col(OutboxRow.ts).is_(None), unwanted=False, **anew)

    def withdraw_to(self, lane: str, kinds: frozenset[str]) -> int:
        """The same of what one person or channel was to hear."""
        return self._unsay(col(OutboxRow.lane) == lane, col(OutboxRow.kind).in_(kinds))

    def waiting(self, lane: str) -> tuple[Sent, ...]:
        """What is still to be said there, the first first."""
        return self._outbox.sent(col(OutboxRow.lane) == lane, live(OutboxRow))

    def silence(
        self,
        lane: str,
        subjects: Iterable[str] | None = None,
        why: str = "",
        kinds: frozenset[str] | None = None,
    ) -> int:
        """Unsay all that waits there, or what waits about these subjects; how many rows."""
        which = [col(OutboxRow.lane) == lane]
        if kinds is not None:
            which.append(col(OutboxRow.kind).in_(tuple(kinds)))
        if subjects is not None:
            which.append(col(OutboxRow.subject).in_(tuple(subjects)))
        pending = col(OutboxRow.state) == State.PENDING
        self._outbox.change(*which, pending, why=why)
        return self._unsay(*which)

    def reword(self, key: str, message: Message) -> None:
        """A row's own words anew; what was sent of it stands until an edit rewrites it."""
        self._outbox.change(col(OutboxRow.key) == key, message=message)

    def move(self, old: str, new: str) -> None:
        """A channel goes on under another id: what waits for it, and what stands in it.

        What is being sent at this moment keeps its lane, whose lease it runs under.
        """
        self._open_lane(new)
        settled = col(OutboxRow.state) != State.SENDING
        self._outbox.change(col(OutboxRow.lane) == old, settled, lane=new)
        self._outbox.change(col(OutboxRow.channel) == old, channel=new)

    def reconsider(self, lane: str) -> None:
        """What was held back there until quiet hours end is due as it was planned."""
        pending = col(OutboxRow.state) == State.PENDING
        self._outbox.change(col(OutboxRow.lane) == lane, pending, at=col(OutboxRow.planned))

    def last_said(self, lane: str, bundle: str) -> datetime | None:
        """When the last message of the bundle went out there, or may have."""
        query = select(func.max(OutboxRow.last_sent)).where(
            OutboxRow.team_id == self._team,
            OutboxRow.lane == lane,
            OutboxRow.bundle == bundle,
            col(OutboxRow.quiet_hours),
            col(OutboxRow.state).in_((State.SENT, State.UNKNOWN)),
        )
        return self._session.exec(query).one()

    def by_key(self, key: str) -> Sent | None:
        return next(iter(self._outbox.sent(col(OutboxRow.key) == key)), None)

    def by_keys(self, keys: Iterable[str]) -> dict[str, Sent]:
        found = self._outbox.sent(col(OutboxRow.key).in_(tuple(keys)))
        return {row.out.key: row for row in found}

    def subjects(self, lane: str, kinds: frozenset[str]) -> frozenset[str]:
        """What of these kinds was, or is, to be said there is about."""
        query = select(OutboxRow.subject).where(
            OutboxRow.team_id == self._team,
            OutboxRow.lane == lane,
            col(OutboxRow.kind).in_(kinds),
        )
        return frozenset(self._session.exec(query.distinct()))

    def about_any(
        self, subjects: Iterable[str], kinds: frozenset[str], since: datetime | None = None
    ) -> tuple[Sent, ...]:
        """Of these kinds, to be said `since` or later; in that order."""
        which: list[ColumnElement[bool]] = [col(OutboxRow.subject).in_(tuple(subjects))]
        which.append(col(OutboxRow.kind).in_(kinds))
        if since is not None:
            which.append(col(OutboxRow.at) >= since)
        return self._outbox.sent(*which)

    def about(self, subject: str) -> tuple[Sent, ...]:
        """In the order they are, or were, to be said."""
        return self._outbox.sent(col(OutboxRow.subject) == subject)

    def by_id(self, row: str) -> Sent | None:
        return next(iter(self._outbox.sent(col(OutboxRow.id) == row)), None)

    def bundled(self, head: str) -> tuple[Sent, ...]:
        """The row and those merged into it, each in its own words, as they were to be said."""
        which = (col(OutboxRow.id) == head) | (col(OutboxRow.merged_into) == head)
        return tuple(map(planned_value, self._outbox.rows(self._outbox.query(which))))

    def standing(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys that are there and not withdrawn."""
        query = select(OutboxRow.key).where(
            OutboxRow.team_id == self._team,
            col(OutboxRow.key).in_(tuple(keys)),
            col(OutboxRow.state) != State.WITHDRAWN,
        )
        return frozenset(self._session.exec(query))

    def put_sent(self, out: Outgoing, channel: str, ts: str) -> None:
        """Write down a message that stands in Slack already."""
        self.put(out, state=State.SENT)
        self._outbox.change(col(OutboxRow.key) == out.key, channel=channel, ts=ts)

    def recent(self, limit: int = 50) -> tuple[Sent, ...]:
        """The last put, newest first."""
        query = select(OutboxRow).where(OutboxRow.team_id == self._team)
        newest = query.order_by(col(OutboxRow.seq).desc()).limit(limit)
        return tuple(map(sent_value, self._outbox.rows(newest)))

    def counts(self) -> dict[State, int]:
        """Every state, also those with none; what a world from elsewhere had said is not ours."""
        query = (
            select(OutboxRow.state, func.count())
            .where(OutboxRow.team_id == self._team, OutboxRow.why != SAID_BEFORE)
            .group_by(col(OutboxRow.state))
        )
        counted = dict(self._session.exec(query).all())
        return {state: counted.get(state, 0) for state in State}

    def troubled(self, limit: int) -> tuple[Sent, ...]:
        """What Slack refused, and what nobody can tell of; the newest first."""
        states = col(OutboxRow.state).in_((State.REFUSED, State.UNKNOWN))
        query = select(OutboxRow).where(OutboxRow.team_id == self._team, states)
        newest = query.order_by(col(OutboxRow.seq).desc()).limit(limit)
        return tuple(map(sent_value, self._outbox.rows(newest)))

    def _put(self, out: Outgoing, state: State, why: str) -> str | None:
        """The row's id; None: it is past that. Its lane is to be open."""
        putting = _putting(self._session.get_bind().dialect.name, True)
        row = self._row(out, state, why)
        found: str | None = self._session.exec(putting, params=row).scalar_one_or_none()
        if found is None:
            self._outbox.change(col(OutboxRow.key) == out.key, unwanted=False)
        return found

    def _put_posts(self, outs: list[Outgoing]) -> None:
        """What rewrites nothing; their lanes are to be open."""
        if outs:
            rows = [self._row(out, State.PENDING, "") for out in outs]
            putting = _putting(self._session.get_bind().dialect.name, False)
            self._session.exec(putting, params=rows)
            keys = [out.key for out in outs]
            self._outbox.change(col(OutboxRow.key).in_(keys), unwanted=False)

    def _row(self, out: Outgoing, state: State, why: str) -> dict[str, object]:
        row = columns(out) | {"id": str(uuid4()), "team_id": self._team, "planned": out.at}
        return row | {
            "state": state,
            "why": why,
            "claim_no": 0,
            "attempts": 0,
            "unwanted": False,
        }

    def _edited_twice(self, edited: Iterable[str | None]) -> tuple[str | None, ...]:
        """Those of the messages for which more than one edit waits."""
        query = select(OutboxRow.edits, func.count()).where(
            OutboxRow.team_id == self._team,
            col(OutboxRow.way) == Way.EDIT,
            col(OutboxRow.edits).in_(tuple(edited)),
            col(OutboxRow.state) == State.PENDING,
        )
        many = query.group_by(col(OutboxRow.edits)).having(func.count() > 1)
        return tuple(edits for edits, _ in self._session.exec(many))

    def _unsay(self, *which: ColumnElement[bool]) -> int:
        trying = col(OutboxRow.state).in_((State.SENDING, State.MERGED))
        self._outbox.change(*which, trying, unwanted=True)
        pending = col(OutboxRow.state) == State.PENDING
        return self._outbox.change(*which, pending, state=State.WITHDRAWN, next_try=None)

    def _supersede(self, edit: Outgoing, by: str) -> None:
        self._outbox.change(
            col(OutboxRow.way) == Way.EDIT,
            col(OutboxRow.edits) == edit.edits,
            col(OutboxRow.state) == State.PENDING,
            col(OutboxRow.id) != by,
            state=State.MERGED,
            merged_into=by,
            why="superseded",
        )


@cache
def _putting(dialect: str, telling: bool) -> Any:
    """Built once: building it takes longer than carrying it out. `telling`: the row's id."""
    # The table itself, not its class: the session would look at each row's columns again.
    table = cast(TableClause, inspect(OutboxRow).local_table)
    row, stored = inserting(dialect, table), col(OutboxRow.state)
    # What quiet hours have moved stays moved until it is asked for at another time.
    same = (stored == State.PENDING) & (col(OutboxRow.planned) == row.excluded.planned)
    wanted = [field.name for field in fields(Outgoing)] + ["planned", "state", "why", "unwanted"]
    refreshed: dict[str, ColumnElement[object]] = {name: row.excluded[name] for name in wanted}
    refreshed["at"] = case((same, col(OutboxRow.at)), else_=row.excluded.at)
    putting = row.on_conflict_do_update(
        index_elements=["team_id", "key"],
        set_=refreshed,
        # Spelled out: of many rows at once, a list would not be taken.
        where=(stored == State.PENDING) | (stored == State.WITHDRAWN),
    )
    return putting.returning(table.c.id) if telling else putting
