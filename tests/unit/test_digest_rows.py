"""Rows of a digest that wait for a word, what becomes of them, and what is said beside them."""

from dataclasses import replace
from datetime import date

from bot.domain.digests import Wish
from bot.domain.items import Due
from bot.domain.model import Ref
from bot.domain.state import Why
from bot.views import digest_answers, digests
from bot.views.notices import settled_line
from tests.unit.digest_pages import FIGURES, MONDAY, numbered, page, snapshot
from tests.unit.screens import OWNER, TARGETS, WORLD, kept, labels, shown
from tests.unit.test_views_digests import block, drawn


def test_a_row_decided_since_is_rewritten_and_the_rest_stays() -> None:
    message = drawn(page())
    assert digests.refs_to_decide(message) == ("TR-14", "TR-15")
    done = settled_line(numbered(14), "done", OWNER, WORLD, MONDAY)
    again = kept(digests.said_again(message, {Ref("TR-14"): done}))
    assert again.text.startswith(
        "Since this was sent: TR-14, Send consent template v3: ✅ Done by @targets-cochair"
    )
    assert again.text.endswith(message.text[-200:])
    assert "✅ Done by @targets-cochair" in block(again, "decide:TR-14")["text"]["text"]
    changed = [
        one["block_id"]
        for one, before in zip(again.blocks, message.blocks, strict=True)
        if one != before
    ]
    assert changed == ["decide:TR-14"]
    assert digests.said_again(message, {}) == message


def test_who_leads_alone_is_not_told_that_it_goes_to_somebody_else() -> None:
    said = digest_answers.wished(TARGETS, Wish.ON, None, "UTC", leads=True).text
    assert said.endswith("None is due to you now: in the next six weeks you have no working day.")
    said = digest_answers.wished(TARGETS, Wish.ON, None, "UTC").text
    assert said.endswith(
        "None is due to you now: it goes to whoever leads Targets and is not away."
    )


def test_a_row_that_still_waits_says_so_after_it_was_begun() -> None:
    message = drawn(page())
    begun = settled_line(numbered(14, due=Due(date(2026, 11, 12))), "start", OWNER, WORLD, MONDAY)
    row = digests.still_waits(begun, message, Ref("TR-14"))
    said = block(digests.said_again(message, {Ref("TR-14"): row}), "decide:TR-14")["text"]["text"]
    assert "In progress, said by @targets-cochair" in said
    assert "🔴 Overdue: was due Thu 12 Nov 2026" in said
    assert said.endswith("Overdue for 3 working days or more")
    assert "now due" not in said


def test_a_deadline_to_decide_has_buttons_which_go_with_its_row() -> None:
    (deadline,) = page().deadlines
    late = replace(deadline, due=date(2026, 11, 10))
    told = replace(page(), decide=((late, Why.OVERDUE),), deadlines=(late, deadline))
    message = drawn(told)
    assert "🔴 Overdue: Tue 10 Nov 2026" in block(message, "decide:DL-4")["text"]["text"]
    assert labels(message)[:3] == ["Submitted", "New date", "Drop"]
    assert digests.refs_to_decide(message) == ("DL-4",)
    row = settled_line(numbered(14), "done", OWNER, WORLD, MONDAY)
    again = kept(digests.said_again(message, {Ref("DL-4"): row}))
    assert len(again.blocks) == len(message.blocks) - 1
    unowned = replace(late, owner=None)
    asked = drawn(replace(told, decide=((unowned, Why.UNOWNED),)))
    assert "Who could do it? `deadline give DL-4 @name`" in shown(asked)


def test_overdue_deadlines_stand_apart_from_those_ahead() -> None:
    (deadline,) = page().deadlines
    late = replace(deadline, due=date(2026, 11, 10), ref=Ref("DL-9"))
    message = drawn(replace(page(), deadlines=(late, deadline)))
    heads = [block(message, f"digest:{part}")["text"]["text"] for part in ("late", "deadlines")]
    assert heads[0].startswith("*Overdue deadlines (1)*\n• *DL-9*")
    assert "was due Tue 10 Nov 2026 (13 days late)" in heads[0]
    assert heads[1].startswith("*Deadlines in the next six weeks (1)*\n• *DL-4*")


def test_what_happened_is_of_one_week_that_is_named() -> None:
    week = (date(2026, 11, 30), date(2026, 12, 6))
    text = drawn(replace(page(), week_before=week)).text
    assert "Last week: Mon 30 Nov 2026 to Sun 6 Dec 2026;" in text
    for part in ("Deadlines that slipped", "Decisions", "Good news: closed"):
        assert f"{part} last week (30 Nov to 6 Dec) (" in text
    assert (
        "(9 to 15 Nov)"
        in drawn(replace(page(), week_before=(date(2026, 11, 9), date(2026, 11, 15)))).text
    )


def test_fewer_at_risk_is_no_good_news_if_they_became_overdue() -> None:
    before = snapshot(46, 3, 5)
    before = replace(before, figures=replace(before.figures, at_risk=2))
    told = replace(page(), before=before, figures=replace(FIGURES, at_risk=0, overdue=7))
    assert "Overdue 7 (2 more)" in drawn(told).text
    assert "At risk 0;" in drawn(told).text
    calm = replace(told, figures=replace(FIGURES, at_risk=0, overdue=5))
    assert "At risk 0 (2 fewer);" in drawn(calm).text


def test_where_nobody_did_anything_the_verdict_says_since_when() -> None:
    still = replace(page(), unchanged_since=date(2026, 10, 5), waits_since=date(2026, 10, 16))
    said = (
        "No action or deadline has changed since Mon 5 Oct 2026; 6 things wait for a word, "
        "the longest since Fri 16 Oct 2026."
    )
    assert said in drawn(still).text
    assert said in block(drawn(still), "digest:verdict")["text"]["text"]
    assert "Nothing has changed" not in drawn(page()).text


def test_why_it_comes_later_than_on_its_day_is_said() -> None:
    days = (date(2026, 11, 23), date(2026, 11, 24))
    told = replace(page(), waited=days, waited_for_holidays=True)
    said = "It comes later this week: Monday and Tuesday are holidays for you."
    assert said in drawn(told).text
    assert said in shown(drawn(told))
    closed = replace(page(), waited=days[:1])
    assert "It comes later this week: Monday is no working day for you." in drawn(closed).text
