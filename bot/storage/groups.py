"""The programme, its groups, channels, people and roles."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from bot.domain.model import (
    Channel,
    ChannelId,
    Group,
    GroupKey,
    Membership,
    Person,
    Programme,
    Role,
    TeamId,
    UserId,
    World,
)
from bot.errors import Code, Conflict
from bot.storage.rows import V, columns, selection, upsert, value
from bot.storage.tables import ChannelRow, GroupRow, MembershipRow, PersonRow, ProgrammeRow

# Read several times in every request, so each is made once.
_PROGRAMME = selection(Programme, ProgrammeRow)
_GROUPS = selection(Group, GroupRow).order_by(col(GroupRow.position), col(GroupRow.key))
_PEOPLE = selection(Person, PersonRow)
_MEMBERSHIPS = selection(Membership, MembershipRow).order_by(col(MembershipRow.id))


class Groups:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def world(self) -> World:
        """Everybody and every group, read now; before the first setup a nameless programme."""
        return World(
            programme=self.programme() or Programme(name="", zone="UTC"),
            groups={group.key: group for group in self.all()},
            people=self.people(),
            memberships=self._memberships(),
        )

    def programme(self) -> Programme | None:
        return next(self._read(Programme, _PROGRAMME), None)

    def save_programme(self, programme: Programme) -> None:
        upsert(self._session, ProgrammeRow, {"team_id": self._team}, columns(programme))

    def get(self, key: GroupKey) -> Group | None:
        return next(iter(self._groups(col(GroupRow.key) == key)), None)

    def by_channel(self, channel: ChannelId) -> Group | None:
        return next(iter(self._groups(col(GroupRow.channel) == channel)), None)

    def all(self) -> tuple[Group, ...]:
        """In the order they were first saved."""
        return self._groups()

    def save(self, group: Group) -> None:
        """Raises Conflict, GROUP_TAKEN for another's prefix, CHANNEL_TAKEN for its channel."""
        count = select(func.count()).where(GroupRow.team_id == self._team)
        keys = {"team_id": self._team, "key": group.key}
        position = self._session.exec(count).one()
        try:
            with self._session.begin_nested():
                upsert(self._session, GroupRow, keys, columns(group, "key"), position=position)
        except IntegrityError as error:
            taken = group.channel and self.by_channel(group.channel)
            if taken and taken.key != group.key:
                raise Conflict(Code.CHANNEL_TAKEN, group=taken) from error
            raise Conflict(Code.GROUP_TAKEN, prefix=group.prefix) from error

    def person(self, user: UserId) -> Person | None:
        return self.people([user]).get(user)

    def people(self, users: Iterable[UserId] | None = None) -> dict[UserId, Person]:
        """Those known among `users`; None: everybody."""
        which = () if users is None else (col(PersonRow.user).in_(tuple(users)),)
        return {person.user: person for person in self._read(Person, _PEOPLE, *which)}

    def save_person(self, person: Person) -> None:
        keys = {"team_id": self._team, "user": person.user}
        upsert(self._session, PersonRow, keys, columns(person, "user"))

    def dm(self, user: UserId) -> ChannelId | None:
        """The `D…` channel of the person, once opened."""
        query = select(PersonRow.dm).where(PersonRow.team_id == self._team, PersonRow.user == user)
        found = self._session.exec(query).first()
        return ChannelId(found) if found else None

    def save_dm(self, user: UserId, channel: ChannelId) -> None:
        """Whoever is not known yet becomes known by their id alone."""
        if self.person(user) is None:
            self.save_person(Person(user, name=""))
        known = col(PersonRow.team_id) == self._team, col(PersonRow.user) == user
        self._session.exec(update(PersonRow).where(*known).values(dm=channel))

    def memberships(self, user: UserId) -> tuple[Membership, ...]:
        return self._memberships(col(MembershipRow.user) == user)

    def members(self, group: GroupKey | None) -> tuple[Membership, ...]:
        """None: those with a role in the programme."""
        return self._memberships(_in(group))

    def set_role(self, membership: Membership) -> None:
        """A named role replaces being known from the channel only."""
        user, group = membership.user, membership.group
        if membership.named:
            self._remove(user, group, col(MembershipRow.named).is_(False))
        self._remove(user, group, col(MembershipRow.role) == membership.role)
        self._add(membership)

    def remove_role(self, user: UserId, group: GroupKey | None, role: Role | None = None) -> int:
        """How many were removed; `role` None removes all of theirs in the group."""
        which = () if role is None else (col(MembershipRow.role) == role,)
        return self._remove(user, group, *which)

    def sync_channel_members(self, group: GroupKey, users: Iterable[UserId]) -> None:
        """Those without a named role become members not named; who is absent loses only that."""
        members = self.members(group)
        named = {member.user for member in members if member.named}
        before = {member.user for member in members if not member.named}
        after = set(users) - named
        for user in sorted(before - after):
            self._remove(user, group, col(MembershipRow.named).is_(False))
        for user in sorted(after - before):
            self._add(Membership(user, group, Role.MEMBER, named=False))

    def channel(self, channel: ChannelId) -> Channel | None:
        row = self._session.get(ChannelRow, (self._team, channel), populate_existing=True)
        return value(Channel, row) if row else None

    def channels(self) -> tuple[Channel, ...]:
        query = select(ChannelRow).where(ChannelRow.team_id == self._team)
        ordered = query.order_by(col(ChannelRow.name), col(ChannelRow.id))
        rows = self._session.exec(ordered.execution_options(populate_existing=True))
        return tuple(value(Channel, row) for row in rows)

    def save_channel(self, channel: Channel) -> None:
        keys = {"team_id": self._team, "id": channel.id}
        upsert(self._session, ChannelRow, keys, columns(channel, "id"))

    def _groups(self, *which: ColumnElement[bool]) -> tuple[Group, ...]:
        return tuple(self._read(Group, _GROUPS, *which))

    def _memberships(self, *which: ColumnElement[bool]) -> tuple[Membership, ...]:
        return tuple(self._read(Membership, _MEMBERSHIPS, *which))

    def _read(self, kind: type[V], query: Select[Any], *which: ColumnElement[bool]) -> Iterator[V]:
        query = query.where(*which) if which else query
        rows = self._session.connection().execute(query, {"team": self._team})
        return (kind(*row) for row in rows)

    def _add(self, membership: Membership) -> None:
        row = {"team_id": self._team, **columns(membership)}
        self._session.exec(insert(MembershipRow).values(row))

    def _remove(self, user: UserId, group: GroupKey | None, *which: ColumnElement[bool]) -> int:
        theirs = col(MembershipRow.team_id) == self._team, col(MembershipRow.user) == user
        gone = delete(MembershipRow).where(*theirs, _in(group), *which)
        return self._session.exec(gone).rowcount


def _in(group: GroupKey | None) -> ColumnElement[bool]:
    column = col(MembershipRow.group)
    return column.is_(None) if group is None else column == group
