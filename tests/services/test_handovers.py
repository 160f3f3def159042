"""What was left is handed over at once, passed over where it changed, and given back."""

import pytest

from bot.domain.departures import HandOver
from bot.domain.items import Answer
from bot.domain.model import Ref, Role, UserId
from bot.errors import BadInput, NotAllowed
from bot.services import handovers, items, undo
from bot.services.access import Ask
from bot.services.inbox import Inbox, Request, Silent
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    Office,
)
from tests.services.test_departures import (
    DUE,
    comes_back,
    deactivated,
    follow,
    item,
    leaves,
    left,
    roles_of,
    set_left,
    settled,
    told,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_a_hand_over_asks_new_owners_and_one_undo_takes_it_back(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    office.add(CHAIR, MEMBER, due=DUE)
    gone = left(office, MEMBER)
    wanted = HandOver(((Ref("EM-1"), OTHER), (Ref("EM-2"), CHAIR)))
    _, planned = office.do(CHAIR, lambda ask: handovers.try_out(ask, gone.id, wanted))
    assert [user for _, user in planned.given] == [OTHER, CHAIR]
    assert item(office, "EM-1").owners == ()
    request = office.do(CHAIR, lambda ask: (handovers.hand_over(ask, gone.id, wanted), ask.key)[1])
    follow(office)
    assert item(office, "EM-1").assignments[0].answer is Answer.ASKED
    assert item(office, "EM-2").assignments[0].answer is Answer.ACCEPTED
    assert settled(office, gone.id)
    assert told(office, CHAIR) == []
    office.do(CHAIR, lambda ask: undo.undo(ask, request))
    follow(office)
    assert item(office, "EM-1").owners == item(office, "EM-2").owners == ()
    assert not settled(office, gone.id)
    assert len(told(office, CHAIR)) == 1


def test_a_freed_role_given_in_the_same_hand_over_does_not_stand_in_the_way_of_undo(
    office: Office,
) -> None:
    office.add(CHAIR, CHAIR, due=DUE)
    gone = left(office, CHAIR)
    wanted = HandOver(((Ref("EM-1"), MEMBER),), ((Role.CHAIR, COCHAIR),))
    request = office.do(
        COCHAIR, lambda ask: (handovers.hand_over(ask, gone.id, wanted), ask.key)[1]
    )
    assert roles_of(office, COCHAIR) == {(MODELS, Role.CHAIR)}
    assert len(office.do(COCHAIR, lambda ask: undo.undo(ask, request))) == 1


def test_what_changed_meanwhile_is_passed_over_and_said(office: Office) -> None:
    for _ in range(3):
        office.add(CHAIR, MEMBER, due=DUE)
    gone = left(office, MEMBER)
    office.do(CHAIR, lambda ask: items.done(ask, Ref("EM-1")))
    office.do(CHAIR, lambda ask: items.give(ask, Ref("EM-2"), (COCHAIR,)))
    office.add(CHAIR, CHAIR, due=DUE)
    refs = ("EM-1", "EM-2", "EM-3", "EM-4", "XX-9")
    wanted = HandOver(tuple((Ref(ref), OTHER) for ref in refs))
    _, outcome = office.do(CHAIR, lambda ask: handovers.hand_over(ask, gone.id, wanted))
    assert [i.ref for i, _ in outcome.given] == ["EM-3"]
    assert outcome.skipped == (
        "EM-1 is closed already.",
        "EM-2 has been given to @models-cochair meanwhile.",
        "EM-4 is none of the actions left behind.",
        "XX-9 is none of the actions left behind.",
    )
    assert item(office, "EM-4").owners == (CHAIR,)


def test_nobody_outside_the_group_gets_any_of_it(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    gone = left(office, MEMBER)
    wanted = HandOver(((Ref("EM-1"), OUTSIDER),))
    _, outcome = office.do(CHAIR, lambda ask: handovers.hand_over(ask, gone.id, wanted))
    assert outcome.given == ()
    assert "@trials-member cannot take EM-1" in outcome.skipped[0]
    offered = office.do(CHAIR, lambda ask: handovers.offered(ask, handovers.find(ask, gone.id)))
    assert set(offered) == {CHAIR, COCHAIR, OTHER, COORDINATOR}


@pytest.mark.parametrize("user", [OTHER, OUTSIDER, MEMBER])
def test_only_who_minds_the_group_may_look_or_hand_over(office: Office, user: UserId) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    gone = left(office, MEMBER)
    for act in (handovers.find, handovers.give_back):
        with pytest.raises(NotAllowed):
            office.do(user, lambda ask, act=act: act(ask, gone.id))  # type: ignore[misc]  # mypy cannot infer a lambda's default
    for use in (handovers.try_out, handovers.hand_over):
        with pytest.raises(NotAllowed):
            office.do(user, lambda ask, use=use: use(ask, gone.id, HandOver()))  # type: ignore[misc]  # as above
    with pytest.raises(NotAllowed):
        office.do(user, lambda ask: handovers.waiting(ask, key=MODELS))


def test_who_comes_back_can_have_everything_back(office: Office) -> None:
    for owners in ((CHAIR,), (CHAIR, OTHER), (CHAIR,)):
        office.add(CHAIR, *owners, due=DUE)
    gone = left(office, CHAIR)
    office.do(COCHAIR, lambda ask: items.give(ask, Ref("EM-3"), (MEMBER,)))
    comes_back(office, CHAIR)
    assert told(office, COCHAIR)[0].startswith(
        "@models-chair is back in Models. Everything can be as it was."
    )
    _, returned, again = office.do(COCHAIR, lambda ask: handovers.give_back(ask, gone.id))
    follow(office)
    assert ([i.ref for i in returned], again) == (["EM-1", "EM-2"], (Role.CHAIR,))
    assert item(office, "EM-1").assignments[0].answer is Answer.ACCEPTED
    assert set(item(office, "EM-2").owners) == {CHAIR, OTHER}
    assert item(office, "EM-3").owners == (MEMBER,)
    assert roles_of(office, CHAIR) == {(MODELS, Role.CHAIR)}
    assert settled(office, gone.id)
    assert told(office, COCHAIR) == []


def test_by_accident_twice_is_told_as_once(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    first = left(office, MEMBER)
    comes_back(office, MEMBER)
    again = left(office, MEMBER) if leaves(office, MEMBER) else first
    comes_back(office, MEMBER)
    assert again.id == first.id
    assert len(told(office, CHAIR)) == 1
    office.do(CHAIR, lambda ask: handovers.give_back(ask, first.id))
    second = left(office, MEMBER)
    assert second.refs == ("EM-1",)
    assert item(office, "EM-1").owners == ()


def test_who_is_activated_again_is_offered_too_but_never_while_gone(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    deactivated(office, MEMBER)
    gone = office.db.read_now(lambda store: store.departures.of(MEMBER))[0]
    with pytest.raises(BadInput):
        office.do(CHAIR, lambda ask: handovers.give_back(ask, gone.id))
    set_left(office, MEMBER, left=False)
    assert "is back in Models" in told(office, CHAIR)[0]
    office.do(CHAIR, lambda ask: handovers.give_back(ask, gone.id))
    assert item(office, "EM-1").owners == (MEMBER,)
    assert roles_of(office, MEMBER) == {(MODELS, Role.MEMBER)}


def test_suggestions_know_who_had_it_before_and_spread_the_rest(office: Office) -> None:
    office.add(CHAIR, OTHER, due=DUE)
    office.do(CHAIR, lambda ask: items.give(ask, Ref("EM-1"), (MEMBER,)))
    for _ in range(3):
        office.add(MEMBER, MEMBER, due=DUE)
    gone = left(office, MEMBER)
    found = office.do(CHAIR, lambda ask: handovers.suggestions(ask, handovers.find(ask, gone.id)))
    assert found[Ref("EM-1")] == OTHER
    assert {found[Ref(ref)] for ref in ("EM-2", "EM-3")} == {CHAIR, COCHAIR}
    assert COORDINATOR not in found.values()


async def test_any_request_that_settles_it_takes_the_notice_back(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    gone = left(office, MEMBER)
    inbox = Inbox(office.db, office.clock, lambda: None, "Europe/London")

    def takes(ask: Ask) -> Silent:
        items.take(ask, Ref("EM-1"))
        return Silent()

    await inbox.once(Request("command", "k1", OTHER, MODELS_CHANNEL), takes)
    assert settled(office, gone.id)
    assert told(office, CHAIR) == []


def test_other_requests_do_not_put_the_notice_off(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    left(office, MEMBER)
    before = office.db.read_now(lambda store: store.outbox.waiting(CHAIR))
    office.clock.forward(hours=3)
    follow(office)
    assert office.db.read_now(lambda store: store.outbox.waiting(CHAIR)) == before
