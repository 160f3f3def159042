from dataclasses import replace
from datetime import date, time, timedelta
from threading import Barrier, Thread

import pytest

from bot.domain.items import Answer, Assignment, Due, Item, ItemState, Move, Note, Quiet, Source
from bot.domain.model import ChannelId, GroupKey, ItemId, Ref, TeamId, UserId
from bot.errors import Code, Conflict, NotFound
from bot.storage.database import Database
from tests.storage.counting import statements
from tests.storage.samples import CHAIR, MEMBER, MODELS, NOON, TARGETS, new

ASKED = Assignment(MEMBER, CHAIR, NOON)


@pytest.fixture(autouse=True)
def groups(db: Database) -> None:
    db.write_now(lambda store: store.groups.save(MODELS))
    db.write_now(lambda store: store.groups.save(TARGETS))


def add(db: Database, *texts: str, due: str = "2026-12-04") -> list[Item]:
    return db.write_now(
        lambda store: [store.items.create(new(text, due), CHAIR, NOON, (ASKED,)) for text in texts]
    )


def full(item: Item) -> Item:
    """Every field set to something."""
    return replace(
        item,
        text="Other",
        due=Due(date(2026, 12, 7), time(14, 30), "Europe/Paris"),
        set_at=NOON + timedelta(hours=1),
        state=ItemState.DROPPED,
        state_since=NOON,
        why="Not needed",
        evidence="https://example.org",
        closed_at=NOON,
        closed_by=CHAIR,
        assignments=(ASKED, Assignment(CHAIR, CHAIR, NOON, Answer.ACCEPTED)),
        moves=(Move(date(2026, 12, 4), date(2026, 12, 7), MEMBER, NOON, "ill"),),
        needs=(Ref("EM-9"), Ref("DL-4")),
        notes=(Note(MEMBER, NOON, "First"), Note(CHAIR, NOON, "Second")),
        quiet=(Quiet(MEMBER), Quiet(CHAIR, date(2026, 12, 1))),
        source=Source(ChannelId("C0MODELS"), "1.5", "https://example.org/p", "We said", "MT-1"),
        taken_back=True,
        updated_at=NOON,
        updated_by=MEMBER,
    )


def test_what_was_asked_for_is_kept(db: Database) -> None:
    source = Source(permalink="https://example.org/p", quote="We should")
    asked = replace(new(), needs=(Ref("EM-7"),), source=source, note="By mail")
    made = db.write_now(lambda store: store.items.create(asked, CHAIR, NOON, (ASKED,)))
    assert (made.ref, made.version, made.state) == ("EM-1", 1, ItemState.OPEN)
    assert (made.text, made.due, made.first_due) == (asked.text, asked.due, asked.due.day)
    assert (made.needs, made.source) == (asked.needs, source)
    assert made.notes == (Note(CHAIR, NOON, "By mail"),)
    assert made.assignments == (ASKED,)
    assert db.read_now(lambda store: store.items.get(made.ref)) == made
    assert db.read_now(lambda store: store.items.by_id(made.id)) == made


def test_an_action_of_no_group_is_refused(db: Database) -> None:
    lost = replace(new(), group=GroupKey("lost"))
    with pytest.raises(NotFound) as refusal:
        db.write_now(lambda store: store.items.create(lost, CHAIR, NOON))
    assert refusal.value.code is Code.GROUP_UNKNOWN


def test_every_field_survives_being_saved(db: Database) -> None:
    (item,) = add(db, "One")
    wanted = full(item)
    saved = db.write_now(lambda store: store.items.save(wanted, 1))
    assert saved == replace(wanted, version=2)
    assert db.read_now(lambda store: store.items.get(item.ref)) == saved
    plain = replace(item, version=2)
    db.write_now(lambda store: store.items.save(plain, 2))
    assert db.read_now(lambda store: store.items.get(item.ref)) == replace(item, version=3)


def test_saving_over_what_somebody_else_saved_is_refused(db: Database) -> None:
    (item,) = add(db, "One")
    db.write_now(lambda store: store.items.save(replace(item, text="First"), 1))
    with pytest.raises(Conflict) as refusal:
        db.write_now(lambda store: store.items.save(replace(item, text="Second"), 1))
    assert (refusal.value.code, refusal.value.facts["ref"]) == (Code.CHANGED_MEANWHILE, "EM-1")
    stored = db.read_now(lambda store: store.items.get(item.ref))
    assert stored is not None
    assert stored.text == "First"


def test_numbers_count_within_a_prefix_and_a_rolled_back_one_is_free_again(db: Database) -> None:
    assert [item.ref for item in add(db, "One", "Two")] == ["EM-1", "EM-2"]
    with pytest.raises(ZeroDivisionError):
        db.write_now(lambda store: (store.items.create(new(), CHAIR, NOON), 1 / 0))
    assert [item.ref for item in add(db, "Three")] == ["EM-3"]
    other = db.write_now(lambda store: store.items.create(new(group=TARGETS), CHAIR, NOON))
    assert other.ref == "TR-1"


