"""The weekly digest on the page: Slack takes it, its text says all, its rows can be acted on."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.digests import Digest, Figures
from bot.domain.model import GroupSettings
from bot.domain.outbox import Message
from bot.domain.state import Judged, Standing, Status, Why
from bot.views import digest_notes as notes
from bot.views import digests
from bot.views.blocks import chartless, parse_value
from bot.views.item_forms import detail_modal
from bot.views.text import unescape
from tests.unit.digest_pages import FIGURES, MONDAY, TREND, numbered, page
from tests.unit.homes import MEETING
from tests.unit.screens import (
    CHAIR,
    OTHERS,
    TARGETS,
    WORLD,
    given,
    kept,
    kept_view,
    labels,
    shown,
)

REF = re.compile(r"\b[A-Z]{2}-\d+\b")
DAY = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2} \d{4}\b")
OWN_DAY = re.compile(r"= [^·\n]* your time")
EMPTY = Digest(
    TARGETS, "2026-W48", MONDAY, CHAIR, Status(TARGETS, Judged(Standing.NO_DATA)), Figures()
)
QUIET = replace(
    EMPTY,
    status=Status(TARGETS, Judged(Standing.ON_TRACK), meeting=MEETING, ready=20),
    quiet=True,
)


def drawn(told: Digest) -> Message:
    return kept(digests.digest(told, WORLD))


def block(message: Message, block_id: str) -> dict[str, Any]:
    return next(dict(one) for one in message.blocks if one["block_id"] == block_id)


def kinds(message: Message) -> list[str]:
    return [str(one["type"]) for one in message.blocks]


def lines(element: dict[str, Any]) -> list[str]:
    """What the options of a menu say."""
    return [parse_value(option["value"]).get("line") for option in element["options"]]


def test_the_first_sentence_says_state_overdue_and_how_ready_the_next_call_is() -> None:
    message = drawn(page())
    assert block(message, "digest:head")["text"]["text"] == "Targets: week 48"
    verdict = block(message, "digest:verdict")["text"]["text"]
    assert verdict.startswith(
        "*🔴 Late:* 7 of 14 open actions are overdue, and the next call, MT-15 on <!date^"
    )
    assert "is 50 % ready.\nWhy: TR-14 is 11 days late; MT-15 “Send consent" in verdict
    assert "Also to know: TR-15 has no owner." in verdict
    assert message.text.startswith(
        "Targets: week 48. Late: 7 of 14 open actions are overdue, and the next call, MT-15 on "
        "Fri 4 Dec 2026, 04:00 Auckland (UTC+13), is 50 % ready. Why: TR-14 is 11 days late"
    )


@pytest.mark.parametrize(
    ("open_", "overdue", "said"),
    [
        (0, 0, "there is no open action"),
        (1, 1, "1 of 1 open action is overdue"),
        (14, 0, "none of 14 open actions is overdue"),
    ],
)
def test_the_verdict_counts_in_words(open_: int, overdue: int, said: str) -> None:
    told = replace(page(), figures=replace(FIGURES, open=open_, overdue=overdue))
    assert f"Late: {said}, and" in drawn(told).text


def test_each_figure_says_its_change_in_words_beside_the_kept_one() -> None:
    message = drawn(page())
    fields = [field["text"] for field in block(message, "digest:counts")["fields"]]
    assert fields == [
        "*Open* 14 (▼ 2 fewer)",
        "*New last week* 3 (▲ 1 more)",
        "*Closed last week* 5 (▲ 2 more)",
        "*Overdue* 7 (▼ 1 fewer)",
        "*Due in 7 days* 2 (▲ 2 more)",
        "*At risk* 1 (▲ 1 more)",
        "*Blocked* 0 (same)",
        "*Without an owner* 1 (▲ 1 more)",
    ]
    assert "Change since Mon 16 Nov 2026: Open 14 (2 fewer); New last week 3 (1 more)" in (
        message.text
    )
    beside = (
        "Won't do: 1 last week; Not confirmed: 1; Moved: 2; On time: 80 % of those closed; "
        "Typical age: 22 days; Open for: 3 up to 7 days, 4 up to 30 days, 5 up to 90 days, "
        "2 longer."
    )
    assert beside in message.text
    assert beside[:-1].replace("; ", " · ") in shown(message)


def test_closed_and_overdue_are_two_lines_over_eight_weeks_drawn_and_spelled() -> None:
    message = drawn(page())
    chart = block(message, "digest:trend")
    assert (chart["type"], kinds(message).count("data_visualization")) == ("data_visualization", 1)
    assert chart["chart"]["axis_config"]["categories"] == [f"W{n}" for n in range(40, 48)]
    assert [one["name"] for one in chart["chart"]["series"]] == ["Closed", "Overdue"]
    for said in ("Closed, W40–W47: 2 3 1 4 3 5 3 5.", "Overdue, W40–W47: 0 1 1 2 3 2 8 7."):
        assert said in message.text
    years = tuple(
        replace(one, week=week) for one, week in zip(TREND, ("2025-W48", "2026-W48"), strict=False)
    )
    again = drawn(replace(page(), trend=years))
    assert "Closed, 2025-W48–2026-W48: 2 3." in again.text


@pytest.mark.parametrize("weeks", [0, 1])
def test_before_there_are_two_weeks_there_is_no_chart(weeks: int) -> None:
    message = drawn(replace(page(), trend=TREND[:weeks], before=None))
    assert "data_visualization" not in kinds(message)
    assert "Trends start next week." in message.text
    assert "Trends start next week." in shown(message)
    assert "*Open* 14" in shown(message).splitlines()
    assert "fewer" not in message.text


def test_without_its_chart_a_digest_is_still_whole() -> None:
    message = drawn(page())
    plainer = kept(chartless(message))
    assert plainer.text == message.text
    assert block(plainer, "digest:trend")["text"]["text"] == (
        "*Closed and overdue, by week*\n"
        "Closed, W40–W47: 2 3 1 4 3 5 3 5\nOverdue, W40–W47: 0 1 1 2 3 2 8 7"
    )
    others = [one for one in message.blocks if one["block_id"] != "digest:trend"]
    assert [one for one in plainer.blocks if one["block_id"] != "digest:trend"] == others
    assert chartless(plainer) is plainer
    assert "Closed, W40" in json.dumps(
        kept_view(detail_modal("Digest", message)).payload, ensure_ascii=False
    )


def test_each_row_to_decide_says_why_and_has_a_menu_that_acts() -> None:
    message = drawn(page())
    row = block(message, "decide:TR-14")
    assert row["text"]["text"].endswith("\nOverdue for 3 working days or more")
    verbs = [parse_value(option["value"]).get("do") for option in row["accessory"]["options"]]
    assert verbs == ["give", "extend", "drop", "done", "details"]
    assert "Please decide (6): TR-14 Send consent template v3, @targets-cochair" in message.text
    assert ": who could do it? And 4 more." in message.text
    rest = block(message, "digest:rest")["accessory"]
    assert parse_value(rest["value"]).get("line") == "action list open targets"
    slow = replace(TARGETS, settings=GroupSettings(decide_after=5))
    assert "overdue for 5 working days or more" in drawn(page(group=slow)).text


def test_what_stands_to_be_decided_is_not_listed_twice() -> None:
    late = numbered(14)
    told = replace(page(), decide=((late, Why.OVERDUE),), overdue=(late, numbered(20)))
    said = block(drawn(told), "digest:overdue")["text"]["text"]
    assert said.startswith("*Also overdue (6)*\n• *TR-20*")
    assert said.endswith("\nAnd 5 more.")


def test_all_that_the_blocks_tell_is_in_the_text_and_the_reverse() -> None:
    message = drawn(page())
    said = OWN_DAY.sub("", unescape(shown(message)))
    for pattern in (REF, DAY):
        assert set(pattern.findall(said)) == set(pattern.findall(message.text))
    for told in (
        "Next meeting: MT-15 Send consent template v3, Fri 4 Dec 2026, 04:00 Auckland (UTC+13); "
        "50 % ready; Done (1): papers out; Waiting (1): draft agenda (due Fri 20 Nov 2026, late).",
        "from Sat 7 Nov 2026, first promised, to Fri 18 Dec 2026, moved 3 times, +41 days",
        "DC-1 Send consent template v3, proposed, objections by Mon 7 Dec 2026",
        "Good news: closed last week (5): TR-3 Send consent template v3, by @targets-cochair",
        "Numbers as of Mon 23 Nov 2026, 21:00 Auckland (UTC+13); sent Mondays 08:00.",
    ):
        assert told in message.text


def test_the_checklist_opens_and_the_menu_leads_to_settings_and_definitions() -> None:
    message = drawn(page())
    checklist = block(message, "digest:meeting")["accessory"]
    assert parse_value(checklist["value"]).get("line") == "MT-15"
    assert labels(message) == ["Full list", "Group settings"]
    menu = block(message, "digest:do")["elements"][-1]
    assert lines(menu) == [
        "help digest", "digest targets", "digest news targets", "digest off targets",
    ]  # fmt: skip


def test_the_foot_says_of_when_it_is_how_often_it_comes_and_shows_the_label() -> None:
    world = replace(WORLD, programme=replace(WORLD.programme, label="A <re-enactment>"))
    message = kept(digests.digest(page(), world))
    foot = block(message, "digest:foot")["elements"]
    assert foot[0]["text"] == (
        "Numbers as of Mon 23 Nov 2026, 21:00 Auckland (UTC+13) · sent Mondays 08:00, your time"
        " · to change that: Group settings, or `digest off targets`"
    )
    assert foot[1]["text"] == "A &lt;re-enactment&gt;"
    assert "re-enactment" in shown(kept(digests.digest(QUIET, world)))


def test_of_a_group_without_actions_it_says_how_to_begin() -> None:
    message = drawn(EMPTY)
    assert message.text.startswith(
        "Targets: week 48. No data: there is no open action, and no next meeting is set."
    )
    assert "No actions are noted here yet" in message.text
    new = block(message, "digest:empty")["accessory"]
    assert (new["text"]["text"], parse_value(new["value"]).get("group")) == (
        "New action",
        "targets",
    )
    assert "digest:counts" not in [one["block_id"] for one in message.blocks]


def test_of_a_quiet_week_it_is_one_line() -> None:
    message = drawn(QUIET)
    assert message.text == (
        "Targets, week 48: On track, nothing overdue, nothing due, nothing to decide. "
        "Next meeting MT-15, Fri 4 Dec 2026, 04:00 Auckland (UTC+13), 20 % ready."
    )
    assert len(message.blocks) == 1
    without = replace(QUIET, status=replace(QUIET.status, meeting=None))
    assert "No next meeting is set." in drawn(without).text


def test_who_gets_it_instead_of_a_chair_is_told_how_to_name_one() -> None:
    for told in (replace(page(), instead=notes.NO_CHAIR), replace(QUIET, instead=notes.NOBODY)):
        message = drawn(told)
        assert f"{told.instead} Name one: role @name chair in targets." in message.text
        assert "Name one: `role @name chair in targets`." in shown(message)
    assert "Name one" not in drawn(replace(page(), instead=notes.CHAIR_AWAY)).text


def test_however_much_there_is_it_fits_into_one_message() -> None:
    many = tuple(
        numbered(number, "&" * 3000, assignments=tuple(given(user) for user in OTHERS))
        for number in range(100, 110)
    )
    told = page("&" * 3000)
    told = replace(
        told,
        decide=tuple((item, Why.MOVED) for item in many[:5]),
        to_decide=4000,
        overdue=many,
        due_soon=many,
        closed=many,
        deadlines=told.deadlines * 30,
        slipped=told.slipped * 30,
        decisions=told.decisions * 30,
        preparation=told.preparation * 30,
        figures=replace(FIGURES, open=5000, overdue=4000, due_soon=900, closed=300),
    )
    message = drawn(told)
    assert len(message.text) <= 3800
    assert len(message.blocks) <= 50
    assert "*Please decide (4000)*" in shown(message)
    assert re.search(r"And \d+ more\.$", message.text)
    assert kinds(message).count("data_visualization") == 1
