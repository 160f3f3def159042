"""What is typed about checklists, as people type it."""

from datetime import UTC, date, datetime, time

import pytest

from bot.domain.meetings import Meeting, MeetingId, MeetingKind, OwnerRole
from bot.domain.model import Ref
from bot.domain.templates import CALL, FACE_TO_FACE, STEERING_CALL, Anchor
from bot.errors import BadInput, Code
from bot.handlers.checklists import read
from bot.handlers.preparation_words import read_addition, read_prep, read_skip, read_ticks
from bot.services.checklists import When
from tests.unit.test_meeting_words import CHAIR, MODELS, READING, TRIALS

DAY, AT = date(2012, 11, 29), time(14)
MEETING = Meeting(
    MeetingId(1), Ref("MT-15"), "Call", (MODELS,), MeetingKind.CALL, CALL,
    DAY, AT, DAY, time(15), "Europe/London", datetime(2012, 10, 1, tzinfo=UTC), CHAIR.user,
)  # fmt: skip
TICK = "meeting tick <ID> <number>"


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("MT-15 3", (3,)), ("mt15 3 4", (3, 4)), ("MT-15 3, 4 and 4", (3, 4)), ("MT-15 #7.", (7,))],
)
def test_several_numbers_are_taken(typed: str, numbers: tuple[int, ...]) -> None:
    said = read_ticks(typed, READING, TICK)
    assert (said.ref, said.numbers) == ("MT-15", numbers)


@pytest.mark.parametrize("typed", ["MT-15", "MT-15 three", "MT-15 3 soon", "EM-2 3"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_ticks(typed, READING, TICK)
    assert caught.value.code is Code.WRONG_WORDS


def test_the_next_meeting_is_meant_where_none_is_named() -> None:
    assert (read_prep("", READING).ref, read_prep("", READING).group) == (None, None)
    assert read_prep("trials", READING).group == READING.world.groups[TRIALS]
    assert read_prep("MT-15 page 2", READING).page == 2
    with pytest.raises(BadInput):
        read_prep("the thing", READING)


def test_an_item_is_left_out_with_its_reason() -> None:
    said = read_skip(read_prep("skip MT-15 3 because no speakers come", READING), Ref("MT-15"))
    assert (said.numbers, said.rest) == ((3,), "no speakers come")


@pytest.mark.parametrize(
    ("typed", "text", "due"),
    [
        ("Book the room", "Book the room", None),
        ("Book the room <@U0CHAIR01> by 22 Nov", "Book the room", date(2012, 11, 22)),
        ("Book the room <@U0CHAIR01> 22 Nov", "Book the room", date(2012, 11, 22)),
        ("Book the room T-7", "Book the room", date(2012, 11, 22)),
        ("Slides for Friday", "Slides for Friday", None),
        ("Print 30 copies", "Print 30 copies", None),
    ],
)
def test_an_addition_has_a_text_and_perhaps_a_day(typed: str, text: str, due: date | None) -> None:
    said = read_addition(typed, READING, MEETING)
    assert (said.text, said.due) == (text, due)


@pytest.mark.parametrize(
    ("typed", "name", "when"),
    [
        ("models call move 3 -9 days", CALL, When(-9)),
        ("models steering move 3 to -10 working days", STEERING_CALL, When(-10, True)),
        ("models face to face move 3 5 days after", FACE_TO_FACE, When(5, anchor=Anchor.END)),
        ("models move 3 3 days before the end", CALL, When(-3, anchor=Anchor.END)),
        ("models move 3 0 days", CALL, When(0)),
    ],
)
def test_an_item_of_a_template_is_moved(typed: str, name: str, when: When) -> None:
    said = read(typed, READING)
    assert said.group is not None
    assert (said.group.key, said.name, said.verb) == (MODELS, name, "move")
    assert (said.number, said.when) == (3, when)


def test_an_item_of_a_template_is_added_for_a_role() -> None:
    said = read("all call add Book interpreters -5 days note-taker", READING)
    assert (said.group, said.text, said.when) == (None, "Book interpreters", When(-5))
    assert said.role is OwnerRole.NOTE_TAKER
    for typed, code in (
        ("models call add Book -5 days of something", Code.TEMPLATE_WRONG),
        ("models call add Book", Code.WRONG_WORDS),
        ("models call move three", Code.WRONG_WORDS),
        ("models call reset please", Code.WRONG_WORDS),
        ("nothing call", Code.GROUP_UNKNOWN),
    ):
        with pytest.raises(BadInput) as caught:
            read(typed, READING)
        assert caught.value.code is code