def test_overlapping_writers_never_get_the_same_number(db: Database) -> None:
    together, made = Barrier(4), []

    def write() -> None:
        together.wait()
        for _ in range(10):
            made.append(
                db.write_now(lambda store: store.items.create(new(), CHAIR, NOON), wait=20).ref
            )

    writers = [Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(made) == sorted(f"EM-{number}" for number in range(1, 41))


def test_many_are_found_by_their_refs_and_unknown_ones_left_out(db: Database) -> None:
    add(db, "One", "Two", "Three")
    found = db.read_now(lambda store: store.items.many([Ref("EM-3"), Ref("EM-1"), Ref("EM-99")]))
    assert [item.ref for item in found] == ["EM-1", "EM-3"]
    assert db.read_now(lambda store: store.items.get(Ref("EM-99"))) is None
    assert db.read_now(lambda store: store.items.by_id(ItemId(99))) is None


def test_an_action_is_found_by_the_message_it_was_taken_from(db: Database) -> None:
    source = Source(ChannelId("C0MODELS"), "1.5", "https://example.org/p")
    asked = replace(new(), source=source)
    item = db.write_now(lambda store: store.items.create(asked, CHAIR, NOON))
    assert item.source is not None

    def found() -> Item | None:
        return db.read_now(lambda store: store.items.by_source(ChannelId("C0MODELS"), "1.5"))

    assert found() == item
    assert db.read_now(lambda store: store.items.by_source(ChannelId("C0OTHER"), "1.5")) is None
    db.write_now(lambda store: store.items.save(replace(item, taken_back=True), 1))
    assert found() is None
    assert db.read_now(lambda store: store.items.get(item.ref)) is not None


def test_lists_are_sorted_by_due_day_then_number(db: Database) -> None:
    add(db, "Later", due="2026-12-24")
    add(db, "Sooner", "Same day")
    found = db.read_now(lambda store: store.items.all_open())
    assert [item.ref for item in found] == ["EM-2", "EM-3", "EM-1"]


def test_open_lists_leave_out_what_is_closed_taken_back_or_of_others(db: Database) -> None:
    kept, done, gone, given = add(db, "Kept", "Done", "Gone", "Given")
    other = db.write_now(lambda store: store.items.create(new(group=TARGETS), CHAIR, NOON))
    changed = (
        replace(kept, state=ItemState.BLOCKED),
        replace(done, state=ItemState.DONE, closed_at=NOON),
        replace(gone, taken_back=True),
        replace(given, assignments=(Assignment(CHAIR, CHAIR, NOON),)),
    )
    kept, done, gone, given = db.write_now(
        lambda store: [store.items.save(item, 1) for item in changed]
    )
    assert db.read_now(lambda store: store.items.open_in(MODELS.key)) == (kept, given)
    assert db.read_now(lambda store: store.items.open_of(MEMBER)) == (kept,)
    assert db.read_now(lambda store: store.items.all_open()) == (kept, other, given)


def test_a_search_narrows_by_group_owner_and_state_and_turns_pages(db: Database) -> None:
    one, two, three = add(db, "One", "Two", "Three")
    done = db.write_now(lambda store: store.items.save(replace(two, state=ItemState.DONE), 1))

    def refs(**narrow: object) -> list[str]:
        return db.read_now(lambda store: [i.ref for i in store.items.search(**narrow)])  # type: ignore[arg-type] # passed on

    assert refs() == [one.ref, two.ref, three.ref]
    assert refs(states=[ItemState.DONE]) == [done.ref]
    assert refs(states=[]) == []
    assert refs(user=MEMBER, group=MODELS.key, limit=2) == [one.ref, two.ref]
    assert refs(limit=2, offset=2) == [three.ref]
    assert refs(user=UserId("U0NOBODY")) == []
    assert refs(group=TARGETS.key) == []


def test_a_hundred_actions_take_no_more_queries_than_two(db: Database) -> None:
    def queries() -> int:
        with statements() as seen:
            db.read_now(lambda store: store.items.all_open())
        return len([statement for statement in seen if statement.startswith("SELECT")])

    add(db, "One", "Two")
    few = queries()
    add(db, *("More" for _ in range(98)))
    assert queries() == few <= 6


def test_another_team_sees_and_changes_none_of_it(db: Database) -> None:
    (item,) = add(db, "Ours")
    db.bind(TeamId("T0OTHER"))
    assert db.read_now(lambda store: store.items.get(item.ref)) is None
    assert db.read_now(lambda store: store.items.by_id(item.id)) is None
    assert db.read_now(lambda store: store.items.all_open()) == ()
    with pytest.raises(Conflict):
        db.write_now(lambda store: store.items.save(item, 1))
