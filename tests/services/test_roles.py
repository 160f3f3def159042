"""Roles are named by who may; no group is left without a chair by accident."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from bot.domain.model import GroupKey, Membership, Person, Role, UserId
from bot.errors import Code, Conflict, NotAllowed, UserError
from bot.services import groups, roles
from bot.services.access import Ask
from bot.views.error_words import sentence
from tests.services.conftest import (
    BOT,
    CHAIR,
    COCHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    OTHER,
    OUTSIDER,
    STEERING,
    TRIALS,
    Office,
)
from tests.services.shape import refused

GONE = UserId("U0GONE001")


def held(office: Office, user: UserId, key: GroupKey | None = MODELS) -> set[Role]:
    return office.db.read_now(
        lambda store: {m.role for m in store.groups.members(key) if m.user == user}
    )


def name(user: UserId, role: Role, key: GroupKey | None = MODELS) -> Callable[[Ask], roles.Named]:
    return lambda ask: roles.name_role(ask, user, role, key)


def test_a_role_in_a_group_takes_the_place_of_the_one_before(office: Office) -> None:
    first = office.do(CHAIR, name(MEMBER, Role.COCHAIR))
    again = office.do(CHAIR, name(MEMBER, Role.COCHAIR))
    assert (first.changed, again.changed) == (True, False)
    assert held(office, MEMBER) == {Role.COCHAIR}


def test_who_was_a_member_by_the_channel_only_becomes_one_by_name(office: Office) -> None:
    assert office.do(CHAIR, name(OTHER, Role.MEMBER)).changed
    members = office.db.read_now(lambda store: store.groups.members(MODELS))
    assert Membership(OTHER, MODELS, Role.MEMBER) in members


def test_roles_of_the_programme_are_held_beside_each_other(office: Office) -> None:
    office.do(COORDINATOR, name(COORDINATOR, Role.STEERING, None))
    assert held(office, COORDINATOR, None) == {Role.COORDINATOR, Role.STEERING}
    assert not office.do(COORDINATOR, name(COORDINATOR, Role.COORDINATOR, None)).changed


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COCHAIR, Role.OBSERVER, Role.PARTNER])
def test_the_last_chair_is_not_made_less_by_accident(office: Office, role: Role) -> None:
    refusal = refused(office, COORDINATOR, name(CHAIR, role))
    assert isinstance(refusal, Conflict)
    assert refusal.code is Code.LAST_CHAIR
    office.do(COORDINATOR, name(COCHAIR, Role.CHAIR))
    assert office.do(COORDINATOR, name(CHAIR, role)).changed
    assert held(office, CHAIR) == {role}


def test_the_last_chair_is_not_removed_until_another_is_named(office: Office) -> None:
    remove: Callable[[Ask], object] = lambda ask: roles.remove(ask, CHAIR, MODELS)  # noqa: E731 - said twice
    assert refused(office, COORDINATOR, remove).code is Code.LAST_CHAIR
    office.do(COORDINATOR, name(COCHAIR, Role.CHAIR))
    office.do(COORDINATOR, remove)
    assert held(office, CHAIR) == set()


def test_a_chair_who_has_left_does_not_count_and_may_be_removed(office: Office) -> None:
    gone = Person(COCHAIR, "Gone", left=True)
    office.do(COORDINATOR, name(COCHAIR, Role.CHAIR))
    office.db.write_now(lambda store: store.groups.save_person(gone))
    assert refused(office, COORDINATOR, name(CHAIR, Role.MEMBER)).code is Code.LAST_CHAIR
    office.do(COORDINATOR, lambda ask: roles.remove(ask, COCHAIR, MODELS))
    assert held(office, COCHAIR) == set()


def test_two_chairs_who_remove_each_other_at_once_leave_one(office: Office, url: str) -> None:
    office.do(COORDINATOR, name(COCHAIR, Role.CHAIR))
    ready = Barrier(2)

    def remove(by: UserId, whom: UserId) -> str:
        def work(ask: Ask) -> None:
            if not url.startswith("sqlite"):  # there one writes after the other
                ready.wait(timeout=10)
            roles.remove(ask, whom, MODELS)

        try:
            office.do(by, work)
        except UserError as error:
            return error.code.value
        return "removed"

    with ThreadPoolExecutor(2) as threads:
        said = list(threads.map(remove, (CHAIR, COCHAIR), (COCHAIR, CHAIR)))
    chairs = office.db.read_now(
        lambda store: [m.user for m in store.groups.members(MODELS) if m.role is Role.CHAIR]
    )
    assert len(chairs) == 1
    assert "removed" in said


def test_the_last_coordinator_cannot_be_removed(office: Office) -> None:
    refusal = refused(office, COORDINATOR, lambda ask: roles.remove(ask, COORDINATOR, None))
    assert refusal.code is Code.LAST_CHAIR
    world = office.db.read_now(lambda store: store.groups.world())
    assert sentence(refusal, world) == (
        "@coordinator is the only coordinator. Name another coordinator first."
    )
    office.do(COORDINATOR, name(STEERING, Role.COORDINATOR, None))
    done = office.do(COORDINATOR, lambda ask: roles.remove(ask, COORDINATOR, None))
    assert done.programme == (Role.COORDINATOR,)


def test_removed_from_everywhere_means_where_the_asker_may(office: Office) -> None:
    office.do(OUTSIDER, name(MEMBER, Role.MEMBER, TRIALS))
    done = office.do(CHAIR, lambda ask: roles.remove(ask, MEMBER, None))
    assert [group.key for group in done.groups] == [MODELS]
    assert held(office, MEMBER, TRIALS) == {Role.MEMBER}
    rest = office.do(COORDINATOR, lambda ask: roles.remove(ask, MEMBER, None))
    assert [group.key for group in rest.groups] == [TRIALS]
    nothing = refused(office, COORDINATOR, lambda ask: roles.remove(ask, MEMBER, None))
    assert nothing.code is Code.PERSON_OUTSIDE


@pytest.mark.parametrize(
    ("user", "code"),
    [
        (UserId("U0NOBODY1"), Code.PERSON_UNKNOWN),
        (BOT, Code.PERSON_BOT),
        (GONE, Code.PERSON_LEFT),
    ],
)
def test_strangers_bots_and_who_has_left_get_no_role(
    office: Office, user: UserId, code: Code
) -> None:
    office.db.write_now(lambda store: store.groups.save_person(Person(GONE, "Gone", left=True)))
    assert refused(office, COORDINATOR, name(user, Role.MEMBER)).code is code
    assert refused(office, COORDINATOR, name(user, Role.STEERING, None)).code is code


def test_externals_are_named_like_anybody(office: Office) -> None:
    office.do(CHAIR, name(GUEST, Role.OBSERVER))
    assert held(office, GUEST) == {Role.OBSERVER}


@pytest.mark.parametrize("user", [MEMBER, COCHAIR, STEERING, OUTSIDER])
def test_others_name_no_roles_and_hear_who_does(office: Office, user: UserId) -> None:
    for act in (name(OTHER, Role.CHAIR), lambda ask: roles.remove(ask, OTHER, MODELS)):
        refusal = refused(office, user, act)
        assert isinstance(refusal, NotAllowed)
        assert refusal.who_can == (CHAIR,)


def test_a_chair_names_no_coordinator(office: Office) -> None:
    refusal = refused(office, CHAIR, name(CHAIR, Role.COORDINATOR, None))
    assert isinstance(refusal, NotAllowed)
    assert refusal.who_can == (COORDINATOR,)


def test_of_two_who_name_a_role_at_once_the_first_stands_and_the_other_hears_it(
    office: Office,
) -> None:
    office.do(COORDINATOR, name(OTHER, Role.OBSERVER))
    refusal = refused(office, CHAIR, name(OTHER, Role.COCHAIR))
    assert isinstance(refusal, Conflict)
    world = office.db.read_now(lambda store: store.groups.world())
    assert sentence(refusal, world) == (
        "@coordinator has just named @other-member observer of Models, so I left it at that. "
        "Speak with @coordinator; if it is to be otherwise, say it again."
    )
    assert held(office, OTHER) == {Role.OBSERVER}
    assert not office.do(CHAIR, name(OTHER, Role.OBSERVER)).changed
    assert office.do(COORDINATOR, name(OTHER, Role.PARTNER)).changed
    office.clock.forward(seconds=10)
    assert office.do(CHAIR, name(OTHER, Role.COCHAIR)).changed


@pytest.mark.parametrize("end", ["close", "merge"])
def test_ending_a_group_takes_the_chair_of_no_other(office: Office, end: str) -> None:
    if end == "close":
        office.do(COORDINATOR, lambda ask: groups.close(ask, MODELS))
    else:
        office.do(COORDINATOR, lambda ask: groups.merge(ask, MODELS, TRIALS))
        assert held(office, CHAIR, TRIALS) == {Role.MEMBER}
    assert held(office, OUTSIDER, TRIALS) == {Role.CHAIR}
    assert refused(office, COORDINATOR, name(OUTSIDER, Role.MEMBER, TRIALS)).code is Code.LAST_CHAIR


def test_who_chairs_both_groups_still_chairs_the_one_that_stays(office: Office) -> None:
    office.do(COORDINATOR, name(OUTSIDER, Role.CHAIR))
    office.do(COORDINATOR, lambda ask: groups.merge(ask, MODELS, TRIALS))
    assert held(office, OUTSIDER, TRIALS) == {Role.CHAIR}


def test_while_the_chair_is_away_the_cochair_is_named_and_may(office: Office) -> None:
    def away(until: date) -> None:
        chair = replace(
            office.db.read_now(lambda s: s.groups.people([CHAIR]))[CHAIR], away_until=until
        )
        office.db.write_now(lambda store: store.groups.save_person(chair))

    away(date(2026, 11, 23))
    refusal = refused(office, MEMBER, name(OTHER, Role.OBSERVER))
    assert isinstance(refusal, NotAllowed)
    assert refusal.who_can == (COCHAIR, CHAIR)
    assert office.do(COCHAIR, name(OTHER, Role.OBSERVER)).changed
    away(date(2026, 11, 22))  # the first day back is today
    assert isinstance(refused(office, COCHAIR, name(OTHER, Role.MEMBER)), NotAllowed)
