"""Who counts for a quorum, each once, and what a substitute does for it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.meetings import Meeting, MeetingId, MeetingKind, Rsvp, RsvpAnswer
from bot.domain.model import (
    Group,
    GroupKey,
    GroupSettings,
    Membership,
    Person,
    Programme,
    Ref,
    Role,
    UserId,
    World,
)
from bot.domain.quorum import Standing, quorum_of, substitutes

MODELS, TRIALS = GroupKey("models"), GroupKey("trials")
YES, REMOTE, NO = RsvpAnswer
DAY = date(2013, 2, 6)
BEFORE = datetime(2013, 1, 20, 12, tzinfo=UTC)
ROLES = (
    ("M-chair", MODELS, Role.CHAIR),
    ("M-co", MODELS, Role.COCHAIR),
    ("M-one", MODELS, Role.MEMBER),
    ("M-partner", MODELS, Role.PARTNER),
    ("M-observer", MODELS, Role.OBSERVER),
    ("M-guest", MODELS, Role.GUEST),
    ("T-chair", TRIALS, Role.CHAIR),
    ("M-chair", TRIALS, Role.MEMBER),
    ("Coord", None, Role.COORDINATOR),
    ("Steers", None, Role.STEERING),
)
UNNAMED = Membership(UserId("M-lurker"), MODELS, Role.MEMBER, named=False)
MEETING = Meeting(
    MeetingId(1), Ref("MT-30"), "Milan", (), MeetingKind.FACE_TO_FACE, None,
    DAY, time(9), DAY, time(17), "Europe/Rome", BEFORE, UserId("Coord"),
)  # fmt: skip
OF_MODELS = replace(MEETING, groups=(MODELS,))


def world(**changed: bool) -> World:
    """`changed`: people who have left, or are bots."""
    users = [UserId(user) for user, _, _ in ROLES] + [UNNAMED.user, UserId("Visitor")]
    people = {user: Person(user, user) for user in users}
    for user, gone in changed.items():
        people[UserId(user)] = replace(people[UserId(user)], left=gone)
    members = [Membership(UserId(user), key, role) for user, key, role in ROLES]
    groups = {key: Group(key, key[:2].upper(), key, key) for key in (MODELS, TRIALS)}
    return World(Programme("P", "UTC"), groups, people, (*members, UNNAMED))


def said(*answers: tuple[str, RsvpAnswer] | tuple[str, RsvpAnswer, str]) -> list[Rsvp]:
    return [
        Rsvp(UserId(one[0]), one[1], BEFORE + timedelta(minutes=n), *map(UserId, one[2:]))
        for n, one in enumerate(answers)
    ]


def of(meeting: Meeting, rsvps: Iterable[Rsvp], known: World | None = None) -> str:
    found = quorum_of(meeting, rsvps, known or world())
    return f"{len(found.coming)} of {len(found.voters)}, needs {found.needed}"


@pytest.mark.parametrize(
    ("answers", "counted"),
    [
        ([], "0 of 4, needs 2"),
        ([("M-chair", YES), ("M-partner", REMOTE)], "2 of 4, needs 2"),
        ([("M-observer", YES), ("M-guest", YES), ("Coord", YES)], "0 of 4, needs 2"),
        ([("Steers", YES), ("M-lurker", YES), ("Visitor", YES)], "0 of 4, needs 2"),
        ([("M-chair", NO)], "0 of 4, needs 2"),
        ([("M-chair", NO, "Visitor")], "1 of 4, needs 2"),
        ([("M-chair", NO, "M-observer")], "1 of 4, needs 2"),
        ([("M-chair", NO, "M-one")], "0 of 4, needs 2"),
        ([("M-chair", NO, "M-one"), ("M-one", YES)], "1 of 4, needs 2"),
        ([("M-chair", NO, "Visitor"), ("M-co", NO, "Visitor")], "1 of 4, needs 2"),
        ([("M-observer", NO, "Visitor")], "0 of 4, needs 2"),
    ],
)
def test_only_named_voters_count_and_each_once(
    answers: list[tuple[str, RsvpAnswer]], counted: str
) -> None:
    assert of(OF_MODELS, said(*answers)) == counted


def test_in_a_meeting_of_all_groups_each_person_counts_once() -> None:
    assert of(MEETING, said(("M-chair", YES), ("T-chair", YES))) == "2 of 5, needs 3"
    both = replace(MEETING, groups=(MODELS, TRIALS))
    assert of(both, []) == "0 of 5, needs 3"


def test_who_has_left_neither_votes_nor_stands_in() -> None:
    gone = world(**{"M-one": True, "Visitor": True})
    assert of(OF_MODELS, said(("M-one", YES)), gone) == "0 of 3, needs 2"
    rsvps = said(("M-chair", NO, "Visitor"))
    assert of(OF_MODELS, rsvps, gone) == "0 of 3, needs 2"
    assert substitutes(OF_MODELS, rsvps, gone) == {"M-chair": Standing.GONE}


def test_a_substitute_counts_only_if_named_before_the_start() -> None:
    (rsvp,) = said(("M-chair", NO, "Visitor"))
    late = replace(rsvp, at=OF_MODELS.starts)
    assert of(OF_MODELS, [replace(rsvp, at=OF_MODELS.starts - timedelta(minutes=1))])[0] == "1"
    assert of(OF_MODELS, [late])[0] == "0"
    assert substitutes(OF_MODELS, [late], world()) == {"M-chair": Standing.AFTER_THE_START}


def test_what_each_substitute_does_is_told_apart() -> None:
    rsvps = said(
        ("M-chair", NO, "Visitor"), ("M-co", NO, "Visitor"), ("M-one", NO, "M-partner"),
        ("M-observer", NO, "Coord"), ("M-partner", YES),
    )  # fmt: skip
    assert substitutes(OF_MODELS, rsvps, world()) == {
        "M-chair": Standing.COUNTS,
        "M-co": Standing.STANDS_IN_ALREADY,
        "M-one": Standing.HAS_A_VOTE,
        "M-observer": Standing.FOR_NOBODY,
    }


def test_a_group_may_need_another_number_than_half() -> None:
    known = world()
    models = replace(known.groups[MODELS], settings=GroupSettings(quorum=3))
    known = replace(known, groups={**known.groups, MODELS: models})
    assert of(OF_MODELS, [], known) == "0 of 4, needs 3"
    assert of(MEETING, [], known) == "0 of 5, needs 3"  # Of all groups: half.


def test_reached_is_as_many_as_needed() -> None:
    assert not quorum_of(OF_MODELS, said(("M-chair", YES)), world()).reached
    assert quorum_of(OF_MODELS, said(("M-chair", YES), ("M-co", YES)), world()).reached
