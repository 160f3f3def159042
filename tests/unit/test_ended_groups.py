"""Who asks for a closed or merged group hears that; who cannot be found is to be mentioned."""

from dataclasses import replace

import pytest

from bot.domain.model import GroupState
from bot.errors import BadInput, Code
from bot.handlers import digests, group_words, sentence
from bot.handlers.reading import Reading
from bot.views import ended_groups
from bot.views.dates import day_words
from bot.views.deadlines import NAMED
from bot.views.error_words import sentence as words
from bot.views.errors import words as answer
from tests.unit.homes import MEETING
from tests.unit.programme import MODELS, TRIALS, reading


def ended(*, merged: bool = False) -> Reading:
    """Models is over; the asker is in no other group."""
    known = reading()
    groups = dict(known.world.groups)
    into = TRIALS.key if merged else None
    state = GroupState.MERGED if merged else GroupState.CLOSED
    groups[MODELS.key] = replace(MODELS, state=state, merged_into=into)
    mine = tuple(m for m in known.world.memberships if m.user != known.actor.user)
    return replace(known, here=None, world=replace(known.world, groups=groups, memberships=mine))


def said(line: str, known: Reading) -> str:
    with pytest.raises(BadInput) as refusal:
        sentence.read_new(line, known)
    assert refusal.value.code is Code.GROUP_CLOSED
    return words(refusal.value, known.world)


@pytest.mark.parametrize("line", ["Draft it for models", "Draft it by Friday for models, @nobody"])
def test_who_adds_for_a_closed_group_hears_that(line: str) -> None:
    known = ended()
    assert said(line, known) == "Models is closed. Ask a coordinator to open it again."
    with pytest.raises(BadInput) as refusal:
        group_words.read_role("<@U0COCHAIR> chair in models", known)
    assert refusal.value.code is Code.GROUP_CLOSED


def test_who_may_open_it_again_hears_how() -> None:
    known = ended()
    able = replace(known, actor=replace(known.actor, admin=True))
    with pytest.raises(BadInput) as refusal:
        digests.read_asked("models", able)
    assert words(refusal.value, known.world) == (
        f"Models is closed. To open it again, write: group add models {MODELS.prefix} {MODELS.name}"
    )


def test_of_a_merged_group_they_hear_into_which() -> None:
    known = ended(merged=True)
    assert said("Draft it for models", known) == "Models was merged into Trials."
    with pytest.raises(BadInput) as refusal:
        sentence.read_new("Draft it for models", known)
    told = answer(refusal.value, "add Draft it for models", "/wg", known.world)
    assert "add Draft it for trials" in str(told.blocks)


def test_in_another_groups_channel_the_words_are_text() -> None:
    known = replace(ended(), here=TRIALS)
    found = sentence.read_new("Draft it for models", known)
    assert found is not None
    assert (found.new.text, found.new.group) == ("Draft it for models", TRIALS.key)


def test_who_cannot_be_found_in_no_group_is_to_be_mentioned() -> None:
    world = reading().world
    error = BadInput(Code.PERSON_UNKNOWN, "owner", "@nobody")
    assert words(error, world) == (
        'I can\'t find "@nobody". Mention them with @, as Slack offers it.'
    )
    nobody = replace(world, memberships=(), people={})
    assert "static_select" not in str(answer(error, "erase @nobody", "/wg", nobody).blocks)


def test_who_ends_a_group_hears_which_meetings_went_or_came_along() -> None:
    there = f"{MEETING.ref} on {day_words(MEETING.start_day)}"
    one, many = (MEETING,), (MEETING,) * 7
    assert ended_groups.called_off(one) == f"1 meeting ahead was cancelled: {there}."
    assert ended_groups.called_off(many).startswith(f"7 meetings ahead were cancelled: {there}, ")
    assert ended_groups.called_off(many).endswith(f" and {7 - NAMED} more.")
    assert ended_groups.meetings_along(one) == f"1 meeting ahead came along: {there}."
    assert ended_groups.called_off(()) == ended_groups.meetings_along(()) == ""
