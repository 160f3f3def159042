"""The demo from November to the meeting in Milan: what is said, to whom and when."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.demo.seeds import DEMO
from bot.domain.days import is_working
from bot.domain.model import Person, UserId, World
from bot.domain.notices import calendar_of
from bot.world import is_holiday
from tests.e2e.stage import Event, Stage, open_stage

GROUPS = ("models", "targets", "trials", "outcomes", "symptoms")
DIGEST, LATE = "digest", "Late"
EM_2, PC_2, SR_1 = "item:2", "item:8", "item:13"
"""As the outbox names them."""


@dataclass
class Story:
    """All that was said of itself so far."""

    stage: Stage
    world: World
    events: list[Event] = field(default_factory=list)

    async def until(self, moment: str) -> None:
        self.events += await self.stage.advance(f"{moment}:00+00:00")
        self.stage.overlook()

    async def states(self) -> dict[str, str]:
        """Each group's word, as the coordinator is told it."""
        told = (await self.stage.person("coordinator").types("/wg status all")).text
        words = {key: told.partition(f"{key.capitalize()}: ")[2] for key in GROUPS}
        return {key: rest.partition(",")[0] for key, rest in words.items()}

    def reader(self, event: Event) -> Person:
        channel = self.stage.sandbox._desk.workspace.channels[event["channel"]]
        return self.world.people[UserId(channel["user"])]

    def local(self, event: Event) -> datetime:
        moment = datetime.fromisoformat(event["at"])
        return moment.astimezone(ZoneInfo(self.reader(event).zone))

    def digests(self, of: str) -> list[datetime]:
        return [self.local(e) for e in self.events if e["key"].startswith(f"{DIGEST}:{of}:")]

    def about(self, *subjects: str) -> list[str]:
        """Keys of what was said of these, also within the message of the day."""
        rows = self.stage.select("SELECT key FROM outbox WHERE state IN ('sent', 'merged')")
        return [key for (key,) in rows if ":".join(key.split(":")[:2]) in subjects]

    def working(self, person: Person, day: date) -> bool:
        return is_working(day, calendar_of(person, self.world, is_holiday))

    def first_day(self, person: Person, monday: date) -> date:
        """The first working day of that week there."""
        week = (monday + timedelta(days=n) for n in range(7))
        return next(day for day in week if self.working(person, day))


@pytest.fixture
async def story(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[Story]:
    async with open_stage(sqlite_folder, sqlite_template, seed=DEMO) as stage:
        world = await stage.bot.db.read(lambda store: store.groups.world())
        yield Story(stage, world)
        await stage.sound()


async def test_from_november_to_milan_all_is_said_once_and_in_its_hour(story: Story) -> None:
    """Nobody acts but four times; from December to February nobody even looks, nor does the bot."""
    stage = story.stage
    await stage.person("coordinator").types("/wg digest on all")
    chair = stage.person("trials-chair")
    await chair.types("/action move PC-2 4 Dec because the scans are late")
    assert (await story.states())["trials"] == "On track"

    await story.until("2026-11-25T20:00")
    await stage.person("symptoms-chair").types("/action note SR-1 nearly there")
    for day, groups in sorted(_first_late(stage).items()):
        await story.until(f"{day - timedelta(days=1)}T20:00")
        before = await story.states()
        await story.until(f"{day}T06:00")
        after = await story.states()
        assert {key: (before[key] == LATE, after[key] == LATE) for key in groups} == (
            dict.fromkeys(groups, (False, True))
        )
    assert not any(":escalate:" in key for key in story.about(SR_1))
    assert [key.count(":slip:") for key in story.about(PC_2)].count(1) == 1
    await stage.person("models-cochair").types("/action done EM-2")
    of_table = story.about(EM_2)
    _weekly(story, date(2026, 11, 23), date(2026, 11, 30))

    await stage.stop_bot()
    await stage.advance("2027-02-08T12:30:00+00:00")
    await stage.start_bot()
    await story.until("2027-02-08T12:31")
    await story.until("2027-02-09T17:30")
    assert story.about(EM_2) == of_table
    for of in (*GROUPS, "all"):
        assert len(story.digests(of)) == 3
        assert story.digests(of)[-1].date() == date(2027, 2, 8)
    assert set((await story.states()).values()) == {LATE}
    _quiet_and_once(story)


def _first_late(stage: Stage) -> dict[date, list[str]]:
    """By day, the groups that are late from then on if nobody acts, as in trials one did."""
    first = dict(stage.demo.facts["expected"]["first_red_if_nobody_acts"])
    del first["trials"]
    days: dict[date, list[str]] = {}
    for key, day in first.items():
        days.setdefault(day + stage.demo.shift, []).append(key)
    return days


def _weekly(story: Story, *mondays: date) -> None:
    """Five chairs and the coordinator, at eight of theirs on the first working day."""
    for of in (*GROUPS, "all"):
        reader = f"{of}-chair" if of in GROUPS else "coordinator"
        person = story.world.people[story.stage.demo.person_id(reader)]
        days = [story.first_day(person, monday) for monday in mondays]
        assert [(at.date(), at.hour, at.minute) for at in story.digests(of)] == [
            (day, 8, 0) for day in days
        ]


def _quiet_and_once(story: Story) -> None:
    """Of every message: no night, no day off, no second one that day, nothing again."""
    daily: Counter[tuple[str, date]] = Counter()
    for event in story.events:
        person, at = story.reader(event), story.local(event)
        start, end = person.hours
        assert start <= at.time() < end, event
        assert story.working(person, at.date()), event
        if event["kind"] != DIGEST:
            daily[person.handle, at.date()] += 1
    assert [day for day, count in daily.items() if count > 1] == []
    again = Counter(tuple(key.split(":")[i] for i in (0, 1, 2, 3, 5)) for key in _reminders(story))
    assert [step for step, count in again.items() if count > 1] == []


def _reminders(story: Story) -> Iterable[str]:
    rows = story.stage.select("SELECT key FROM outbox WHERE state IN ('sent', 'merged')")
    return (key for (key,) in rows if len(key.split(":")) == 6)
