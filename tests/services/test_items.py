"""Use cases of actions: what they change, remember, refuse and answer."""

from collections.abc import Callable
from datetime import date, time

import pytest

from bot.domain.items import Answer, Due, Item, ItemState, NewItem, Quiet, Source
from bot.domain.model import Ref, Role, UserId
from bot.errors import BadInput, Code, Conflict, NotAllowed, NotFound, UserError
from bot.services import items, roles
from bot.services.access import Ask
from bot.services.undo import undo
from tests.services.conftest import (
    BOT,
    CHAIR,
    COCHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    Office,
)

FRIDAY = date(2026, 12, 4)
Act = Callable[[Ask], Item]


def refused(office: Office, user: UserId, act: Callable[[Ask], object]) -> UserError:
    with pytest.raises(UserError) as refusal:
        office.do(user, act)
    return refusal.value


def test_an_action_gets_the_next_number_of_its_group_and_is_asked_of_its_owner(
    office: Office,
) -> None:
    first = office.add(MEMBER, COCHAIR, due=FRIDAY)
    second = office.add(CHAIR, CHAIR, due=FRIDAY)
    assert (first.ref, second.ref) == ("EM-1", "EM-2")
    assert first.assignments[0].answer is Answer.ASKED
    assert first.assignments[0].given_by == MEMBER
    assert second.assignments[0].answer is Answer.ACCEPTED


def test_the_card_waits_in_the_groups_channel_in_the_same_transaction(office: Office) -> None:
    item = office.add(MEMBER, COCHAIR, due=FRIDAY)
    card = office.db.read_now(lambda store: store.outbox.by_key(item.card_key))
    assert card is not None
    assert card.out.lane == MODELS_CHANNEL
    assert "EM-1" in card.out.message.text
    assert "Fri 4 Dec 2026" in card.out.message.text


@pytest.mark.parametrize(
    ("owner", "code"),
    [
        (OUTSIDER, Code.PERSON_OUTSIDE),
        (GUEST, Code.PERSON_OUTSIDE),
        (BOT, Code.PERSON_BOT),
        (UserId("U0NOBODY1"), Code.PERSON_UNKNOWN),
    ],
)
def test_an_owner_must_be_somebody_of_the_group(office: Office, owner: UserId, code: Code) -> None:
    new = NewItem("Draft", MODELS, Due(FRIDAY), (owner,))
    assert refused(office, CHAIR, lambda ask: items.add(ask, new)).code is code


@pytest.mark.parametrize(
    ("text", "code"),
    [("", Code.TEXT_EMPTY), ("  \n", Code.TEXT_EMPTY), ("x" * 301, Code.TEXT_LONG)],
)
def test_text_must_say_something_and_fit(office: Office, text: str, code: Code) -> None:
    new = NewItem(text, MODELS, Due(FRIDAY), (CHAIR,))
    refusal = refused(office, CHAIR, lambda ask: items.add(ask, new))
    assert isinstance(refusal, BadInput)
    assert (refusal.code, refusal.field) == (code, "text")


def test_the_same_message_never_makes_two_actions(office: Office) -> None:
    source = Source(channel=MODELS_CHANNEL, ts="1700000000.000100")
    new = NewItem("Draft", MODELS, Due(FRIDAY), (CHAIR,), source=source)
    first = office.do(CHAIR, lambda ask: items.add(ask, new))
    second = office.do(MEMBER, lambda ask: items.add(ask, new))
    assert (first.again, second.again) == (False, True)
    assert second.item.ref == first.item.ref == "EM-1"


CHANGES: list[tuple[str, Act, ItemState]] = [
    ("done", lambda ask: items.done(ask, Ref("EM-1"), "see the link"), ItemState.DONE),
    ("drop", lambda ask: items.drop(ask, Ref("EM-1"), "not needed"), ItemState.DROPPED),
    ("start", lambda ask: items.start(ask, Ref("EM-1")), ItemState.IN_PROGRESS),
    ("block", lambda ask: items.block(ask, Ref("EM-1"), "no data"), ItemState.BLOCKED),
]


