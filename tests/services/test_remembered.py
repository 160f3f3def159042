"""What a planner remembers from look to look is never more than what the rows say."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.items import Due
from bot.services import groups, items
from bot.services.notices import Planner
from bot.storage.database import Database, Store
from bot.world import is_holiday
from tests.conftest import TEAM
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    OTHER,
    TRIALS,
    Office,
)
from tests.storage.counting import statements

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone
LATE, AHEAD = date(2026, 11, 20), date(2027, 1, 20)


def looks(office: Office, *, fresh: bool = False) -> tuple[str, ...]:
    planner = Planner(is_holiday) if fresh else office.planner
    return office.db.read_now(lambda store: planner.due(store, office.clock()).subjects)


def test_whatever_changes_is_seen_by_the_next_look(office: Office, url: str) -> None:
    elsewhere = Database(url)
    elsewhere.bind(TEAM)
    other = replace(office, db=elsewhere, planner=Planner(is_holiday))
    one, two = (other.add(CHAIR, user, due=AHEAD) for user in (MEMBER, OTHER))

    def away() -> None:
        def save(store: Store) -> None:
            person = store.groups.people()[OTHER]
            store.groups.save_person(replace(person, away_until=date(2027, 3, 1)))

        elsewhere.write_now(save)

    def tomorrow() -> None:
        office.clock.now += timedelta(days=1)

    changes: list[Callable[[], object]] = [
        lambda: other.do(MEMBER, lambda ask: items.accept(ask, one.ref)),
        lambda: other.do(CHAIR, lambda ask: items.move(ask, one.ref, Due(LATE), "sooner")),
        tomorrow,
        away,
        lambda: other.do(OTHER, lambda ask: items.decline(ask, two.ref, "no time")),
        lambda: other.do(MEMBER, lambda ask: items.done(ask, one.ref)),
        lambda: other.do(COORDINATOR, lambda ask: groups.merge(ask, MODELS, TRIALS)),
        tomorrow,
    ]
    seen = {looks(office)}
    for change in changes:
        change()
        found = looks(office)
        assert found == looks(office, fresh=True)
        seen.add(found)
    elsewhere.close_now()
    assert len(seen) > 2


def test_a_look_at_what_has_not_changed_reads_no_action_in_full(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=AHEAD)
    first = looks(office)
    with statements() as said:
        assert looks(office) == first
    assert not any("assignment" in one for one in said)
    with statements() as said:
        looks(office, fresh=True)
    assert any("assignment" in one for one in said)
