"""Settings as they are kept: whole or not at all, by whom they may be, on either database."""

from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial

import pytest

from bot.domain.model import GroupSettings, Ref
from bot.domain.notices import DAILY
from bot.domain.outbox import Message, Outgoing, State
from bot.errors import BadInput, Code, NotAllowed, NotFound
from bot.services import settings
from bot.services.group_settings import group_for
from bot.services.inbox import Met, learn
from bot.services.settings import Wishes
from bot.views.error_words import sentence
from tests.services.conftest import CHAIR, MEMBER, MODELS, Office
from tests.services.test_settings_followed import (
    AUCKLAND,
    CALGARY,
    EM_1,
    ROME,
    at,
    moved,
    said,
    set_group,
)

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_a_second_message_of_the_same_local_day_waits_for_the_next(office: Office) -> None:
    """A question put after the morning in Amsterdam, of one who wakes up in Calgary."""
    office.add(CHAIR, CHAIR, due=date(2026, 12, 2))
    told = await said(office, "2026-11-30T10:00:00+00:00")
    office.add(MEMBER, CHAIR, due=date(2026, 12, 10), text="Asked after the morning")
    moved(office, CHAIR, CALGARY)
    assert at(told + await said(office, "2026-12-01T20:00:00+00:00")) == ["30 08:00", "01 15:00"]


def test_what_was_held_back_for_a_morning_looks_for_the_new_one(office: Office) -> None:
    """A pending row that no plan brings back keeps neither the old morning nor gets lost."""
    now = office.clock()
    put = Outgoing(
        "declined", "item:9", "declined", CHAIR, Message("It is yours again."), now,
        now + timedelta(days=9), bundle=DAILY, quiet_hours=True,
    )  # fmt: skip
    office.db.write_now(lambda store: store.outbox.put(put))
    row = office.db.read_now(lambda store: store.outbox.by_key("declined"))
    assert row is not None
    office.db.write_now(lambda s: s.outbox.defer(row.id, office.clock() + timedelta(hours=20)))
    moved(office, CHAIR, AUCKLAND)
    again = office.db.read_now(lambda store: store.outbox.by_key("declined"))
    assert again is not None
    assert (again.state, again.out.at) == (State.PENDING, put.at)


def test_only_the_owner_mutes(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 3))
    for act in (settings.mute, partial(settings.unmute, planner=office.planner)):
        with pytest.raises(NotAllowed) as refusal:
            office.do(MEMBER, partial(act, ref=EM_1))
        assert sentence(refusal.value, office.db.read_now(lambda s: s.groups.world())) == (
            "You get no reminders about EM-1."
        )
        with pytest.raises(NotFound):
            office.do(CHAIR, partial(act, ref=Ref("XX-9")))


def test_a_chosen_zone_outlives_what_slack_tells(office: Office) -> None:
    person = moved(office, CHAIR, CALGARY)
    assert (person.zone, person.country, person.region) == ("America/Edmonton", "CA", "AB")
    slack = replace(person, zone="Europe/Berlin", zone_chosen=False, country="DE", region=None)
    office.db.write_now(lambda store: learn(store, Met(people=(slack,))))
    assert office.db.read_now(lambda store: store.groups.person(CHAIR)) == person


def test_usual_hours_are_those_of_everybody(office: Office) -> None:
    hours, days = (time(10), time(12)), frozenset({0, 5})
    office.do(CHAIR, lambda ask: settings.set_hours(ask, hours, days, office.planner))
    person = office.do(CHAIR, lambda ask: settings.set_usual_hours(ask, office.planner))
    assert (person.hours, person.workdays) == ((time(8), time(18)), frozenset(range(5)))


WISHES = Wishes(
    place=ROME,
    hours=(time(10), time(16)),
    workdays=frozenset({0, 1}),
    country=("CA", "BC"),
    away_until=date(2026, 12, 7),
    declared=date(2026, 11, 2),
    declaration="https://example.org/interests",
)


