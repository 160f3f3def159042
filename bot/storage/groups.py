"""The programme, its groups, channels, people and roles."""

from collections.abc import Iterable

from sqlmodel import Session

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


class Groups:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def world(self) -> World:
        """Everybody and every group, read now; before the first setup a nameless programme."""
        raise NotImplementedError

    def programme(self) -> Programme | None:
        raise NotImplementedError

    def save_programme(self, programme: Programme) -> None:
        raise NotImplementedError

    def get(self, key: GroupKey) -> Group | None:
        raise NotImplementedError

    def by_channel(self, channel: ChannelId) -> Group | None:
        raise NotImplementedError

    def all(self) -> tuple[Group, ...]:
        """In the order they were first saved."""
        raise NotImplementedError

    def save(self, group: Group) -> None:
        """Raises Conflict(GROUP_TAKEN) for another's prefix, Conflict(CHANNEL_TAKEN) for another's channel."""
        raise NotImplementedError

    def person(self, user: UserId) -> Person | None:
        raise NotImplementedError

    def people(self, users: Iterable[UserId] | None = None) -> dict[UserId, Person]:
        """Those known among `users`; None: everybody."""
        raise NotImplementedError

    def save_person(self, person: Person) -> None:
        raise NotImplementedError

    def dm(self, user: UserId) -> ChannelId | None:
        """The `D…` channel of the person, once opened."""
        raise NotImplementedError

    def save_dm(self, user: UserId, channel: ChannelId) -> None:
        raise NotImplementedError

    def memberships(self, user: UserId) -> tuple[Membership, ...]:
        raise NotImplementedError

    def members(self, group: GroupKey | None) -> tuple[Membership, ...]:
        """None: those with a role in the programme."""
        raise NotImplementedError

    def set_role(self, membership: Membership) -> None:
        """A named role replaces being known from the channel only."""
        raise NotImplementedError

    def remove_role(self, user: UserId, group: GroupKey | None, role: Role | None = None) -> int:
        """How many were removed; `role` None removes all of theirs in the group."""
        raise NotImplementedError

    def sync_channel_members(self, group: GroupKey, users: Iterable[UserId]) -> None:
        """Those without a named role become members not named; who is absent loses only that."""
        raise NotImplementedError

    def channel(self, channel: ChannelId) -> Channel | None:
        raise NotImplementedError

    def channels(self) -> tuple[Channel, ...]:
        raise NotImplementedError

    def save_channel(self, channel: Channel) -> None:
        raise NotImplementedError
