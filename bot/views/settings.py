"""A person's settings as they stand, and the form that changes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import day_in, utc_offset_words
from bot.domain.items import Item
from bot.domain.model import GroupState, Person, World
from bot.domain.notices import hours_of
from bot.domain.outbox import Message
from bot.views.blocks import (
    Element,
    Field,
    Id,
    Piece,
    View,
    actions,
    button,
    context,
    datepicker,
    header,
    input_,
    message,
    modal,
    multi_select,
    section,
    select,
    text_input,
)
from bot.views.buttons import link
from bot.views.dates import day_words
from bot.views.people import group_of
from bot.views.reports import ROLE_WORDS
from bot.views.text import escape, moment, plain

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ZONE_LIMIT, COUNTRY_LIMIT, LINK_LIMIT = 80, 80, 500
DECLARED_FOR = timedelta(days=365)
HALF_HOURS = tuple(time(n // 2, n % 2 * 30) for n in range(48))
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class Home:
    """Whose public holidays count, in words; empty: nobody's are known."""

    country: str = ""
    region: str = ""
    by_zone: bool = True
    """It is what goes with the person's zone."""

    @property
    def words(self) -> str:
        return ", ".join(filter(None, (self.country, self.region)))


def mine(
    person: Person, home: Home, muted: tuple[Item, ...], world: World, now: datetime
) -> Message:
    """All of it, for the person alone."""
    facts = {
        "Zone": f"{zone_words(person, now)} ({_source(person.zone_chosen)})",
        "Hours": f"{hours_words(person)}, reminders at {hours_of(person).speak_at:%H:%M}",
        "Days off": _holidays(person, home),
        "Away": away_words(person, now),
        "Interests": _declared(person, now),
        "Groups": _roles(person, world) or "none yet",
        "Muted actions": ", ".join(item.ref for item in muted) or "none",
    }
    said = [f"*{name}:* {escape(told)}" for name, told in facts.items()]
    if shown := link(person.declaration, "Open the declaration"):
        said.append(shown)
    text = " ".join(f"{name}: {plain(told)}." for name, told in facts.items())
    return message(
        f"Your settings. {text}",
        header("me:head", "My settings"),
        section("me:facts", "\n".join(said)),
        actions("me:do", _change()),
        context("me:how", "Only you see this. Type `unmute` and an id to hear of it again."),
    )


def changed(said: str) -> Message:
    """A whole sentence, and the way to change it again."""
    return message(plain(said), section("me:said", escape(said)), actions("me:do", _change()))


def zone_changed(person: Person, home: Home, now: datetime, city: str = "") -> str:
    """`city`: the one that was said."""
    zone = f"{city}'s ({person.zone})" if city else person.zone
    local = now.astimezone(ZoneInfo(person.zone))
    return (
        f"Your zone is {zone}, now {local:%H:%M} ({utc_offset_words(person.zone, now)}). "
        f"Reminders come at {hours_of(person).speak_at:%H:%M} there. "
        f"Days off: {_holidays(person, home)}."
    )


def hours_changed(person: Person) -> str:
    speak = hours_of(person).speak_at
    return f"Your hours are {hours_words(person)} now. Reminders come at {speak:%H:%M}."


def away_changed(person: Person, now: datetime) -> str:
    if not is_away(person, now):
        return "You are not away. Reminders reach you on your working days."
    assert person.away_until is not None
    return (
        f"You are away, first day back {day_words(person.away_until)}. "
        "I hold back everything until then; type back when you are here earlier."
    )


def unmuted(item: Item, world: World) -> str:
    where = group_of(item, world).short
    return f"You hear of {item.ref} ({where}) again, as of every action of yours."


def zone_words(person: Person, now: datetime) -> str:
    return f"{person.zone}, {moment(now, person.zone)}"


def hours_words(person: Person) -> str:
    start, end = person.hours
    return f"{start:%H:%M}\u2013{end:%H:%M}, {days_words(person.workdays)}"