def test_the_form_keeps_all_of_it_and_a_chosen_country_stays(office: Office) -> None:
    office.do(CHAIR, lambda ask: settings.save(ask, WISHES, office.planner))
    person = moved(office, CHAIR, CALGARY)
    assert (person.country, person.region, person.country_chosen) == ("CA", "BC", True)
    assert (person.hours, person.workdays) == (WISHES.hours, WISHES.workdays)
    assert (person.away_until, person.declared) == (WISHES.away_until, WISHES.declared)
    followed = replace(WISHES, place=ROME, country=None)
    person = office.do(CHAIR, lambda ask: settings.save(ask, followed, office.planner))
    assert (person.country, person.region, person.country_chosen) == ("IT", None, False)


@on_sqlite
@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"hours": (time(18), time(8))}, Code.HOURS_WRONG, "end"),
        ({"hours": (time(9), time(9, 30))}, Code.HOURS_WRONG, "end"),
        ({"workdays": frozenset()}, Code.DAYS_WRONG, "days"),
        ({"away_until": date(2026, 11, 22)}, Code.DATE_PAST, "away"),
        ({"away_until": date(2031, 11, 23)}, Code.DATE_FAR, "away"),
        ({"declared": date(2026, 11, 23)}, Code.DATE_AHEAD, "declared"),
        ({"declaration": "in my drawer"}, Code.LINK_WRONG, "declaration"),
        ({"declaration": "https://example.org/" + "a" * 500}, Code.TEXT_LONG, "declaration"),
    ],
)
def test_one_wrong_field_saves_nothing(
    office: Office, wrong: dict[str, object], code: Code, field: str
) -> None:
    before = office.db.read_now(lambda store: store.groups.person(CHAIR))
    wishes = replace(WISHES, **wrong)  # type: ignore[arg-type]  # the fields are named above
    with pytest.raises(BadInput) as refusal:
        office.do(CHAIR, lambda ask: settings.save(ask, wishes, office.planner))
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert office.db.read_now(lambda store: store.groups.person(CHAIR)) == before


def test_a_groups_change_stands_in_its_history(office: Office) -> None:
    office.do(CHAIR, partial(set_group, kept=GroupSettings(due_days=9), office=office))
    changes = office.db.read_now(lambda store: store.audit.of(Ref("group:models")))
    assert [(c.verb, c.by, c.detail) for c in changes] == [
        (
            *("settings", CHAIR),
            "Europe/London due 9 before 7,2 after 1,7 deadlines 28,14 ladder 3,10,15 "
            "digest 0 08:00 capture on quorum half",
        )
    ]


@on_sqlite
@pytest.mark.parametrize(
    ("kept", "field"),
    [
        (GroupSettings(due_days=0), "due_days"),
        (GroupSettings(remind_before=(61,)), "before"),
        (GroupSettings(remind_after=(1, 2, 3, 4, 5, 6)), "after"),
        (GroupSettings(warn_before=(121,)), "warn_before"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    office: Office, kept: GroupSettings, field: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        office.do(CHAIR, partial(set_group, kept=kept, office=office))
    assert (refusal.value.code, refusal.value.field) == (Code.NUMBER_WRONG, field)
    assert refusal.value.facts["many"] == (1 if field == "due_days" else 5)


@on_sqlite
@pytest.mark.parametrize(
    ("kept", "field", "told"),
    [
        (GroupSettings(chair_after=61), "chair_after", 'from 0 to 60, as in 10, not "61".'),
        (GroupSettings(decide_after=12), "chair_after", "12 days: I need 12 or more here, or 0."),
        (GroupSettings(coordinator_after=9), "coordinator_after", "I need 10 or more here, or 0."),
        (GroupSettings(8, decide_after=9, chair_after=0, coordinator_after=8), None, "9 days:"),
    ],
)
def test_a_later_step_does_not_come_before_an_earlier_one(
    office: Office, kept: GroupSettings, field: str | None, told: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        office.do(CHAIR, partial(set_group, kept=kept, office=office))
    assert refusal.value.field == (field or "coordinator_after")
    world = office.db.read_now(lambda store: store.groups.world())
    assert told in sentence(refusal.value, world)


def test_a_member_is_told_whose_the_groups_settings_are(office: Office) -> None:
    with pytest.raises(NotAllowed) as refusal:
        office.do(MEMBER, lambda ask: group_for(ask, MODELS))
    assert CHAIR in refusal.value.who_can