@pytest.mark.parametrize(("verb", "act", "state"), CHANGES, ids=[c[0] for c in CHANGES])
@pytest.mark.parametrize("user", [COCHAIR, MEMBER, CHAIR, COORDINATOR])
def test_owner_giver_chair_and_coordinator_may_change_it(
    office: Office, user: UserId, verb: str, act: Act, state: ItemState
) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    assert office.do(user, act).state is state
    last = office.db.read_now(lambda store: store.audit.of(Ref("EM-1"))[-1])
    assert (last.verb, last.by) == (verb, user)


@pytest.mark.parametrize("user", [OTHER, OUTSIDER, GUEST])
def test_nobody_else_may_and_the_refusal_names_the_chair(office: Office, user: UserId) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    refusal = refused(office, user, lambda ask: items.done(ask, Ref("EM-1")))
    assert isinstance(refusal, NotAllowed)
    assert refusal.who_can == ((COCHAIR, CHAIR) if user == OTHER else (CHAIR,))


def test_who_closes_what_is_closed_hears_by_whom(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    office.do(COCHAIR, lambda ask: items.done(ask, Ref("EM-1")))
    refusal = refused(office, CHAIR, lambda ask: items.done(ask, Ref("EM-1")))
    assert isinstance(refusal, Conflict)
    assert refusal.code is Code.ALREADY_DONE
    closed = refusal.facts["item"]
    assert isinstance(closed, Item)
    assert closed.closed_by == COCHAIR
    assert len(office.db.read_now(lambda store: store.audit.of(Ref("EM-1")))) == 2


def test_reopening_brings_it_back_as_it_was_before(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    office.do(COCHAIR, lambda ask: items.done(ask, Ref("EM-1"), "link"))
    item = office.do(COCHAIR, lambda ask: items.reopen(ask, Ref("EM-1")))
    assert (item.state, item.evidence, item.closed_by) == (ItemState.OPEN, "", None)
    assert refused(office, CHAIR, lambda ask: items.reopen(ask, Ref("EM-1"))).code is (
        Code.ALREADY_OPEN
    )


def test_every_move_keeps_old_date_reason_and_first_promise(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    late = Due(date(2026, 12, 11))
    office.do(COCHAIR, lambda ask: items.move(ask, Ref("EM-1"), late, "scans are late"))
    later = Due(date(2026, 12, 18), time(17), "Europe/London")
    item = office.do(CHAIR, lambda ask: items.move(ask, Ref("EM-1"), later))
    assert [(m.old, m.new, m.because) for m in item.moves] == [
        (FRIDAY, late.day, "scans are late"),
        (late.day, later.day, ""),
    ]
    assert item.first_due == FRIDAY
    assert refused(office, CHAIR, lambda ask: items.move(ask, Ref("EM-1"), later)).code is (
        Code.SAME_DATE
    )


def test_a_declined_action_goes_back_to_who_gave_it_and_they_are_told(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    item = office.do(COCHAIR, lambda ask: items.decline(ask, Ref("EM-1"), "I am away"))
    assert [(a.user, a.answer) for a in item.assignments] == [(MEMBER, Answer.ACCEPTED)]
    assert any(":declined:" in key for key in office.pending(MEMBER))


def test_only_an_owner_answers_and_only_once(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    assert isinstance(
        refused(office, CHAIR, lambda ask: items.accept(ask, Ref("EM-1"))), NotAllowed
    )
    assert office.do(COCHAIR, lambda ask: items.accept(ask, Ref("EM-1"))).confirmed
    assert refused(office, COCHAIR, lambda ask: items.accept(ask, Ref("EM-1"))).code is (
        Code.ALREADY_ACCEPTED
    )


def test_an_owner_who_acts_has_accepted(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    assert office.do(COCHAIR, lambda ask: items.start(ask, Ref("EM-1"))).confirmed


def test_handing_over_asks_the_new_owner_only(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    office.do(COCHAIR, lambda ask: items.accept(ask, Ref("EM-1")))
    item = office.do(COCHAIR, lambda ask: items.give(ask, Ref("EM-1"), (COCHAIR, OTHER)))
    assert [(a.user, a.answer) for a in item.assignments] == [
        (COCHAIR, Answer.ACCEPTED),
        (OTHER, Answer.ASKED),
    ]


def test_an_action_without_owner_can_be_taken_once(office: Office) -> None:
    new = NewItem("Comparison table", MODELS, Due(FRIDAY), ())
    office.do(CHAIR, lambda ask: items.add(ask, new))
    item = office.do(MEMBER, lambda ask: items.take(ask, Ref("EM-1")))
    assert item.owners == (MEMBER,)
    assert refused(office, OTHER, lambda ask: items.take(ask, Ref("EM-1"))).code is (
        Code.CHANGED_MEANWHILE
    )


def test_an_edit_of_a_version_no_longer_there_is_a_conflict(office: Office) -> None:
    item = office.add(MEMBER, COCHAIR, due=FRIDAY)
    office.do(MEMBER, lambda ask: items.edit(ask, item.ref, "Better words", item.version))
    refusal = refused(office, CHAIR, lambda ask: items.edit(ask, item.ref, "Mine", item.version))
    assert refusal.code is Code.CHANGED_MEANWHILE


def test_unknown_ids_and_taken_back_ones_say_so(office: Office) -> None:
    refusal = refused(office, CHAIR, lambda ask: items.done(ask, Ref("EM-99")))
    assert isinstance(refusal, NotFound)
    assert refusal.code is Code.NO_SUCH_ID
    office.add(CHAIR, CHAIR, due=FRIDAY)
    office.do(CHAIR, undo)
    assert refused(office, CHAIR, lambda ask: items.done(ask, Ref("EM-1"))).code is Code.GONE


@pytest.mark.parametrize(("verb", "act", "state"), CHANGES, ids=[c[0] for c in CHANGES])
def test_undo_restores_what_was_before(
    office: Office, verb: str, act: Act, state: ItemState
) -> None:
    before = office.add(CHAIR, CHAIR, due=FRIDAY)
    assert office.do(CHAIR, act).state is state
    (change,) = office.do(CHAIR, undo)
    after = change.item_before
    assert after is not None
    assert (after.state, after.why, after.evidence) == (before.state, "", "")
    assert office.db.read_now(lambda store: store.audit.of(Ref("EM-1"))[-1].verb) == "undo"


def test_undo_is_ones_own_in_time_and_of_what_nobody_changed_since(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    assert refused(office, CHAIR, undo).code is Code.NOTHING_TO_UNDO
    office.do(COCHAIR, lambda ask: items.start(ask, Ref("EM-1")))
    assert refused(office, MEMBER, undo).code is Code.CHANGED_MEANWHILE
    office.clock.forward(minutes=11)
    assert refused(office, COCHAIR, undo).code is Code.NOTHING_TO_UNDO


def test_a_wish_for_quiet_is_the_owners_own(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    item = office.do(COCHAIR, lambda ask: items.quiet(ask, Ref("EM-1"), Quiet(COCHAIR)))
    assert item.quiet == (Quiet(COCHAIR),)
    with pytest.raises(NotAllowed):
        office.do(CHAIR, lambda ask: items.quiet(ask, Ref("EM-1"), Quiet(CHAIR)))


def test_handing_over_to_who_has_it_changes_nothing(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    refusal = refused(office, MEMBER, lambda ask: items.give(ask, Ref("EM-1"), (COCHAIR,)))
    assert refusal.code is Code.ALREADY_THEIRS
    assert len(office.db.read_now(lambda store: store.audit.of(Ref("EM-1")))) == 1


def test_undo_does_not_reach_past_a_change_of_the_groups(office: Office) -> None:
    """Else it would take back an older, unrelated action."""
    office.add(COORDINATOR, CHAIR, due=FRIDAY)
    office.do(COORDINATOR, lambda ask: roles.name_role(ask, OTHER, Role.OBSERVER, MODELS))
    assert refused(office, COORDINATOR, undo).code is Code.NOT_UNDONE
    assert office.db.read_now(lambda store: store.items.get(Ref("EM-1"))) is not None


def test_a_refusal_names_the_owner_too(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=FRIDAY)
    refusal = refused(office, OTHER, lambda ask: items.start(ask, Ref("EM-1")))
    assert isinstance(refusal, NotAllowed)
    assert refusal.who_can == (COCHAIR, CHAIR)
