"""What a person's Home tells, by role; who may see what; and that five hundred actions are fast."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import inspect, update
from sqlmodel import col, select

from bot.domain.departures import Departure, DepartureId, Why
from bot.domain.items import Due, Item, NewItem
from bot.domain.model import GroupKey, Membership, Ref, Role, UserId
from bot.domain.state import Standing
from bot.domain.state import Why as Waits
from bot.services import items, roles
from bot.services.overview import concerned, glance_of
from bot.storage.database import Store
from bot.storage.tables import AssignmentRow, ItemRow
from bot.views.home import Glance, home
from bot.world import is_holiday
from tests.services.conftest import (
    BOT,
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    STEERING,
    TRIALS,
    Office,
)
from tests.storage.counting import statements

FRIDAY, LATE, LATEST = date(2026, 11, 27), date(2026, 11, 20), date(2026, 11, 12)


def look(office: Office, user: UserId) -> Glance:
    now = office.clock()
    return office.db.read_now(lambda store: glance_of(store, user, now, is_holiday)[0])


def refs(found: Iterable[Item]) -> list[str]:
    return [item.ref for item in found]


def accepted(office: Office, by: UserId, due: date, group: GroupKey = MODELS) -> Item:
    """One's own, so nobody has to be asked; added while it was not yet late."""
    new = NewItem("Draft the table", group, Due(due), (by,))
    return office.do(by, lambda ask: items.add(ask, new)).item


def test_what_others_owe_and_what_ones_own_wait_for_is_waited_for(office: Office) -> None:
    given = office.add(MEMBER, OTHER, due=FRIDAY)
    needed = office.add(CHAIR, COCHAIR, due=FRIDAY)
    own = office.do(
        MEMBER,
        lambda ask: items.add(
            ask, NewItem("Use it", MODELS, Due(FRIDAY), (MEMBER,), (needed.ref,))
        ),
    ).item
    glance = look(office, MEMBER)
    assert refs(glance.own) == [own.ref]
    assert sorted(refs(glance.waiting)) == [given.ref, needed.ref]
    assert glance.given == {given.ref}
    office.do(COCHAIR, lambda ask: items.done(ask, needed.ref))
    assert refs(look(office, MEMBER).waiting) == [given.ref]


def test_an_action_of_another_group_that_ones_own_waits_for_is_not_shown(office: Office) -> None:
    theirs = accepted(office, OUTSIDER, FRIDAY, TRIALS)
    new = NewItem("Use it", MODELS, Due(FRIDAY), (MEMBER,), (theirs.ref,))
    office.do(COORDINATOR, lambda ask: items.add(ask, new))
    assert look(office, MEMBER).waiting == ()


def test_news_are_what_others_did_lately_in_ones_groups_or_to_ones_actions(office: Office) -> None:
    mine = office.add(CHAIR, MEMBER, due=FRIDAY)
    office.do(MEMBER, lambda ask: items.accept(ask, mine.ref))
    accepted(office, OUTSIDER, FRIDAY, TRIALS)
    news = look(office, MEMBER)
    assert [(c.ref, c.verb) for c in news.news] == [(mine.ref, "add")]
    assert [(c.ref, c.verb) for c in look(office, OUTSIDER).news] == []
    for number in range(6):
        office.do(CHAIR, lambda ask, n=number: items.note(ask, mine.ref, f"Note {n}"))  # type: ignore[misc]  # mypy cannot infer a lambda's default
    told = look(office, MEMBER)
    assert [change.detail for change in told.news] == [f"Note {n}" for n in (5, 4, 3, 2, 1)]
    assert told.news_total == 7
    office.clock.forward(days=8)
    assert look(office, MEMBER).news_total == 0


def test_ones_last_change_can_be_taken_back_for_ten_minutes(office: Office) -> None:
    mine = accepted(office, MEMBER, FRIDAY)
    office.do(MEMBER, lambda ask: items.done(ask, mine.ref))
    glance = look(office, MEMBER)
    assert glance.last is not None
    assert glance.last.verb == "done"
    assert refs(glance.closed) == [mine.ref]
    office.clock.forward(minutes=11)
    assert look(office, MEMBER).last is None
    office.clock.forward(days=7)
    assert look(office, MEMBER).closed == ()


