"""What shall be said: put once, refreshed, withdrawn, claimed by lanes, settled."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.model import TeamId
from bot.domain.outbox import Message, Outgoing, Sent, State

LEASE = timedelta(seconds=45)


class Outbox:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def put(self, out: Outgoing, *, state: State = State.PENDING, why: str = "") -> bool:
        """Add it, or refresh what is pending or withdrawn under its key; False: it is past that.

        A newer edit of the same message makes older pending ones `merged`.
        """
        raise NotImplementedError

    def withdraw(self, subject: str, *, kinds: frozenset[str] | None = None) -> int:
        """Unsay what is pending about the subject (of these kinds only); how many rows."""
        raise NotImplementedError

    def claim(self, now: datetime, limit: int = 20) -> tuple[Sent, ...]:
        """The due heads of free lanes, now `sending` under a lease of `LEASE`.

        Each is to be frozen, deferred or made stale in this same transaction. A head left `sending`
        under an expired lease becomes `unknown`.
        """
        raise NotImplementedError

    def bundle_with(self, head: Sent, now: datetime) -> tuple[Sent, ...]:
        """The other due rows of the head's lane and bundle."""
        raise NotImplementedError

    def freeze(
        self, head_id: str, claim_no: int, message: Message, merged: Iterable[str] = ()
    ) -> bool:
        """Keep what will be sent; the rows `merged` go with it. False: no longer ours."""
        raise NotImplementedError

    def defer(self, row: str, until_when: datetime) -> None:
        """Put the row back as due then (its `at` moves), its claim undone and its lane free."""
        raise NotImplementedError

    def stale(self, row: str, why: str) -> None:
        """Give up a row not yet sent; a lane claimed for it is free again."""
        raise NotImplementedError

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

        Back to `pending` brings the rows merged into it back too.
        """
        raise NotImplementedError

    def free_lane(self, lane: str, claim_no: int, next_at: datetime) -> None:
        """End the lease, if it is still ours; nothing is said there before `next_at`."""
        raise NotImplementedError

    def pause_lane(self, lane: str, until: datetime, reason: str) -> None:
        """Only ever lengthens a pause."""
        raise NotImplementedError

    def pause_all(self, until: datetime | None, reason: str = "") -> None:
        """Also lanes yet unknown; None: go on."""
        raise NotImplementedError

    def by_key(self, key: str) -> Sent | None:
        raise NotImplementedError

    def sent_as(self, channel: str, ts: str) -> Sent | None:
        """The row that became this message (not those that edited it)."""
        raise NotImplementedError

    def about(self, subject: str) -> tuple[Sent, ...]:
        """In the order they are, or were, to be said."""
        raise NotImplementedError

    def next_at(self) -> datetime | None:
        """When the next row can be claimed, pauses and leases counted in; None: nothing waits."""
        raise NotImplementedError

    def counts(self) -> dict[State, int]:
        """Every state, also those with none."""
        raise NotImplementedError

    def recent(self, limit: int = 50) -> tuple[Sent, ...]:
        """The last put, newest first."""
        raise NotImplementedError
