"""Meetings, with their groups, their preparation and who comes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, or_, update
from sqlmodel import Session, col, select

from bot.domain.meetings import (
    PREFIX,
    Meeting,
    MeetingId,
    MeetingState,
    NewMeeting,
    PrepItem,
    PrepState,
    Rsvp,
)
from bot.domain.model import GroupKey, Ref, TeamId, UserId
from bot.errors import Code, Conflict
from bot.storage.meeting_parties import Parties, goes_on
from bot.storage.meeting_tables import (
    MeetingGroupRow,
    MeetingGuestRow,
    MeetingRow,
    PreparationRow,
    RsvpRow,
)
from bot.storage.numbers import next_number
from bot.storage.preparation_stamps import PrepStamp, stamps
from bot.storage.rows import columns, upsert, value

AHEAD = tuple(state for state in MeetingState if state.ahead)
DAY = timedelta(days=1)
"""Between the day on any clock and the day in UTC."""


class Meetings:
    """Lists are sorted by the instant of the start, then by number."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team
        self._parties = Parties(session, team)

    def create(self, new: NewMeeting, by: UserId, at: datetime) -> Meeting:
        """Number it; a number is never used twice."""
        number = next_number(self._session, self._team, PREFIX)
        meeting = Meeting(
            **{name: getattr(new, name) for name in NewMeeting.__dataclass_fields__},
            id=MeetingId(0),
            ref=Ref(f"{PREFIX}-{number}"),
            created_at=at,
            created_by=by,
            updated_at=at,
            updated_by=by,
        )
        row = {
            "team_id": self._team,
            "number": number,
            **columns(meeting, "id", "groups", "guests"),
        }
        added = insert(MeetingRow).values(row).returning(col(MeetingRow.id))
        meeting = replace(meeting, id=MeetingId(self._session.exec(added).scalar_one()))
        self._parties.add(meeting)
        return meeting

    def get(self, ref: Ref) -> Meeting | None:
        return next(iter(self._where(col(MeetingRow.ref) == ref)), None)

    def by_id(self, meeting: MeetingId) -> Meeting | None:
        return next(iter(self._where(col(MeetingRow.id) == meeting)), None)

    def many(self, meetings: Iterable[MeetingId]) -> tuple[Meeting, ...]:
        return self._where(col(MeetingRow.id).in_(tuple(meetings)))

    def save(self, meeting: Meeting, expected: int) -> Meeting:
        """Store it as version `expected + 1`.

        Raises Conflict(CHANGED_MEANWHILE) if it is not at `expected` any more.
        """
        saved = replace(meeting, version=expected + 1)
        change = (
            update(MeetingRow)
            .where(
                col(MeetingRow.team_id) == self._team,
                col(MeetingRow.id) == meeting.id,
                col(MeetingRow.version) == expected,
            )
            .values(columns(saved, "id", "groups", "guests"))
        )
        if self._session.exec(change).rowcount != 1:
            raise Conflict(Code.CHANGED_MEANWHILE, ref=meeting.ref)
        self._parties.set(saved)
        return saved

    def name_note_taker(self, meeting: MeetingId, user: UserId | None) -> None:
        """Apart from its versions: what others changed can be taken back all the same."""
        mine = col(MeetingRow.team_id) == self._team, col(MeetingRow.id) == meeting
        self._session.exec(update(MeetingRow).where(*mine).values(note_taker=user))

    def all(self) -> tuple[Meeting, ...]:
        return self._where()

    def upcoming(
        self, now: datetime, groups: Iterable[GroupKey] | None = None
    ) -> tuple[Meeting, ...]:
        """Those ahead or under way of these groups and of all together; None: of any group."""
        which = [*self._ahead(now)]
        if groups is not None:
            which.append(or_(self._of(groups), ~self._of(None)))
        return tuple(meeting for meeting in self._where(*which) if meeting.ends > now)

    def inviting(self, guest: UserId, now: datetime) -> tuple[Meeting, ...]:
        """Those ahead or under way to which the person alone is asked, beside its groups."""
        query = select(MeetingGuestRow.meeting_id).where(
            MeetingGuestRow.team_id == self._team, MeetingGuestRow.user == guest
        )
        found = self._where(*self._ahead(now), col(MeetingRow.id).in_(query))
        return tuple(meeting for meeting in found if meeting.ends > now)

    def of_series(self, key: str) -> tuple[Meeting, ...]:
        """All of them, also those held and cancelled."""
        return self._where(col(MeetingRow.series) == key)

    def within(self, first: date, last: date) -> tuple[Meeting, ...]:
        """Those that start on these days, whatever became of them."""
        return self._where(col(MeetingRow.start_day).between(first, last))

    def recurring(self, first: date, last: date) -> tuple[Meeting, ...]:
        """Those of series that are ahead and start on these days."""
        return self._where(
            col(MeetingRow.state).in_(AHEAD),
            col(MeetingRow.start_day).between(first, last),
            col(MeetingRow.series).is_not(None),
            goes_on(self._team),
        )

    def remove(self, meeting: MeetingId) -> None:
        """With all that belongs to it; its number is not given again."""
        mine = col(MeetingRow.team_id) == self._team, col(MeetingRow.id) == meeting
        self._session.exec(delete(MeetingRow).where(*mine))

    def next_of(self, group: GroupKey, now: datetime) -> Meeting | None:
        """The group's own that starts next; where none is set, the next of all groups together."""
        for own in (self._of([group]), ~self._of(None)):
            found = self._where(*self._ahead(now), own)
            meeting = next((m for m in found if m.starts > now), None)
            if meeting is not None:
                return meeting
        return None

    def groups(self) -> frozenset[GroupKey]:
        """Those that ever had a meeting of their own."""
        query = select(MeetingGroupRow.group).where(MeetingGroupRow.team_id == self._team)
        return frozenset(GroupKey(key) for key in self._session.exec(query.distinct()))

    def set_preparation(self, meeting: MeetingId, items: Iterable[PrepItem]) -> None:
        """Instead of what was there."""
        self._session.exec(delete(PreparationRow).where(col(PreparationRow.meeting_id) == meeting))
        rows = [{"team_id": self._team, "meeting_id": meeting, **columns(item)} for item in items]
        if rows:
            self._session.exec(insert(PreparationRow), params=rows)

    def save_prep(self, meeting: MeetingId, item: PrepItem) -> None:
        """One item, changed or new, beside those that others change."""
        keys = {"meeting_id": meeting, "n": item.n}
        upsert(self._session, PreparationRow, keys, {"team_id": self._team, **columns(item, "n")})

    def remove_prep(self, meeting: MeetingId, n: int) -> None:
        mine = col(PreparationRow.meeting_id) == meeting, col(PreparationRow.n) == n
        self._session.exec(delete(PreparationRow).where(*mine))

    def preparation(
        self, meetings: Iterable[MeetingId]
    ) -> Mapping[MeetingId, tuple[PrepItem, ...]]:
        """By meeting, also those without any; items by their number."""
        wanted = tuple(meetings)
        return self._prepared(wanted, col(PreparationRow.meeting_id).in_(wanted))

    def unfinished(self, until: date) -> Mapping[MeetingId, tuple[PrepItem, ...]]:
        """What is to be done and due by a day, but of the cancelled and of ended groups."""
        return self._prepared((), *self._to_do(), col(PreparationRow.due) <= until)

    def owed(
        self, first: date = date.min, last: date = date.max
    ) -> Mapping[MeetingId, tuple[PrepItem, ...]]:
        """The same, due on these days, of what somebody is reminded of: required, or named."""
        named = col(PreparationRow.required) | col(PreparationRow.owner).is_not(None)
        days = col(PreparationRow.due).between(first, last)
        return self._prepared((), *self._to_do(), days, named)

    def answer(self, meeting: MeetingId, rsvp: Rsvp) -> None:
        """Instead of what the person answered before."""
        keys = {"meeting_id": meeting, "user": rsvp.user}
        upsert(self._session, RsvpRow, keys, {"team_id": self._team, **columns(rsvp, "user")})

    def withdraw_answer(self, meeting: MeetingId, user: UserId) -> None:
        theirs = col(RsvpRow.team_id) == self._team, col(RsvpRow.user) == user
        gone = delete(RsvpRow).where(*theirs, col(RsvpRow.meeting_id) == meeting)
        self._session.exec(gone)

    def rsvps(self, meetings: Iterable[MeetingId]) -> Mapping[MeetingId, tuple[Rsvp, ...]]:
        """By meeting, also those without any; in the order of the answers."""
        found: dict[MeetingId, tuple[Rsvp, ...]] = dict.fromkeys(meetings, ())
        query = (
            select(RsvpRow)
            .where(RsvpRow.team_id == self._team, col(RsvpRow.meeting_id).in_(tuple(found)))
            .order_by(col(RsvpRow.at), col(RsvpRow.user))
            .execution_options(populate_existing=True)
        )
        for row in self._session.exec(query) if found else ():
            found[MeetingId(row.meeting_id)] += (value(Rsvp, row),)
        return found

    def _prepared(
        self, meetings: Iterable[MeetingId], *which: ColumnElement[bool]
    ) -> Mapping[MeetingId, tuple[PrepItem, ...]]:
        found: dict[MeetingId, tuple[PrepItem, ...]] = dict.fromkeys(meetings, ())
        query = (
            select(PreparationRow)
            .where(PreparationRow.team_id == self._team, *which)
            .order_by(col(PreparationRow.meeting_id), col(PreparationRow.n))
            .execution_options(populate_existing=True)
        )
        for row in self._session.exec(query):
            meeting = MeetingId(row.meeting_id)
            found[meeting] = (*found.get(meeting, ()), value(PrepItem, row))
        return found

    def owed_stamps(self, first: date, last: date) -> tuple[PrepStamp, ...]:
        return stamps(self._session, self._team, first, last)

    def _to_do(self) -> tuple[ColumnElement[bool], ...]:
        standing = select(MeetingRow.id).where(
            MeetingRow.team_id == self._team,
            MeetingRow.state != MeetingState.CANCELLED,
            goes_on(self._team),
        )
        which = col(PreparationRow.state) == PrepState.TODO
        return which, col(PreparationRow.meeting_id).in_(standing)

    def _ahead(self, now: datetime) -> tuple[ColumnElement[bool], ...]:
        """A little more than those that end after now: only their zones tell."""
        return (
            col(MeetingRow.state).in_(AHEAD),
            col(MeetingRow.end_day) >= now.date() - DAY,
        )

    def _of(self, groups: Iterable[GroupKey] | None) -> ColumnElement[bool]:
        """Of one of these groups; None: of some group at all."""
        query = select(MeetingGroupRow.meeting_id).where(MeetingGroupRow.team_id == self._team)
        if groups is not None:
            query = query.where(col(MeetingGroupRow.group).in_(tuple(groups)))
        return col(MeetingRow.id).in_(query)

    def _where(self, *which: ColumnElement[bool]) -> tuple[Meeting, ...]:
        query = (
            select(MeetingRow)
            .where(MeetingRow.team_id == self._team, *which)
            .execution_options(populate_existing=True)
        )
        rows = self._session.exec(query).all()
        ids = [row.id for row in rows if row.id is not None]
        groups, guests = self._parties.groups(ids), self._parties.guests(ids)
        found = [
            (
                value(
                    Meeting,
                    row,
                    id=MeetingId(row.id),
                    groups=groups[row.id],
                    guests=guests.get(row.id, ()),
                ),
                row.number,
            )
            for row in rows
            if row.id is not None
        ]
        found.sort(key=lambda pair: (pair[0].starts, pair[1]))
        return tuple(meeting for meeting, _ in found)