def days_words(workdays: Iterable[int]) -> str:
    """Such as "Mon\u2013Fri", "Sun\u2013Thu" or "Mon, Tue, Thu"."""
    days = frozenset(workdays)
    starts = [day for day in sorted(days) if (day - 1) % 7 not in days]
    if len(starts) == 1 and len(days) > 2:
        return f"{WEEKDAYS[starts[0]]}\u2013{WEEKDAYS[(starts[0] + len(days) - 1) % 7]}"
    return "every day" if len(days) == 7 else ", ".join(WEEKDAYS[day] for day in sorted(days))


def is_away(person: Person, now: datetime) -> bool:
    return person.away_until is not None and day_in(now, person.zone) < person.away_until


def away_words(person: Person, now: datetime) -> str:
    if not is_away(person, now) or person.away_until is None:
        return "no"
    return f"first day back {day_words(person.away_until)}"


def _source(chosen: bool) -> str:
    return "chosen by you" if chosen else "as Slack tells"


def _holidays(person: Person, home: Home) -> str:
    if not home.words:
        return "no country known, so no public holidays"
    by = "by your zone" if home.by_zone else "as set"
    why = "chosen by you" if person.country_chosen else by
    return f"public holidays of {home.words} ({why})"


def _declared(person: Person, now: datetime) -> str:
    if person.declared is None:
        return "not declared yet"
    ends = person.declared + DECLARED_FOR
    due = "declare them again" if ends < day_in(now, person.zone) else f"until {day_words(ends)}"
    return f"declared {day_words(person.declared)}, {due}"


def _roles(person: Person, world: World) -> str:
    told = []
    for held in world.roles(person.user):
        group = world.groups.get(held.group) if held.group else None
        if group is not None and group.state is not GroupState.ACTIVE:
            continue
        where = f" of {group.short or group.name}" if group else ""
        told.append(f"{ROLE_WORDS[held.role]}{where}")
    return ", ".join(told)


def _change() -> Element:
    return button("Change", Id.SETTINGS_OPEN)


def my_form(person: Person, home: Home, now: datetime) -> View:
    """Callback settings.form; an empty country is the one that goes with the zone."""
    start, end = person.hours
    days = [(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    chosen = [str(day) for day in sorted(person.workdays)]
    away = person.away_until if is_away(person, now) else None
    pieces: list[Piece] = [
        line_field(Field.ZONE, "Your zone or city", person.zone, ZONE_LIMIT, "Such as Calgary"),
        input_(Field.START, "Your hours begin", _clock(Field.START, start)),
        input_(Field.END, "Your hours end", _clock(Field.END, end)),
        input_(Field.DAYS, "Working days", multi_select(Field.DAYS, days, "Pick days", chosen)),
        line_field(
            Field.COUNTRY, "Public holidays of", home.country, COUNTRY_LIMIT,
            "A country. Empty: the one that goes with your zone.", optional=True,
        ),
        line_field(
            Field.REGION, "Region, for its public holidays", home.region, COUNTRY_LIMIT,
            "Such as Alberta", optional=True,
        ),
        input_(
            Field.AWAY, "Away until (your first day back)", datepicker(Field.AWAY, away),
            optional=True,
        ),
        input_(
            Field.DECLARED, "Interests declared on",
            datepicker(Field.DECLARED, person.declared), optional=True,
        ),
        line_field(
            Field.DECLARATION, "Link to the declaration", person.declaration, LINK_LIMIT,
            "Only the link is kept, never what it says.", optional=True,
        ),
    ]  # fmt: skip
    return modal("My settings", pieces, callback=Id.SETTINGS_FORM, submit="Save")


def line_field(
    name: Field, label: str, initial: str, limit: int, hint: str = "", *, optional: bool = False
) -> Piece:
    box = text_input(name, initial, limit=limit)
    return input_(name, label, box, hint=hint, optional=optional)


def _clock(name: Field, chosen: time) -> Element:
    times = sorted({*HALF_HOURS, LAST_MINUTE, chosen})
    choices = [(f"{at:%H:%M}", f"{at:%H:%M}") for at in times]
    return select(name, choices, "Pick a time", f"{chosen:%H:%M}")
