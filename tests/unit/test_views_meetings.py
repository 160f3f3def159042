"""Meetings on the screen: Slack takes them, times are the reader's, and nothing rings."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given as trying
from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.meetings import (
    Meeting,
    MeetingId,
    MeetingKind,
    MeetingState,
    OwnerRole,
    PrepItem,
    PrepState,
    Rsvp,
    RsvpAnswer,
    Task,
    Upcoming,
)
from bot.domain.model import Ref
from bot.domain.outbox import Message
from bot.views import lists, meeting_details
from bot.views import meetings as view
from tests.unit.screens import (
    CHAIR,
    GIVER,
    NOW,
    OWNER,
    TARGETS,
    TRIALS,
    WORLD,
    action,
    kept,
    shown,
    texts,
)


def meeting(number: int = 16, **changes: Any) -> Meeting:
    facts: dict[str, Any] = {
        "id": MeetingId(number),
        "ref": Ref(f"MT-{number}"),
        "title": "Targets call",
        "groups": (TARGETS.key,),
        "kind": MeetingKind.CALL,
        "template": "call",
        "start_day": date(2026, 12, 1),
        "start_at": time(15, 30),
        "end_day": date(2026, 12, 1),
        "end_at": time(16, 30),
        "zone": "Europe/London",
        "created_at": NOW,
        "created_by": GIVER,
    }
    return Meeting(**{**facts, **changes})


def item(n: int = 1, **changes: Any) -> PrepItem:
    kept = PrepItem(n, "draft-agenda", "Draft agenda", OwnerRole.CHAIR, NOW.date(), required=True)
    return replace(kept, **changes)


def detail(
    of: Meeting,
    items: tuple[PrepItem, ...] = (),
    rsvps: tuple[Rsvp, ...] = (),
    tasks: tuple[Task, ...] = (),
) -> Message:
    return kept(meeting_details.detail(of, items, rsvps, tasks, WORLD, OWNER, NOW))


def test_a_row_says_when_for_the_reader_how_ready_and_what_they_answered() -> None:
    found = Upcoming(meeting(state=MeetingState.ANNOUNCED), 50, RsvpAnswer.REMOTE)
    said = kept(view.listing((found,), WORLD, OWNER, "Your meetings"))
    assert said.text == (
        "Your meetings: 1 meeting. MT-16 Targets call, Tue 1 Dec 2026, 10:30 New York (UTC−5),"
        " Targets, announced, 50 % ready, you said remote."
    )
    token = int(datetime(2026, 12, 1, 15, 30, tzinfo=UTC).timestamp())
    assert f"<!date^{token}^" in shown(said)
    abroad = kept(view.listing((found,), WORLD, CHAIR, "Your meetings"))
    assert "Wed 2 Dec 2026, 04:30 Auckland (UTC+13)" in abroad.text


def test_none_ahead_is_said_in_words() -> None:
    said = kept(view.listing((), WORLD, OWNER, "Targets"))
    assert said.text == "Targets: no meeting is set."


def test_a_long_list_shows_twenty_five_and_counts_the_rest() -> None:
    found = tuple(Upcoming(meeting(n, groups=())) for n in range(1, 31))
    said = kept(view.listing(found, WORLD, OWNER, "All meetings ahead"))
    assert "30 meetings" in said.text
    assert "And 5 more." in shown(said)
    assert "*MT-25*" in shown(said)
    assert "*MT-26*" not in shown(said)


def test_one_in_full_names_the_wall_time_there_only_where_it_differs() -> None:
    away = detail(meeting(place="Room <2>"))
    assert "Tue 1 Dec 2026, 15:30 London (UTC+0)" in away.text
    assert "*There*" in shown(away)
    assert "Room &lt;2&gt;" in shown(away)
    here = detail(meeting(zone="America/Toronto"))
    assert "Toronto" not in here.text
    assert "*There*" not in shown(here)


def test_one_in_full_counts_replies_and_readiness() -> None:
    rsvps = (Rsvp(OWNER, RsvpAnswer.YES, NOW), Rsvp(CHAIR, RsvpAnswer.NO, NOW))
    items = (item(1, state=PrepState.DONE), item(2), item(3, required=False))
    said = detail(meeting(), items, rsvps)
    assert "you said yes, 1 yes, 0 remote, 1 no; quorum 5 of 10 not reached." in said.text
    assert "no replies yet" in detail(meeting()).text
    held = detail(meeting(state=MeetingState.HELD), items)
    assert "ready" not in held.text
    assert "replies" not in held.text
    assert "*MT-16* ~Targets call~" in shown(detail(meeting(state=MeetingState.CANCELLED)))


def test_what_the_reader_owes_is_listed_with_its_day() -> None:
    tasks = (
        Task(meeting(), item(due=NOW.date() - timedelta(days=2)), late=True),
        Task(meeting(), item(text="Approve *it*", due=date(2026, 11, 25))),
    )
    said = detail(meeting(), tasks=tasks)
    assert "Yours to prepare:" in said.text
    assert "late: Draft agenda for MT-16, due Fri 20 Nov 2026 (2 days late)." in said.text
    assert "🔴 Late: Draft agenda, *MT-16*, due Fri 20 Nov 2026 (2 days late)" in shown(said)
    assert "due Wed 25 Nov 2026 (in 3 days)" in shown(said)
    many = detail(meeting(), tasks=tasks * 6)
    assert "And 2 more." in shown(many)


def test_a_plate_has_room_for_meetings_behind_any_number_of_actions() -> None:
    found = tuple(Upcoming(meeting(n)) for n in range(1, 9))
    tasks = (Task(meeting(), item(due=date(2026, 11, 25))),)
    acts = tuple(action("x" * 300, ref=Ref(f"TR-{n}")) for n in range(1, 31))
    full = kept(view.plate(acts, tasks, found, WORLD, OWNER, NOW))
    assert full.text.startswith("Your open actions: 30 actions")
    assert "Yours to prepare: Draft agenda for MT-16" in full.text
    assert "MT-5 Targets call" in full.text
    assert "*MT-5*" in shown(full)
    assert "*MT-6*" not in shown(full)
    free = kept(view.plate((), tasks, (), WORLD, OWNER, NOW))
    assert free.text.startswith("No open actions. Yours to prepare:")
    quiet = kept(view.plate((), (), found, WORLD, OWNER, NOW))
    assert quiet.text.startswith("Nothing on your list. 🎉 Enjoy the quiet. Your next meetings:")
    assert view.plate((), (), (), WORLD, OWNER, NOW) == lists.mine((), WORLD, OWNER, NOW)


def test_what_meetings_that_are_over_have_left_does_not_pile_up() -> None:
    past = tuple(
        Task(meeting(), item(n=n, text=f"Send minutes {n}"), late=True, over=True)
        for n in range(41)
    )
    ahead = Task(meeting(), item(n=99, text="Approve the agenda", due=date(2026, 11, 25)))
    said = kept(view.plate((), (*past, ahead), (), WORLD, OWNER, NOW))
    for told in (said.text, shown(said)):
        assert told.index("Approve the agenda") < told.index("Send minutes 0")
        assert "Send minutes 3" not in told
        assert (
            "And 38 more for meetings that are over. "
            "Type an id, such as MT-16, to see what it lacks." in told
        )


def test_of_very_many_to_prepare_each_meeting_has_one_line() -> None:
    calls = [meeting(n) for n in range(1, 5)]
    days = [date(2026, 11, 20 + n) for n in range(11)]
    tasks = tuple(
        Task(call, item(n=n, text=f"Thing {n}", due=day), late=day < NOW.date())
        for n, day in enumerate(days)
        for call in calls
    )
    said = kept(view.plate((), tasks, (), WORLD, OWNER, NOW))
    for told in (said.text, shown(said)):
        assert "MT-1: 11 things, 2 late; next: Thing 0, due Fri 20 Nov 2026" in told
        assert "MT-4: 11 things" in told
        assert "Thing 1" not in told


states = st.sampled_from(MeetingState)


@settings(max_examples=25, deadline=None)
@trying(
    texts, texts, texts, states, st.sampled_from([(), (TRIALS.key,), (TARGETS.key, TRIALS.key)])
)
def test_whatever_was_typed_slack_takes_it_and_nothing_rings(
    title: str, place: str, text: str, state: MeetingState, groups: Any
) -> None:
    one = meeting(title=title, place=place, state=state, groups=groups)
    task = Task(one, item(text=text), late=True)
    detail(one, (item(text=text),), (), (task,) * 12)
    kept(view.listing((Upcoming(one, 33),), WORLD, OWNER, title or "Meetings"))
