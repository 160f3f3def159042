"""Meetings on both databases: what was said is kept, and found by group and time."""

from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial

import pytest

from bot.domain.meetings import (
    Meeting,
    MeetingId,
    MeetingKind,
    MeetingState,
    NewMeeting,
    OwnerRole,
    PrepItem,
    PrepState,
    Rsvp,
    RsvpAnswer,
)
from bot.domain.model import GroupKey, Ref, TeamId
from bot.errors import Code, Conflict
from bot.storage.database import Database, Store
from tests.storage.counting import statements
from tests.storage.samples import CHAIR, MEMBER, MODELS, NOON, TARGETS

TODAY = NOON.date()


@pytest.fixture(autouse=True)
def groups(db: Database) -> None:
    db.write_now(lambda store: store.groups.save(MODELS))
    db.write_now(lambda store: store.groups.save(TARGETS))


def new(
    days: int = 5,
    *groups: GroupKey,
    at: str = "14:00",
    zone: str = "Europe/London",
    state: MeetingState = MeetingState.PLANNED,
) -> NewMeeting:
    """So many days from today."""
    day, start = TODAY + timedelta(days=days), time.fromisoformat(at)
    end = start.replace(hour=start.hour + 1)
    kind = MeetingKind.CALL
    return NewMeeting("Call", groups, kind, "call", day, start, day, end, zone, state=state)


def add(db: Database, *meetings: NewMeeting) -> list[Meeting]:
    return db.write_now(lambda store: [store.meetings.create(one, CHAIR, NOON) for one in meetings])


def item(n: int, due: int = 1, **more: object) -> PrepItem:
    kept = PrepItem(n, "announce", "Announce", OwnerRole.CHAIR, TODAY + timedelta(days=due))
    return replace(kept, **more)  # type: ignore[arg-type]  # the fields a test cares about


def test_what_was_planned_is_kept(db: Database) -> None:
    full = NewMeeting(
        title="Milan",
        groups=(MODELS.key, TARGETS.key),
        kind=MeetingKind.FACE_TO_FACE,
        template="face_to_face",
        start_day=date(2027, 2, 10),
        start_at=time(9),
        end_day=date(2027, 2, 12),
        end_at=time(17, 30),
        zone="Europe/Rome",
        place="Milan",
        series="milan",
        series_day=date(2027, 2, 11),
        state=MeetingState.ANNOUNCED,
    )
    (made,) = add(db, full)
    assert (made.ref, made.version, made.created_by, made.updated_at) == ("MT-1", 1, CHAIR, NOON)
    assert all(getattr(made, name) == getattr(full, name) for name in full.__dataclass_fields__)
    for found in (
        db.read_now(lambda store: store.meetings.get(Ref("MT-1"))),
        db.read_now(lambda store: store.meetings.by_id(made.id)),
    ):
        assert found == made
    assert db.read_now(lambda store: store.meetings.get(Ref("MT-2"))) is None


def test_a_change_is_kept_once_and_the_late_one_refused(db: Database) -> None:
    (made,) = add(db, new(5, MODELS.key))
    changed = replace(
        made,
        title="Other",
        groups=(TARGETS.key,),
        start_at=time(9, 30),
        zone="Europe/Rome",
        state=MeetingState.CANCELLED,
        why="No quorum",
        updated_by=MEMBER,
    )
    saved = db.write_now(lambda store: store.meetings.save(changed, expected=1))
    assert saved == replace(changed, version=2)
    assert db.read_now(lambda store: store.meetings.get(made.ref)) == saved
    with pytest.raises(Conflict) as refused:
        db.write_now(lambda store: store.meetings.save(made, expected=1))
    assert refused.value.code is Code.CHANGED_MEANWHILE
    assert db.read_now(lambda store: store.meetings.get(made.ref)) == saved


def test_numbers_go_on_and_belong_to_a_team(db: Database) -> None:
    assert [meeting.ref for meeting in add(db, new(), new())] == ["MT-1", "MT-2"]
    own = db.team
    db.bind(TeamId("T0OTHER"))
    assert db.read_now(lambda store: store.meetings.all()) == ()
    assert [meeting.ref for meeting in add(db, new())] == ["MT-1"]
    db.bind(own)
    assert [meeting.ref for meeting in add(db, new())] == ["MT-3"]


