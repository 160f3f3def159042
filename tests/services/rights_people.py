"""Kinds of people, their things, and what domain.md 3 lets each do: written apart from the code."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Literal

from bot.domain.deadlines import NewDeadline
from bot.domain.decisions import Decision, DecisionState, NewDecision, Objection
from bot.domain.departures import DepartureId, Why
from bot.domain.history import Change
from bot.domain.items import Answer, Assignment, Due, Item, ItemState, NewItem
from bot.domain.meetings import MeetingKind, NewMeeting, OwnerRole, PrepItem
from bot.domain.model import (
    Channel,
    ChannelId,
    Group,
    GroupKey,
    GroupState,
    Membership,
    Person,
    Programme,
    Ref,
    Role,
    TeamId,
    UserId,
)
from bot.services import departures
from bot.storage.database import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MODELS, TRIALS, TARGETS, OLD = (GroupKey(k) for k in ("models", "trials", "targets", "old"))
FREE = ChannelId("C0FREE001")
Level = Literal["chair", "member", "guest", "coordinator", "steering", "nobody", "gone"]


@dataclass(frozen=True, slots=True)
class Kind:
    """`level` in the group `home`; `elsewhere` in the group Trials."""

    name: str
    level: Level
    role: Role | None = None
    home: GroupKey = MODELS
    named: bool = True
    elsewhere: Level = "nobody"
    external: bool = False
    guest: bool = False
    left: bool = False
    bot: bool = False
    admin: bool = False

    @property
    def user(self) -> UserId:
        return UserId(f"U0{self.name.upper().replace(' ', '')}")

    def at(self, state: str) -> Level:
        """What they are where the thing is; `anywhere`: in the group where they are most."""
        if state == "anywhere" and self.level == "nobody":
            return self.elsewhere
        return self.elsewhere if state == "foreign" else self.level


KINDS = (
    Kind("chair", "chair", Role.CHAIR),
    Kind("cochair", "member", Role.COCHAIR),
    Kind("standing in", "chair", Role.COCHAIR, home=TARGETS),
    Kind("member", "member", Role.MEMBER),
    Kind("known by channel", "member", Role.MEMBER, named=False),
    Kind("partner", "member", Role.PARTNER),
    Kind("observer", "member", Role.OBSERVER, external=True),
    Kind("guest", "guest", Role.GUEST, guest=True),
    Kind("other chair", "nobody", elsewhere="chair"),
    Kind("other member", "nobody", elsewhere="member"),
    Kind("coordinator", "coordinator", Role.COORDINATOR, elsewhere="coordinator"),
    Kind("steering", "steering", Role.STEERING, elsewhere="steering"),
    Kind("outsider", "nobody"),
    Kind("workspace admin", "nobody", admin=True),
    Kind("deactivated", "gone", Role.CHAIR, elsewhere="gone", left=True),
    Kind("robot", "gone", Role.MEMBER, elsewhere="gone", bot=True),
    Kind("stranger", "nobody", external=True),
    Kind("former member", "nobody"),
)
KEEPER, SECOND, AWAY = UserId("U0KEEPER1"), UserId("U0SECOND1"), UserId("U0AWAY001")
STEERS, WENT, OTHER = UserId("U0STEERS1"), UserId("U0WENT001"), UserId("U0OTHER01")

RELATIONS = ("own", "own done", "gave", "did", "self")
"""States of a thing that say what it is to the person."""


@dataclass(frozen=True, slots=True)
class Things:
    """Actions by the group's key, or whose they are, and their state; by group who left it."""

    items: dict[tuple[str, str], Item]
    left: dict[GroupKey, DepartureId]
    meetings: dict[GroupKey, Ref]
    deadlines: dict[GroupKey, Ref]
    decisions: dict[GroupKey, Ref]

    def of(self, kind: Kind, state: str) -> Item:
        where = {"foreign": TRIALS, "ended": OLD}.get(state, kind.home)
        by = kind.user if state in RELATIONS else where
        return self.items[by, "open" if state in ("foreign", "ended") else state]


def channel_of(key: GroupKey) -> ChannelId:
    return ChannelId(f"C0{key.upper()}")


def people_the_world(store: Store) -> Things:
    """Four groups, everybody of every kind, and an action of theirs in each state."""
    groups = store.groups
    groups.save_programme(Programme("Test programme", "Europe/London", "GB", "ENG"))
    groups.save_channel(Channel(FREE, "somewhere", bot_in=True))
    for key, prefix in ((MODELS, "EM"), (TRIALS, "PC"), (TARGETS, "TR"), (OLD, "OL")):
        name = key.capitalize()
        groups.save(Group(key, prefix, name, name, "", "Europe/London", channel_of(key)))
    helpers = (KEEPER, SECOND, AWAY, STEERS, WENT, OTHER)
    for user in helpers:
        away = date(2026, 12, 24) if user == AWAY else None
        groups.save_person(Person(user, user.capitalize(), user.lower(), away_until=away))
    for kind in KINDS:
        groups.save_person(_person(kind))
        for role in _roles(kind):
            groups.set_role(role)
    for key in (MODELS, TRIALS, TARGETS, OLD):
        for user in (KEEPER, SECOND):
            groups.set_role(Membership(user, key, Role.MEMBER))
    groups.set_role(Membership(AWAY, TARGETS, Role.CHAIR))
    groups.set_role(Membership(STEERS, None, Role.STEERING))
    groups.set_role(Membership(OTHER, None, Role.COORDINATOR))
    kept = {
        key: store.deadlines.create(NewDeadline("Abstracts", NOW.date(), (key,)), KEEPER, NOW).ref
        for key in (MODELS, TRIALS, TARGETS)
    }
    objected = {key: _objected(store, key).ref for key in kept}
    things = Things(dict(_items(store)), {}, dict(_meetings(store)), kept, objected)
    for key in (MODELS, TRIALS, TARGETS):
        things.items[key, "left"] = _item(store, key, KEEPER, KEEPER, (WENT,))
        groups.set_role(Membership(WENT, key, Role.MEMBER))
        gone = departures.depart(store, WENT, key, Why.CHANNEL, WENT, "left", NOW)
        assert gone is not None
        things.left[key] = gone.id
        departures.came_back(store, WENT, key, NOW)
    old = groups.get(OLD)
    assert old is not None
    groups.save(
        Group(OLD, "OL", old.short, old.name, zone=old.zone, state=GroupState.CLOSED, ended_at=NOW)
    )
    return things


