"""When each person may be spoken to, at every clock change of every zone, against a plain scan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo, available_timezones, reset_tzpath

from bot.domain import days
from bot.domain.days import Calendar, Hours
from tests.scale import scaled, share
from tests.unit.test_days_properties import STEP, Change, changes

reset_tzpath(to=[])  # the same zones on every machine
ZoneInfo.clear_cache()
SHARE = 3
# Quarters of an hour around a change.
BEFORE = [n * STEP for n in range(-2 * 96, 0)]
AFTER = [n * STEP for n in range(3 * 96)]


@dataclass(frozen=True)
class Persona:
    """Hours as `start` to `end`, speaking at `speak`; back `away` days after the change."""

    start: time
    end: time
    speak: time
    weekend: frozenset[int]
    away: int | None = None


PERSONAS = (
    Persona(time(8), time(18), time(9), frozenset({5, 6})),
    Persona(time(1, 30), time(4), time(1, 30), frozenset()),
    Persona(time(2), time(3), time(2), frozenset()),
    Persona(time(0), time(6), time(0), frozenset({4, 5})),
    Persona(time(22, 30), time(23, 45), time(22, 30), frozenset()),
    Persona(time(8), time(18), time(9), frozenset({1, 2, 3}), away=1),
    Persona(time(0, 30), time(1, 30), time(0, 30), frozenset(), away=0),
)


@dataclass(frozen=True)
class Scan:
    """What the wall shows in each quarter of an hour (UTC) around a change: sums only."""

    walls: tuple[tuple[datetime, datetime], ...]
    back: date | None
    who: Persona

    @classmethod
    def around(cls, change: Change, who: Persona) -> "Scan":
        moment, old, new = change
        was, is_now = ((moment + offset).replace(tzinfo=None) for offset in (old, new))
        walls = (
            *((moment + step, was + step) for step in BEFORE),
            *((moment + step, is_now + step) for step in AFTER),
        )
        day = is_now.date()
        return cls(walls, None if who.away is None else day + timedelta(who.away), who)

    @property
    def first(self) -> date:
        return self.walls[0][1].date()

    def works(self, wall: datetime) -> bool:
        here = self.back is None or wall.date() >= self.back
        free = wall.weekday() in self.who.weekend
        return here and not free and self.who.start <= wall.time() < self.who.end

    def openings(self) -> Iterator[datetime]:
        """The first moment of each date that fits; the first date is not seen from its start."""
        seen = {self.first}
        for then, wall in self.walls:
            fits = self.works(wall) and wall.time() >= self.who.speak
            if fits and wall.date() not in seen:
                seen.add(wall.date())
                yield then


def clocks() -> dict[tuple[Change, ...], list[str]]:
    """Zones whose clocks go alike; one that never changes is looked at on an odd day."""
    still = datetime(2028, 2, 29, 12, tzinfo=UTC)
    alike: dict[tuple[Change, ...], list[str]] = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        offset = still.astimezone(zone).utcoffset() or timedelta()
        alike.setdefault(tuple(changes(zone)) or ((still, offset, offset),), []).append(name)
    return alike


def cases() -> Iterator[tuple[str, Change, Persona]]:
    """Every change in a zone that has it, every zone at a change of its own."""
    turn = count()
    for found, names in clocks().items():
        for n, change in enumerate(found):
            yield names[n % len(names)], change, PERSONAS[next(turn) % len(PERSONAS)]
        for n, name in enumerate(names[len(found) :]):
            yield name, found[n % len(found)], PERSONAS[next(turn) % len(PERSONAS)]


def said(
    first: datetime, last: datetime, zone: str, hours: Hours, calendar: Calendar
) -> list[datetime]:
    """What a bot would say that has something to say every day."""
    found = [days.next_opening(first, zone, hours, calendar)]
    while found[-1] <= last:
        found.append(days.next_opening(found[-1] + days.ONE_MINUTE, zone, hours, calendar))
    return found[:-1]


def test_each_working_day_opens_once_inside_the_hours_at_every_clock_change() -> None:
    checked = 0
    for zone, change, who in share(cases(), SHARE):
        scan = Scan.around(change, who)
        hours = Hours(who.start, who.end, who.speak)
        calendar = Calendar(who.weekend, away_until=scan.back)
        expected = list(scan.openings())
        tomorrow = next(then for then, wall in scan.walls if wall.date() > scan.first)
        found = said(tomorrow, scan.walls[-1][0], zone, hours, calendar)
        assert found == expected, (zone, change, who)
        for then, wall in scan.walls[96::19]:
            later = next((at for at in expected if at >= then), None)
            allowed = then if scan.works(wall) else later
            if allowed is not None:
                assert days.next_allowed(then, zone, hours, calendar) == allowed, (zone, then, who)
                checked += 1
    assert checked > scaled(15_000, SHARE)
