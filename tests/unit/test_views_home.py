"""The Home tab: by urgency and in place, every part in its layout, and within a hundred blocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as trying
from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.history import Change
from bot.domain.items import Due, ItemState
from bot.domain.meetings import (
    Task,
    Upcoming,
)
from bot.domain.model import Membership, Ref, Role, UserId
from bot.domain.outbox import State
from bot.domain.state import Judged, Standing
from bot.views.home import Glance, home
from bot.views.home_chair import GroupGlance
from bot.views.home_coordinator import ProgrammeGlance
from tests.unit.homes import (
    AGENDA,
    MEETING,
    blocks,
    drawn,
    glance_of,
    group,
    in_turn,
    late,
    many,
    told,
)
from tests.unit.screens import (
    GIVER,
    NASTY,
    NOW,
    OTHERS,
    OWNER,
    TARGETS,
    TRIALS,
    WORLD,
    action,
    changes,
    given,
    items,
    kept_view,
    texts,
)


def test_ones_open_actions_come_by_urgency_and_can_be_acted_on_in_place() -> None:
    found = (
        action(ref=Ref("TR-3")),
        action(ref=Ref("TR-2"), due=Due(date(2026, 11, 25))),
        action(ref=Ref("TR-1"), due=Due(date(2026, 11, 20))),
    )
    owed = (action(ref=Ref("TR-4"), assignments=(given(OTHERS[0], OWNER),)),)
    view = drawn(Glance(own=found, waiting=owed, given=frozenset({"TR-4"})))
    in_turn(
        told(view),
        "Good morning, Targets Cochair",
        "3 open · 1 overdue · 1 due in 7 days",
        "New action", "All my actions", "My settings", "My data", "Help",
        "Overdue (1)", "TR-1",
        "7 days (1)", "TR-2",
        "Waiting on others (1)", "TR-4",
        "Later (1)", "TR-3",
        "No next meeting set.",
        "New York (UTC\u22125)",
    )  # fmt: skip
    menus = {b["block_id"]: b["accessory"] for b in blocks(view) if "accessory" in b}
    verbs = [option["text"]["text"] for option in menus["row:TR-1"]["options"]]
    assert verbs == ["Mark done", "Change date", "Hand over", "I'm blocked", "Details"]


def test_what_others_owe_without_having_been_asked_by_the_viewer_is_only_looked_at() -> None:
    view = drawn(Glance(waiting=(action(assignments=(given(OTHERS[0]),)),)))
    menu = next(b["accessory"] for b in blocks(view) if b["block_id"] == "waits:TR-14")
    assert [option["text"]["text"] for option in menu["options"]] == ["Details", "History"]


def test_an_empty_home_says_so_and_offers_the_first_step() -> None:
    view = told(drawn(Glance(), UserId("U0UNKNOWN")))
    assert "Nothing on your list." in view
    assert "You are not in a working group yet." in view
    assert "item.new" not in view
    assert "item.new" in told(drawn(Glance()))
    assert "not in a working group" not in told(drawn(Glance()))
    assert "not in a working group" not in told(drawn(Glance(), GIVER))


def test_news_the_last_change_and_what_was_closed_are_told_shortly() -> None:
    item = action(state=ItemState.DONE, closed_at=NOW, closed_by=OWNER)
    mine = Change(item.ref, 2, NOW, OWNER, "done", "cmd:1", after=item)
    theirs = replace(mine, by=GIVER, verb="block", detail="no data yet")
    glance = Glance(closed=(item,), news=(theirs,), news_total=7, last=mine)
    view = told(drawn(glance))
    assert "Undo" in view
    in_turn(
        view,
        "You closed it.",
        "What changed in the last 7 days", "@coordinator said it is blocked: no data yet",
        "And 6 more changes.",
        "Recently closed (1): *TR-14* Send consent",
        "Who chairs: @targets-chair (Targets)",
    )  # fmt: skip


def test_the_next_meeting_and_what_is_owed_for_it_stand_together() -> None:
    late = Task(MEETING, AGENDA, late=True)
    ahead = Task(MEETING, replace(AGENDA, n=2, text="Send papers", due=date(2026, 11, 26)))
    view = told(drawn(Glance(meetings=(Upcoming(MEETING),), tasks=(late, ahead))))
    in_turn(
        view,
        "next meeting *MT-15* Targets call <!date^",
        "Before your next meeting",
        "🔴 Late: Draft the agenda for MT-15, due Fri 20 Nov 2026",
        "⏳ Waiting: Send papers for MT-15, due Thu 26 Nov 2026",
    )
    assert "|Thu 3 Dec 2026, 10:00 New York (UTC\u22125)>" in view
    assert "No next meeting set." not in view


def test_of_much_to_prepare_what_is_late_comes_first_and_the_rest_is_one_button_away() -> None:
    tasks = tuple(
        Task(MEETING, replace(AGENDA, n=n, text=f"Part {n} of it"), late=n > 5) for n in range(8)
    )
    view = drawn(Glance(tasks=tasks))
    in_turn(told(view), "Late: Part 6", "Late: Part 7", "Waiting: Part 0", "Waiting: Part 2", "And")
    assert "Part 3" not in told(view)
    rest = next(block for block in blocks(view) if block["block_id"] == "home:tasks")
    assert rest["text"]["text"] == "And 3 more to prepare."
    assert rest["accessory"]["action_id"] == "item.mine"
    late = drawn(Glance(tasks=tuple(replace(task, late=True) for task in tasks)))
    assert "And 3 more to prepare, 3 of them late." in told(late)


def test_a_chair_sees_the_state_with_its_reason_and_what_to_decide() -> None:
    view = drawn(Glance(chaired=(glance_of(TARGETS, decide=7, left=1),)))
    in_turn(
        told(view),
        "🔴 Late · *Targets*: PC-2 is 9 days late, 2 more overdue.",
        "*Open* 14", "*Overdue* 3", "*Blocked* 2", "*Without an owner* 1", "*Not confirmed* 4",
        "Please decide (7)", "targets-0", "Overdue for 3 working days or more", "targets-4",
        "And 2 more.",
        "@member-00_*&lt;!here&gt; left: 2 actions need an owner.", "handover.open",
        "action list open targets", "group.settings_open",
        "Good morning",
    )  # fmt: skip
    assert "targets-5" not in told(view)
    menu = next(b["accessory"] for b in blocks(view) if b["block_id"] == "decide:targets-0")
    verbs = [option["text"]["text"] for option in menu["options"]]
    assert verbs[:3] == ["Hand over", "Change date", "Won't do"]


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (
            Judged(Standing.NO_DATA),
            "⚪ No data · *Targets*: no actions, deadlines or meetings yet.",
        ),
        (Judged(Standing.ON_TRACK), "🟢 On track · *Targets*: nothing is overdue."),
        (
            Judged(Standing.LOOK, late(1, 1)),
            "🟡 Needs a look · *Targets*: TR-1 is 1 day late.",
        ),
    ],
)
def test_the_word_always_has_its_reason(judged: Judged, said: str) -> None:
    assert said in told(drawn(Glance(chaired=(GroupGlance(TARGETS, judged),))))


def test_a_coordinator_sees_all_groups_and_what_cannot_be_reached() -> None:
    bare = GroupGlance(TRIALS, Judged(Standing.ON_TRACK), 2)
    programme = ProgrammeGlance(
        groups=(glance_of(TARGETS, left=1), bare),
        chairless=(TRIALS.key,),
        counts={State.REFUSED: 3, State.UNKNOWN: 1},
        planned=NOW - timedelta(minutes=4),
        meetings={TARGETS.key: datetime(2026, 12, 3, 15, tzinfo=UTC)},
    )
    view = told(drawn(Glance(programme=programme), GIVER))
    in_turn(
        view,
        "All groups",
        "🔴 Late · *Targets*", "14 open, 3 overdue, 2 blocked · next meeting <!date^",
        "🟢 On track · *Trials*", "2 open, 0 overdue, 0 blocked · no next meeting set",
        "▇▇▇ 3 Targets",
        "Cannot reach (3)", "Without a channel: Trials", "Without a chair: Trials",
        "Refused by Slack: 3 messages",
        "left Targets; without an owner: 2 actions.", "Hand over",
        "Groups", "Health",
        "🟡 Needs a look: 4 messages not delivered", "4 minutes ago",
        "Good afternoon, Coordinator",
    )  # fmt: skip


def test_where_room_is_short_later_gives_way_first() -> None:
    chaired = tuple(glance_of(group(n), decide=6, left=4) for n in range(5))
    programme = ProgrammeGlance(tuple(glance_of(group(n)) for n in range(20)))
    own = (
        *many(30, date(2026, 11, 20)),
        *many(30, date(2026, 11, 25), 31),
        *many(30, date(2027, 1, 1), 61),
    )
    owed = tuple(replace(item, ref=Ref(f"EM-{item.id}{item.ref}")) for item in own[:30])
    closed = Change(Ref("TR-1"), 2, NOW, OWNER, "done", "cmd:1", after=own[0])
    view = drawn(
        Glance(
            own=own, waiting=owed, chaired=chaired, programme=programme,
            closed=own[:5], news=(closed,), last=closed,
        )
    )  # fmt: skip
    assert len(blocks(view)) <= 100
    ids = [str(block["block_id"]) for block in blocks(view)]
    urgent = [*range(1, 11), *range(31, 41)]
    assert [i for i in ids if i.startswith("row:")] == [f"row:TR-{n}" for n in urgent]
    assert 0 < len([i for i in ids if i.startswith("waits:")]) < 10
    text = told(view)
    in_turn(text, "Overdue (30)", "And 20 more.", "7 days (30)", "Later (30)", "And 30 more.")
    alone = [str(block["block_id"]) for block in blocks(drawn(Glance(own=own)))]
    assert len([i for i in alone if i.startswith("row:")]) == 30


judgements = st.builds(
    Judged, st.sampled_from(Standing), st.builds(late, st.integers(1, 400), st.integers(0, 500))
)


@st.composite
def glances(draw: st.DrawFn) -> Glance:
    own = draw(st.lists(items(), max_size=12, unique_by=lambda item: item.ref))
    news = tuple(draw(st.lists(changes(), max_size=2)))
    name = draw(texts)
    groups = [replace(group(n), short=name, channel=None) for n in range(draw(st.integers(0, 14)))]
    chaired = tuple(
        replace(glance_of(g, decide=n % 7, left=n % 5), judged=draw(judgements))
        for n, g in enumerate(groups[:6])
    )
    meeting = replace(MEETING, title=draw(texts))
    task = Task(meeting, replace(AGENDA, text=draw(texts)), draw(st.booleans()))
    counts = {State.REFUSED: draw(st.integers(0, 9))}
    keys = tuple(g.key for g in groups)
    programme = ProgrammeGlance(tuple(map(glance_of, groups)), keys, counts, NOW)
    return Glance(
        own=tuple(own),
        waiting=tuple(replace(item, ref=Ref(f"W{item.ref}")) for item in own),
        given=frozenset({"WTR-1"}),
        closed=tuple(own),
        news=news,
        news_total=draw(st.integers(len(news), 5000)),
        last=news[0] if news else None,
        meetings=(Upcoming(meeting),) * draw(st.integers(0, 5)),
        tasks=(task,) * draw(st.integers(0, 20)),
        chaired=chaired,
        programme=draw(st.none() | st.just(programme)),
    )


@trying(glances())
@settings(max_examples=8, deadline=None)
def test_every_home_is_taken_by_slack(glance: Glance) -> None:
    drawn(glance)


def test_the_nastiest_words_everywhere_are_taken_by_slack() -> None:
    for words in NASTY:
        roles = (*WORLD.memberships, Membership(OWNER, TRIALS.key, Role.MEMBER))
        groups = {key: replace(one, short=words) for key, one in WORLD.groups.items()}
        world = replace(WORLD, groups=groups, memberships=roles)
        glance = Glance(
            own=(action(words, due=Due(date(2026, 11, 1))),),
            meetings=(Upcoming(replace(MEETING, title=words)),),
            programme=ProgrammeGlance(
                tuple(
                    GroupGlance(g, Judged(Standing.NO_DATA), overdue=999) for g in groups.values()
                )
            ),
        )
        kept_view(home(glance, world, OWNER, NOW), "home")