def _person(kind: Kind) -> Person:
    return Person(
        kind.user,
        kind.name.capitalize(),
        kind.name.replace(" ", "-"),
        "Europe/London",
        admin=kind.admin,
        external=kind.external,
        home_team=TeamId("T0OTHER") if kind.external else None,
        guest=kind.guest,
        bot=kind.bot,
        left=kind.left,
        facts_at=NOW,
    )


def _roles(kind: Kind) -> list[Membership]:
    found = []
    if kind.role is not None and kind.role.of_programme:
        found.append(Membership(kind.user, None, kind.role))
    elif kind.role is not None:
        found += [Membership(kind.user, k, kind.role, kind.named) for k in (kind.home, OLD)]
    if kind.elsewhere in ("chair", "member"):
        found.append(Membership(kind.user, TRIALS, Role(kind.elsewhere)))
    return found


def _meetings(store: Store) -> list[tuple[GroupKey, Ref]]:
    day, start, end = date(2026, 12, 3), time(14), time(15)
    call = NewMeeting("Call", (), MeetingKind.CALL, "call", day, start, day, end, "Europe/London")
    keys = (MODELS, TRIALS, TARGETS)
    planned = [(k, store.meetings.create(replace(call, groups=(k,)), KEEPER, NOW)) for k in keys]
    nobodys = PrepItem(1, "link", "Link in everyone's local time", OwnerRole.BOT, day)
    for _, meeting in planned:
        store.meetings.set_preparation(meeting.id, [nobodys])
    return [(key, meeting.ref) for key, meeting in planned]


STATES = {
    "open": ItemState.OPEN,
    "started": ItemState.IN_PROGRESS,
    "blocked": ItemState.BLOCKED,
    "done": ItemState.DONE,
    "dropped": ItemState.DROPPED,
    "unowned": ItemState.OPEN,
}


def _items(store: Store) -> list[tuple[tuple[str, str], Item]]:
    found: list[tuple[tuple[str, str], Item]] = []
    for key in (MODELS, TARGETS):
        for state in STATES:
            owners = () if state == "unowned" else (KEEPER,)
            found.append(((key, state), _item(store, key, KEEPER, KEEPER, owners, state)))
    for key in (TRIALS, OLD):
        found.append(((key, "open"), _item(store, key, KEEPER, KEEPER, (KEEPER,))))
    kept = _item(store, MODELS, KEEPER, KEEPER, (KEEPER,))
    store.audit.add(Change(kept.ref, 1, NOW, KEEPER, "add", f"did:{KEEPER}", after=kept))
    found.append(((MODELS, "did"), kept))
    for kind in KINDS:
        user = kind.user
        own = _item(store, kind.home, KEEPER, KEEPER, (user,))
        done = _item(store, kind.home, KEEPER, KEEPER, (user,), "done")
        gave = _item(store, kind.home, user, user, (KEEPER,))
        did = _item(store, kind.home, user, user, (KEEPER,))
        store.audit.add(Change(did.ref, 1, NOW, user, "add", f"did:{user}", after=did))
        for state, item in (("own", own), ("own done", done), ("gave", gave), ("did", did)):
            found.append(((user, state), item))
    return found


def _objected(store: Store, key: GroupKey) -> Decision:
    made = store.decisions.create(NewDecision("One template", key), KEEPER, NOW)
    why = (Objection(KEEPER, NOW, "Too long"),)
    return store.decisions.save(replace(made, state=DecisionState.OBJECTED, objections=why), 1)


def _item(
    store: Store,
    key: GroupKey,
    by: UserId,
    giver: UserId,
    owners: tuple[UserId, ...],
    state: str = "open",
) -> Item:
    new = NewItem("Draft the table", key, Due(date(2026, 12, 4)), owners)
    given = tuple(Assignment(user, giver, NOW, Answer.ASKED) for user in owners)
    item = store.items.create(new, by, NOW, given)
    if state in ("open", "unowned"):
        return item
    now = STATES[state]
    changed = replace(
        item,
        state=now,
        why="data" if now in (ItemState.BLOCKED, ItemState.DROPPED) else "",
        closed_at=NOW if now.closed else None,
        closed_by=KEEPER if now.closed else None,
    )
    return store.items.save(changed, expected=item.version)
