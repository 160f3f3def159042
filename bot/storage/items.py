"""Actions, with their owners, moves, needs, notes and silences."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, or_, tuple_, update
from sqlmodel import Session, col, select

from bot.domain.items import Assignment, Item, ItemState, NewItem, Note
from bot.domain.model import ChannelId, GroupKey, ItemId, Ref, TeamId, UserId
from bot.domain.state import Outline
from bot.errors import Code, Conflict, NotFound
from bot.storage.item_rows import PARTS, item_columns, item_value, part_columns, part_value, rows_of
from bot.storage.numbers import next_number
from bot.storage.outlines import OPEN, Stamp, outlines, stamps
from bot.storage.rows import unchanged
from bot.storage.tables import (
    AssignmentRow,
    FormerRefRow,
    GroupRow,
    ItemRow,
    NeedRow,
    QuietRow,
)


class Items:
    """Lists are sorted by due day, then number; what was taken back is in none of them."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def create(
        self,
        new: NewItem,
        by: UserId,
        at: datetime,
        assignments: tuple[Assignment, ...] = (),
    ) -> Item:
        """Number it within its group's prefix; a number is never used twice.

        Raises NotFound(GROUP_UNKNOWN).
        """
        prefix = self._prefix(new.group)
        number = next_number(self._session, self._team, prefix)
        item = Item(
            id=ItemId(0),
            ref=Ref(f"{prefix}-{number}"),
            group=new.group,
            text=new.text,
            due=new.due,
            first_due=new.due.day,
            created_at=at,
            created_by=by,
            set_at=at,
            state_since=at,
            assignments=assignments,
            needs=new.needs,
            notes=(Note(by, at, new.note),) if new.note else (),
            source=new.source,
            updated_at=at,
            updated_by=by,
        )
        values = item_columns(item) | {"team_id": self._team, "number": number}
        added = insert(ItemRow).values(values).returning(col(ItemRow.id))
        item = replace(item, id=ItemId(self._session.exec(added).scalar_one()))
        for name in PARTS:
            self._add_parts(item, name)
        return item

    def get(self, ref: Ref) -> Item | None:
        """Also one that was taken back, and one by the name it had before a merge."""
        found = next(iter(self._where(col(ItemRow.ref) == ref)), None)
        if found is not None:
            return found
        former = self._session.get(FormerRefRow, (self._team, ref))
        return self.by_id(ItemId(former.item_id)) if former else None

    def by_id(self, item: ItemId) -> Item | None:
        return next(iter(self._where(col(ItemRow.id) == item)), None)

    def renumber(self, item: Item, group: GroupKey) -> Item:
        """Move it to another group under a new number; the old name still finds it."""
        prefix = self._prefix(group)
        number = next_number(self._session, self._team, prefix)
        ref = Ref(f"{prefix}-{number}")
        self._session.exec(
            insert(FormerRefRow).values(team_id=self._team, ref=item.ref, item_id=item.id)
        )
        self._session.exec(
            update(ItemRow)
            .where(col(ItemRow.team_id) == self._team, col(ItemRow.id) == item.id)
            .values(number=number)
        )
        return self.save(replace(item, ref=ref, group=group), expected=item.version)

    def many(self, refs: Iterable[Ref]) -> tuple[Item, ...]:
        return self._where(col(ItemRow.ref).in_(tuple(refs)))

    def known_as(self, refs: Iterable[Ref]) -> tuple[Item, ...]:
        """Also those that were taken back, and by the names they had before a merge."""
        names = tuple(refs)
        former = select(FormerRefRow.item_id).where(
            FormerRefRow.team_id == self._team, col(FormerRefRow.ref).in_(names)
        )
        return self._where(or_(col(ItemRow.ref).in_(names), col(ItemRow.id).in_(former)))

    def by_source(self, channel: ChannelId, ts: str) -> Item | None:
        """An action taken from this message, and not taken back."""
        found = self._shown(
            col(ItemRow.source_channel) == channel, col(ItemRow.source_ts) == ts, limit=1
        )
        return next(iter(found), None)

    def move_sources(self, old: ChannelId, new: ChannelId) -> None:
        """A channel goes on under another id: what was taken from its messages is found there."""
        theirs = col(ItemRow.team_id) == self._team, col(ItemRow.source_channel) == old
        self._session.exec(update(ItemRow).where(*theirs).values(source_channel=new))

    def save(self, item: Item, expected: int) -> Item:
        """Store it as version `expected + 1`.

        Raises Conflict(CHANGED_MEANWHILE) if it is not at `expected` any more.
        """
        saved = replace(item, version=expected + 1)
        change = (
            update(ItemRow)
            .where(
                col(ItemRow.team_id) == self._team,
                col(ItemRow.id) == item.id,
                col(ItemRow.version) == expected,
            )
            .values(item_columns(saved))
        )
        if self._session.exec(change).rowcount != 1:
            raise Conflict(Code.CHANGED_MEANWHILE, ref=item.ref)
        stored = self._parts([item.id])[item.id]
        for name, row in PARTS.items():
            kept = unchanged(name, stored[name], getattr(saved, name))
            if kept < len(stored[name]):
                self._session.exec(delete(row).where(col(row.item_id) == item.id))
            self._add_parts(saved, name, kept)
        return saved

    def release(
        self, items: Iterable[Item], user: UserId, by: UserId, at: datetime
    ) -> tuple[Item, ...]:
        """Take the person out of all at once, as their next versions. Raises Conflict."""
        known = {item.id: item.version for item in items}
        change = (
            update(ItemRow)
            .where(
                col(ItemRow.team_id) == self._team,
                tuple_(col(ItemRow.id), col(ItemRow.version)).in_(tuple(known.items())),
            )
            .values(version=col(ItemRow.version) + 1, updated_at=at, updated_by=by)
            .execution_options(synchronize_session=False)
        )
        if known and self._session.exec(change).rowcount != len(known):
            raise Conflict(Code.CHANGED_MEANWHILE)
        for row in (AssignmentRow, QuietRow):
            theirs = col(row.item_id).in_(tuple(known)), col(row.user) == user
            self._session.exec(delete(row).where(col(row.team_id) == self._team, *theirs))
        return self._where(col(ItemRow.id).in_(tuple(known)))

    def open_in(self, group: GroupKey) -> tuple[Item, ...]:
        return self.search(group, states=OPEN, limit=None)

    def open_of(self, user: UserId) -> tuple[Item, ...]:
        return self.search(user=user, states=OPEN, limit=None)

    def open_given_by(self, user: UserId) -> tuple[Item, ...]:
        """Those the person added or asked somebody to do, but for their own."""
        asked = select(AssignmentRow.item_id).where(
            AssignmentRow.team_id == self._team, col(AssignmentRow.given_by) == user
        )
        given = or_(col(ItemRow.created_by) == user, col(ItemRow.id).in_(asked))
        owned = and_(*_narrowed(None, user))
        return self._shown(col(ItemRow.state).in_(OPEN), given, ~owned)

    def open_needing(self, refs: Iterable[Ref]) -> tuple[Item, ...]:
        needing = select(NeedRow.item_id).where(
            NeedRow.team_id == self._team, col(NeedRow.ref).in_(tuple(refs))
        )
        return self._shown(col(ItemRow.state).in_(OPEN), col(ItemRow.id).in_(needing))

    def outlines(self, groups: Collection[GroupKey] | None = None) -> tuple[Outline, ...]:
        """Of the open actions of these groups; None: of all."""
        return outlines(self._session, self._team, groups)

    def closed_of(self, user: UserId, since: datetime) -> tuple[Item, ...]:
        """The person's own that were done or dropped since."""
        return self._shown(*_narrowed(None, user), col(ItemRow.closed_at) >= since)

    def groups(self) -> frozenset[GroupKey]:
        """Those that ever had an action."""
        return self._groups()

    def groups_of(self, user: UserId) -> frozenset[GroupKey]:
        """Those in which the person has an open action."""
        return self._groups(col(ItemRow.state).in_(OPEN), *_narrowed(None, user))

    def _groups(self, *which: ColumnElement[bool]) -> frozenset[GroupKey]:
        shown = col(ItemRow.team_id) == self._team, col(ItemRow.taken_back).is_(False)
        query = select(ItemRow.group).where(*shown, *which).distinct()
        return frozenset(GroupKey(key) for key in self._session.exec(query))

    def open_changed_since(self, at: datetime) -> tuple[Item, ...]:
        return self._shown(col(ItemRow.state).in_(OPEN), col(ItemRow.updated_at) >= at)

    def by_ids(self, ids: Iterable[int]) -> tuple[Item, ...]:
        return self._where(col(ItemRow.id).in_(tuple(ids)))

    def open_stamps(self, ids: Collection[int] | None = None) -> tuple[Stamp, ...]:
        """Of all that `all_open` gives, in its order, or of these of them."""
        return stamps(self._session, self._team, ids)

    def all_open(self) -> tuple[Item, ...]:
        return self.search(states=OPEN, limit=None)

    def search(
        self,
        group: GroupKey | None = None,
        user: UserId | None = None,
        states: Iterable[ItemState] | None = None,
        limit: int | None = 100,
        offset: int = 0,
    ) -> tuple[Item, ...]:
        """What is None does not narrow; `user` owns them."""
        which = _narrowed(group, user)
        if states is not None:
            which.append(col(ItemRow.state).in_(tuple(states)))
        return self._shown(*which, limit=limit, offset=offset)

    def _shown(
        self, *which: ColumnElement[bool], limit: int | None = None, offset: int = 0
    ) -> tuple[Item, ...]:
        shown = col(ItemRow.taken_back).is_(False)
        return self._where(shown, *which, limit=limit, offset=offset)

    def _where(
        self, *which: ColumnElement[bool], limit: int | None = None, offset: int = 0
    ) -> tuple[Item, ...]:
        query = (
            rows_of(ItemRow)
            .where(col(ItemRow.team_id) == self._team, *which)
            .order_by(col(ItemRow.due_day), col(ItemRow.number), col(ItemRow.id))
            .limit(limit)
            .offset(offset)
        )
        rows = self._session.exec(query).all()
        parts = self._parts([row.id for row in rows])
        return tuple(item_value(row, parts[row.id]) for row in rows)

    def _parts(self, items: list[int]) -> dict[int, dict[str, tuple[object, ...]]]:
        """The parts of all these items by item and name, in one query a name."""
        found: dict[int, dict[str, tuple[object, ...]]] = {
            item: dict.fromkeys(PARTS, ()) for item in items
        }
        for name, row in PARTS.items() if items else ():
            query = (
                rows_of(row)
                .where(col(row.team_id) == self._team, col(row.item_id).in_(items))
                .order_by(col(row.item_id), col(row.position))
            )
            for part in self._session.exec(query):
                found[part.item_id][name] += (part_value(row, part),)
        return found

    def _add_parts(self, item: Item, name: str, kept: int = 0) -> None:
        """But for the first `kept`."""
        rows = [
            {"team_id": self._team, "item_id": item.id, "position": position, **part_columns(part)}
            for position, part in enumerate(getattr(item, name)[kept:], kept)
        ]
        if rows:
            self._session.exec(insert(PARTS[name]), params=rows)

    def _prefix(self, group: GroupKey) -> str:
        row = self._session.get(GroupRow, (self._team, group))
        if row is None:
            raise NotFound(Code.GROUP_UNKNOWN, group=group)
        return row.prefix


def _narrowed(group: GroupKey | None, user: UserId | None) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if group is not None:
        which.append(col(ItemRow.group) == group)
    if user is not None:
        owned = select(AssignmentRow.item_id).where(AssignmentRow.user == user)
        which.append(col(ItemRow.id).in_(owned))
    return which
