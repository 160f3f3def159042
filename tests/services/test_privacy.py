"""All of a person's data is theirs to have; erased, nothing of them stays but what was done."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import make_url

from bot.domain.model import Membership, Person, Role, UserId
from bot.domain.outbox import Sent, State
from bot.domain.privacy import Pseudonym
from bot.errors import BadInput, Busy, Code, Conflict, NotAllowed
from bot.services import items, privacy
from bot.services.access import Ask
from bot.services.people import People, Profile
from bot.storage.database import Store
from bot.world import country_of, is_holiday
from tests.services.canary import CANARIES, DUE, LEAVER, busy_life, bytes_of, joined, texts_of
from tests.services.conftest import CHAIR, COORDINATOR, MEMBER, OTHER, OUTSIDER, TRIALS, Office
from tests.services.test_people import Workspace

ON_SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""Of files, or of rules that no database has a part in."""


def erased(office: Office, user: UserId = LEAVER) -> Pseudonym:
    return office.do(COORDINATOR, lambda ask: privacy.erase(ask, user))


def test_an_erased_person_is_found_nowhere_any_more(office: Office) -> None:
    ref = busy_life(office)
    before = texts_of(office)
    assert "canary pending" in before
    assert "Asia/Kathmandu" in before
    pseudonym = erased(office)
    after = texts_of(office)
    assert [canary for canary in CANARIES if canary in after] == []
    item = office.db.read_now(lambda store: store.items.get(ref))
    assert item is not None
    assert item.text == "Ask former member 1 or former member 1"
    assert [note.text for note in item.notes] == ["former member 1 is away", "I am former member 1"]
    assert item.notes[1].by == pseudonym.user
    assert item.quiet == ()
    changes = office.db.read_now(lambda store: store.audit.of(ref))
    assert [c.by for c in changes if c.verb == "accept"] == [pseudonym.user]
    assert changes[0].after is not None
    assert changes[0].after.owners == (pseudonym.user,)


def _keep_what_is_deleted(office: Office) -> None:
    """As most SQLites do; some are built to overwrite it by themselves."""
    office.db._engine.dispose()

    @event.listens_for(office.db._engine, "connect")
    def prepare(raw: sqlite3.Connection, _: object) -> None:
        raw.execute("PRAGMA secure_delete=OFF")


@ON_SQLITE
async def test_no_byte_of_the_files_tells_of_an_erased_person(office: Office) -> None:
    _keep_what_is_deleted(office)
    busy_life(office)
    everything = b"".join(data for _, data in bytes_of(office))
    # Canaries that were never written would be found nowhere, erased or not.
    assert [c for c in CANARIES if c.encode() not in everything] == []
    erased(office)
    await privacy.scrub(office.db, office.clock())
    assert office.db.read_now(privacy.unscrubbed) is None
    found = [
        (canary, suffix)
        for suffix, data in bytes_of(office)
        for canary in CANARIES
        if canary.lower().encode() in data.lower()
    ]
    assert found == []
    assert {suffix for suffix, _ in bytes_of(office)} == {"", "-wal", "-shm"}


