"""A person's own data: given to them, and forgotten."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.days import Calendar, day_in
from bot.domain.history import Change
from bot.domain.items import Item
from bot.domain.model import Group, GroupKey, GroupState, Person, Ref, Role, UserId, World
from bot.domain.notices import DAILY, Holiday
from bot.domain.outbox import Message, Outgoing, Sent, State, Way
from bot.domain.privacy import Pseudonym, Traces, answer_due
from bot.errors import BadInput, Busy, Code, Conflict, NotAllowed
from bot.services import cards, decision_news, erased_names
from bot.services.access import Ask, Op, authorize
from bot.storage.database import Database, Store
from bot.telemetry import get_logger
from bot.views import privacy as view
from bot.views.text import bare, escape, plain

log = get_logger(__name__)

ERASE = "erase"
ASKED_USEFUL = timedelta(days=30)
ASKING = frozenset({State.PENDING, State.SENDING, State.SENT, State.MERGED, State.UNKNOWN})
COUNT_MARK = "former"
"""How many were erased so far: the number of the last pseudonym."""
FREED_MARK = "freed"
"""When something else was last erased that is to be overwritten."""
SCRUBBED_MARK = "scrubbed"
"""Up to which number and time what erasing has freed was overwritten."""
NOT_IN_A_FILE_NAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Exported:
    """`asked` is the day the request was recorded, `due` when the law wants it answered."""

    file_name: str
    content: str
    asked: date
    due: date


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What a person must hand over before they can be erased; `None`: the programme."""

    items: tuple[Item, ...]
    roles: tuple[tuple[Role, Group | None], ...]

    @property
    def none(self) -> bool:
        return not (self.items or self.roles)


@dataclass(frozen=True, slots=True)
class Asked:
    """`told`: the coordinators who are asked to do it."""

    obstacles: Obstacles
    told: tuple[UserId, ...]


def export(ask: Ask, holiday: Holiday) -> Exported:
    """Everything kept about the asker, recorded as a request of today."""
    authorize(ask, Op.EXPORT_SELF, ask.actor)
    programme = ask.world.programme
    asked = day_in(ask.now, programme.zone)
    # Closed by its own choice, the programme still owes the answer.
    calendar = Calendar(is_holiday=lambda day: holiday(day, programme.country, programme.region))
    due = answer_due(asked, calendar)
    _remember(ask, ask.actor.user, "export", due.isoformat())
    about = {
        "what": view.WHAT_IS_EXPORTED,
        "person": ask.actor.user,
        "made_at": ask.now.isoformat(),
        "requested": asked.isoformat(),
        "due_by_law": due.isoformat(),
    }
    found = {"about": about, **ask.store.privacy.export(ask.actor.user)}
    handle = NOT_IN_A_FILE_NAME.sub("-", ask.actor.handle) or ask.actor.user
    name = f"concerted-{handle}-{asked.isoformat()}.json"
    return Exported(name, json.dumps(found, ensure_ascii=False, indent=1), asked, due)


def ask_erasing(ask: Ask) -> Asked:
    """Each coordinator is asked once, however often it is said; nothing is erased by it."""
    authorize(ask, Op.ASK_ERASING, ask.actor)
    person = ask.actor
    told = _other_coordinators(ask, person.user)
    standing = {row.out.lane for row in _requests(ask, person.user)}
    today = day_in(ask.now, ask.world.programme.zone).isoformat()
    before = len(ask.store.outbox.about(f"{ERASE}:{person.user}"))
    for coordinator in told:
        if coordinator in standing:
            continue
        ask.store.outbox.put(
            Outgoing(
                key=f"{ERASE}:{person.user}:{today}:{before}:{coordinator}",
                subject=f"{ERASE}:{person.user}",
                kind=ERASE,
                lane=coordinator,
                message=view.request(person, ask.world),
                at=ask.now,
                until=ask.now + ASKED_USEFUL,
                bundle=DAILY,
                quiet_hours=True,
            )
        )
    if told and not standing:
        _remember(ask, person.user, "ask erasing")
    return Asked(_obstacles(ask, person.user), told)


def take_back(ask: Ask) -> bool:
    """The asker stays; False: nobody had been asked."""
    authorize(ask, Op.ASK_ERASING, ask.actor)
    user = ask.actor.user
    standing = _requests(ask, user)
    ask.store.outbox.withdraw(f"{ERASE}:{user}", kinds=frozenset({ERASE}))
    _say_anew(ask, standing, view.request_taken_back(ask.actor, ask.world))
    if standing:
        _remember(ask, user, "ask erasing", "taken back")
    return bool(standing)


def _requests(ask: Ask, user: UserId) -> list[Sent]:
    """What coordinators are being asked, or were and may still do."""
    over = view.request_taken_back(ask.actor, ask.world).text
    return [
        row
        for row in ask.store.outbox.about(f"{ERASE}:{user}")
        if row.out.kind == ERASE
        and row.out.way is Way.POST
        and row.state in ASKING
        and row.out.until > ask.now
        and _own_words(ask, row).text != over
    ]


def _own_words(ask: Ask, row: Sent) -> Message:
    """Of one part of a daily message."""
    found = (one for one in ask.store.outbox.bundled(row.id) if one.id == row.id)
    return next(found, row).out.message


def _say_anew(ask: Ask, rows: Iterable[Sent], message: Message) -> None:
    """In the place of what stands in Slack already."""
    for row in rows:
        if row.state in (State.SENT, State.MERGED):
            cards.say_anew(ask.store, ask.store.groups.world(), row, message, ask.now)


