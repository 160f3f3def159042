"""Drafted agendas: the demo world's, and how a draft that runs again finds its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.seeds import DEMO
from bot.demo.world import TEAM, World
from bot.domain.agenda_times import length, total
from bot.domain.agendas import Sheet
from bot.domain.model import ChannelId, Ref, TeamId
from bot.services import agenda_drafts
from bot.services.access import Ask
from bot.storage.database import Database, Store
from bot.views import agendas as view
from tests.e2e.stage import demo_world, filled

CALLS = ("MT-15", "MT-16", "MT-17", "MT-18", "MT-19")


@dataclass(frozen=True)
class Programme:
    demo: World
    db: Database

    def ask(self, store: Store, handle: str, now: datetime, key: str) -> Ask:
        actor = store.groups.person(self.demo.person_id(handle))
        assert actor is not None
        return Ask(store, actor, now, key, ChannelId("D0"), store.groups.world())

    def drafted(self, ref: str, *, days: int = 0) -> Sheet:
        """What is left again at once: each test drafts the world as it was."""

        def work(store: Store) -> None:
            now = self.demo.as_of + timedelta(days=days)
            ask = self.ask(store, "coordinator", now, f"draft:{ref}")
            found.append(agenda_drafts.draft(ask, Ref(ref)).sheet)
            raise Left

        found: list[Sheet] = []
        with pytest.raises(Left):
            self.db.write_now(work)
        return found[0]


class Left(Exception):
    """What was done is to leave no trace."""


@pytest.fixture(scope="module")
def programme(sqlite_template: Path) -> Iterator[Programme]:
    demo = demo_world(False)
    db = Database(f"sqlite:///{filled(sqlite_template, demo, DEMO)}")
    db.bind(TeamId(TEAM))
    yield Programme(demo, db)
    db.close_now()


def told(sheet: Sheet) -> list[tuple[str, int | None, tuple[str, ...]]]:
    return [(item.topic, item.minutes, item.refs) for item in sheet.items]


OPENING, CLOSING = ("Welcome, regrets", 5, ()), ("Any other business, next steps", 5, ())
OF_CALLS: dict[str, list[tuple[str, int | None, tuple[str, ...]]]] = {
    "MT-15": [
        OPENING,
        ("Actions: 1 overdue, 1 due or waiting", 5, ("EM-2", "EM-3")),
        ("Deadlines within six weeks: 1", 3, ("DL-4",)),
        CLOSING,
    ],
    "MT-16": [
        OPENING,
        ("Actions: 2 due or waiting", 5, ("TR-2", "TR-3")),
        ("Deadlines within six weeks: 1", 3, ("DL-5",)),
        CLOSING,
    ],
    "MT-17": [
        OPENING,
        ("Actions: 1 overdue, 1 due or waiting", 5, ("PC-2", "PC-3")),
        ("Deadlines within six weeks: 1", 3, ("DL-6",)),
        CLOSING,
    ],
    "MT-18": [
        OPENING,
        ("Actions: 2 due or waiting", 5, ("OM-2", "OM-3")),
        ("Deadlines within six weeks: 1", 3, ("DL-7",)),
        CLOSING,
    ],
    "MT-19": [
        OPENING,
        ("Actions: 1 overdue, 1 due or waiting", 5, ("SR-1", "SR-2")),
        ("Deadlines within six weeks: 1", 3, ("DL-8",)),
        CLOSING,
    ],
}


@pytest.mark.parametrize("ref", CALLS)
def test_the_demo_calls_begin_with_what_is_open_and_nothing_else(
    programme: Programme, ref: str
) -> None:
    sheet = programme.drafted(ref)
    assert told(sheet) == OF_CALLS[ref]
    chair = programme.demo.person_id(f"{sheet.meeting.groups[0]}-chair")
    assert [item.owner for item in sheet.items] == [chair, None, None, None]
    assert total(sheet.items) <= length(sheet.meeting)


@pytest.mark.parametrize("days", [0, 3, 8])
def test_nothing_closed_appears_and_nothing_open_and_overdue_is_missing(
    programme: Programme, days: int
) -> None:
    """By the facts of the demo world, read apart from what drafts an agenda."""
    today = programme.demo.as_of.date() + timedelta(days=days)
    for ref in CALLS:
        sheet = programme.drafted(ref, days=days)
        rows = [r for r in programme.demo.facts["actions"] if r["group"] == sheet.meeting.groups[0]]
        overdue = {r["id"] for r in rows if r["status"] != "done" and r["due"] < today}
        closed = {r["id"] for r in rows if r["status"] == "done"}
        closed |= {
            r["id"]
            for r in programme.demo.facts["milestones"]
            if r["as"] == "deadline" and r["status"] == "met"
        }
        on_it = {one for item in sheet.items for one in item.refs}
        assert overdue <= on_it, ref
        assert not closed & on_it, ref
        actions = next(item.topic for item in sheet.items if item.source == "actions")
        assert (f"{len(overdue)} overdue" in actions) == bool(overdue), actions


def test_the_trials_call_is_told_how_often_its_late_note_moved(programme: Programme) -> None:
    sheet = programme.drafted("MT-17")
    world = programme.db.read_now(lambda store: store.groups.world())
    text = view.shown(sheet, world, programme.demo.person_id("trials-chair"), programme.demo.as_of)
    assert (
        "PC-2 Sample-size note for an imaging endpoint, for @trials-chair, "
        "🔴 Overdue: was due Wed 14 Nov 2012, moved 2 times, +14 days"
    ) in text.text
    assert "PC-3 Comparison table of biomarkers, without an owner" in text.text
    assert "18 of 60 min" in text.text


def test_a_meeting_of_all_groups_only_counts_their_actions(programme: Programme) -> None:
    sheet = programme.drafted("MT-30")
    actions = next(item for item in sheet.items if item.source == "actions")
    assert actions.refs == ()
    assert actions.topic == (
        "Actions: Models 1 overdue, 1 due or waiting; Targets 2 due or waiting; "
        "Trials 1 overdue, 1 due or waiting; Outcomes 2 due or waiting; "
        "Symptoms 1 overdue, 2 due or waiting"
    )