def test_upcoming_are_those_not_over_by_their_instants(db: Database) -> None:
    over, running, west, east, held, far, cancelled = add(
        db,
        new(0, MODELS.key, at="10:00"),
        new(0, MODELS.key, at="11:30"),
        new(1, MODELS.key, at="09:00", zone="America/Winnipeg"),
        new(1, MODELS.key, at="09:30", zone="Europe/Rome"),
        new(2, MODELS.key, state=MeetingState.HELD),
        new(30, MODELS.key),
        new(3, MODELS.key, state=MeetingState.CANCELLED),
    )
    found = db.read_now(lambda store: store.meetings.upcoming(NOON))
    assert found == (running, east, west, far)
    every = db.read_now(lambda store: store.meetings.all())
    assert {m.ref for m in every} == {m.ref for m in (*found, over, held, cancelled)}


def test_upcoming_of_a_group_are_its_own_and_those_of_all(db: Database) -> None:
    mine, theirs, of_all, both = add(
        db,
        new(1, MODELS.key),
        new(2, TARGETS.key),
        new(3),
        new(4, MODELS.key, TARGETS.key),
    )
    models = db.read_now(lambda store: store.meetings.upcoming(NOON, [MODELS.key]))
    assert models == (mine, of_all, both)
    targets = db.read_now(lambda store: store.meetings.upcoming(NOON, [TARGETS.key]))
    assert targets == (theirs, of_all, both)
    assert db.read_now(lambda store: store.meetings.upcoming(NOON, [])) == (of_all,)


def test_the_next_is_the_groups_own_else_that_of_all(db: Database) -> None:
    running, of_all, own = add(db, new(0, MODELS.key, at="11:30"), new(1), new(8, MODELS.key))
    assert db.read_now(lambda store: store.meetings.next_of(MODELS.key, NOON)) == own
    assert db.read_now(lambda store: store.meetings.next_of(TARGETS.key, NOON)) == of_all
    before = NOON - timedelta(hours=2)
    assert db.read_now(lambda store: store.meetings.next_of(MODELS.key, before)) == running
    late = NOON + timedelta(days=9)
    assert db.read_now(lambda store: store.meetings.next_of(MODELS.key, late)) is None


def test_preparation_is_kept_item_by_item(db: Database) -> None:
    one, two = add(db, new(), new())
    done = item(
        *(2,), required=True, owner=MEMBER, state=PrepState.DONE, done_by=CHAIR, done_at=NOON
    )

    def prepare(*items: PrepItem) -> None:
        db.write_now(lambda store: store.meetings.set_preparation(one.id, items))

    prepare(item(1), item(2), item(3))
    prepare(item(1), done)
    db.write_now(lambda store: store.meetings.save_prep(one.id, item(1, why="Not now")))
    db.write_now(lambda store: store.meetings.save_prep(one.id, item(3, key="")))
    found = db.read_now(lambda store: store.meetings.preparation([one.id, two.id]))
    assert found == {one.id: (item(1, why="Not now"), done, item(3, key="")), two.id: ()}


def test_unfinished_is_what_is_due_of_meetings_that_stand(db: Database) -> None:
    one, two, cancelled = add(db, new(), new(), new(state=MeetingState.CANCELLED))

    def prepare(meeting: MeetingId, *items: PrepItem) -> None:
        db.write_now(lambda store: store.meetings.set_preparation(meeting, items))

    prepare(one.id, item(1, due=-3), item(2, due=2), item(3, due=3))
    prepare(two.id, item(1, state=PrepState.DONE), item(2, state=PrepState.SKIPPED))
    prepare(cancelled.id, item(1))
    until = TODAY + timedelta(days=2)
    found = db.read_now(lambda store: store.meetings.unfinished(until))
    assert found == {one.id: (item(1, due=-3), item(2, due=2))}


def answer(meeting: MeetingId, said: Rsvp, store: Store) -> None:
    store.meetings.answer(meeting, said)


def test_a_later_answer_replaces_the_first(db: Database) -> None:
    one, two = add(db, new(), new())
    yes = Rsvp(CHAIR, RsvpAnswer.YES, NOON)
    no = Rsvp(MEMBER, RsvpAnswer.NO, NOON + timedelta(hours=1), substitute=CHAIR)
    for said in (replace(no, answer=RsvpAnswer.REMOTE, substitute=None), yes, no):
        db.write_now(partial(answer, one.id, said))
    found = db.read_now(lambda store: store.meetings.rsvps([one.id, two.id]))
    assert found == {one.id: (yes, no), two.id: ()}


def test_many_meetings_cost_no_more_statements_than_one(db: Database) -> None:
    add(db, new(1, MODELS.key))
    with statements() as few:
        db.read_now(lambda store: store.meetings.upcoming(NOON, [MODELS.key]))
    add(db, *(new(day, MODELS.key) for day in range(2, 12)))
    with statements() as many:
        found = db.read_now(lambda store: store.meetings.upcoming(NOON, [MODELS.key]))
    assert len(found) == 11
    assert len(many) == len(few)
