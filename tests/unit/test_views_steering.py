"""The report for the steering committee and the digest over all groups, in words."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.digests import Figures
from bot.domain.items import Move
from bot.domain.knock_on import Hit, Step
from bot.domain.model import ChannelId, GroupKey, Programme, Ref
from bot.domain.programme_digests import Missing, ProgrammeDigest, Slip
from bot.domain.state import Cause, Reason, Remark, Sign, Standing, Why
from bot.domain.steering import Report
from bot.views import deadlines
from bot.views import programme_digests as digests
from bot.views import steering as view
from bot.views.blocks import parse_value
from tests.unit.screens import NOW, OWNER, WORLD, action, element, kept, labels, shown
from tests.unit.test_views_status import CALL, LATE, LOOK, REPORT, ROWS, cells, group, row

MILAN = replace(CALL, ref=Ref("MT-30"), title="Milan", groups=())
HELD = Cause(Standing.LATE, Reason.NEEDS_OVERDUE, Ref("DL-5"), about="EM-2")
DECIDE = {GroupKey("group-3"): ((Ref("SR-1"), Why.OVERDUE), (Ref("SR-9"), Why.UNOWNED))}
FULL = Report(ROWS, NOW, DECIDE, MILAN, 20, (HELD,))
ALL = Programme("Progressive MS", "Europe/London", label="Re-enactment *only*.")
KNOWN = replace(
    WORLD,
    groups={**WORLD.groups, **{group(n).key: group(n) for n in range(60)}},
)


def told(**changed: Any) -> ProgrammeDigest:
    facts: dict[str, Any] = {"week": "2026-W48", "now": NOW, "reader": OWNER, "report": FULL}
    return ProgrammeDigest(**{**facts, **changed})


class TestReport:
    def test_one_paragraph_says_all_that_a_committee_asks(self) -> None:
        assert view.paragraph(FULL, ALL, "Europe/London") == (
            "Progressive MS, status of 4 groups as of Sun 22 Nov 2026, 12:00 London (UTC+0): "
            "1 late, 1 to look at, 1 on track, 1 without data. "
            "Group 3 is late: SR-1 is 9 days late. "
            "Group 2 needs a look: EM-2 is 2 days late; "
            "MT-15 “Draft agenda to the chair” is 2 days late. "
            "On track: Group 1 (nothing is overdue). "
            "No data: Group 4 (no actions, deadlines or meetings yet). "
            "Next meeting: Targets call (MT-15) on Tue 1 Dec 2026, 15:30 London (UTC+0), "
            "33 % ready. Next deadline: Report (DL-5), due Fri 4 Dec 2026. "
            "For Milan (MT-30), Tue 1 Dec 2026 (20 % ready): "
            "1 deadline is at risk: DL-5 needs EM-2, which is overdue. "
            "To be decided: SR-1 is overdue; SR-9 has no owner."
        )

    def test_of_nothing_it_says_so_and_no_more(self) -> None:
        bare = Report((replace(ROWS[3]),), NOW)
        assert view.paragraph(bare, Programme("", "UTC"), "UTC").endswith(
            "No next meeting is set. Nothing waits for a decision."
        )
        calm = replace(FULL, risks=())
        assert "(20 % ready): no deadline is at risk." in view.paragraph(calm, ALL, "UTC")
        near = replace(FULL, event=None)
        assert "Deadlines at risk: DL-5 needs EM-2" in view.paragraph(near, ALL, "UTC")

    def test_a_deadline_that_is_over_is_called_overdue(self) -> None:
        said = view.paragraph(Report((row(1, deadline_late=9),), NOW), ALL, "UTC")
        assert "Next deadline: Report (DL-5), overdue since Fri 4 Dec 2026." in said

    def test_how_often_a_date_was_moved_is_said_with_it(self) -> None:
        moved = row(1, replace(LOOK, moves=2, slip=14))
        said = view.paragraph(Report((moved,), NOW), ALL, "UTC")
        assert "EM-2 is 2 days late (moved 2 times, +14 days)." in said

    def test_the_file_has_paragraph_table_and_each_reason_and_its_date_in_its_name(self) -> None:
        content = view.file(FULL, ALL, "Europe/London")
        assert view.file_name(FULL, "Europe/London") == "status-2026-11-22.md"
        assert view.file_name(FULL, "Pacific/Auckland") == "status-2026-11-23.md"
        head, said, table, *rest = content.split("\n\n")
        assert head == "# Status of 4 groups on Sun 22 Nov 2026"
        assert said == view.paragraph(FULL, ALL, "Europe/London")
        assert table.splitlines()[0].startswith("| Group | State | Open |")
        assert len(table.splitlines()) == 6
        assert "| Group 3 | 🔴 Late | 2 | 1 | 0 | MT-15 Tue 1 Dec 2026, 15:30 London" in table
        assert rest[:2] == [
            "## Why not green",
            "- Group 3: SR-1 is 9 days late\n"
            "- Group 2: EM-2 is 2 days late; MT-15 “Draft agenda to the chair” is 2 days late",
        ]
        assert rest[2:] == [
            "## Also to know",
            "- Group 3: SR-9 has no owner",
            "Re-enactment \\*only\\*.\n",
        ]

    def test_the_answer_shows_the_paragraph_beside_the_file(self) -> None:
        message = kept(view.answer(FULL, ALL, "Europe/London"))
        assert message.text.startswith("I am sending you status-2026-11-22.md in our direct")
        assert "Group 3 is late: SR-1 is 9 days late." in message.text
        assert view.paragraph(FULL, ALL, "Europe/London") in shown(message)

    @pytest.mark.parametrize("number", [5, 50])
    def test_fifty_groups_of_five_hundred_are_still_one_paragraph(self, number: int) -> None:
        because = tuple(replace(LATE, ref=Ref(f"LONG-{n}")) for n in range(500))
        rows = tuple(replace(row(n, *because), group=group(n)) for n in range(number))
        decide = {r.group.key: ((Ref(f"LONG-{n}"), Why.MOVED),) * 500 for n, r in enumerate(rows)}
        many = Report(rows, NOW, decide, MILAN, 0, (HELD,) * 100)
        kept(view.answer(many, ALL, "UTC"))
        content = view.file(many, ALL, "UTC")
        assert len(content.split("\n\n")[2].splitlines()) == number + 2
        assert ("40 more groups not on track, named below." in content) == (number == 50)
        assert "; and 90 more." in content


class TestDigest:
    def test_each_group_stands_beside_how_it_stood_a_week_before(self) -> None:
        before = {GroupKey("group-3"): Figures(open=3, overdue=1, closed=1)}
        message = kept(digests.digest(told(before=before, closed={"group-3": 4}), KNOWN))
        assert cells(message)[1] == ["Group 3", "🔴 Late", "2 (▼1)", "1", "4 (▲3)"]
        assert cells(message)[2] == ["Group 2", "🟡 Needs a look", "2", "1", "0"]
        assert message.text.startswith(
            "All groups: week 48. 1 late, 1 to look at, 1 on track, 1 without data. "
            "Group 3: Late, SR-1 is 9 days late."
        )
        assert "Group 3: 2 (▼1) open, 1 overdue, 4 (▲3) closed last week." in message.text

    def test_what_to_decide_what_slipped_and_what_is_missing(self) -> None:
        late = action("Table", ref=Ref("TR-7"), due=replace(action().due, day=date(2026, 11, 1)))
        hit = Hit(
            Step(Ref("OM-3"), NOW.date(), (GroupKey("trials"),)), date(2026, 12, 11), REPORT.ref
        )
        moved = (Move(NOW.date(), date(2026, 12, 11), OWNER, NOW, "scans"),)
        message = kept(
            digests.digest(
                told(
                    escalated=(late,),
                    unled=((Ref("TR-7"), Why.OVERDUE), (Ref("SR-9"), Why.UNOWNED)),
                    named={Ref("SR-9"): action("Send it", ref=Ref("SR-9"), assignments=())},
                    slips=(Slip(replace(REPORT, moves=moved), (hit,) * 5),),
                    deadlines=(REPORT,),
                    waiting={GroupKey("group-3"): 2, GroupKey("group-2"): 5},
                    missing=Missing(
                        chair=(GroupKey("group-1"),),
                        meeting=tuple(group(n).key for n in range(20)),
                        lost={GroupKey("trials"): "I was removed from it."},
                        refused=2,
                    ),
                ),
                KNOWN,
            )
        )
        for words in (
            "Please decide (2)",
            "21 days late): stays overdue in Targets.",
            "SR-9 Send it, no owner, ",
            ": has no owner, and Targets has no chair.",
            "DL-5 Report, all groups, from Fri 4 Dec 2026 to Fri 4 Dec 2026, OM-3 (Trials) "
            "cannot be met before Fri 11 Dec 2026,",
            "and 2 more.",
            "Waiting for the chairs' word: Group 2 5, Group 3 2.",
            "No chair: Group 1; No next meeting: Group 0, ",
            "and 12 more; Trials: I was removed from it.; Refused by Slack: 2 messages.",
            "DL-5 Report, all groups, due Fri 4 Dec 2026 (in 12 days), deliverable open.",
            "For Milan (MT-30), Tue 1 Dec 2026 (20 % ready): 1 deadline is at risk",
        ):
            assert words in message.text
        menus = [str(block.get("accessory")) for block in message.blocks]
        assert sum("item.more" in menu and "give" in menu for menu in menus) == 2

    def test_its_buttons_open_the_worst_give_the_report_and_post(self) -> None:
        message = kept(digests.digest(told(post_in=ChannelId("C0ALL0001")), KNOWN))
        assert labels(message) == ["Open Group 3", "As Markdown", "Post status"]
        carried = parse_value(element(message, "status.post")["value"])
        assert (carried.get("group"), carried.get("channel")) == ("", "C0ALL0001")
        assert labels(kept(digests.digest(told(), KNOWN))) == ["Open Group 3", "As Markdown"]

    def test_a_quiet_week_is_one_line(self) -> None:
        calm = Report((row(1), row(2)), NOW, event=MILAN)
        message = kept(digests.digest(told(report=calm, quiet=True), KNOWN))
        assert message.text == (
            "All groups: week 48: 2 on track; nothing overdue, nothing to decide, no deadline "
            "near. Next for all: MT-30, Tue 1 Dec 2026."
        )
        none = kept(digests.digest(told(report=Report((), NOW), quiet=True), KNOWN))
        assert none.text == "All groups: week 48: there are no groups yet."

    def test_fifty_groups_fit(self) -> None:
        because = tuple(replace(LATE, ref=Ref(f"LONG-{n}")) for n in range(500))
        remarks = tuple(Remark(Sign.BLOCKED, Ref(f"LONG-{n}"), 400) for n in range(500))
        rows = tuple(
            replace(row(n, *because, remarks=remarks), group=group(n, f"{n} " + "Validation " * 9))
            for n in range(50)
        )
        items = tuple(action("x" * 300, ref=Ref(f"TR-{n}")) for n in range(100))
        keys = tuple(one.group.key for one in rows)
        moved = (Move(NOW.date(), NOW.date() + timedelta(days=9), OWNER, NOW, "y" * 500),)
        full = told(
            report=replace(FULL, statuses=rows),
            escalated=items,
            slips=tuple(Slip(replace(REPORT, moves=moved), ()) for _ in range(10)),
            deadlines=(replace(REPORT, text="z" * 300, groups=keys),) * 100,
            waiting=dict.fromkeys(keys, 500),
            missing=Missing(keys, keys, keys, dict.fromkeys(keys, "w" * 400), 9999),
            before=dict.fromkeys(keys, Figures(open=999, overdue=999, closed=999)),
        )
        message = kept(digests.digest(full, KNOWN))
        assert len(cells(message)) == 51
        assert "Please decide (100)" in shown(message)

    def test_what_could_not_be_made_says_how_to_try_again(self) -> None:
        assert "Write digest all to me to try again. Reference 4F2A1B." in (
            kept(digests.not_made("4F2A1B")).text
        )
        assert kept(digests.foretold()).text == "Weekly digest of all groups"


def test_a_list_of_deadlines_reads_as_a_timeline_month_by_month() -> None:
    days = [date(2026, 12, 4), date(2026, 12, 18), date(2027, 2, 5)]
    found = [replace(REPORT, ref=Ref(f"DL-{n}"), due=day) for n, day in enumerate(days)]
    said = shown(kept(deadlines.listing(found, WORLD, OWNER, NOW, "All deadlines")))
    assert said.index("*December 2026*\n*DL-0*") < said.index("*DL-1*")
    assert said.index("*DL-1*") < said.index("*February 2027*\n*DL-2*")
    assert said.count("*December 2026*") == 1
    one = shown(kept(deadlines.listing(found[:2], WORLD, OWNER, NOW, "All deadlines")))
    assert "*December 2026*" not in one
    years = [replace(REPORT, ref=Ref(f"DL-{n}"), due=date(2020 + n, 1, 4)) for n in range(40)]
    kept(deadlines.listing(years, WORLD, OWNER, NOW, "All deadlines"))
