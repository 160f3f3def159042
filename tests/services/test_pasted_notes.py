"""Notes pasted after a call: looked at, made in one go and once, completed line by line."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

import pytest

from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Block
from bot.errors import Code, UserError
from bot.handlers.pasted_notes import PastedNotesHandlers
from bot.handlers.proceedings import Asked, ProceedingsHandlers
from bot.handlers.reading import reading_of
from bot.handlers.registry import Click, Form, Invocation
from bot.handlers.thread_lines import ThreadLines
from bot.services import minutes
from bot.services.inbox import OpenModal, Reply
from bot.services.undo import undo
from bot.views.blocks import Field, Id, parse_value, value
from bot.views.item_forms import Origin, pack
from bot.world import find_zone, is_holiday
from tests.services.conftest import (
    CHAIR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    Office,
)
from tests.services.test_meetings import plan
from tests.services.test_proceedings import lines, refusal, rows, state

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

MT = Ref("MT-1")
LINES = ThreadLines(is_holiday)
PASTED, WORDS = PastedNotesHandlers(LINES, find_zone), ProceedingsHandlers(LINES, find_zone)
NOTES = """present: me, @models-member
• ACTION: Draft the list – by @models-member 4 Dec
@other-member – ask Basel – 5 Dec
ACTION: Find a room – by Zoltan 4 Dec
ACTION: Print it – by @models-member 1 Nov 2012
DECISION: One template for all
[off] he may leave
We talked of models."""


@pytest.fixture
def call(office: Office) -> Meeting:
    """A call of the Models group that is over."""
    meeting = plan(office, 5, MODELS)
    office.clock.now = meeting.ends
    return meeting


def by(user: UserId, trigger: str | None = None) -> Invocation:
    return Invocation("command", "1", user, MODELS_CHANNEL, trigger=trigger)


def elements_of(blocks: Iterable[Block]) -> list[Any]:
    return [e for block in blocks for e in cast(list[Any], block.get("elements", []))]


def look(office: Office, user: UserId = CHAIR, text: str = NOTES) -> Reply:
    told = office.do(user, lambda ask: PASTED.look(ask, MT, text))
    assert isinstance(told, Reply)
    return told


def press(office: Office, told: Reply, id_: Id, user: UserId = CHAIR) -> object:
    carried = next(
        e["value"] for e in elements_of(told.message.blocks) if e.get("action_id") == id_.value
    )
    click = Click(by(user, "trigger"), id_, parse_value(carried))
    return office.do(user, lambda ask: PASTED.clicks()[id_](ask, click))


def made(office: Office, told: Reply, user: UserId = CHAIR) -> Reply:
    answer = press(office, told, Id.MEETING_NOTES_MAKE, user)
    assert isinstance(answer, Reply)
    return answer


def complete(office: Office, words: str, user: UserId = CHAIR) -> Reply:
    told = office.do(user, lambda ask: WORDS.line(ask, by(user), Asked(MT, words, reading_of(ask))))
    assert isinstance(told, Reply)
    return told


def test_they_are_looked_at_first_with_what_is_unclear(office: Office, call: Meeting) -> None:
    told = look(office)
    assert told.private
    said = told.message.text
    assert said.startswith("MT-1: 7 lines to be made of these notes. 2 lines of them unclear")
    assert "Action: Draft the list, @models-member, due Fri 4 Dec 2026." in said
    assert "Action: ask Basel, @other-member, due Sat 5 Dec 2026." in said
    assert "Unclear: Action: Find a room" in said
    assert "leave" not in said
    assert lines(office) == []
    assert rows(office, "asked") == []
    assert state(office) is MeetingState.PLANNED
    buttons = [e["text"]["text"] for e in elements_of(told.message.blocks) if "value" in e]
    assert buttons == ["Make these 7", "Change"]


def test_they_are_made_in_one_go_and_once(office: Office, call: Meeting) -> None:
    told, same = look(office), look(office, MEMBER)
    answer = made(office, told)
    assert "They became EM-1, EM-2, DC-1." in answer.message.text
    assert [(kind, ref) for kind, _, ref in lines(office)] == [
        ("present", None), ("action", "EM-1"), ("action", "EM-2"), ("action", None),
        ("action", None), ("decision", "DC-1"), ("note", None),
    ]  # fmt: skip
    assert state(office) is MeetingState.HELD
    for again, user in ((told, CHAIR), (same, MEMBER)):
        with pytest.raises(UserError) as refused:
            made(office, again, user)
        assert refused.value.code is Code.NOTES_MADE
    assert len(lines(office)) == 7
    more = look(office, text=f"{NOTES}\nOne thing more.")
    assert "1 line to be made of these notes. 7 lines there already." in more.message.text


def test_what_was_unclear_is_completed(office: Office, call: Meeting) -> None:
    made(office, look(office))
    asked = complete(office, "4")
    assert "I can't find" in asked.message.text
    told = complete(office, f"4 <@{OTHER}>")
    assert "became EM-3: Find a room" in told.message.text
    assert "became EM-4: Print it" in complete(office, "5 by 2026-12-12").message.text
    with pytest.raises(UserError) as refused:
        complete(office, "4")
    assert refused.value.code is Code.LINE_MENDED
    with pytest.raises(UserError) as refused:
        complete(office, "99")
    assert refused.value.code is Code.NO_SUCH_LINE


def test_a_line_may_stay_a_note(office: Office, call: Meeting) -> None:
    made(office, look(office))
    complete(office, "4 note")
    assert lines(office)[3][:2] == ("note", "action: Find a room – by Zoltan 4 Dec")


def test_only_who_takes_part_and_only_once_it_has_begun(office: Office, call: Meeting) -> None:
    def paste(user: UserId) -> Code:
        return refusal(office, user, lambda ask: PASTED.look(ask, MT, NOTES))

    assert paste(OUTSIDER) is Code.NOT_ALLOWED
    office.clock.now = call.starts.replace(hour=1)
    assert paste(CHAIR) is Code.NOT_NOW


def test_the_form_keeps_what_was_pasted(office: Office, call: Meeting) -> None:
    told = look(office)
    opened = press(office, told, Id.MEETING_NOTES_PASTE)
    assert isinstance(opened, OpenModal)
    assert "Draft the list" in str(opened.view)
    carries = pack(Origin(MODELS_CHANNEL, refs=(MT,)))
    form = Form(by(CHAIR), Id.MEETING_NOTES_PASTED, carries, {Field.TEXT: "Something new"})
    again = office.do(CHAIR, lambda ask: PASTED.submitted(ask, form))
    assert isinstance(again, Reply)
    assert "1 line to be made" in again.message.text
    click = Click(by(CHAIR, "t"), Id.MEETING_NOTES_PASTE, parse_value(value(MT)))
    assert isinstance(office.do(CHAIR, lambda ask: PASTED.open(ask, click)), OpenModal)
    alone = office.do(CHAIR, lambda ask: PASTED.ask_for(ask, by(CHAIR), MT))
    assert isinstance(alone, Reply)


def test_undo_takes_every_line_of_the_paste_back(office: Office, call: Meeting) -> None:
    made(office, look(office, text="Said before."))
    office.clock.now += timedelta(minutes=1)
    made(office, look(office, text=f"topic Other matters\n{NOTES}"))
    assert len(lines(office)) == 9
    office.do(CHAIR, undo)
    assert lines(office) == [("note", "Said before.", None)]
    assert "8 lines to be made" in look(office, text=f"topic Other matters\n{NOTES}").message.text


def test_nothing_is_pasted_into_minutes_that_are_accepted(office: Office, call: Meeting) -> None:
    shown = look(office)
    made(office, look(office, text="Said before."))
    office.do(CHAIR, lambda ask: minutes.publish(ask, MT, is_holiday))
    office.do(CHAIR, lambda ask: minutes.approve(ask, MT))
    with pytest.raises(UserError) as refused:
        made(office, shown)
    assert refused.value.code is Code.MINUTES_LOCKED


def test_words_that_cannot_be_what_is_missing_change_nothing(office: Office, call: Meeting) -> None:
    made(office, look(office, text="ACTION: Find a room – by @nobody 12 Dec"))
    before = lines(office)
    told = complete(office, "1 by 4 Dec")
    assert "You wrote: ACTION: Find a room – by @nobody 12 Dec" in told.message.text
    assert lines(office) == before
    assert "became EM-1: Find a room" in complete(office, f"1 <@{OTHER}>").message.text


def test_a_deadline_is_looked_at_with_its_date(office: Office, call: Meeting) -> None:
    said = look(office, text="DEADLINE: Submit the grant report 18 Dec 2026").message.text
    assert "Deadline: Submit the grant report, due Fri 18 Dec 2026." in said
