"""Preparing meetings: items ticked, left out, added, by who owes them or minds the meeting."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.days import day_in, roll_back
from bot.domain.history import Change
from bot.domain.items import NOTE_LIMIT, TITLE_LIMIT
from bot.domain.meetings import Meeting, MeetingState, OwnerRole, PrepItem, PrepState
from bot.domain.model import Ref, UserId, World
from bot.domain.notices import Holiday, programme_calendar
from bot.domain.preparation import takes_part
from bot.domain.rescheduling import Former
from bot.errors import BadInput, Code, Conflict, NotAllowed, NotFound, UserError
from bot.services import checks, meeting_cards, meetings, preparation_reminders
from bot.services.access import Ask, Op, allowed, authorize, who_can
from bot.services.history import remember_meeting
from bot.services.meeting_undo import keep
from bot.services.preparation_sheets import owed_by
from bot.storage.database import Store

TICK, UNTICK = "tick preparation", "untick preparation"
SKIP, ADD = "skip preparation", "add preparation"
VERBS = frozenset({TICK, UNTICK, SKIP, ADD})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Prepared:
    """`changed`: those of `items` that the request changed; `refused`: by number, why not."""

    meeting: Meeting
    items: tuple[PrepItem, ...]
    changed: tuple[PrepItem, ...] = ()
    refused: tuple[tuple[int, UserError], ...] = ()


def opened(ask: Ask, ref: Ref) -> Prepared:
    meeting = meetings.find(ask, ref)
    return Prepared(meeting, _items(ask.store, meeting))


def tick(ask: Ask, ref: Ref, *numbers: int) -> Prepared:
    """Say that items are done; one that is refused does not keep the others."""

    def require(meeting: Meeting, item: PrepItem) -> None:
        _require_theirs(ask, meeting, item)
        if item.state is PrepState.DONE:
            raise Conflict(Code.PREP_DONE, ref=ref, prep=item, zone=meeting.zone)

    meeting, found, refused = _each(ask, ref, numbers, require)
    now_done = [
        replace(i, state=PrepState.DONE, why="", done_by=ask.actor.user, done_at=ask.now)
        for i in found
    ]
    return replace(_save(ask, meeting, found, now_done, TICK), refused=refused)


def untick(ask: Ask, ref: Ref, *numbers: int) -> Prepared:
    """Say that items are to be done after all: also those that were left out."""

    def require(meeting: Meeting, item: PrepItem) -> None:
        _require_theirs(ask, meeting, item)
        if item.state is PrepState.TODO:
            raise Conflict(Code.PREP_OPEN, ref=ref, prep=item)

    meeting, found, refused = _each(ask, ref, numbers, require)
    again = [
        replace(i, state=PrepState.TODO, why="", done_by=None, done_at=None, set_at=ask.now)
        for i in found
    ]
    return replace(_save(ask, meeting, found, again, UNTICK), refused=refused)


def skip(ask: Ask, ref: Ref, n: int, why: str) -> Prepared:
    authorize(ask, Op.PREPARE_MEETING, meetings.find(ask, ref))
    meeting = for_preparing(ask, ref)
    item = _wanted(ask, meeting, n)
    if item.state is PrepState.DONE:
        raise Conflict(Code.PREP_DONE, ref=ref, prep=item, zone=meeting.zone)
    checks.require_reason(why, "skip", ref=ref)
    left_out = replace(item, state=PrepState.SKIPPED, why=why)
    return _save(ask, meeting, [item], [left_out], SKIP, why)


def add_item(
    ask: Ask, ref: Ref, text: str, owner: UserId | None, due: date | None, holiday: Holiday
) -> Prepared:
    """An item of this meeting alone, needed for it; without a day: the working day before it."""
    authorize(ask, Op.PREPARE_MEETING, meetings.find(ask, ref))
    meeting = for_preparing(ask, ref)
    checks.require_text(text, "text", TITLE_LIMIT)
    user = owner or ask.actor.user
    if owner is not None:
        checks.require_owner_in(ask, user, takes_part(meeting.groups, ask.world))
    today = day_in(ask.now, meeting.zone)
    calendar = programme_calendar(ask.world, holiday)
    day = due or max(today, roll_back(meeting.start_day - _DAY, calendar))
    if day < today:
        raise BadInput(Code.DATE_PAST, "due", day=day)
    there = _items(ask.store, meeting)
    number = max((item.n for item in there), default=0) + 1
    role = OwnerRole.COORDINATOR
    added = PrepItem(number, "", text, role, day, user, required=True, set_at=ask.now)
    return _save(ask, meeting, [], [added], ADD, text)


def done_by_itself(store: Store, meeting: Meeting, key: str, now: datetime) -> None:
    """Tick the item with that key of the template, if it is there and to be done."""
    waiting = [
        item
        for item in _items(store, meeting)
        if key and item.key == key and item.state is PrepState.TODO
    ]
    for item in waiting:
        store.meetings.save_prep(meeting.id, replace(item, state=PrepState.DONE, done_at=now))
    if waiting:
        _tell(store, store.groups.world(), meeting, (item.n for item in waiting), now)


def for_preparing(ask: Ask, ref: Ref) -> Meeting:
    """One that the asker sees and that is not cancelled."""
    meeting = meetings.find(ask, ref)
    if meeting.state is MeetingState.CANCELLED:
        raise Conflict(Code.MEETING_OVER, ref=ref, state=meeting.state.value)
    return meeting


def take_back(ask: Ask, change: Change) -> None:
    """What one request did to the checklist; raises Conflict where it was changed since."""
    meeting = for_preparing(ask, change.ref)
    numbers = [int(word) for word in change.detail.partition(":")[0].split()]
    there = {item.n: item for item in _items(ask.store, meeting)}
    was = {item.n: item for f in ask.store.series.formers(change.request) for item in f.preparation}
    for n in numbers:
        item = there.get(n)
        if item is None or not _as_left(item, change) or (change.verb != ADD and n not in was):
            raise Conflict(Code.CHANGED_MEANWHILE, ref=meeting.ref)
        _require_theirs(ask, meeting, item)
    for n in numbers:
        if n in was:
            ask.store.meetings.save_prep(meeting.id, was[n])
        else:
            ask.store.meetings.remove_prep(meeting.id, n)
            preparation_reminders.gone(ask.store, meeting.id, [there[n]])
    remember_meeting(ask, meeting, "undo", change.verb, undone=True)
    _tell(ask.store, ask.world, meeting, numbers, ask.now)


def _as_left(item: PrepItem, change: Change) -> bool:
    if change.verb == TICK:
        return item.state is PrepState.DONE and item.done_at == change.at
    if change.verb == SKIP:
        return item.state is PrepState.SKIPPED
    return item.state is PrepState.TODO


def _each(
    ask: Ask,
    ref: Ref,
    numbers: Iterable[int],
    require: Callable[[Meeting, PrepItem], None],
) -> tuple[Meeting, tuple[PrepItem, ...], tuple[tuple[int, UserError], ...]]:
    """Those that may be changed, and why not the others; raises where none may."""
    meeting = for_preparing(ask, ref)
    found, refused = [], []
    for n in dict.fromkeys(numbers):
        try:
            item = _wanted(ask, meeting, n)
            require(meeting, item)
        except UserError as error:
            refused.append((n, error))
        else:
            found.append(item)
    if refused and not found:
        raise refused[0][1]
    return meeting, tuple(found), tuple(refused)


def _wanted(ask: Ask, meeting: Meeting, n: int) -> PrepItem:
    """Raises NotFound for a number that is not there, Conflict where its time is over."""
    there = {item.n: item for item in _items(ask.store, meeting)}
    if n not in there:
        raise NotFound(Code.NO_SUCH_PREP, ref=meeting.ref, n=n, last=max(there, default=0))
    if meeting.ends <= ask.now and there[n].due < meeting.start_day:
        state = meeting.state.value
        raise Conflict(Code.MEETING_OVER, ref=meeting.ref, state=state, before=True)
    return there[n]


def _require_theirs(ask: Ask, meeting: Meeting, item: PrepItem) -> None:
    """Raises NotAllowed naming who owes it, and who else can tick it."""
    if allowed(ask.world, ask.actor, Op.PREPARE_MEETING, meeting, ask.now):
        return
    owing = owed_by(ask.store, ask.world, meeting, item, ask.actor.user, ask.now)
    if ask.actor.user in owing and allowed(ask.world, ask.actor, Op.SEE_MEETING, meeting, ask.now):
        return
    minding = who_can(ask.world, Op.PREPARE_MEETING, meeting, ask.now)
    who = tuple(dict.fromkeys((*owing, *minding)))
    raise NotAllowed(who, op=Op.PREPARE_MEETING.value)


def _save(
    ask: Ask,
    meeting: Meeting,
    before: Iterable[PrepItem],
    after: Iterable[PrepItem],
    verb: str,
    detail: str = "",
) -> Prepared:
    changed = tuple(after)
    keep(ask, [Former(meeting, tuple(before), meeting.version)])
    for item in changed:
        ask.store.meetings.save_prep(meeting.id, item)
    numbers = " ".join(str(item.n) for item in changed)
    remember_meeting(ask, meeting, verb, f"{numbers}: {detail[:NOTE_LIMIT]}" if detail else numbers)
    _tell(ask.store, ask.world, meeting, (item.n for item in changed), ask.now)
    return Prepared(meeting, _items(ask.store, meeting), changed)


def _tell(
    store: Store, world: World, meeting: Meeting, numbers: Iterable[int], at: datetime
) -> None:
    """Whatever shows the items, or waits to remind of them, follows."""
    preparation_reminders.follow(store, world, meeting.id, at, tuple(numbers))
    meeting_cards.follow(store, world, meeting.id, at)


def _items(store: Store, meeting: Meeting) -> tuple[PrepItem, ...]:
    return store.meetings.preparation([meeting.id])[meeting.id]