def test_a_chair_sees_the_group_and_what_waits_for_a_word(office: Office) -> None:
    office.clock.set("2026-11-02T12:00+00:00")
    latest = accepted(office, MEMBER, LATEST)
    accepted(office, MEMBER, LATE)
    silent = office.add(CHAIR, OTHER, due=FRIDAY)
    office.clock.set("2026-11-22T12:00+00:00")
    unowned = office.add(CHAIR, due=FRIDAY)
    (glance,) = look(office, CHAIR).chaired
    assert glance.group.key == MODELS
    assert (glance.open, glance.overdue, glance.unowned, glance.unconfirmed) == (4, 2, 1, 1)
    assert glance.judged.standing is Standing.LATE
    worst = glance.judged.because[0]
    assert (worst.ref, worst.days) == (latest.ref, 10)
    assert dict(glance.decide) == {
        latest.ref: Waits.OVERDUE,
        silent.ref: Waits.SILENT,
        unowned.ref: Waits.UNOWNED,
    }
    assert look(office, CHAIR).programme is None


@pytest.mark.parametrize("user", [MEMBER, COCHAIR, STEERING, BOT])
def test_nobody_else_sees_the_chairs_part(office: Office, user: UserId) -> None:
    glance = look(office, user)
    assert glance.chaired == ()
    assert glance.programme is None


def test_a_co_chair_sees_it_while_the_chair_is_away(office: Office) -> None:
    def go(store: Store) -> None:
        chair = store.groups.person(CHAIR)
        assert chair is not None
        store.groups.save_person(replace(chair, away_until=date(2026, 12, 1)))

    office.db.write_now(go)
    assert [one.group.key for one in look(office, COCHAIR).chaired] == [MODELS]


def test_a_coordinator_sees_every_group_who_left_and_what_lacks(office: Office) -> None:
    orphan = office.add(CHAIR, due=FRIDAY)

    def leave(store: Store) -> None:
        store.departures.add(
            Departure(DepartureId(0), OTHER, MODELS, office.clock(), Why.CHANNEL, (), (orphan.ref,))
        )
        store.groups.remove_role(OUTSIDER, TRIALS)

    office.db.write_now(leave)
    glance = look(office, COORDINATOR)
    assert glance.chaired == ()
    programme = glance.programme
    assert programme is not None
    assert [one.group.key for one in programme.groups] == [MODELS, TRIALS]
    assert programme.chairless == (TRIALS,)
    models, trials = programme.groups
    assert [(departure.user, number) for departure, number in models.left] == [(OTHER, 1)]
    assert trials.judged.standing is Standing.NO_DATA
    assert models.judged.standing is Standing.ON_TRACK
    office.do(CHAIR, lambda ask: items.give(ask, orphan.ref, (MEMBER,)))
    again = look(office, COORDINATOR).programme
    assert again is not None
    assert [number for _, number in again.groups[0].left] == [0]


def test_who_has_left_sees_nothing(office: Office) -> None:
    accepted(office, MEMBER, FRIDAY)

    def leave(store: Store) -> None:
        person = store.groups.person(MEMBER)
        assert person is not None
        store.groups.save_person(replace(person, left=True))

    office.db.write_now(leave)
    assert look(office, MEMBER) == Glance()


def touched(office: Office, user: UserId, ref: Ref) -> frozenset[UserId]:
    def work(store: Store) -> frozenset[UserId]:
        ask = office.ask(store, user, MODELS_CHANNEL)
        items.note(ask, ref, "Noted")
        return concerned(store, ask.world, store.audit.of_request(ask.key))

    return office.db.write_now(work)


