"""Agendas on the screen: their time, 200 items on pages, and only what a reader may press."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given as trying
from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.agenda_times import could_wait, fitted, length, total
from bot.domain.agendas import (
    Agenda,
    AgendaItem,
    AgendaState,
    NewAgendaItem,
    Purpose,
    Sheet,
    place,
    placed,
)
from bot.domain.items import Due, ItemState, Move
from bot.domain.meetings import MeetingId, MeetingState
from bot.domain.model import Ref
from bot.domain.outbox import Message
from bot.views import agenda_files as files
from bot.views import agendas as view
from bot.views.agenda_rows import carried
from tests.unit.agenda_sinks import agenda_item
from tests.unit.screens import CHAIR, NOW, OWNER, WORLD, action, as_list, kept, shown, texts
from tests.unit.test_views_meetings import meeting

LATE = action(
    ref=Ref("TR-2"),
    due=Due(date(2026, 11, 20)),
    first_due=date(2026, 11, 6),
    moves=(Move(date(2026, 11, 6), date(2026, 11, 20), OWNER, NOW),) * 2,
)


def item(n: int = 1, topic: str = "Shared protocol", **changes: Any) -> AgendaItem:
    return agenda_item(LATE, NewAgendaItem(topic, **{"minutes": 10, **changes}), n)


def sheet(*items: AgendaItem, **changes: Any) -> Sheet:
    agenda = Agenda(MeetingId(16))
    facts = {"late": (), "matters": {LATE.ref: LATE}, **changes}
    return Sheet(meeting(), facts.pop("agenda", agenda), items, **facts)


def test_an_agenda_tells_its_time_and_what_each_item_is_for() -> None:
    paper = item(2, minutes=45, owner=OWNER, purpose=Purpose.DECIDE, link="https://example.org/a")
    message = view.shown(sheet(item(), paper), WORLD, OWNER, NOW)
    assert "55 of 60 min" in message.text
    said = shown(message)
    assert "*2.* Shared protocol · *Decide*" in said
    assert "<https://example.org/a|Paper>" in said
    assert "2. Shared protocol (decide, 45 min, @targets-cochair, paper" in message.text


def test_what_an_item_is_about_shows_how_it_stands_now() -> None:
    about = item(refs=(LATE.ref,), source="actions")
    before = view.shown(sheet(about), WORLD, OWNER, NOW).text
    assert "TR-2 Send consent template v3" in before
    assert "Overdue: was due Fri 20 Nov 2026, moved 2 times, +14 days" in before
    done = replace(LATE, state=ItemState.DONE)
    assert "done" in view.shown(sheet(about, matters={LATE.ref: done}), WORLD, OWNER, NOW).text


def test_too_much_for_the_time_is_said() -> None:
    assert (
        "70 of 60 min: 10 min too many"
        in view.shown(sheet(item(minutes=70)), WORLD, OWNER, NOW).text
    )


def test_only_what_the_reader_may_do_has_buttons() -> None:
    mine = item()
    reader = view.shown(sheet(mine), WORLD, OWNER, NOW)
    proposer = view.shown(sheet(mine, proposes=True), WORLD, CHAIR, NOW)
    chair = view.shown(sheet(mine, proposes=True, arranges=True), WORLD, OWNER, NOW)
    assert labels(reader) == ["Copy as text", "Meeting"]
    assert labels(proposer) == ["Edit", "Drop", "Add topic", "Copy as text", "Meeting"]
    assert labels(chair) == [
        *("Edit", "Drop", "Move to the top", "Next meeting"),
        *("Add topic", "Draft", "Post", "Copy as text", "Meeting"),
    ]


def labels(message: Message) -> list[str]:
    found = []
    for block in message.blocks:
        for element in as_list([block.get("accessory"), *as_list(block.get("elements", []))]):
            if element and element["type"] == "overflow":
                found += [option["text"]["text"] for option in element["options"]]
            elif element and element["type"] == "button":
                found.append(element["text"]["text"])
    return found


def test_two_hundred_items_come_on_eight_pages() -> None:
    items = tuple(item(n, f"Topic {n}") for n in range(1, 201))
    it = sheet(*items, proposes=True, arranges=True)
    seen = []
    for page in range(1, 9):
        message = view.shown(it, WORLD, OWNER, NOW, page)
        kept(message)
        seen += [int(n) for n in re.findall(r"\*(\d+)\.\* Topic \1 ", shown(message))]
        assert ("Show 25 more" in labels(message)) == (page < 8)
    assert seen == list(range(1, 201))
    assert "page 8" in shown(view.shown(it, WORLD, OWNER, NOW, 99)).casefold()


def test_a_channel_sees_what_has_changed_since_it_was_posted() -> None:
    posted = Agenda(MeetingId(16), NOW, NOW, NOW)
    changed = replace(posted, changed_at=NOW + timedelta(hours=3))
    meant = meeting()
    first = view.posted(meant, posted, (item(),), {}, WORLD, "Europe/London")
    later = view.posted(meant, changed, (item(),), {}, WORLD, "Europe/London")
    assert "posted Sun 22 Nov 2026." in first.text
    assert "changed since: Sun 22 Nov 2026, 15:00 London" in later.text
    assert labels(later) == ["Add topic", "Open"]


def test_a_channel_reads_whose_it_is_but_not_that_it_is_late() -> None:
    about = item(refs=(LATE.ref,), source="actions")
    agenda = Agenda(MeetingId(16), NOW, NOW, NOW)
    message = view.posted(meeting(), agenda, (about,), {LATE.ref: LATE}, WORLD, "Europe/London")
    assert "@targets-cochair, due Fri 20 Nov 2026" in message.text
    assert "verdue" not in message.text + shown(message)


def test_what_was_carried_over_says_from_where_and_how_often() -> None:
    assert carried(item()) == ""
    assert carried(item(source="carried:MT-8:3")) == "put off from MT-8"
    assert carried(item(source="carried:MT-8:3", carried=1)) == "carried over from MT-8"
    assert carried(item(source="carried:MT-8:3", carried=2)) == "carried over from MT-8, 2nd time"


def test_a_file_has_every_item_with_all_that_is_below_it() -> None:
    it = sheet(item(1, "A *bold* plan"), item(2, "Actions", refs=(LATE.ref,)))
    content = files.file(it, WORLD, "Europe/London", NOW)
    assert content.startswith("# Agenda: Targets call (MT-16)")
    assert "1. A \\*bold\\* plan (Discuss, 10 min)" in content
    assert "   - TR-2 Send consent template v3" in content
    assert files.file_name(it) == "agenda-MT-16-2026-12-01.md"


@settings(max_examples=15)
@trying(
    st.lists(
        st.builds(
            item,
            st.integers(1, 9),
            texts,
            minutes=st.none() | st.integers(1, 480),
            link=texts,
            purpose=st.sampled_from(Purpose),
            state=st.sampled_from([AgendaState.LISTED, AgendaState.DISCUSSED]),
        ),
        max_size=30,
    )
)
def test_slack_takes_every_agenda(items: list[AgendaItem]) -> None:
    it = sheet(*items, late=tuple(items), proposes=True, arranges=True)
    kept(view.shown(it, WORLD, OWNER, NOW, said="Done.", request="r"))
    kept(view.posted(it.meeting, it.agenda, items, {}, WORLD, "Europe/London"))


def test_minutes_give_way_to_the_room_but_never_below_what_is_needed() -> None:
    wanted = [(5, 2), (20, 10), (45, 45)]
    assert fitted(wanted, 90) == (5, 20, 45)
    assert fitted(wanted, 60) == (3, 12, 45)
    assert sum(fitted(wanted, 58)) == 58
    assert fitted(wanted, 10) == (2, 10, 45)


def test_what_only_informs_can_wait_before_what_is_decided() -> None:
    decide, discuss = item(1, purpose=Purpose.DECIDE), item(2, purpose=Purpose.DISCUSS)
    inform, welcome = item(3, purpose=Purpose.INFORM), item(4, source="welcome")
    items = [welcome, decide, inform, discuss]
    assert could_wait(items, 5) == (inform,)
    assert could_wait(items, 15) == (inform, discuss)
    assert could_wait(items, 999) == (inform, discuss, decide)


def test_a_day_together_has_the_hours_of_each_day() -> None:
    assert length(meeting()) == 60
    assert length(meeting(end_day=date(2026, 12, 2))) == 120
    assert total([item(minutes=None), item(minutes=5)]) == 15


def test_new_topics_stand_before_what_closes_the_agenda() -> None:
    sources = ("welcome", "actions", "", "deadlines", "close")
    items = [item(n, source=source) for n, source in enumerate(sources)]
    put = placed(items, item(9))
    assert [one.source for one in put] == ["welcome", "actions", "", "", "deadlines", "close"]
    assert place("minutes:MT-8") < place("actions") < place("decision:DC-1") < place("interest:X")


def test_the_agenda_of_a_cancelled_meeting_says_so() -> None:
    gone = meeting(state=MeetingState.CANCELLED)
    said = view.posted(gone, Agenda(gone.id), (item(),), {}, WORLD, "Europe/London")
    assert ", cancelled." in said.text
    assert "❌ Cancelled" in shown(said)
