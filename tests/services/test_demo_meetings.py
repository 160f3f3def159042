"""The demo world's meetings, in both of its years: what `demo.yaml` says must come out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from bot.demo.seeds import DEMO
from bot.demo.world import TEAM, World
from bot.domain.meetings import Meeting, PrepItem, PrepState
from bot.domain.model import GroupKey, Ref, TeamId
from bot.domain.model import World as Everybody
from bot.domain.preparation import checklist, is_late, ready
from bot.storage.database import Database, Store
from bot.world import is_holiday
from tests.e2e.stage import demo_world, filled

AS_OF = date(2012, 11, 18)


@dataclass(frozen=True)
class Played:
    """All of it, read once."""

    demo: World
    world: Everybody
    meetings: dict[Ref, Meeting]
    items: dict[Ref, dict[str, PrepItem]]
    next: dict[GroupKey, Meeting | None]

    def unshifted(self, day: date) -> date:
        return day - self.demo.shift

    def item(self, ref: str, key: str) -> PrepItem:
        return self.items[Ref(ref)][key]


@pytest.fixture(scope="module", params=[2012, 2026])
def played(request: pytest.FixtureRequest, sqlite_template: Path) -> Iterator[Played]:
    demo = demo_world(request.param == 2026)
    db = Database(f"sqlite:///{filled(sqlite_template, demo, DEMO)}")
    db.bind(TeamId(TEAM))
    yield db.read_now(lambda store: read(store, demo))
    db.close_now()


def read(store: Store, demo: World) -> Played:
    world = store.groups.world()
    meetings = {meeting.ref: meeting for meeting in store.meetings.all()}
    prepared = store.meetings.preparation(meeting.id for meeting in meetings.values())
    items = {
        ref: {item.key: item for item in prepared[meeting.id]} for ref, meeting in meetings.items()
    }
    ahead = {key: store.meetings.next_of(key, demo.as_of) for key in world.groups}
    return Played(demo, world, meetings, items, ahead)


def test_there_are_thirty_meetings_and_each_group_has_its_next(played: Played) -> None:
    assert set(played.meetings) == {f"MT-{n}" for n in range(1, 31)}
    for row in played.demo.facts["expected"]["status_at_as_of"]:
        meeting = played.next[GroupKey(row["group"])]
        assert meeting is not None
        assert meeting.ref == row["next_meeting"]
        assert ready(meeting, played.items[meeting.ref].values()) == row["ready"]


def test_just_what_colours_a_group_is_late(played: Played) -> None:
    late = {
        f"{ref} {item.key}"
        for ref, items in played.items.items()
        for item in items.values()
        if item.required and is_late(item, played.demo.as_of.date())
    }
    told = {
        why.removesuffix(" late")
        for row in played.demo.facts["expected"]["status_at_as_of"]
        for why in row["because"]
        if why.startswith("MT-")
    }
    assert late == told == {"MT-15 draft-agenda"}
    assert played.item("MT-14", "minutes-draft").state is PrepState.DONE
    assert played.item("MT-14", "public-summary").state is PrepState.TODO


def test_milestones_fall_on_the_days_of_the_checklists(played: Played) -> None:
    milestones = [row for row in played.demo.facts["milestones"] if row["as"] == "prep"]
    assert len(milestones) == 18
    elsewhere = {
        row["item"]
        for row in milestones
        if played.unshifted(played.item(row["meeting"], row["item"]).due) != row["date"]
    }
    # Christmas Day of 2026 is a Friday, where 2012 had the 21st.
    assert elsewhere == ({"rsvp-closes"} if played.demo.shift else set())
    told = played.item("MT-30", "actions-out").due
    assert told == (date(2027, 2, 15) if played.demo.shift else date(2013, 2, 11))


def test_moved_to_another_year_just_fourteen_days_ahead_differ(played: Played) -> None:
    differ = 0
    for ref, meeting in played.meetings.items():
        original = by_the_rules_of_2012(played, meeting)
        ahead = [i for i in played.items[ref].values() if played.unshifted(i.due) > AS_OF]
        differ += sum(played.unshifted(item.due) != original[item.key] for item in ahead)
    assert differ == (14 if played.demo.shift else 0)


def by_the_rules_of_2012(played: Played, meeting: Meeting) -> dict[str, date]:
    shift, world = played.demo.shift, played.world
    then = replace(meeting, start_day=meeting.start_day - shift, end_day=meeting.end_day - shift)
    closures = tuple((a - shift, b - shift, why) for a, b, why in world.programme.closures)
    world = replace(world, programme=replace(world.programme, closures=closures))
    return {item.key: item.due for item in checklist(then, world, is_holiday, AS_OF)}


def test_wall_times_stay_and_instants_follow_the_clocks_of_the_year(played: Played) -> None:
    call, milan = played.meetings[Ref("MT-18")], played.meetings[Ref("MT-30")]
    assert (call.start_at, call.zone) == (time(15), "Europe/London")
    assert (milan.start_at, milan.zone) == (time(9), "Europe/Rome")
    year = "2026-12-03" if played.demo.shift else "2012-11-29"
    assert call.starts == datetime.fromisoformat(f"{year}T15:00+00:00")
    assert milan.starts.hour == 8
