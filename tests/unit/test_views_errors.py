"""Every mistake gets its sentence and a button that carries on with what was typed."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given as trying
from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.items import ItemState
from bot.domain.outbox import Message
from bot.errors import BadInput, Busy, Code, Conflict, NotAllowed, NotFound, UserError
from bot.views import errors as view
from bot.views.blocks import BLOCK_ID_LIMIT, parse_value
from bot.views.error_words import sentence
from tests.unit.screens import (
    CHAIR,
    NOW,
    OTHERS,
    OWNER,
    TARGETS,
    TRIALS,
    WORLD,
    action,
    as_list,
    element,
    kept,
    labels,
    shown,
    texts,
)

DONE = action(state=ItemState.DONE, closed_by=OWNER, closed_at=NOW)


def said(error: UserError | Busy, typed: str = "", command: str = "") -> Message:
    return kept(view.words(error, typed, command, WORLD))


def lines(message: Message) -> list[str]:
    """The finished lines of the buttons."""
    return [
        parse_value(one.get("value", "")).get("line")
        for block in message.blocks
        if block["type"] == "actions"
        for one in as_list(block["elements"])
    ]


def picker_row(message: Message, kind: str) -> str:
    for block in message.blocks:
        found = as_list(block.get("elements", []))
        if any(one["type"] == kind for one in found):
            return str(block["block_id"])
    raise AssertionError(f"no {kind}")


@pytest.mark.parametrize("code", Code)
def test_every_code_has_its_sentence_even_without_facts(code: Code) -> None:
    words = sentence(UserError(code), WORLD)
    assert words[0].isupper()
    assert words.endswith((".", "?"))
    said(UserError(code), "add something @x by soon", "/action")


def test_a_date_with_one_reading_is_asked_about_as_one() -> None:
    error = BadInput(Code.DATE_AMBIGUOUS, "due", "25/12/2026", choices=(date(2026, 12, 25),))
    asked = sentence(error, WORLD)
    assert asked == 'I read "25/12/2026" as Fri 25 Dec 2026. Is that right?'


def test_an_unknown_word_offers_the_nearest_and_runs_the_whole_line() -> None:
    error = BadInput(Code.UNKNOWN_WORD, None, "stauts", nearest=("status", "start"))
    message = said(error, "stauts all", "/wg")
    assert message.text.startswith('I don\'t know "stauts". Did you mean status or start?')
    assert labels(message) == ["status", "start", "Help"]
    assert lines(message) == ["status all", "start all", "help"]


def test_an_unreadable_date_gets_a_picker_that_finishes_the_line() -> None:
    error = BadInput(Code.DATE_UNREADABLE, "due", "soonish")
    message = said(error, "add Send it @x by soonish for trials", "/action")
    assert 'I couldn\'t read "soonish" as a date. Try 4 Dec, next Friday' in message.text
    assert "You typed: action add Send it @x by soonish for trials" in message.text
    carried = picker_row(message, "datepicker")
    assert view.mended(carried, "2026-12-04") == ("action add Send it @x by 2026-12-04 for trials")


def test_an_ambiguous_date_has_a_button_for_each_reading() -> None:
    error = BadInput(
        Code.DATE_AMBIGUOUS,
        "due",
        "12/11/2027 17:00",
        choices=(date(2027, 11, 12), date(2027, 12, 11)),
        rest="17:00",
    )
    message = said(error, "add Send it by 12/11/2027 17:00", "action")
    assert '"12/11/2027 17:00" could be two days: Fri 12 Nov 2027 or Sat 11 Dec' in message.text
    assert labels(message) == ["Fri 12 Nov 2027", "Sat 11 Dec 2027"]
    assert lines(message)[:2] == [
        "action add Send it by 2027-11-12 17:00",
        "action add Send it by 2027-12-11 17:00",
    ]


def test_a_missing_date_is_added_where_it_belongs() -> None:
    error = BadInput(Code.DATE_NEEDED, "due", "")
    moved = picker_row(said(error, "EM-2", "action move"), "datepicker")
    assert view.mended(moved, "2026-12-04") == "action move EM-2 2026-12-04"
    added = picker_row(said(error, "Send it", "action add"), "datepicker")
    assert view.mended(added, "2026-12-04") == "action add Send it by 2026-12-04"


def test_a_time_the_clock_skips_offers_its_neighbours() -> None:
    error = BadInput(
        Code.TIME_GAP,
        "due",
        "28 Mar 01:30 London",
        choices=(
            datetime.fromisoformat("2027-03-28T00:30"),
            datetime.fromisoformat("2027-03-28T02:30"),
        ),
        zone="Europe/London",
        day=date(2027, 3, 28),
    )
    message = said(error, "add Call by 28 Mar 01:30 London", "action")
    assert labels(message) == ["Sun 28 Mar 2027, 00:30", "Sun 28 Mar 2027, 02:30"]
    assert lines(message)[0] == "action add Call by 2027-03-28 00:30 Europe/London"


def test_an_unknown_person_is_picked_from_the_group() -> None:
    error = BadInput(Code.PERSON_UNKNOWN, "owner", "@jo", group=TARGETS.key)
    message = said(error, "add Send it @jo by Fri", "action")
    assert 'I can\'t find "@jo" in Targets.' in message.text
    picker = element(message, "item.pick_owner")
    assert OWNER in [option["value"] for option in picker["options"]]
    carried = picker_row(message, "static_select")
    assert view.mended(carried, OWNER) == f"action add Send it <@{OWNER}> by Fri"


def test_a_person_outside_is_replaced_where_they_were_mentioned() -> None:
    error = BadInput(
        Code.PERSON_OUTSIDE, "owner", CHAIR, person=WORLD.people[CHAIR], group=TARGETS.key
    )
    message = said(error, f"add Send it <@{CHAIR}|chair> by Fri", "action")
    assert "@targets-chair is not in Targets." in message.text
    assert "<@" not in shown(message)
    carried = picker_row(message, "static_select")
    assert view.mended(carried, OWNER) == f"action add Send it <@{OWNER}> by Fri"


def test_two_people_of_one_name_are_told_apart() -> None:
    two = (WORLD.people[OWNER], WORLD.people[CHAIR])
    error = BadInput(Code.PERSON_TWO, "owner", "@targets", choices=two)
    options = element(said(error, "give EM-2 @targets", "action"), "item.pick_owner")["options"]
    assert [option["value"] for option in options] == [CHAIR, OWNER]


def test_of_two_people_those_whom_the_reader_may_not_know_are_not_named() -> None:
    two = (WORLD.people[OWNER], WORLD.people[CHAIR])
    error = BadInput(Code.PERSON_TWO, "owner", "@targets", choices=two)
    for known, words in (
        ((OWNER, CHAIR), "Targets Cochair (@targets-cochair) or Targets Chair (@targets-chair)."),
        ((OWNER,), "Targets Cochair (@targets-cochair) or somebody else."),
        ((), "more than one person."),
    ):
        offered = replace(WORLD, people={user: WORLD.people[user] for user in known})
        message = view.words(error, "give EM-2 @targets", "action", WORLD, offered)
        assert message.text.startswith(f'"@targets" could be {words}')
        assert view.field_words(error, WORLD, offered) == f'"@targets" could be {words}'
        for user in {OWNER, CHAIR} - set(known):
            assert WORLD.people[user].handle not in str(message)


def test_the_group_is_asked_with_buttons_that_carry_the_line() -> None:
    error = BadInput(Code.GROUP_WHICH, "group", choices=(TARGETS, TRIALS))
    message = said(error, "Send it by Fri", "action add")
    assert message.text.startswith("Which group is this for?")
    assert labels(message) == ["Targets", "Trials"]
    assert lines(message)[0] == "action add Send it by Fri for targets"


def test_a_group_nobody_knows_is_replaced() -> None:
    message = said(NotFound(Code.GROUP_UNKNOWN, typed="tragets"), "list tragets", "action")
    assert lines(message) == ["action list targets", "action list trials"]


def test_a_refusal_names_who_can() -> None:
    message = said(NotAllowed((CHAIR,), op="change item"), "done TR-14", "action")
    assert message.text.startswith("Only @targets-chair can do this. Please ask them.")


def test_what_is_done_already_says_by_whom_and_when() -> None:
    message = said(Conflict(Code.ALREADY_DONE, item=DONE), "done TR-14", "action")
    assert message.text.startswith(
        "TR-14 is already done by @targets-cochair on Sun 22 Nov 2026: Send consent template v3."
    )
    assert labels(message) == ["Reopen", "Open"]


def test_what_changed_meanwhile_shows_the_new_version() -> None:
    message = said(Conflict(Code.CHANGED_MEANWHILE, item=action("Newer words")))
    assert "Newer words" in message.text
    assert labels(message) == ["Open"]


def test_patient_data_is_repeated_nowhere() -> None:
    message = said(UserError(Code.PATIENT_DATA), "add patient J.S., DOB 3/4/61", "action")
    assert "I stored nothing" in message.text
    assert "J.S." not in json.dumps([message.text, list(message.blocks)], default=str)


def test_a_busy_moment_gives_everything_back() -> None:
    message = said(Busy(), "add Send it", "/action")
    assert message.text == (
        "I am busy; nothing was saved. Please send it again. You typed: action add Send it"
    )
    assert lines(message) == ["action add Send it"]


def test_our_own_fault_has_a_reference() -> None:
    message = kept(view.our_fault("7F3A2C", "done EM-2", "action"))
    assert message.text.endswith("Reference 7F3A2C.")
    assert lines(message) == ["action done EM-2"]


def test_a_long_line_is_carried_by_the_form_not_by_a_row() -> None:
    error = BadInput(Code.DATE_UNREADABLE, "due", "soonish")
    message = said(error, f"add {'long ' * 400} by soonish", "action")
    assert labels(message) == ["Open the form"]
    carried = lines(message)[0]
    assert carried.startswith("action add long")
    assert carried.endswith("by soonish")
    assert "(shortened)" in shown(message)


def test_a_refusal_among_several_names_its_id_once() -> None:
    assert (
        view.refused("TR-14", Conflict(Code.ALREADY_DONE, item=DONE), WORLD).words.count("TR-14")
        == 1
    )
    other = view.refused("TR-9", NotAllowed((CHAIR,)), WORLD)
    assert other.words.startswith("TR-9: Only")
    assert other.refused


def test_a_forms_error_is_plain_text() -> None:
    error = BadInput(Code.PERSON_UNKNOWN, "owner", "R&D", group=TARGETS.key)
    assert view.field_words(error, WORLD) == (
        'I can\'t find "R&D" in Targets. Please pick someone.'
    )


PICKS: dict[str, Any] = {
    "choices": (date(2027, 11, 12), date(2027, 12, 11)),
    "nearest": ("status",),
    "item": DONE,
    "group": TARGETS.key,
    "person": WORLD.people[OTHERS[0]],
    "rest": "17:00",
}


@trying(st.sampled_from(Code), texts, texts, st.sets(st.sampled_from(sorted(PICKS))))
@settings(max_examples=120, deadline=None)
def test_every_mistake_with_any_words_is_taken_by_slack(
    code: Code, typed: str, bad: str, known: set[str]
) -> None:
    facts = {name: PICKS[name] for name in known}
    line = f"{typed} {bad} tail"
    for error in (BadInput(code, "due", bad, **facts), UserError(code, **facts)):
        message = said(error, line, "action add")
        for block in message.blocks:
            assert len(str(block["block_id"])) <= BLOCK_ID_LIMIT
        view.refused("TR-1", error, WORLD)
        assert view.field_words(error, WORLD)


def test_what_somebody_needs_is_not_repeated() -> None:
    for line in ("needs MT-99 a ramp, no nuts", "meeting needs mt99 a ramp,\nno nuts"):
        said = view.words(NotFound(Code.NO_SUCH_ID, ref="MT-99"), line, "/wg", WORLD)
        assert "ramp" not in repr(said)
        assert "nuts" not in repr(said)
    for line, shown_ in (("needs MT-99 all", "needs MT-99 all"), ("needs MT-99 all nuts", "MT-99")):
        said = view.words(NotFound(Code.NO_SUCH_ID, ref="MT-99"), line, "/wg", WORLD)
        assert said.text.endswith(shown_)