@ON_SQLITE
async def test_what_is_being_read_is_overwritten_later(office: Office) -> None:
    path = make_url(str(office.db._engine.url)).database
    with closing(sqlite3.connect(str(path))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM people").fetchone()
        office.db.write_now(lambda store: store.marks.set("x", office.clock()))
        with pytest.raises(Busy):
            await office.db.scrub(wait=0.1)
    office.db.write_now(joined)
    erased(office)
    assert office.db.read_now(privacy.unscrubbed) == "1"


def test_who_still_owns_an_open_action_is_not_erased_and_nothing_is_half_done(
    office: Office,
) -> None:
    item = office.add(CHAIR, MEMBER, due=DUE)
    before = texts_of(office)
    with pytest.raises(Conflict) as refused:
        erased(office, MEMBER)
    assert refused.value.code is Code.STILL_OWNS
    assert refused.value.facts["items"] == (item,)
    assert texts_of(office) == before
    office.do(CHAIR, lambda ask: items.give(ask, item.ref, (OTHER,)))
    assert erased(office, MEMBER).name == "former member 1"


@ON_SQLITE
def test_the_only_chair_hands_over_first(office: Office) -> None:
    with pytest.raises(Conflict) as refused:
        erased(office, OUTSIDER)
    assert refused.value.code is Code.LAST_CHAIR
    assert refused.value.facts["group"].key == TRIALS  # type: ignore[attr-defined]  # a group
    office.db.write_now(lambda s: s.groups.set_role(Membership(OTHER, TRIALS, Role.CHAIR)))
    assert erased(office, OUTSIDER).number == 1
    assert erased(office, MEMBER).number == 2


@ON_SQLITE
def test_coordinators_erase_each_other_and_the_only_one_nobody(office: Office) -> None:
    with pytest.raises(Conflict) as refused:
        erased(office, COORDINATOR)
    assert refused.value.code is Code.LAST_CHAIR
    office.db.write_now(lambda s: s.groups.set_role(Membership(OTHER, None, Role.COORDINATOR)))
    with pytest.raises(NotAllowed) as others:
        erased(office, COORDINATOR)
    assert others.value.who_can == (OTHER,)
    assert office.do(OTHER, lambda ask: privacy.erase(ask, COORDINATOR)).number == 1


@ON_SQLITE
@pytest.mark.parametrize(("user", "error"), [("U0NOBODY1", BadInput), ("U0ROBOT01", BadInput)])
def test_strangers_and_bots_cannot_be_erased(
    office: Office, user: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        erased(office, UserId(user))


@ON_SQLITE
def test_only_coordinators_erase(office: Office) -> None:
    for user in (CHAIR, MEMBER):
        with pytest.raises(NotAllowed) as refused:
            office.do(user, lambda ask: privacy.erase(ask, OTHER))
        assert refused.value.who_can == (COORDINATOR,)


@ON_SQLITE
def test_who_is_being_written_to_is_erased_a_moment_later(office: Office) -> None:
    office.db.write_now(joined)
    office.db.write_now(lambda store: store.outbox.claim(office.clock()))
    with pytest.raises(Busy):
        erased(office)


@ON_SQLITE
def test_a_person_erased_twice_gets_another_name_and_nothing_of_the_first_comes_back(
    office: Office,
) -> None:
    office.db.write_now(joined)
    erased(office)
    office.db.write_now(lambda store: store.groups.save_person(Person(LEAVER, "Canary Finch")))
    back = office.db.read_now(lambda store: store.groups.person(LEAVER))
    assert back == Person(LEAVER, "Canary Finch")
    assert erased(office).name == "former member 2"


def test_cards_of_open_actions_are_drawn_again_without_the_person(office: Office) -> None:
    office.db.write_now(joined)
    item = office.add(LEAVER, OTHER, due=DUE, text="Given by them")

    def deliver(store: Store) -> None:
        for row in store.outbox.claim(office.clock()):
            store.outbox.settle(row.id, row.claim_no, State.SENT, channel="C1", ts=row.id)
            store.outbox.free_lane(row.out.lane, row.claim_no, office.clock())

    def edits() -> list[Sent]:
        rows = office.db.read_now(lambda store: store.outbox.about(item.subject))
        return [row for row in rows if row.out.edits == item.card_key]

    office.db.write_now(deliver)
    office.do(OTHER, lambda ask: items.note(ask, item.ref, "Seen"))
    office.db.write_now(deliver)
    assert [edit.state for edit in edits()] == [State.SENT]
    erased(office)
    (edit,) = edits()
    assert edit.state is State.PENDING
    assert "former member 1" in json.dumps([dict(block) for block in edit.out.message.blocks])


def exported(office: Office, user: UserId) -> dict[str, Any]:
    def work(ask: Ask) -> privacy.Exported:
        return privacy.export(ask, is_holiday)

    done = office.do(user, work)
    assert done.due == date(2026, 12, 22)
    assert done.file_name == "concerted-canary-finch-2026-11-22.json"
    found: dict[str, Any] = json.loads(done.content)
    return found


def test_everything_of_a_person_is_exported_and_of_others_only_their_ids(office: Office) -> None:
    ref = busy_life(office)
    found = exported(office, LEAVER)
    assert set(found) == {
        "about", "people", "memberships", "departures", "items", "assignments", "notes",
        "quiet", "history", "outbox", "lanes", "inbox",
    }  # fmt: skip
    told = json.dumps(found, ensure_ascii=False)
    assert [canary for canary in CANARIES if canary not in told] == []
    assert ref in {row["ref"] for row in found["items"]}
    assert found["people"][0]["hours"] == ["11:11:00", "17:00:00"]
    assert [note["text"] for note in found["notes"]] == [f"I am <@{LEAVER}>"]
    assert "is away" not in told
    assert "has not answered" not in told
    assert "Models chair" not in told
    assert "team_id" not in told
    assert "blocks" not in told


@ON_SQLITE
def test_an_export_is_recorded_and_is_part_of_the_next_one(office: Office) -> None:
    office.db.write_now(joined)
    exported(office, LEAVER)
    told = [h for h in exported(office, LEAVER)["history"] if h["verb"] == "export"]
    assert [(h["ref"], h["detail"]) for h in told] == [(f"person:{LEAVER}", "2026-12-22")] * 2


@ON_SQLITE
def test_slacks_news_of_an_erased_person_brings_nothing_back(office: Office) -> None:
    office.db.write_now(joined)
    erased(office)
    people = People(office.db, Workspace({}), office.clock, country_of, "UTC")
    facts = Profile(
        LEAVER, "Canary Finch", "canary-finch", "Asia/Kathmandu", admin=False, external=False,
        home_team=None, guest=False, bot=False, left=False,
    )  # fmt: skip
    office.db.write_now(lambda store: people.changed(store, facts))
    assert office.db.read_now(lambda store: store.groups.person(LEAVER)) is None
