"""What a person says of their own time and place."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain.days import ONE_DAY, day_in
from bot.domain.items import Item, Quiet
from bot.domain.model import WORKDAYS, WORKING_HOURS, Person, Ref
from bot.domain.notices import REMINDERS
from bot.errors import BadInput, Code, NotAllowed
from bot.services import items, things
from bot.services.access import Ask, Op, allowed, authorize, who_can
from bot.services.declarations import require_declaration
from bot.services.notices import Planner

SHORTEST_DAY = timedelta(hours=1)
LONGEST_ABSENCE_YEARS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A zone by its IANA name, and whose holidays go with it."""

    zone: str
    country: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """All that the form asks; `country` None: whichever goes with the zone."""

    place: Place
    hours: tuple[time, time]
    workdays: frozenset[int]
    country: tuple[str, str | None] | None
    away_until: date | None
    declared: date | None
    declaration: str


def mine(ask: Ask) -> tuple[Item, ...]:
    """The actions that the asker has muted."""
    authorize(ask, Op.SEE_SELF, ask.actor)
    return tuple(
        item
        for item in ask.store.items.open_of(ask.actor.user)
        if any(q.user == ask.actor.user and q.until is None for q in item.quiet)
    )


def set_zone(ask: Ask, place: Place, planner: Planner) -> Person:
    """Chosen, it stays whatever Slack tells; the country goes with it unless chosen as well."""
    return _change(ask, _in_zone(ask.actor, place), planner)


def set_hours(
    ask: Ask, hours: tuple[time, time] | None, workdays: frozenset[int] | None, planner: Planner
) -> Person:
    """None: as they are."""
    hours = hours or ask.actor.hours
    workdays = ask.actor.workdays if workdays is None else workdays
    _require_hours(hours, "end")
    return _change(ask, replace(ask.actor, hours=hours, workdays=workdays), planner)


def set_usual_hours(ask: Ask, planner: Planner) -> Person:
    return _change(ask, replace(ask.actor, hours=WORKING_HOURS, workdays=WORKDAYS), planner)


def set_away(ask: Ask, until: date | None, planner: Planner) -> Person:
    """`until`: the first day back; None: here again."""
    _require_absence(ask, until, "due")
    return _change(ask, replace(ask.actor, away_until=until), planner)


def save(ask: Ask, wishes: Wishes, planner: Planner) -> Person:
    """All of it or nothing."""
    _require_hours(wishes.hours, "end")
    if not wishes.workdays:
        raise BadInput(Code.DAYS_WRONG, "days")
    away = wishes.away_until
    if away != ask.actor.away_until:
        _require_absence(ask, away, "away")
    require_declaration(ask, wishes.declared, wishes.declaration)
    person = ask.actor
    if wishes.place.zone != person.zone:
        person = _in_zone(person, wishes.place)
    before = ask.actor.country, ask.actor.region
    chosen = wishes.country is not None and (ask.actor.country_chosen or wishes.country != before)
    home = wishes.country or (wishes.place.country, wishes.place.region)
    after = replace(
        person,
        country=home[0],
        region=home[1],
        country_chosen=chosen,
        hours=wishes.hours,
        workdays=wishes.workdays,
        away_until=away,
        declared=wishes.declared,
        declaration=wishes.declaration,
    )
    return _change(ask, after, planner)


def unmute(ask: Ask, ref: Ref, planner: Planner) -> Item:
    """Reminders of the action reach the asker again."""
    item = items.find(ask, ref)
    _require_reminded(ask, item)
    if all(q.user != ask.actor.user for q in item.quiet):
        return item
    heard = items.quiet(ask, ref, None)
    planner.from_now_on(ask.store, heard, ask.actor.user, ask.now)
    return heard


def mute(ask: Ask, ref: Ref) -> Item:
    item = items.find(ask, ref)
    _require_reminded(ask, item)
    silence = Quiet(ask.actor.user)
    return item if silence in item.quiet else items.quiet(ask, ref, silence)


def _require_reminded(ask: Ask, item: Item) -> None:
    """What is muted is one's own reminders: there is nobody to ask for it."""
    if not allowed(ask.world, ask.actor, Op.QUIET_ITEM, item, ask.now):
        who = who_can(ask.world, Op.QUIET_ITEM, item, ask.now)
        raise NotAllowed(who, op=Op.QUIET_ITEM.value, muted=item.ref)


def _in_zone(person: Person, place: Place) -> Person:
    moved = replace(person, zone=place.zone, zone_chosen=True)
    if person.country_chosen:
        return moved
    return replace(moved, country=place.country, region=place.region)


def _change(ask: Ask, after: Person, planner: Planner) -> Person:
    authorize(ask, Op.CHANGE_SELF, ask.actor)
    if after == ask.actor:
        return after
    ask.store.groups.save_person(after)
    ask.store.outbox.withdraw_to(after.user, REMINDERS)
    ask.store.outbox.reconsider(after.user)
    tomorrow = ask.now.date() + ONE_DAY
    concerned = things.reaching(ask.store, ask.world, after.user, ask.now, tomorrow)
    planner.follow(ask.store, ask.world, concerned, ask.now, after.user)
    return after


def _require_hours(hours: tuple[time, time], field: str) -> None:
    start, end = (datetime.combine(date.min, at) for at in hours)
    if end - start < SHORTEST_DAY:
        typed = f"{hours[0]:%H:%M} to {hours[1]:%H:%M}"
        raise BadInput(Code.HOURS_WRONG, field, typed, order=True)


def _require_absence(ask: Ask, until: date | None, field: str) -> None:
    if until is None:
        return
    today = day_in(ask.now, ask.actor.zone)
    if until <= today:
        raise BadInput(Code.DATE_PAST, field, until.isoformat(), day=until)
    if until.year - today.year > LONGEST_ABSENCE_YEARS or (
        until.year - today.year == LONGEST_ABSENCE_YEARS
        and (until.month, until.day) > (today.month, today.day)
    ):
        raise BadInput(Code.DATE_FAR, field, until.isoformat(), day=until)
