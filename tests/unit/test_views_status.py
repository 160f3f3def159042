"""The status on the screen: Slack takes it, its text says all, and nobody's name is in it."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given as trying
from hypothesis import settings

from bot.domain.deadlines import Deadline, DeadlineId, Kind
from bot.domain.knock_on import Delay
from bot.domain.model import Channel, ChannelId, Group, GroupKey, GroupState, Ref
from bot.domain.outbox import Message
from bot.domain.state import Cause, Judged, Reason, Remark, Sign, Standing, Status
from bot.views import standing
from bot.views import status as view
from bot.views.blocks import parse_value
from bot.views.home_chair import GroupGlance
from bot.views.home_chair import standing as standing_at_home
from bot.views.item_forms import detail_modal
from tests.unit.homes import MEETING
from tests.unit.screens import (
    CHAIR,
    GIVER,
    NOW,
    OWNER,
    TARGETS,
    TRIALS,
    WORLD,
    element,
    kept,
    kept_view,
    labels,
    shown,
    texts,
)

LATE = Cause(Standing.LATE, Reason.ACTION, Ref("SR-1"), 9)
LOOK = Cause(Standing.LOOK, Reason.ACTION, Ref("EM-2"), 2)
PREPARE = Cause(Standing.LOOK, Reason.PREPARATION, Ref("MT-15"), 2, "draft-agenda")
FAR = Delay(date(2027, 2, 3), (Ref("OM-3"), Ref("PC-2")))
SILENT = Remark(Sign.SILENT, days=16)
CALL = replace(MEETING, start_day=date(2026, 12, 1), start_at=time(15, 30))
REPORT = Deadline(
    *(DeadlineId(5), Ref("DL-5"), Kind.DELIVERABLE, "Report", date(2026, 12, 4)),
    *(date(2026, 12, 4), NOW, GIVER, NOW),
)
HERE = Channel(ChannelId("C0ALL0001"), "wg-all", bot_in=True)


def group(number: int, short: str = "") -> Group:
    return replace(TARGETS, key=GroupKey(f"group-{number}"), short=short or f"Group {number}")


def row(number: int = 0, *because: Cause, **more: Any) -> Status:
    worst = because[0].standing if because else Standing.ON_TRACK
    facts = {"open": 2, "meeting": CALL, "ready": 33, "deadline": REPORT, **more}
    return Status(group(number), Judged(worst, because), **facts)


def drawn(*rows: Status, **more: Any) -> Message:
    return kept(view.status(rows, NOW, "Europe/Rome", **more))


def cells(message: Message) -> list[list[str]]:
    """The table, as far as it is text."""
    rows: Any = next(block for block in message.blocks if block["type"] == "table")["rows"]
    return [[cell.get("text") or json.dumps(cell) for cell in row] for row in rows]


ROWS = (
    row(1, overdue=0),
    row(2, LOOK, PREPARE, overdue=1),
    row(3, LATE, overdue=1, remarks=(Remark(Sign.UNOWNED, Ref("SR-9")),)),
    replace(
        row(4), judged=Judged(Standing.NO_DATA), meeting=None, ready=None, deadline=None, open=0
    ),
)


def test_a_row_a_group_the_worst_first_with_its_word_and_its_figures() -> None:
    message = drawn(*ROWS)
    heading, *rows = cells(message)
    assert heading[:3] == ["Group", "State", "Open"]
    assert [(row[0], row[1]) for row in rows] == [
        ("Group 3", "🔴 Late"),
        ("Group 2", "🟡 Needs a look"),
        ("Group 1", "🟢 On track"),
        ("Group 4", "⚪ No data"),
    ]
    assert rows[0][2:5] == ["2", "1", "0"]
    assert rows[0][6:] == ["33 %", "DL-5 Fri 4 Dec 2026"]
    assert "Tue 1 Dec 2026, 16:30 Rome (UTC+1)" in rows[0][5]
    assert rows[3][5:] == ["none set", "-", "-"]


def test_why_it_is_not_green_stands_below_and_what_colours_nothing_apart() -> None:
    said = shown(drawn(*ROWS))
    why, also = said.split("*Also to know*")
    assert "*Why not green*\n• 🔴 Late · *Group 3*: SR-1 is 9 days late\n" in why
    assert "*Group 2*: EM-2 is 2 days late; MT-15 “Draft agenda to the chair” is 2 days late" in why
    assert "Group 1" not in why
    assert "*Group 3*: SR-9 has no owner" in also
    assert "1 late, 1 to look at, 1 on track, 1 without data" in why


def test_the_text_says_the_same_in_whole_sentences_the_worst_first() -> None:
    text = drawn(*ROWS).text
    assert text.startswith("Status of 4 groups. As of Sun 22 Nov 2026, 13:00 Rome (UTC+1): 1 late")
    assert (
        "Group 3: Late, SR-1 is 9 days late. 2 open, 1 overdue, 0 blocked. Next meeting MT-15, "
        "Tue 1 Dec 2026, 16:30 Rome (UTC+1), 33 % ready. Next deadline DL-5, due Fri 4 Dec 2026. "
        "Also: SR-9 has no owner."
    ) in text
    assert text.index("Group 3:") < text.index("Group 2:") < text.index("Group 1:")
    assert "Group 4: No data, no actions, deadlines or meetings yet. 0 open" in text


def test_a_deadline_that_is_over_is_called_overdue() -> None:
    late = drawn(row(1, deadline_late=1))
    assert cells(late)[1][-1] == "DL-5 Fri 4 Dec 2026, overdue"
    assert "Next deadline DL-5, overdue since Fri 4 Dec 2026." in late.text
    assert cells(drawn(row(1)))[1][-1] == "DL-5 Fri 4 Dec 2026"


def test_a_deadline_that_cannot_be_met_is_told_with_the_ends_of_its_chain() -> None:
    remark = Remark(Sign.IMPOSSIBLE, Ref("DL-7"), delay=FAR)
    said = "DL-7 cannot be met before Wed 3 Feb 2027 (waits for OM-3, PC-2)"
    assert standing.remarks([remark, remark]) == f"{said} and 1 more"
    long = replace(FAR, way=tuple(Ref(f"OM-{n}") for n in range(1, 6)))
    assert "(waits for OM-1, OM-2, …, OM-5)" in standing.remarks([replace(remark, delay=long)])
    home = GroupGlance(group(1), Judged(Standing.ON_TRACK), remarks=(remark, SILENT))
    assert standing_at_home(home) == f"🟢 On track · *Group 1*: nothing is overdue; {said}"


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (Cause(Standing.LATE, Reason.DEADLINE, Ref("DL-1"), 1), "DL-1 is 1 day late"),
        (
            Cause(Standing.LATE, Reason.NEEDS_OVERDUE, Ref("DL-1"), about="EM-2"),
            "DL-1 needs EM-2, which is overdue",
        ),
        (
            Cause(Standing.LATE, Reason.NEEDS_BLOCKED, Ref("DL-1"), about="EM-2"),
            "DL-1 needs EM-2, which is blocked",
        ),
        (
            Cause(Standing.LATE, Reason.NEEDS_LATER, Ref("DL-1"), about="EM-2"),
            "DL-1 needs EM-2, which is due only after it",
        ),
        (
            Cause(Standing.LOOK, Reason.NEEDS_MORE, Ref("DL-7"), delay=FAR),
            "DL-7 cannot be met before Wed 3 Feb 2027 (waits for OM-3, PC-2)",
        ),
    ],
)
def test_every_reason_has_its_words_and_counts_the_others(cause: Cause, said: str) -> None:
    assert standing.reason(Judged(Standing.LATE, (cause,))) == said
    more = standing.reason(Judged(Standing.LATE, (cause, cause, LOOK, LOOK, LOOK)))
    assert more.startswith(f"{said}, 1 more deadline")
    assert more.endswith("; EM-2 is 2 days late, 2 more overdue")


def test_every_remark_has_its_words_and_counts_the_others() -> None:
    blocked = Remark(Sign.BLOCKED, Ref("TR-3"), 4)
    found = (
        *(blocked, replace(blocked, ref=Ref("TR-4"))),
        Remark(Sign.WAITS, Ref("OM-3"), about="PC-2"),
        Remark(Sign.NO_MEETING),
        Remark(Sign.SILENT, days=16),
    )
    assert standing.remarks(found) == (
        "TR-3 is blocked for 4 days and 1 more; OM-3 waits for PC-2, which is overdue; "
        "no next meeting set; no update by a member for 16 days"
    )
    assert standing.remarks([replace(blocked, days=0)]) == "TR-3 is blocked since today"


def test_the_worst_can_be_opened_and_all_of_it_posted_after_a_question() -> None:
    message = drawn(*ROWS, asked_in=HERE.id, post=HERE)
    assert labels(message) == ["Open Group 3", "As Markdown", "Post to channel"]
    assert parse_value(element(message, "word.run")["value"]).get("line") == (
        "action list open group-3"
    )
    post = element(message, "status.post")
    carried = parse_value(post["value"])
    assert (carried.get("group"), carried.get("channel")) == ("", HERE.id)
    assert "#wg-all" in post["confirm"]["text"]["text"]
    one = element(drawn(row(1), asked_in=HERE.id, post=HERE), "status.post")
    assert parse_value(one["value"]).get("group") == "group-1"
    assert labels(drawn(row(1), row(2))) == ["As Markdown"]
    assert parse_value(element(message, "status.file")["value"]).get("group") == ""
    assert "Only you see this." in shown(message)


def test_a_public_copy_has_no_buttons_and_names_nobody() -> None:
    message = drawn(*ROWS, public=True)
    assert labels(message) == []
    everything = json.dumps([message.text, message.blocks])
    assert "Only you" not in everything
    for user in (OWNER, GIVER, CHAIR):
        assert user not in everything
        assert WORLD.people[user].handle not in everything


@pytest.mark.parametrize("number", [5, 50, 130])
def test_as_many_groups_as_there_are_fit_into_one_message(number: int) -> None:
    """Each with five hundred actions, all late, all blocked, with the longest of names."""
    because = tuple(replace(LATE, ref=Ref(f"LONG-{n}")) for n in range(500))
    remarks = tuple(Remark(Sign.BLOCKED, Ref(f"LONG-{n}"), 400) for n in range(500))
    rows = [
        replace(
            row(n, *because, open=500, overdue=500, blocked=500, remarks=remarks),
            group=group(n, f"{n} " + "Identification and Validation " * 5),
        )
        for n in range(number)
    ]
    message = drawn(*rows, asked_in=HERE.id, post=HERE)
    assert len(message.text) <= 3800
    table = cells(message)
    assert len(table) == min(number + 1, len(table)) <= 100
    hidden = number + 1 - len(table)
    assert (f"And {hidden} more groups, which do not fit." in shown(message)) == bool(hidden)
    spoken = message.text.count("500 open")
    assert spoken == number or f"And {number - spoken} more." in message.text
    assert f"{number} late" in message.text


def test_in_a_form_the_table_is_lines() -> None:
    form = kept_view(detail_modal("Concerted", drawn(*ROWS)))
    said = json.dumps(form.payload, ensure_ascii=False)
    assert '"table"' not in said
    assert (
        "Group 3 · State: 🔴 Late · Open: 2 · Overdue: 1 · Blocked: 0 · Next meeting: MT-15 "
        in said
    )


def test_without_a_group_it_says_what_to_do() -> None:
    assert "Ask its chair to add you" in kept(view.nothing(WORLD, coordinates=False)).text
    assert "Ask its chair to add you" in kept(view.nothing(WORLD, coordinates=True)).text
    empty = replace(WORLD, groups={})
    assert "Type /wg setup" in kept(view.nothing(empty, coordinates=True)).text


def test_of_a_group_that_is_no_more_it_says_so_and_where_its_actions_are() -> None:
    closed = replace(TRIALS, state=GroupState.CLOSED, ended_at=NOW)
    assert kept(view.ended(closed, WORLD)).text == (
        "Trials was closed on Sun 22 Nov 2026, so it has no status of its own. "
        "What was done is kept: each id still opens it."
    )
    merged = replace(closed, state=GroupState.MERGED, merged_into=TARGETS.key)
    message = kept(view.ended(merged, WORLD))
    assert message.text.startswith("Trials was merged into Targets on Sun 22 Nov 2026")
    assert parse_value(element(message, "word.run")["value"]).get("line") == "status targets"


def test_a_table_has_no_more_rows_than_slack_takes() -> None:
    message = drawn(*(row(n, meeting=None, deadline=None) for n in range(130)))
    assert len(cells(message)) == 100
    assert "And 31 more groups, which do not fit." in shown(message)


@trying(texts, texts)
@settings(max_examples=10, deadline=None)
def test_whatever_groups_and_preparations_are_called_is_taken(short: str, about: str) -> None:
    odd = replace(row(0, replace(PREPARE, about=about)), group=group(0, short))
    drawn(odd, replace(odd, group=group(1, short)), post=HERE)
    kept(view.ended(replace(odd.group, ended_at=NOW), WORLD))
    kept(view.posted(replace(HERE, name=short)))
