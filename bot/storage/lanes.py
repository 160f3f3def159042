"""The way out, one lane a channel or person: claimed, frozen, settled, paced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, case, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, or_, select

from bot.domain.model import TeamId
from bot.domain.outbox import Message, Sent, State, Way
from bot.storage.message_tables import LaneRow, OutboxRow
from bot.storage.outbox_rows import OutboxTable, live, passed, sent_value
from bot.storage.rows import inserting, upsert

LEASE = timedelta(seconds=45)
ALL = "*"
"""The row among the lanes that pauses them all."""
ROW, TARGET = aliased(OutboxRow), aliased(OutboxRow)
"""Made once: an alias learns its columns at their first use."""


@dataclass(frozen=True, slots=True)
class Pause:
    """`lane` is `*` for all."""

    lane: str
    until: datetime
    reason: str


class Lanes:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team
        self._outbox = OutboxTable(session, team)

    def claim(self, now: datetime, limit: int = 20) -> tuple[Sent, ...]:
        """The due heads of free lanes, now `sending` under a lease of `LEASE`.

        Each is to be frozen, deferred or made stale in this same transaction. A head left `sending`
        under an expired lease becomes `unknown`, an edit whose message never came `stale`.
        """
        lanes = {} if self._halted(now) else self._free_lanes(now, limit)
        claimed: list[OutboxRow] = []
        while lanes:
            passed: dict[str, LaneRow] = {}
            for head in self._heads(lanes):
                if self._give_up(head):
                    passed[head.lane] = lanes[head.lane]
                elif head.at <= now and (head.next_try is None or head.next_try <= now):
                    _take(head, lanes[head.lane], now)
                    claimed.append(head)
            self._session.flush()
            lanes = passed
        return tuple(map(sent_value, claimed))

    def bundle_with(self, head: Sent, now: datetime) -> tuple[Sent, ...]:
        """The other due posts of the head's lane and bundle."""
        if head.out.bundle is None:
            return ()
        query = self._outbox.query(
            col(OutboxRow.lane) == head.out.lane,
            col(OutboxRow.bundle) == head.out.bundle,
            col(OutboxRow.way) == Way.POST,
            col(OutboxRow.state) == State.PENDING,
            col(OutboxRow.at) <= now,
            passed(col(OutboxRow.next_try), now),
        ).with_for_update()
        return tuple(map(sent_value, self._outbox.rows(query)))

    def freeze(
        self, head_id: str, claim_no: int, message: Message, merged: Iterable[str] = ()
    ) -> bool:
        """Keep what will be sent; the rows `merged` go with it. False: no longer ours."""
        if not self._outbox.change(*_claim(head_id, claim_no), frozen=message):
            return False
        others = col(OutboxRow.id).in_(tuple(merged)), col(OutboxRow.state) == State.PENDING
        self._outbox.change(*others, state=State.MERGED, merged_into=head_id)
        return True

    def defer(self, row: str, until_when: datetime) -> None:
        """Put the row back as due then (its `at` moves), its claim undone and its lane free."""
        self._put_back(row, State.PENDING, at=until_when)

    def stale(self, row: str, why: str) -> None:
        """Give up a row not yet sent; a lane claimed for it is free again."""
        self._put_back(row, State.STALE, why=why)

    def refuse(self, row: str, why: str) -> None:
        """Unsay a row not yet sent; a lane claimed for it is free again."""
        self._put_back(row, State.WITHDRAWN, why=why)

    def settle(
        self,
        row: str,
        claim_no: int,
        state: State,
        *,
        channel: str | None = None,
        ts: str | None = None,
        why: str = "",
        next_try: datetime | None = None,
    ) -> bool:
        """Write the verdict; False, and nothing changed, if the claim is no longer ours.

        Back to `pending` brings the rows merged into it back too; what was withdrawn meanwhile
        becomes `withdrawn` instead.
        """
        values: dict[str, object] = {"state": state, "why": why, "next_try": next_try}
        values |= {"channel": channel} if channel else {}
        values |= {"ts": ts} if ts else {}
        if state is State.PENDING:
            values |= {"state": _unless_unwanted(), "frozen": None}
        if not self._outbox.change(*_claim(row, claim_no), **values):
            return False
        if state is State.PENDING:
            self._part(row)
        return True

    def free_lane(self, lane: str, claim_no: int, next_at: datetime) -> None:
        """End the lease, if it is still ours; nothing is said there before `next_at`."""
        self._free(lane, claim_no, next_at=next_at)

    def pause_lane(self, lane: str, until: datetime, reason: str) -> None:
        """Only ever lengthens a pause."""
        self._open_lane(lane)
        shorter = passed(col(LaneRow.paused_until), until)
        self._session.exec(
            update(LaneRow)
            .where(col(LaneRow.team_id) == self._team, col(LaneRow.lane) == lane, shorter)
            .values(paused_until=until, pause_reason=reason)
        )

    def pause_all(self, until: datetime | None, reason: str = "") -> None:
        """Also lanes yet unknown; None: go on."""
        keys = {"team_id": self._team, "lane": ALL}
        pause = {"paused_until": until, "pause_reason": reason}
        upsert(self._session, LaneRow, keys, pause, claim_no=0)

    def paused(self, now: datetime) -> tuple[Pause, ...]:
        """The pauses that last beyond `now`, the longest first."""
        query = (
            select(LaneRow)
            .where(LaneRow.team_id == self._team, col(LaneRow.paused_until) > now)
            .order_by(col(LaneRow.paused_until).desc())
            .execution_options(populate_existing=True)
        )
        rows = self._session.exec(query)
        return tuple(
            Pause(row.lane, row.paused_until, row.pause_reason)
            for row in rows
            if row.paused_until is not None
        )

    def next_at(self) -> datetime | None:
        """When the next row can be claimed, pauses and leases counted in; None: nothing waits."""
        query = (
            select(LaneRow, OutboxRow)
            .join(OutboxRow, col(OutboxRow.seq) == self._head())
            .where(LaneRow.team_id == self._team)
            .execution_options(populate_existing=True)
        )
        ready = [_ready(lane, head) for lane, head in self._session.exec(query)]
        if not ready:
            return None
        halt = self._session.get(LaneRow, (self._team, ALL), populate_existing=True)
        return max(min(ready), halt.paused_until) if halt and halt.paused_until else min(ready)

    def _halted(self, now: datetime) -> bool:
        return any(pause.lane == ALL for pause in self.paused(now))

    def _head(self) -> ScalarSelect[int | None]:
        """The next row of a lane; an edit waits aside until its message is posted."""
        row, target = ROW, TARGET
        awaited = exists().where(
            col(target.team_id) == self._team, col(target.key) == row.edits, live(target)
        )
        query = (
            select(row.seq)
            .where(row.team_id == self._team, row.lane == LaneRow.lane, live(row), ~awaited)
            .order_by(col(row.at), col(row.seq))
            .limit(1)
        )
        return query.correlate(LaneRow).scalar_subquery()

    def _free_lanes(self, now: datetime, limit: int) -> dict[str, LaneRow]:
        """Lanes with something due, held until the transaction ends; others skip them."""
        due = (col(OutboxRow.at) <= now) & passed(col(OutboxRow.next_try), now)
        query = (
            select(LaneRow)
            .join(OutboxRow, col(OutboxRow.seq) == self._head())
            .where(
                LaneRow.team_id == self._team,
                *(
                    passed(col(column), now)
                    for column in (LaneRow.lease_until, LaneRow.next_at, LaneRow.paused_until)
                ),
                or_(col(OutboxRow.state) == State.SENDING, due),
            )
            .order_by(col(OutboxRow.at), col(OutboxRow.seq))
            .limit(limit)
            .with_for_update(of=LaneRow, skip_locked=True)
            .execution_options(populate_existing=True)
        )
        return {row.lane: row for row in self._session.exec(query)}

    def _heads(self, lanes: Iterable[str]) -> Sequence[OutboxRow]:
        """Read anew: since the lanes were found, others may have changed what is in them."""
        query = (
            select(OutboxRow)
            .join(LaneRow, col(OutboxRow.seq) == self._head())
            .where(
                LaneRow.team_id == self._team, col(LaneRow.lane).in_(tuple(lanes)), live(OutboxRow)
            )
            .order_by(col(OutboxRow.at), col(OutboxRow.seq))
            .with_for_update(of=OutboxRow)
        )
        return self._outbox.rows(query)

    def _give_up(self, head: OutboxRow) -> bool:
        if head.state is State.SENDING:
            head.state, head.why = State.UNKNOWN, "its sender was lost"
        elif head.way is Way.EDIT and not self._aim(head):
            head.state, head.why = State.STALE, "no message to edit"
        else:
            return False
        return True

    def _aim(self, edit: OutboxRow) -> bool:
        """Say which message the edit rewrites; False: there is none."""
        query = self._outbox.query(
            col(OutboxRow.key) == edit.edits, col(OutboxRow.state) == State.SENT
        )
        for target in self._outbox.rows(query):
            edit.channel, edit.ts = target.channel, target.ts
        return edit.ts is not None

    def _put_back(self, row: str, state: State, **values: object) -> None:
        query = self._outbox.query(col(OutboxRow.id) == row, live(OutboxRow)).with_for_update()
        for found in self._outbox.rows(query):
            if found.state is State.SENDING:
                self._free(found.lane, found.claim_no)
                found.attempts -= 1
            if found.attempts == 0:
                found.first_sent = found.last_sent = None
            self._outbox.change(col(OutboxRow.id) == row, state=state, frozen=None, **values)
            self._part(row)

    def _part(self, head: str) -> None:
        """Bring back what was merged into the row; an edit overtaken by another stays so."""
        children = col(OutboxRow.merged_into) == head, col(OutboxRow.way) != Way.EDIT
        self._outbox.change(*children, state=_unless_unwanted(), merged_into=None)

    def _open_lane(self, lane: str) -> None:
        dialect = self._session.get_bind().dialect.name
        new = inserting(dialect, LaneRow).values(
            team_id=self._team, lane=lane, claim_no=0, pause_reason=""
        )
        self._session.exec(new.on_conflict_do_nothing())

    def _free(self, lane: str, claim_no: int, **values: object) -> None:
        self._session.exec(
            update(LaneRow)
            .where(
                col(LaneRow.team_id) == self._team,
                col(LaneRow.lane) == lane,
                col(LaneRow.claim_no) == claim_no,
            )
            .values(lease_until=None, **values)
        )


def _claim(row: str, claim_no: int) -> tuple[ColumnElement[bool], ...]:
    return (
        col(OutboxRow.id) == row,
        col(OutboxRow.claim_no) == claim_no,
        col(OutboxRow.state) == State.SENDING,
    )


def _unless_unwanted() -> ColumnElement[object]:
    return case((col(OutboxRow.unwanted), State.WITHDRAWN), else_=State.PENDING)


def _take(head: OutboxRow, lane: LaneRow, now: datetime) -> None:
    lane.claim_no += 1
    lane.lease_until = now + LEASE
    head.state = State.SENDING
    head.claim_no = lane.claim_no
    head.attempts += 1
    head.first_sent = head.first_sent or now
    head.last_sent = now


def _ready(lane: LaneRow, head: OutboxRow) -> datetime:
    times = (head.at, head.next_try, lane.next_at, lane.paused_until, lane.lease_until)
    return max(time for time in times if time is not None)
