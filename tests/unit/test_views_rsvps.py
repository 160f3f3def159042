"""Answers to meetings on the screen: what was answered, what it counts for, what is next."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.meetings import Rsvp, RsvpAnswer
from bot.domain.outbox import Message
from bot.domain.quorum import Quorum, Standing
from bot.views import quorum_checks
from bot.views import rsvps as view
from tests.unit.screens import CHAIR, GIVER, NOW, OTHERS, OWNER, WORLD, kept
from tests.unit.test_views_meetings import meeting

YES, REMOTE, NO = RsvpAnswer
FOUR = Quorum((OWNER, CHAIR), (OWNER, CHAIR, *OTHERS[:2]), 2)


def answered(said: RsvpAnswer | None, **more: object) -> Message:
    rsvp = Rsvp(OWNER, said, NOW, GIVER if "standing" in more else None) if said else None
    return kept(view.answered(meeting(), rsvp, FOUR, WORLD, OWNER, "r", **more))  # type: ignore[arg-type]  # as each test has it


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (YES, "you come"),
        (REMOTE, "you come remotely"),
        (NO, "you can't come"),
        (None, "your answer is withdrawn"),
    ],
)
def test_an_answer_names_the_meeting_the_readers_time_and_who_comes_now(
    said: RsvpAnswer | None, words: str
) -> None:
    assert answered(said).text == (
        f"MT-16 Targets call, Tue 1 Dec 2026, 10:30 New York (UTC−5): {words}. "
        "2 of 4 voting people come, 2 are needed."
    )


def test_who_cannot_come_is_offered_to_name_somebody_until_the_start() -> None:
    assert "Name a substitute" in str(answered(NO))
    assert "Name a substitute" not in str(answered(YES))
    assert "Name a substitute" not in str(answered(NO, begun=True))
    assert "Name a substitute" not in str(answered(NO, voter=False))


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing.COUNTS, "@coordinator comes instead of you, and counts for your vote."),
        (Standing.HAS_A_VOTE, "has a vote of their own, and a voter counts once."),
        (Standing.STANDS_IN_ALREADY, "stands in for somebody else already, and counts once."),
        (Standing.FOR_NOBODY, "@coordinator comes instead of you. "),
        (Standing.GONE, "has left."),
    ],
)
def test_what_a_substitute_counts_for_is_said(standing: Standing, words: str) -> None:
    assert words in answered(NO, standing=standing).text


def test_who_has_no_vote_is_welcome_and_told_so() -> None:
    assert "for the quorum only named members, partners and chairs count" in (
        answered(YES, voter=False).text
    )


def test_the_same_answer_again_has_nothing_to_take_back() -> None:
    again = answered(YES, again=True)
    assert "you come, as you had said" in again.text
    assert "Undo" not in str(again)
    assert "Undo" in str(answered(YES))


def test_replies_are_listed_by_what_was_said_with_substitutes() -> None:
    given = (
        Rsvp(OWNER, YES, NOW),
        Rsvp(CHAIR, NO, NOW + timedelta(minutes=1), GIVER),
        Rsvp(OTHERS[0], REMOTE, NOW),
    )
    said = kept(view.listing(meeting(), given, WORLD, OWNER))
    assert "1 yes, 1 remote, 1 no; quorum 5 of 10 not reached" in said.text
    assert "Yes: @targets-cochair. " in said.text
    assert "No: @targets-chair. @coordinator comes instead of @targets-chair" in said.text


def test_several_meetings_are_asked_about_each_with_its_answer() -> None:
    both = (meeting(16), replace(meeting(17), title="Other call"))
    said = kept(view.which(both, "no", WORLD, OWNER))
    assert "Which meeting do you mean: MT-16 Targets call" in said.text
    carried = [button["value"] for button in said.blocks[1]["elements"]]  # type: ignore[attr-defined]  # blocks are JSON
    assert carried == ['{"line":"rsvp MT-16 no"}', '{"line":"rsvp MT-17 no"}']


def test_a_warning_says_what_is_missing_and_what_can_be_done() -> None:
    said = kept(
        quorum_checks.warning(
            meeting(), replace(FOUR, needed=3), OTHERS[:1], WORLD.people[GIVER], WORLD, agenda=False
        )
    )
    assert "come: 2 of 4, needs 3. Not answered: @member-00" in said.text
    assert said.text.endswith("No agenda is posted yet. What shall become of it?")
    for label in ("Move", "Cancel", "Hold anyway"):
        assert label in str(said)
