"""What somebody left behind is handed over: looked at, tried out, done, or given back."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.days import day_in
from bot.domain.departures import DepartureId, HandOver, Left, suggestion
from bot.domain.items import Item
from bot.domain.model import Group, GroupKey, GroupState, ItemId, Membership, Ref, Role, UserId
from bot.domain.notices import REMINDERS
from bot.domain.things import Thing
from bot.errors import BadInput, Code, Conflict
from bot.services import cards, items, left_deadlines, role_news, roles
from bot.services.access import Ask, Op, allowed, authorize, may_own
from bot.services.departures import share, stands
from bot.services.history import remember, remember_shape
from bot.views import handover_answers as words
from bot.views.handover_answers import Outcome

AT_ONCE = 40
"""Actions given in one request: about 30 ms each, of the two seconds that it may take."""


def waiting(ask: Ask, user: UserId | None = None, key: GroupKey | None = None) -> tuple[Left, ...]:
    """What waits in the groups where the asker settles it: all, or of one person or group."""
    keys = [key] if key is not None else _settled_by(ask)
    for group in keys:
        authorize(ask, Op.HAND_OVER, group)
    found = (stands(ask.store, ask.world, d) for d in ask.store.departures.recent(ask.now))
    return tuple(
        left
        for left in found
        if left.waits
        and left.group is not None
        and left.group.key in keys
        and user in (None, left.departure.user)
    )


def meant(ask: Ask, key: GroupKey | None) -> Group | None:
    """The group asked about: the one named, or the only one in which the asker hands over."""
    keys = (key,) if key is not None else _settled_by(ask)
    for one in keys:
        authorize(ask, Op.HAND_OVER, one)
    return ask.world.groups.get(keys[0]) if len(keys) == 1 else None


def find(ask: Ask, id_: DepartureId) -> Left:
    departure = ask.store.departures.get(id_)
    if departure is None:
        authorize(ask, Op.HAND_OVER)
        raise Conflict(Code.CHANGED_MEANWHILE)
    left = stands(ask.store, ask.world, departure)
    authorize(ask, Op.HAND_OVER, left.group.key if left.group else departure.group)
    return left


def offered(ask: Ask, left: Left) -> tuple[UserId, ...]:
    """Who may be picked: people of the group."""
    if left.group is None:
        return ()
    authorize(ask, Op.HAND_OVER, left.group.key)
    key = left.group.key
    return tuple(
        u for u in ask.world.people if u != left.departure.user and may_own(ask.world, u, key)
    )


def suggestions(ask: Ask, left: Left) -> dict[Ref, UserId]:
    """Each action with whom it might suit, so that nobody gets all of them."""
    people = [ask.world.people[user] for user in offered(ask, left)]
    mates = {m.user for m in ask.world.memberships if left.group and m.group == left.group.key}
    people = [person for person in people if person.user in mates]
    load = Counter(user for item in ask.store.items.all_open() for user in item.owners)
    today = day_in(ask.now, left.group.zone if left.group else ask.world.programme.zone)
    found: dict[Ref, UserId] = {}
    for item in left.items:
        user = suggestion(_earlier(ask, item), people, left.departure.user, load, today)
        if user is not None:
            found[item.ref] = user
            load[user] += 1
    return found


def try_out(ask: Ask, id_: DepartureId, wanted: HandOver) -> tuple[Left, Outcome]:
    """What `hand_over` would do now; nothing is changed."""
    left = find(ask, id_)
    return left, _checked(ask, left, wanted)


def hand_over(ask: Ask, id_: DepartureId, wanted: HandOver) -> tuple[Left, Outcome]:
    """What is closed, or has been given meanwhile, is passed over and said.

    New owners are asked. Roles are remembered as a request of their own, so that one Undo takes
    back all that was changed of actions.
    """
    left = find(ask, id_)
    outcome = _checked(ask, left, wanted)
    for role, user in outcome.roles:
        of_roles = replace(ask, key=f"{ask.key}:roles")
        roles.name_role(of_roles, user, role, left.group.key if left.group else None)
    given = tuple((items.give(ask, item.ref, (user,)), user) for item, user in outcome.given)
    return left, replace(outcome, given=given)


def is_done(ask: Ask, left: Left, wanted: HandOver) -> bool:
    """All that is wanted is so already; with nothing wanted, when nothing waits any more."""
    key = left.group.key if left.group else None
    authorize(ask, Op.HAND_OVER, key or left.departure.group)
    found = ask.store.items.known_as(ref for ref, _ in wanted.gives)
    named = dict(wanted.gives)
    given = all(item.owners == (named.get(item.ref),) for item in found)
    held = all(key and _holds(ask, user, role, key) for role, user in wanted.roles)
    return given and held and (bool(wanted.gives or wanted.roles) or not left.waits)


def give_back(ask: Ask, id_: DepartureId) -> tuple[Left, tuple[Thing, ...], tuple[Role, ...]]:
    """To who has come back: their roles, and what nobody has taken over since."""
    left = find(ask, id_)
    user, group = left.departure.user, left.group
    person = ask.world.people.get(user)
    if person is None or person.left or group is None:
        raise BadInput(Code.PERSON_LEFT, "owner", user, person=person)
    missing = [r for r in left.departure.roles if not _holds(ask, user, r, group.key)]
    again = tuple(r for r in missing if r in left.free or r not in (Role.CHAIR, Role.COCHAIR))
    of_roles = replace(ask, key=f"{ask.key}:roles")
    for role in again:
        authorize(ask, Op.NAME_ROLE, group.key)
        ask.store.groups.set_role(Membership(user, group.key, role))
        remember_shape(of_roles, f"group:{group.key}", "role", f"{user} {role}")
        role_news.given(of_roles, user, role, group)
    if not again and user in ask.store.departures.kept_out(group.key):
        _let_in(of_roles, user, group)
    world = ask.store.groups.world()
    if not may_own(world, user, group.key):
        raise BadInput(Code.PERSON_OUTSIDE, "owner", user, person=person, group=group.key)
    found = (ask.store.items.get(ref) for ref in left.departure.refs)
    theirs = [item for item in found if item is not None and not item.state.closed]
    returned = [_returned(ask, left, item) for item in theirs]
    promised = left_deadlines.give_back(ask, left.departure, ask.now)
    return left, (*(item for item in returned if item is not None), *promised), again


def _let_in(ask: Ask, user: UserId, group: Group) -> None:
    """Who was taken out, and had no role by name, needs one to be in the group again."""
    key = group.key
    if any(m.group == key for m in ask.store.groups.memberships(user)):
        return
    authorize(ask, Op.NAME_ROLE, key)
    ask.store.groups.set_role(Membership(user, key, Role.MEMBER))
    remember_shape(ask, f"group:{key}", "role", f"{user} {Role.MEMBER}")
    role_news.given(ask, user, Role.MEMBER, group)


def _returned(ask: Ask, left: Left, item: Item) -> Item | None:
    part = share(ask.store, left.departure, item)
    if part is None:
        return None
    authorize(ask, Op.CHANGE_ITEM, item)
    after = replace(
        item,
        assignments=(*item.assignments, part),
        set_at=ask.now,
        updated_at=ask.now,
        updated_by=ask.actor.user,
    )
    saved = ask.store.items.save(after, expected=item.version)
    remember(ask, item, saved, "give", " ".join(saved.owners))
    ask.store.outbox.withdraw(saved.subject, kinds=REMINDERS)
    cards.refresh(ask.store, ask.store.groups.world(), saved, ask.now)
    return saved


def _checked(ask: Ask, left: Left, wanted: HandOver) -> Outcome:
    """What of it can be done now."""
    given: list[tuple[Item, UserId]] = []
    skipped: list[str] = []
    # A merge gave them other names since, or since the form was opened.
    known = ask.store.items.known_as(left.departure.refs)
    theirs = {i.id for i in known if left.group and i.group == left.group.key}
    found = {item.ref: item for item in ask.store.items.many(dict(wanted.gives))}
    for ref, user in dict(wanted.gives).items():
        item = found.get(ref) or ask.store.items.get(ref)
        refusal = _refusal(ask, theirs, item, ref, user)
        if item is not None and not refusal:
            given.append((item, user))
        skipped += [refusal] if refusal else []
    if len(given) > AT_ONCE:
        skipped.append(words.too_many(len(given) - AT_ONCE))
    taken, refused = _roles(ask, left, wanted)
    return Outcome(ask.actor.user, tuple(given[:AT_ONCE]), taken, (*skipped, *refused))


def _refusal(ask: Ask, theirs: set[ItemId], item: Item | None, ref: Ref, user: UserId) -> str:
    """Why the action cannot be given to the person now; `` when it can."""
    if item is None or item.id not in theirs:
        return words.not_theirs(ref)
    if item.state.closed:
        return words.closed_already(item)
    if item.assignments:
        return words.owned_already(item, ask.world)
    if not may_own(ask.world, user, item.group):
        return words.cannot_take(user, item.ref, ask.world)
    return ""


def _roles(
    ask: Ask, left: Left, wanted: HandOver
) -> tuple[tuple[tuple[Role, UserId], ...], tuple[str, ...]]:
    taken: dict[UserId, Role] = {}
    skipped = []
    for role, user in wanted.roles:
        if role not in left.free or left.group is None:
            skipped.append(words.role_taken(role))
        elif not may_own(ask.world, user, left.group.key):
            skipped.append(words.cannot_take(user, f"the {role} role", ask.world))
        elif user in taken:
            skipped.append(words.one_role(user, ask.world))
        elif refusal := _role_refusal(ask, user, role, left.group):
            skipped.append(refusal)
        else:
            taken[user] = role
    return tuple((role, user) for user, role in taken.items()), tuple(skipped)


def _role_refusal(ask: Ask, user: UserId, role: Role, group: Group) -> str:
    try:
        roles.require_nameable(ask, user, role, group)
    except Conflict as refusal:
        if refusal.code is Code.LAST_CHAIR:
            return words.only_chair(user, role, ask.world)
        return words.just_named(user, ask.world)
    return ""


def _settled_by(ask: Ask) -> tuple[GroupKey, ...]:
    """The groups in which the asker hands over; refuses where there is none."""
    active = [g.key for g in ask.world.groups.values() if g.state is GroupState.ACTIVE]
    theirs = [k for k in active if allowed(ask.world, ask.actor, Op.HAND_OVER, k, ask.now)]
    if not theirs:
        own = [m.group for m in ask.world.roles(ask.actor.user) if m.group in active]
        authorize(ask, Op.HAND_OVER, ask.group.key if ask.group else next(iter(own), None))
    return tuple(theirs)


def _holds(ask: Ask, user: UserId, role: Role, key: GroupKey) -> bool:
    return any(m.group == key and m.role is role and m.named for m in ask.world.roles(user))


def _earlier(ask: Ask, item: Item) -> Iterator[UserId]:
    """Who had to do with the action: owners and former owners, the latest first, then givers."""
    yield from item.owners
    changes = reversed(ask.store.audit.of(item.ref))
    past = [before for c in changes if (before := c.item_before) is not None]
    for before in past:
        yield from before.owners
    for before in past[:1]:
        yield from (assignment.given_by for assignment in before.assignments)
    yield item.created_by
