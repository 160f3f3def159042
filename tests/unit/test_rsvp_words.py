"""Answers to meetings, and their guests, as people type them."""

import pytest

from bot.domain.meetings import RsvpAnswer
from bot.domain.model import Role
from bot.errors import BadInput, Code
from bot.handlers import group_words
from bot.handlers import rsvp_words as words
from bot.handlers.meetings import MeetingHandlers
from bot.handlers.registry import Registry
from bot.handlers.rsvp_words import Said
from bot.handlers.rsvps import RsvpHandlers
from bot.world import country_name, is_holiday
from tests.unit.programme import COCHAIR, reading

YES, REMOTE, NO = RsvpAnswer
CO = "<@U0COCHAIR>"
REGISTRY = Registry(
    [*MeetingHandlers(is_holiday, country_name).commands(), *RsvpHandlers().commands()]
)


def said(line: str, noun: str = "") -> Said:
    route = REGISTRY.route(line, noun)
    found = route.command.parse(route.rest, reading())
    assert isinstance(found, Said)
    return found


@pytest.mark.parametrize(
    ("line", "ref", "answer", "substitute"),
    [
        ("meeting rsvp MT-15 yes", "MT-15", YES, None),
        ("rsvp MT-15 yes", "MT-15", YES, None),
        ("rsvp mt15: Yes.", "MT-15", YES, None),
        ("rsvp yes MT-15", "MT-15", YES, None),
        ("MT-15 rsvp yes", "MT-15", YES, None),
        ("rsvp MT-15 remotely", "MT-15", REMOTE, None),
        ("rsvp MT-15 yes, but remote", "MT-15", REMOTE, None),
        ("rsvp MT-15 no", "MT-15", NO, None),
        ("rsvp MT-15 can't come", "MT-15", NO, None),
        ("rsvp MT-15 i can\u2019t make it", "MT-15", NO, None),
        (f"rsvp MT-30 no {CO}", "MT-30", NO, COCHAIR),
        (f"rsvp MT-30 no, {CO} comes instead", "MT-30", NO, COCHAIR),
        ("rsvp MT-30 no @models-cochair", "MT-30", NO, COCHAIR),
        ("rsvp no", None, NO, None),
        ("rsvp MT-15", "MT-15", None, None),
        ("coming", None, YES, None),
        ("coming to MT-15", "MT-15", YES, None),
        ("coming to MT-15 remotely", "MT-15", REMOTE, None),
        ("MT-15 coming", "MT-15", YES, None),
        ("not coming to MT-15", "MT-15", NO, None),
        (f"not coming to MT-15, {CO} instead", "MT-15", NO, COCHAIR),
        ("MT-15 not coming", "MT-15", NO, None),
        ("not coming", None, NO, None),
    ],
)
def test_an_answer_is_read_in_any_order(
    line: str, ref: str | None, answer: RsvpAnswer | None, substitute: str | None
) -> None:
    found = said(line)
    assert (found.ref, found.answer, found.substitute) == (ref, answer, substitute)
    assert not found.withdrawn


def test_an_answer_is_taken_back_in_words() -> None:
    assert said("rsvp MT-15 withdraw").withdrawn
    assert said("rsvp MT-15 undecided").answer is None


def test_what_was_said_without_an_id_can_be_said_again_with_one() -> None:
    again = said(f"not coming, {CO} instead")
    found = said(f"rsvp MT-15 {again.words}")
    assert (found.ref, found.answer, found.substitute) == ("MT-15", NO, COCHAIR)


@pytest.mark.parametrize(
    "line",
    [
        "rsvp MT-15 maybe",
        "rsvp MT-15 yes and no",
        "rsvp EM-2 yes",
        f"rsvp MT-15 no {CO} <@U0SHERPA1>",
        f"rsvp MT-15 {CO}",
        f"rsvp MT-15 withdraw {CO}",
        "not sure what to do",
        "coming soon",
        "replies MT-15 please",
        "replies EM-2",
    ],
)
def test_what_is_no_answer_is_refused_with_how_to_say_it(line: str) -> None:
    route = REGISTRY.route(line)
    with pytest.raises(BadInput) as refused:
        route.command.parse(route.rest, reading())
    assert refused.value.code is Code.WRONG_WORDS
    assert refused.value.facts["usage"] in (
        words.RSVP, words.COMING, words.NOT_COMING, words.REPLIES,
    )  # fmt: skip


@pytest.mark.parametrize(
    "line", [f"{CO} guest at MT-15", f"{CO} as a guest of mt 15.", "@models-cochair guest at MT-15"]
)
def test_a_guest_is_named_for_one_meeting(line: str) -> None:
    found = group_words.read_role(line, reading())
    assert (found.user, found.role, found.group) == (COCHAIR, Role.GUEST, None)
    assert found.meeting == "MT-15"


def test_a_guest_is_removed_from_one_meeting() -> None:
    found = group_words.read_remove(f"{CO} from MT-15", reading())
    assert (found.user, found.group, found.meeting) == (COCHAIR, None, "MT-15")
    assert not found.everything
