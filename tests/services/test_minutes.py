"""Minutes over their days: drafted, sent out, put right, objected to, accepted, locked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from bot.domain.agendas import CLOSE, WELCOME, NewAgendaItem
from bot.domain.decisions import Objection
from bot.domain.meetings import Meeting
from bot.domain.minutes import MinutesState
from bot.domain.model import Ref
from bot.errors import Code, NotAllowed
from bot.services import items, minutes, planning, status, undo
from bot.services.access import Ask
from bot.storage.database import Store
from bot.views.standing import remarks
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    STEERING,
    Office,
)
from tests.services.held_calls import (
    CALL,
    REF,
    at,
    buttons,
    hold,
    now_are,
    on_to,
    opened,
    refused,
    said,
    ticked,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


@pytest.fixture
def held(office: Office) -> Meeting:
    return hold(office)


def test_a_draft_is_there_at_the_end_and_its_days_are_those_of_the_checklist(
    office: Office, held: Meeting
) -> None:
    them = now_are(office, held)
    assert (them.actions_on, them.publish_on) == (date(2012, 11, 28), date(2012, 11, 29))
    assert (them.comments_until, them.accept_on) == (date(2012, 12, 6), date(2012, 12, 10))
    told = opened(office).content
    assert (told.regrets, told.note_taker) == ((OTHER,), COCHAIR)
    (topic,) = told.topics
    assert (topic.title, topic.notes) == ("Shared protocol", ("14 mice were lost",))
    assert [one.ref for one in told.actions] == ["EM-1"]
    assert [one.ref for one in told.decisions] == ["DC-1"]
    for user in (COCHAIR, CHAIR):
        (row,) = said(office, user, "minutes-draft")
        assert "They go to the group on Thu 29 Nov 2012 by themselves" in row.out.message.text
    office.do(CHAIR, lambda ask: minutes.drafted(ask, held))
    assert len(said(office, CHAIR, "minutes-draft")) == 1


def test_journey_11_they_go_their_way_by_themselves_and_nothing_is_said_twice(
    office: Office, held: Meeting
) -> None:
    on_to(office, at(28, 8))
    assert said(office, MODELS_CHANNEL, "minutes-actions") == []  # Before the channel's hours.
    on_to(office, at(28, 9), at(28, 10))
    (posted,) = said(office, MODELS_CHANNEL, "minutes-actions")
    assert posted.out.message.text == (
        "MT-1 Models call: 1 decision and 1 new action. DC-1: Use one template. "
        "EM-1: Send the table, Other member, due Fri 7 Dec 2012."
    )
    assert now_are(office, held).state is MinutesState.DRAFT
    on_to(office, at(29, 9), at(29, 10))
    assert now_are(office, held).state is MinutesState.PUBLISHED
    card = f"{held.subject}:minutes:{MODELS_CHANNEL}"
    shown = [row for row in said(office, MODELS_CHANNEL) if row.out.key == card]
    assert str(shown[0].out.message.blocks).count("unconfirmed: comments until Thu 6 Dec") == 1
    (paragraph,) = said(office, STEERING, "minutes-steering")
    assert "1 decision and 1 new action. Decided: DC-1 Use one template." in (
        paragraph.out.message.text
    )
    assert {"actions-out", "minutes-draft"} <= ticked(office, held)
    on_to(office, at(6, 23, 12))
    assert "comments-close" not in ticked(office, held)
    on_to(office, at(7, 9, 12))
    assert "comments-close" in ticked(office, held)
    on_to(office, at(9, 12, 12), at(10, 8, 12))
    assert now_are(office, held).state is MinutesState.PUBLISHED
    on_to(office, at(10, 9, 12), at(10, 10, 12), at(20, 10, 12))
    them = now_are(office, held)
    assert (them.state, them.accepted_by) == (MinutesState.ACCEPTED, None)
    assert "minutes-accepted" in ticked(office, held)
    assert len(said(office, MODELS_CHANNEL, "minutes-actions")) == 1
    assert len(said(office, STEERING, "minutes-steering")) == 1


def test_who_was_not_there_is_asked_once_and_told_so(office: Office, held: Meeting) -> None:
    on_to(office, *(at(day, hour) for day in (27, 28, 29) for hour in (4, 16)))
    asked = said(office, OTHER, "ask")
    (row,) = [row for row in asked if row.out.subject == "item:1"]
    assert "MT-1 gave it to you while you were not there" in row.out.message.text
    assert {"Accept", "Decline"} <= buttons(row)


def test_after_a_long_outage_all_that_was_due_happens_once_and_comments_get_their_week(
    office: Office, held: Meeting
) -> None:
    on_to(office, at(14, 10, 12))
    them = now_are(office, held)
    assert them.state is MinutesState.PUBLISHED
    assert (them.comments_until, them.accept_on) == (date(2012, 12, 21), date(2012, 12, 24))
    assert len(said(office, MODELS_CHANNEL, "minutes-actions")) == 1


def test_words_are_put_right_in_the_minutes_and_the_things_keep_theirs(
    office: Office, held: Meeting
) -> None:
    def fix(old: str, new: str, **more: bool) -> Callable[[Ask], minutes.Corrected]:
        return lambda ask: minutes.correct(ask, REF, old, new, **more)

    office.do(MEMBER, fix("14 mice", "40 mice"))
    assert opened(office).content.topics[0].notes == ("40 mice were lost",)
    done = office.do(MEMBER, fix("Send the table", "Send both tables"))
    assert done.things == ("EM-1",)
    item = office.db.read_now(lambda store: store.items.get(Ref("EM-1")))
    assert item is not None
    assert item.text == "Send the table"
    none = refused(office, MEMBER, fix("40 mica", "x"))
    assert none.code is Code.NO_SUCH_WORDS
    assert none.facts["near"] == ("40 mice", "40 mice were lost")
    twice = refused(office, MEMBER, fix("te", "TE"))
    assert (twice.code, twice.facts["times"]) == (Code.WORDS_TWICE, 2)
    assert office.do(MEMBER, fix("te", "TE", everywhere=True)).times == 2
    assert [c.by for c in now_are(office, held).corrections] == [MEMBER] * 3
    with pytest.raises(NotAllowed):
        office.do(OUTSIDER, fix("mice", "rats"))


def test_no_correction_makes_a_text_longer_than_a_note(office: Office, held: Meeting) -> None:
    grow = partial(minutes.correct, ref=REF, old="e", new="e" * 290, everywhere=True)
    office.do(MEMBER, lambda ask: grow(ask))
    before = opened(office).content
    error = refused(office, MEMBER, lambda ask: grow(ask))
    assert error.code is Code.WORDS_GROW
    assert error.facts["limit"] == 3000
    assert opened(office).content == before


def test_the_same_comment_or_objection_again_stands_once(office: Office, held: Meeting) -> None:
    on_to(office, at(29, 9))
    for _ in range(2):
        office.do(MEMBER, lambda ask: minutes.comment(ask, REF, "The vote is missing"))
        office.do(MEMBER, lambda ask: minutes.object_to(ask, REF, "Not so at all"))
    assert len(now_are(office, held).comments) == 2
    verbs = [c.verb for c in office.db.read_now(lambda store: store.audit.of(REF))]
    assert verbs.count(minutes.COMMENT) == verbs.count(minutes.OBJECT) == 1


def test_a_correction_and_an_approval_can_be_taken_back(office: Office, held: Meeting) -> None:
    on_to(office, at(29, 9))
    office.do(MEMBER, lambda ask: minutes.correct(ask, REF, "14 mice", "40 mice"))
    office.do(MEMBER, lambda ask: undo.undo(ask))
    assert opened(office).content.topics[0].notes == ("14 mice were lost",)
    office.do(CHAIR, lambda ask: minutes.approve(ask, REF))
    assert "minutes-accepted" in ticked(office, held)
    office.do(CHAIR, lambda ask: undo.undo(ask))
    assert now_are(office, held).state is MinutesState.PUBLISHED
    assert now_are(office, held).frozen is None
    assert "minutes-accepted" not in ticked(office, held)
    office.do(MEMBER, lambda ask: minutes.correct(ask, REF, "14 mice", "15 mice"))
    office.do(OTHER, lambda ask: minutes.correct(ask, REF, "15 mice", "16 mice"))
    late = refused(office, MEMBER, lambda ask: undo.undo(ask))
    assert late.code is Code.CHANGED_MEANWHILE


def test_one_objection_stops_the_acceptance_and_the_chair_is_asked(
    office: Office, held: Meeting
) -> None:
    on_to(office, at(29, 9))
    why = "We agreed on no template"
    office.do(MEMBER, lambda ask: minutes.object_to(ask, REF, why))
    (asked,) = said(office, CHAIR, "minutes-objected")
    assert why in asked.out.message.text
    on_to(office, at(10, 9, 12), at(10, 10, 12))
    assert now_are(office, held).state is MinutesState.OBJECTED
    assert len(said(office, CHAIR, "minutes-objected")) == 2
    on_to(office, at(11, 9, 12))
    assert len(said(office, CHAIR, "minutes-objected")) == 2
    with pytest.raises(NotAllowed):
        office.do(MEMBER, lambda ask: minutes.approve(ask, REF))
    office.do(CHAIR, lambda ask: minutes.approve(ask, REF))
    them = now_are(office, held)
    assert (them.state, them.accepted_by) == (MinutesState.ACCEPTED, CHAIR)
    assert [one.text for one in them.objections] == [why]


def test_accepted_minutes_stay_as_they_are_whatever_becomes_of_the_actions(
    office: Office, held: Meeting
) -> None:
    early = refused(office, CHAIR, lambda ask: minutes.approve(ask, REF))
    assert early.code is Code.MINUTES_DRAFT
    office.do(COCHAIR, lambda ask: minutes.publish(ask, REF, is_holiday))
    again = refused(office, COCHAIR, lambda ask: minutes.publish(ask, REF, is_holiday))
    assert again.code is Code.MINUTES_OUT
    office.do(CHAIR, lambda ask: minutes.approve(ask, REF))
    office.do(CHAIR, lambda ask: items.edit(ask, Ref("EM-1"), "Something else"))
    assert opened(office).content.actions[0].text == "Send the table"
    for act in (
        partial(minutes.correct, ref=REF, old="14", new="40"),
        partial(minutes.comment, ref=REF, text="But"),
        partial(minutes.object_to, ref=REF, why="No"),
        partial(minutes.approve, ref=REF),
    ):
        locked = refused(office, CHAIR, act)
        assert locked.code is Code.MINUTES_LOCKED
        assert locked.facts["day"] == date(2012, 11, 27)


def test_after_a_week_only_the_chair_changes_them_and_anybody_can_still_object(
    office: Office, held: Meeting
) -> None:
    on_to(office, at(29, 9))
    office.do(MEMBER, lambda ask: minutes.comment(ask, REF, "The second vote is missing"))
    (told,) = said(office, CHAIR, "minutes-comment")
    assert "The second vote is missing" in told.out.message.text
    office.clock.now = at(6, 23, 12)
    office.do(MEMBER, lambda ask: minutes.correct(ask, REF, "14 mice", "40 mice"))
    office.clock.now = at(7, 1, 12)
    closed = refused(office, MEMBER, lambda ask: minutes.comment(ask, REF, "Late"))
    assert (closed.code, closed.facts["day"]) == (Code.COMMENTS_CLOSED, date(2012, 12, 6))
    office.do(CHAIR, lambda ask: minutes.correct(ask, REF, "40 mice", "41 mice"))
    office.do(MEMBER, lambda ask: minutes.object_to(ask, REF, "Not so"))


def test_there_are_none_of_a_meeting_ahead_cancelled_or_held_elsewhere(office: Office) -> None:
    office.clock.now = at(12, 12)
    office.do(CHAIR, lambda ask: planning.plan(ask, CALL, is_holiday))
    ahead = refused(office, CHAIR, lambda ask: minutes.opened(ask, REF))
    assert (ahead.code, ahead.facts["why"]) == (Code.NO_MINUTES, "ahead")
    office.clock.now = at(28, 12)
    elsewhere = refused(office, CHAIR, lambda ask: minutes.opened(ask, REF))
    assert elsewhere.facts["why"] == "not kept"
    on_to(office, at(29, 9), at(10, 9, 12))
    assert said(office, MODELS_CHANNEL) == []


def test_an_objection_to_a_decision_stands_in_the_minutes(office: Office, held: Meeting) -> None:
    def object_to(store: Store) -> None:
        made = store.decisions.get(Ref("DC-1"))
        assert made is not None
        objection = Objection(MEMBER, at(27, 15), "Carers are left out")
        store.decisions.save(replace(made, objections=(objection,)), made.version)

    office.db.write_now(object_to)
    (agreed,) = opened(office).content.decisions
    assert [one.why for one in agreed.objections] == ["Carers are left out"]


def test_minutes_not_out_in_time_are_late_and_unapproved_ones_are_named(
    office: Office, held: Meeting
) -> None:
    def look(store: Store) -> tuple[list[Ref], str]:
        waiting = [m.ref for m, _ in minutes.unapproved(store, [MODELS])]
        world = store.groups.world()
        survey = status.surveyed(store, world, [world.groups[MODELS]], at(2, 12, 12))
        return waiting, remarks(survey.statuses[0].remarks)

    assert office.db.read_now(look) == (
        [REF],
        "the minutes of MT-1 are 3 days late; no next meeting set",
    )
    on_to(office, at(29, 9))
    assert office.db.read_now(look) == ([REF], "no next meeting set")
    office.do(COORDINATOR, lambda ask: minutes.approve(ask, REF))
    assert office.db.read_now(look)[0] == []


def test_of_an_agenda_only_what_somebody_would_miss_is_an_open_point(office: Office) -> None:
    meeting = hold(office)

    def list_topics(ask: Ask) -> None:
        for topic, source in (("Welcome", WELCOME), ("Budget", ""), ("Other business", CLOSE)):
            ask.store.agendas.add(meeting.id, NewAgendaItem(topic, source=source), CHAIR, ask.now)

    office.do(CHAIR, list_topics)
    assert opened(office).content.not_reached == ("Budget",)
