"""Decisions as people make them: who may, what a window gives everybody, and how it ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from bot.domain.decisions import Decision, DecisionState, NewDecision
from bot.domain.items import Source
from bot.domain.model import GroupKey, Membership, Ref, Role, UserId
from bot.domain.outbox import Sent, State
from bot.errors import BadInput, Code, NotAllowed, UserError
from bot.services import decisions, groups, privacy, undo
from bot.services.access import Ask
from bot.services.silencing import silence
from bot.storage.database import Store
from bot.views import errors
from bot.views.decisions import Offers
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    STEERING,
    TRIALS,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

BY = date(2026, 12, 4)


def new(by: date | None = BY, group: GroupKey = MODELS) -> NewDecision:
    return NewDecision("One template for all. It has two pages.", group, objections_by=by)


def add(office: Office, by: UserId = MEMBER, made: NewDecision | None = None) -> Decision:
    made = made or new()
    return office.do(by, lambda ask: decisions.add(ask, made, is_holiday)).decision


def refused(office: Office, by: UserId, work: Callable[[Ask], object]) -> UserError:
    with pytest.raises(UserError) as error:
        office.do(by, work)
    return error.value


def objecting(ref: Ref, why: str = "Two pages are too few") -> Callable[[Ask], Decision]:
    return partial(decisions.object_to, ref=ref, why=why)


def sent(store: Store, key: str) -> None:
    """What waits stands in Slack."""
    row = store.outbox.by_key(key)
    assert row is not None
    store.outbox.withdraw(row.out.subject)
    store.outbox.put_sent(row.out, str(row.out.lane), "1.1")


def kept(office: Office, ref: Ref) -> Decision:
    found = office.db.read_now(lambda store: store.decisions.get(ref))
    assert found is not None
    return found


def told(office: Office, user: UserId, kind: str) -> list[Sent]:
    rows = office.db.read_now(lambda store: store.outbox.waiting(user))
    return [row for row in rows if row.out.kind == kind and row.state is State.PENDING]


def test_a_decision_is_recorded_at_once_and_shown_in_the_channel(office: Office) -> None:
    made = add(office, COORDINATOR, replace(new(None), review=date(2027, 2, 4)))
    assert (made.ref, made.state) == ("DC-1", DecisionState.RECORDED)
    card = office.db.read_now(lambda store: store.outbox.by_key(made.card_key))
    assert card is not None
    assert (card.out.lane, card.out.kind) == (MODELS_CHANNEL, "card")
    assert card.out.message.text == (
        "Decision DC-1: One template for all."
        " Decided on Sun 22 Nov 2026, comes back on Thu 4 Feb 2027."
    )
    assert office.pending(CHAIR) == office.pending(MEMBER) == []


def test_who_is_in_the_group_records_and_who_votes_objects(office: Office) -> None:
    observer = Membership(OUTSIDER, MODELS, Role.OBSERVER)
    office.db.write_now(lambda store: store.groups.set_role(observer))
    made = add(office, OUTSIDER)
    for user, sees, objects in (
        (CHAIR, True, True),
        (COCHAIR, True, True),
        (MEMBER, True, True),
        (OTHER, True, True),
        (OUTSIDER, True, False),
        (COORDINATOR, True, False),
        (STEERING, True, False),
        (GUEST, False, False),
    ):
        look = partial(decisions.find, ref=made.ref)
        if sees:
            assert office.do(user, look).ref == made.ref
            assert office.do(user, partial(decisions.offers, decision=made)).objecting is objects
        else:
            assert refused(office, user, look).facts.get("group") == MODELS
        if not objects:
            error = refused(office, user, objecting(made.ref))
            assert isinstance(error, NotAllowed)
            assert bool(error.facts.get("votes")) is sees, user
    for user in (STEERING, GUEST):
        assert isinstance(
            refused(office, user, lambda ask: decisions.add(ask, new(), is_holiday)), NotAllowed
        )
    hidden = office.do(GUEST, decisions.listed)
    assert hidden == ()
    assert office.do(STEERING, decisions.listed) == office.do(OTHER, decisions.mine) == (made,)


def test_a_proposer_withdraws_a_proposal_and_only_the_chair_what_stands(office: Office) -> None:
    proposal, stands = add(office), add(office, MEMBER, new(None))
    withdraw = partial(decisions.withdraw, why="covered by DC-4")
    assert isinstance(refused(office, OTHER, partial(withdraw, ref=proposal.ref)), NotAllowed)
    ended = office.do(MEMBER, partial(withdraw, ref=proposal.ref))
    assert (ended.state, ended.why) == (DecisionState.WITHDRAWN, "covered by DC-4")
    assert isinstance(refused(office, MEMBER, partial(withdraw, ref=stands.ref)), NotAllowed)
    no_reason = refused(office, CHAIR, partial(decisions.withdraw, ref=stands.ref, why=""))
    assert no_reason.code is Code.REASON_NEEDED
    assert office.do(CHAIR, partial(withdraw, ref=stands.ref)).state is DecisionState.WITHDRAWN
    for ref in (proposal.ref, stands.ref):
        for work in (objecting(ref), partial(decisions.adopt, ref=ref), partial(withdraw, ref=ref)):
            assert refused(office, CHAIR, work).code is Code.ALREADY_DECIDED


def test_texts_and_reasons_that_cannot_be_kept_are_refused(office: Office) -> None:
    with pytest.raises(BadInput) as empty:
        add(office, MEMBER, replace(new(None), text=" "))
    world = office.db.read_now(lambda store: store.groups.world())
    said = errors.words(empty.value, "decide objections by 15 Dec", "", world)
    assert said.text.startswith("What was decided? As in: decide All groups")
    assert "item.new" not in str(said.blocks)
    for text, code in (("", Code.TEXT_EMPTY), ("x" * 3001, Code.TEXT_LONG)):
        made = replace(new(), text=text)
        error = refused(office, MEMBER, partial(decisions.add, new=made, holiday=is_holiday))
        assert isinstance(error, BadInput)
        assert error.code is code
    ref = add(office).ref
    for why, code in (("", Code.REASON_NEEDED), ("x" * 3001, Code.TEXT_LONG)):
        assert refused(office, OTHER, objecting(ref, why)).code is code


def test_the_last_decide_is_taken_back_for_ten_minutes_unless_somebody_objects(
    office: Office,
) -> None:
    made = add(office)
    (change,) = office.do(MEMBER, undo.undo)
    assert (change.ref, change.before) == (made.ref, None)
    gone = refused(office, MEMBER, partial(decisions.find, ref=made.ref))
    assert gone.code is Code.GONE
    assert office.pending(OTHER) == []
    assert office.do(CHAIR, decisions.listed) == ()
    assert refused(office, MEMBER, undo.undo).code is Code.NOTHING_TO_UNDO
    second = add(office)
    office.do(OTHER, objecting(second.ref))
    assert refused(office, MEMBER, undo.undo).code is Code.CHANGED_MEANWHILE
    third = add(office, CHAIR)
    office.clock.now += timedelta(minutes=11)
    assert refused(office, CHAIR, undo.undo).code is Code.NOTHING_TO_UNDO
    assert kept(office, third.ref).state is DecisionState.PROPOSED


def test_one_message_is_one_decision(office: Office) -> None:
    source = Source(MODELS_CHANNEL, "1.1", "https://slack.test/p1", "We agree")
    said = replace(new(None), source=source)
    first = office.do(MEMBER, lambda ask: decisions.add(ask, said, is_holiday))
    again = office.do(OTHER, lambda ask: decisions.add(ask, said, is_holiday))
    assert (first.again, again.again) == (False, True)
    assert again.decision == first.decision


def test_decisions_follow_a_merged_group_and_show_an_erased_person_no_more(
    office: Office,
) -> None:
    made = add(office)
    office.do(MEMBER, objecting(made.ref))
    moved = partial(groups.merge, key=MODELS, into=TRIALS)
    office.do(COORDINATOR, moved)
    assert kept(office, made.ref).group == TRIALS
    exported = office.do(MEMBER, lambda ask: privacy.export(ask, is_holiday)).content
    assert "One template for all" in exported
    assert "Two pages are too few" in exported
    office.db.write_now(lambda store: sent(store, made.card_key))
    former = office.do(COORDINATOR, lambda ask: privacy.erase(ask, MEMBER))
    left = kept(office, made.ref)
    assert {left.created_by, left.objections[0].by} == {former.user}
    (card,) = office.db.read_now(lambda store: store.outbox.waiting(MODELS_CHANNEL))
    assert card.out.edits == made.card_key
    assert "former member 1" in str(card.out.message)


def test_who_leaves_the_group_hears_no_more_of_its_proposals(office: Office) -> None:
    add(office)
    office.db.write_now(lambda store: silence(store, OTHER, MODELS))
    assert office.pending(OTHER) == []
    assert len(office.pending(COCHAIR)) == 1


def test_what_can_be_done_is_offered_only_to_who_may(office: Office) -> None:
    made = add(office)
    assert office.do(MEMBER, partial(decisions.offers, decision=made)) == Offers(True, False, True)
    assert office.do(CHAIR, partial(decisions.offers, decision=made)) == Offers(True, True, True)
    assert office.do(COORDINATOR, partial(decisions.offers, decision=made)) == Offers(
        False, True, True
    )
    assert office.do(OTHER, partial(decisions.offers, decision=made)) == Offers(True, False, False)
