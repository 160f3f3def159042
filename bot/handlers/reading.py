"""What a reader of words must know: who asks, where and when, which groups and people there are."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.days import day_in
from bot.domain.due import Reading as Dates
from bot.domain.due import When, iana_zone
from bot.domain.items import Due
from bot.domain.model import ChannelId, Group, GroupState, Person, Role, UserId, World
from bot.errors import BadInput, Code
from bot.services import meetings
from bot.services.access import Ask

FindZone = Callable[[str], tuple[str, ...]]
NextMeeting = Callable[[Group], date | None]
"""The group's day of its next meeting."""
SHORTEST_START = 2
# Little words that also begin the name of some group: "book a room for me" names none.
_LITTLE_WORDS = (
    "all an and any are as at be both but by do each few for go has he her him his how if in is "
    "it its let me more most my new next no not now of on one or our out own say see she so some "
    "such than that the them then they this to too two up us use via we what when who why you your"
)
_LITTLE = frozenset(_LITTLE_WORDS.split())
_BEFORE_A_NAME = re.compile(r"^\s*for\s+", re.IGNORECASE)
_EDGES = " .;!?,:\"')]"
_BEFORE_MEETING = re.compile(r"(?<!\w)t\s?[-\u2010-\u2015\u2212]\s?\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """`here`: the group whose channel the words were said in."""

    now: datetime
    actor: Person
    world: World
    here: Group | None = None
    find_zone: FindZone = iana_zone
    next_meeting: NextMeeting = lambda group: None

    def dates(self, group: Group | None = None, said: str = "") -> Dates:
        """`said` are the words to be read: only `T-7` asks for the group's next meeting."""
        zone = self.actor.zone
        counted = group if _BEFORE_MEETING.search(said) else None
        return Dates(
            self.now,
            zone,
            group.zone if group else zone,
            next_meeting=self.next_meeting(counted) if counted else None,
            find_zone=self.find_zone,
        )

    def usual_due(self, group: Group) -> Due:
        """What a group takes for granted when no date is said."""
        return Due(day_in(self.now, group.zone) + timedelta(days=group.settings.due_days))

    @property
    def active(self) -> tuple[Group, ...]:
        return tuple(g for g in self.world.groups.values() if g.state is GroupState.ACTIVE)

    @property
    def _sets_up(self) -> bool:
        return self.actor.admin or self.actor.user in self.world.holding(Role.COORDINATOR)

    def refuse_ended(self, words: str) -> None:
        """Raises BadInput when the words are a whole name of a group that is closed or merged."""
        said = _fold(words)
        for group in self.world.groups.values():
            if group.state is not GroupState.ACTIVE and said in _full_names(group):
                into = self.world.groups.get(group.merged_into) if group.merged_into else None
                offered = (into,) if into else ()
                known = {"group": group, "into": into, "choices": offered, "able": self._sets_up}
                raise BadInput(Code.GROUP_CLOSED, "group", words, **known)

    @property
    def own(self) -> tuple[Group, ...]:
        """The active groups in which the person has a role."""
        keys = {membership.group for membership in self.world.roles(self.actor.user)}
        return tuple(g for g in self.active if g.key in keys)

    def linked(self, channel: str) -> Group | None:
        return next((g for g in self.active if g.channel == ChannelId(channel)), None)

    def named(self, words: str) -> tuple[Group, ...]:
        """The groups these words may mean; several must be asked about.

        A prefix counts no more than a start: `tr` is one of Targets and the other of Trials.
        """
        said = _fold(words)
        exact = [g for g in self.active if said in _full_names(g)]
        if len(exact) == 1:
            return tuple(exact)
        if len(said) < SHORTEST_START or said in _LITTLE:
            return ()
        return tuple(
            g
            for g in self.active
            if said == _fold(g.prefix) or any(n.startswith(said) for n in _full_names(g))
        )

    def is_full(self, words: str, group: Group) -> bool:
        """Whether the words are a whole name of the group, not only a start or its prefix."""
        return _fold(words) in _full_names(group)

    def group(self, named: tuple[Group, ...] = (), typed: str = "") -> Group:
        """The group meant: the one named, else of this channel, else the person's only one.

        `typed`: how it was named, to be replaced. Raises BadInput with `choices`.
        """
        if len(named) == 1:
            return named[0]
        if not self.active:
            raise BadInput(Code.NOT_SET_UP, "group", able=self._sets_up)
        if not named and self.here is not None and self.here.state is GroupState.ACTIVE:
            return self.here
        choices = named or self.own or (self.active if self.over_all else ())
        if not choices:
            raise BadInput(Code.GROUP_NONE, "group")
        if len(choices) > 1:
            said = _BEFORE_A_NAME.sub("", typed).strip(_EDGES)
            raise BadInput(Code.GROUP_WHICH, "group", said, choices=choices)
        return choices[0]

    def person(self, words: str) -> Person | None:
        """Whom `@words` means: a handle, a whole name or one word of it; None: nobody.

        Raises BadInput when it may be two.
        """
        said = _fold(words)
        people = [p for p in self.world.people.values() if not p.bot]
        for fits in (_by_handle, _by_name, _by_part):
            found = [p for p in people if fits(p, said)]
            present = [p for p in found if not p.left] or found
            if len(present) > 1:
                choices = tuple(sorted(present, key=lambda p: p.name))
                raise BadInput(Code.PERSON_TWO, "owner", f"@{words}", choices=choices)
            if present:
                return present[0]
        return None

    def known(self, user: str) -> bool:
        return UserId(user) in self.world.people

    @property
    def over_all(self) -> bool:
        return any(m.role is Role.COORDINATOR for m in self.world.roles(self.actor.user))


def reading_of(ask: Ask, find_zone: FindZone = iana_zone) -> Reading:
    def next_meeting(group: Group) -> date | None:
        return meetings.next_day(ask.store, group, ask.now)

    return Reading(ask.now, ask.actor, ask.world, ask.group, find_zone, next_meeting)


def due_of(when: When) -> Due:
    return Due(when.day, when.time, when.zone)


def prefixes(groups: Iterable[Group]) -> frozenset[str]:
    return frozenset(group.prefix.upper() for group in groups)


def _fold(words: str) -> str:
    return " ".join(words.split()).casefold()


def _full_names(group: Group) -> tuple[str, ...]:
    return tuple(_fold(n) for n in (group.key, group.short, group.name, *group.aliases))


def _by_handle(person: Person, said: str) -> bool:
    return said in (_fold(person.handle), person.user.casefold())


def _by_name(person: Person, said: str) -> bool:
    return said == _fold(person.name)


def _by_part(person: Person, said: str) -> bool:
    return said in _fold(person.name).split()
