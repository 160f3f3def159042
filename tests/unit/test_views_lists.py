"""Lists, the Home tab and forms: order, paging, what they carry, and that Slack takes them."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as trying
from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.items import Answer, Due, Item, ItemState, Move
from bot.domain.model import Ref, UserId
from bot.views import item_forms as forms
from bot.views import items as view
from bot.views import lists, meetings
from bot.views.blocks import Field, View, parse_value
from tests.unit.screens import (
    NASTY,
    NOW,
    OTHERS,
    OWNER,
    TARGETS,
    TRIALS,
    WORLD,
    action,
    as_list,
    element,
    given,
    items,
    kept,
    kept_view,
    labels,
    shown,
    texts,
)


def many(number: int, **changes: Any) -> tuple[Item, ...]:
    return tuple(
        action(ref=Ref(f"TR-{n}"), due=Due(date(2026, 11, 1) + timedelta(n % 60)), **changes)
        for n in range(1, number + 1)
    )


def rows(message: Any) -> list[str]:
    return [b["block_id"] for b in message.blocks if str(b["block_id"]).startswith("row:")]


def listing(found: tuple[Item, ...], **more: Any) -> Any:
    return kept(lists.listing(found, WORLD, OWNER, NOW, "Targets", **more))


def test_late_ones_come_first_then_by_date_then_by_number() -> None:
    found = (
        action(ref=Ref("TR-10")),
        action(ref=Ref("TR-2")),
        action(ref=Ref("TR-3"), due=Due(date(2026, 11, 20))),
        action(ref=Ref("TR-4"), state=ItemState.DONE, closed_at=NOW, due=Due(date(2026, 11, 1))),
        action(ref=Ref("TR-5"), due=Due(date(2026, 11, 23))),
    )
    assert rows(listing(found)) == ["row:TR-3", "row:TR-5", "row:TR-2", "row:TR-10", "row:TR-4"]


def test_a_row_says_owner_date_distance_and_how_often_it_was_moved() -> None:
    late = action(
        due=Due(date(2026, 11, 18)),
        first_due=date(2026, 10, 31),
        moves=(Move(date(2026, 10, 31), date(2026, 11, 18), OWNER, NOW),),
        assignments=(given(OTHERS[0]),),
    )
    said = listing((late,))
    assert "🔴 Overdue: Wed 18 Nov 2026 (4 days late)" in shown(said)
    assert "moved once, +18 days, first promised Sat 31 Oct 2026" in said.text
    assert "<@" not in shown(said)


def test_your_own_list_says_you_and_counts() -> None:
    said = kept(lists.mine(many(2), WORLD, OWNER, NOW))
    assert said.text.startswith("Your open actions: 2 actions, 2 overdue.")
    assert "you · " in shown(said)


def test_a_list_shows_twenty_five_and_pages_through_the_rest() -> None:
    first = listing(many(60), group=TARGETS)
    assert len(rows(first)) == 25
    assert "page 1 of 3" in first.text
    assert labels(first) == ["Show 25 more"]
    on = parse_value(element(first, "item.page")["value"])
    assert (on.get("page"), on.get("show"), on.get("group")) == ("2", "open", "targets")
    assert labels(listing(many(60), page=2)) == ["Previous 25", "Show 25 more"]
    last = listing(many(60), page=3)
    assert len(rows(last)) == 10
    assert labels(last) == ["Previous 25"]
    seen = rows(first) + rows(listing(many(60), page=2)) + rows(last)
    assert len(set(seen)) == 60


def test_a_page_that_does_not_exist_is_the_nearest_one() -> None:
    assert "page 3 of 3" in listing(many(60), page=99).text
    assert "page 1 of 3" in listing(many(60), page=-1).text


def test_the_text_of_a_long_list_counts_what_it_leaves_out() -> None:
    said = listing(many(25, text="x" * 300))
    assert len(said.text) <= 3800
    assert said.text.endswith("more.")


@pytest.mark.parametrize("show", lists.FILTERS)
def test_an_empty_list_is_a_sentence_with_a_way_on(show: str) -> None:
    said = listing((), show=show)
    assert labels(said)[0] == "New action"
    assert said.text.endswith(".")


def test_nothing_on_ones_list_is_good_news() -> None:
    assert kept(lists.mine((), WORLD, OWNER, NOW)).text == (
        "Nothing on your list. 🎉 Enjoy the quiet."
    )
    assert kept(lists.empty()).text.startswith("Nothing on your list.")


@trying(st.lists(items(), max_size=40, unique_by=lambda item: item.ref), st.integers(0, 4), texts)
@settings(max_examples=25, deadline=None)
def test_every_list_is_taken_by_slack(found: list[Item], page: int, title: str) -> None:
    kept(lists.listing(tuple(found), WORLD, OWNER, NOW, title, page=page, group=TRIALS))


def test_fifteen_hundred_actions_make_one_page() -> None:
    found = many(1500, text=NASTY[0])
    assert "page 1 of 60" in listing(found).text


def texts_of(made: View) -> str:
    return json.dumps(made.payload, ensure_ascii=False)


def inputs(made: View) -> dict[str, dict[str, Any]]:
    blocks = as_list(made.payload["blocks"])
    return {b["block_id"]: b["element"] for b in blocks if b["type"] == "input"}


WHERE = forms.Origin("C0TARGETS", "1.2", "1.0", "https://x.slack.com/p1", "cmd:1", ("TR-1", "PC-2"))


def test_the_form_starts_with_what_was_typed_and_knows_where_it_came_from() -> None:
    draft = forms.Draft("Send it", (OTHERS[0],), date(2026, 12, 4), "trials", "TR-1", "see <x>")
    made = kept_view(
        forms.add_form(draft, (TARGETS, TRIALS), OTHERS, WORLD, date(2026, 11, 29), WHERE)
    )
    shows = inputs(made)
    assert shows["text"]["initial_value"] == "Send it"
    assert shows["owner"]["initial_options"][0]["value"] == OTHERS[0]
    assert shows["due"]["initial_date"] == "2026-12-04"
    assert shows["group"]["initial_option"]["value"] == "trials"
    assert shows["note"]["initial_value"] == "see <x>"
    assert forms.origin(str(made.payload["private_metadata"])) == WHERE
    assert made.payload["callback_id"] == "item.add"


def test_an_empty_form_offers_the_usual_date_and_the_only_group() -> None:
    made = kept_view(forms.add_form(forms.Draft(), (TARGETS,), (), WORLD, date(2026, 11, 29)))
    assert inputs(made)["due"]["initial_date"] == "2026-11-29"
    assert inputs(made)["group"]["initial_option"]["value"] == "targets"


def test_text_too_long_for_a_title_is_kept_in_the_notes() -> None:
    long = "word " * 200
    made = kept_view(
        forms.add_form(forms.Draft(long), (TARGETS,), OTHERS, WORLD, date(2026, 11, 29))
    )
    assert inputs(made)["note"]["initial_value"].startswith(long.strip())
    assert len(inputs(made)["text"]["initial_value"]) <= 300


def test_more_than_a_hundred_members_still_make_a_form_and_keep_who_was_chosen() -> None:
    crowd = tuple(UserId(f"U0CROWD{number:03}") for number in range(150))
    draft = forms.Draft(owners=(crowd[149],))
    made = kept_view(forms.add_form(draft, (TARGETS,), crowd, WORLD, date(2026, 11, 29)))
    owner = inputs(made)["owner"]
    assert owner["initial_options"][0]["value"] == crowd[149]
    assert len(owner["options"]) == 100


def test_more_time_offers_days_counted_from_the_due_day_and_the_day_before_the_meeting() -> None:
    made = kept_view(forms.extend_form(action(), WORLD, NOW, date(2026, 12, 17)))
    quick = inputs(made)[Field.QUICK]
    assert [option["text"]["text"] for option in quick["options"]] == [
        "+2 days: Sun 6 Dec 2026",
        "+1 week: Fri 11 Dec 2026",
        "Day before the meeting: Wed 16 Dec 2026",
        "The day picked below",
    ]
    assert quick["initial_option"]["value"] == "2026-12-06"
    assert quick["options"][-1]["value"] == forms.PICK


def test_more_time_for_a_late_one_counts_from_today() -> None:
    late = action(due=Due(date(2026, 11, 2)))
    quick = inputs(forms.extend_form(late, WORLD, NOW))[Field.QUICK]
    assert quick["options"][0]["value"] == "2026-11-24"


def test_suggesting_a_date_is_the_same_form_in_other_words() -> None:
    made = forms.extend_form(action(), WORLD, NOW, suggest=True)
    assert "Suggest another date" in texts_of(made)


def test_declining_says_to_whom_it_goes_back() -> None:
    asked = action(assignments=(given(OWNER, answer=Answer.ASKED),))
    assert "It goes back to @coordinator" in texts_of(forms.decline_form(asked, WORLD))


FORMS: dict[str, Callable[[Item], View]] = {
    "item.extended": lambda item: forms.extend_form(item, WORLD, NOW, date(2026, 12, 17)),
    "item.blocked": forms.block_form,
    "item.given": lambda item: forms.give_form(item, OTHERS, WORLD),
    "item.edited": forms.edit_form,
    "item.noted": forms.note_form,
    "item.dropped": forms.drop_form,
    "item.declined": lambda item: forms.decline_form(item, WORLD),
    "item.details": lambda item: forms.detail_modal(
        "Details", view.detail(item, WORLD, OWNER, NOW)
    ),
}


@pytest.mark.parametrize("callback", FORMS)
def test_a_form_names_its_callback_and_carries_id_and_version(callback: str) -> None:
    made = kept_view(FORMS[callback](action(version=7)))
    assert made.payload["callback_id"] == callback
    if callback != "item.details":
        carried = parse_value(str(made.payload["private_metadata"]))
        assert (carried.ref, carried.version) == ("TR-14", 7)
        assert made.payload["submit"]


@trying(items())
@settings(max_examples=25, deadline=None)
def test_every_form_is_taken_by_slack(item: Item) -> None:
    for form in FORMS.values():
        kept_view(form(item))


@trying(texts, texts, texts, texts)
@settings(max_examples=25, deadline=None)
def test_every_draft_makes_a_form(text: str, note: str, needs: str, wrong: str) -> None:
    draft = forms.Draft(text, (OWNER,), None, "nowhere", needs, note)
    errors = {Field.TEXT: wrong or "wrong"}
    made = forms.add_form(
        draft, (TARGETS, TRIALS), OTHERS, WORLD, date(2026, 11, 29), WHERE, errors
    )
    kept_view(made)


def test_what_is_hidden_from_the_reader_is_not_said_to_be_nothing() -> None:
    for hidden, said in ((True, "None that you may see."), (False, "No open actions.")):
        told = kept(lists.listing((), WORLD, OWNER, NOW, "Targets", hidden=hidden))
        assert told.text == f"Targets: {said}"
    ahead = kept(meetings.listing((), WORLD, OWNER, "All meetings ahead", hidden=True))
    assert ahead.text == "All meetings ahead: none that you may see."