def test_a_change_concerns_its_group_whoever_waits_for_it_and_who_is_over_all(
    office: Office,
) -> None:
    needed = accepted(office, MEMBER, FRIDAY)
    new = NewItem("Use it", TRIALS, Due(FRIDAY), (OUTSIDER,))
    office.do(COORDINATOR, lambda ask: items.add(ask, new))
    people = {CHAIR, COCHAIR, MEMBER, OTHER, COORDINATOR, STEERING}
    assert touched(office, MEMBER, needed.ref) == people
    waits = replace(new, needs=(needed.ref,))
    office.do(COORDINATOR, lambda ask: items.add(ask, waits))
    assert touched(office, MEMBER, needed.ref) == people | {OUTSIDER}


def test_naming_a_role_concerns_the_person_and_the_group(office: Office) -> None:
    def work(store: Store) -> frozenset[UserId]:
        ask = office.ask(store, CHAIR, MODELS_CHANNEL)
        roles.name_role(ask, OUTSIDER, Role.MEMBER, MODELS)
        return concerned(store, ask.world, store.audit.of_request(ask.key))

    assert {OUTSIDER, MEMBER, COORDINATOR} <= office.db.write_now(work)


def fill(store: Store, item: Item, number: int) -> None:
    """As many more of the same, under numbers from 1000 on, made by the database itself."""
    new_id = f"{item.id} * 10000 + n.number"
    prefix = item.ref.partition("-")[0]
    renamed = {"id": new_id, "number": "n.number", "ref": f"'{prefix}-' || n.number"}
    for row_type, key, other in ((ItemRow, "id", renamed), (AssignmentRow, "item_id", {})):
        table: Any = inspect(row_type).local_table
        names = [f'"{column.name}"' for column in table.c]
        told = {f'"{name}"': words for name, words in {key: new_id, **other}.items()}
        store._session.connection().exec_driver_sql(
            f"WITH RECURSIVE n(number) AS (SELECT 1000 UNION ALL SELECT number + 1 FROM n"
            f" WHERE number < {999 + number}) INSERT INTO {table.name} ({', '.join(names)})"
            f" SELECT {', '.join(told.get(name, f't.{name}') for name in names)}"
            f" FROM {table.name} t, n WHERE t.{key} = {item.id}"
        )


def best(work: Callable[[], object]) -> float:
    """Seconds, of two times."""
    times = []
    for _ in range(2):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return min(times)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_five_groups_of_five_hundred_ask_no_more_and_take_little_longer_than_reading_them(
    office: Office,
) -> None:
    """A person with 500 open actions of their own, who chairs and coordinates five groups."""
    keys = [MODELS, TRIALS, *(GroupKey(f"group-{n}") for n in range(3))]

    def shape(store: Store) -> None:
        trials = store.groups.get(TRIALS)
        assert trials is not None
        for number, key in enumerate(keys[2:]):
            new = replace(trials, key=key, prefix="ABC"[number] * 2, short=key, channel=None)
            store.groups.save(new)
        for key in keys:
            store.groups.set_role(Membership(COORDINATOR, key, Role.CHAIR))

    office.db.write_now(shape)
    made = [accepted(office, COORDINATOR, FRIDAY, key) for key in keys]

    def give(store: Store) -> None:
        """All but those of the first group to somebody else."""
        others = col(ItemRow.group) != MODELS
        theirs = col(AssignmentRow.item_id).in_(select(ItemRow.id).where(others))
        run = store._session.connection().execute
        run(update(AssignmentRow).where(theirs).values(user=MEMBER, given_by=MEMBER))
        run(update(ItemRow).where(others).values(created_by=MEMBER))

    def fill_all(store: Store) -> None:
        for item in made:
            fill(store, item, 499)

    def draw() -> None:
        now = office.clock()
        glance, world = office.db.read_now(
            lambda store: glance_of(store, COORDINATOR, now, is_holiday)
        )
        home(glance, world, COORDINATOR, now)

    office.db.write_now(give)
    with statements() as few:
        draw()
    office.db.write_now(fill_all)
    with statements() as many:
        draw()
    assert len(look(office, COORDINATOR).own) == 500
    assert len(few) == len(many)
    once = best(lambda: office.db.read_now(lambda store: store.items.open_of(COORDINATOR)))
    assert best(draw) < 5 * once