def _obstacles(ask: Ask, user: UserId) -> Obstacles:
    """As things are now, in this transaction."""
    sole = [
        (m.role, ask.world.groups[m.group] if m.group else None)
        for m in ask.store.groups.memberships(user)
        if m.role in (Role.CHAIR, Role.COORDINATOR) and _is_alone(ask, user, m.role, m.group)
    ]
    waiting = (d for d in ask.store.departures.of(user) if d.settled_at is None)
    left = ask.store.items.known_as(ref for departure in waiting for ref in departure.refs)
    unowned = tuple(item for item in left if not (item.state.closed or item.assignments))
    return Obstacles((*ask.store.items.open_of(user), *unowned), tuple(sole))


def erasable(ask: Ask, user: UserId) -> Person:
    """The person, if nothing hinders. Raises Conflict naming what must be handed over first."""
    authorize(ask, Op.ERASE_PERSON)
    # Held until the end: whoever erases at the same time waits here.
    ask.store.marks.set("erasing", ask.now)
    person = ask.store.groups.person(user)
    if person is None:
        raise BadInput(Code.PERSON_UNKNOWN, "owner", user)
    if person.bot:
        raise BadInput(Code.PERSON_BOT, "owner", user, person=person)
    found = _obstacles(ask, user)
    if found.items:
        raise Conflict(Code.STILL_OWNS, person=person, items=found.items)
    for role, group in found.roles:
        raise Conflict(Code.LAST_CHAIR, person=person, role=role.value, group=group)
    if user == ask.actor.user:
        raise NotAllowed(_other_coordinators(ask, user), op=Op.ERASE_PERSON.value)
    return person


def erase(ask: Ask, user: UserId) -> Pseudonym:
    """Forget the person; what they did stays, under a name that means nobody.

    Raises Conflict as `erasable`, and Busy while a message to them is on its way.
    """
    person = erasable(ask, user)
    number = ask.store.marks.get(COUNT_MARK)
    pseudonym = Pseudonym(int(number.value) + 1 if number else 1)
    ask.store.marks.set(COUNT_MARK, ask.now, str(pseudonym.number))
    ask.store.privacy.erase(traces_of(person, ask.world), pseudonym)
    _remember(ask, pseudonym.user, ERASE, pseudonym.name)
    _show(ask, pseudonym)
    return pseudonym


def traces_of(person: Person, world: World) -> Traces:
    """Their names in each way that they are written down."""
    groups = [n for g in world.groups.values() for n in (g.key, g.short, g.name, *g.aliases)]
    taken = frozenset({*groups, world.programme.name})
    names = {person.name, person.handle} - {"", person.user}
    spelled = {spell(name) for name in names for spell in (str, bare, escape, plain)}
    return Traces(person.user, frozenset(spelled - {""}), taken)


async def scrub(db: Database, now: datetime) -> None:
    """Overwrite what erasing has freed; while others read it is put off to the next time."""
    number = await db.read(unscrubbed)
    if number is None:
        return
    try:
        await db.scrub()
    except Busy:
        log.info("scrub.postponed")
        return
    await db.write(lambda store: store.marks.set(SCRUBBED_MARK, now, number))


def unscrubbed(store: Store) -> str | None:
    """The number of the last who was erased, and when something else was, if not overwritten."""
    marks = (store.marks.get(COUNT_MARK), store.marks.get(FREED_MARK))
    erased, scrubbed = " ".join(m.value for m in marks if m), store.marks.get(SCRUBBED_MARK)
    if not erased or (scrubbed is not None and scrubbed.value == erased):
        return None
    return erased


def freed(store: Store, now: datetime) -> None:
    """What was just deleted is to be overwritten as well."""
    store.marks.set(FREED_MARK, now, now.isoformat())


def _other_coordinators(ask: Ask, user: UserId) -> tuple[UserId, ...]:
    there = ask.store.groups.people(ask.world.holding(Role.COORDINATOR))
    return tuple(u for u, person in there.items() if u != user and not person.left)


def _is_alone(ask: Ask, user: UserId, role: Role, group: GroupKey | None) -> bool:
    there = ask.world.groups.get(group) if group else None
    if there is not None and there.state is not GroupState.ACTIVE:
        return False
    holders = {m.user for m in ask.store.groups.members(group) if m.role is role}
    people = ask.store.groups.people(holders)
    return {holder for holder, person in people.items() if not person.left} == {user}


def _show(ask: Ask, pseudonym: Pseudonym) -> None:
    """Messages in Slack that still show the person: cards, what meetings have, the request."""
    world = ask.store.groups.world()
    for item in ask.store.items.all_open():
        if pseudonym.user in (shown := repr(item)) or pseudonym.name in shown:
            cards.refresh(ask.store, world, item, ask.now)
    for decision in ask.store.decisions.of_groups():
        if pseudonym.user in (shown := repr(decision)) or pseudonym.name in shown:
            decision_news.show(ask.store, world, decision, ask.now)
    erased_names.show(ask.store, pseudonym, ask.now)
    subject = f"{ERASE}:{pseudonym.user}"
    ask.store.outbox.withdraw(subject, kinds=frozenset({ERASE}))
    said = (row for row in ask.store.outbox.about(subject) if row.out.kind == ERASE)
    _say_anew(ask, said, view.erased(pseudonym))


def _remember(ask: Ask, user: UserId, verb: str, detail: str = "") -> None:
    """Not to be undone, nor in the way of undoing what was done before."""
    ask.store.audit.add(
        Change(
            ref=Ref(f"person:{user}"),
            version=0,
            at=ask.now,
            by=ask.actor.user,
            verb=verb,
            request=ask.key,
            detail=detail,
            undone=True,
        )
    )
