"""What was left is handed over as things are now: merged, closed, or done already."""

import pytest

from bot.domain.departures import HandOver
from bot.domain.model import Ref, Role
from bot.errors import Conflict
from bot.services import groups, handovers, privacy
from bot.services.access import Ask
from bot.views import handovers as view
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    OTHER,
    OUTSIDER,
    TRIALS,
    Office,
)
from tests.services.test_departures import DUE, follow, item, left, settled, told

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_after_a_merge_it_is_handed_over_where_the_actions_are_now(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    gone = left(office, MEMBER)
    office.do(COORDINATOR, lambda ask: groups.merge(ask, MODELS, TRIALS))
    follow(office)
    assert told(office, OUTSIDER) == [
        "@models-member has left Trials. 1 open action needs an owner."
    ]
    wanted = HandOver(((Ref("EM-1"), OUTSIDER),))
    _, done = office.do(COORDINATOR, lambda ask: handovers.hand_over(ask, gone.id, wanted))
    assert ([i.ref for i, _ in done.given], done.skipped) == (["PC-1"], ())
    assert item(office, "PC-1").owners == (OUTSIDER,)


def test_a_dry_run_says_what_the_hand_over_would_refuse(office: Office) -> None:
    gone = left(office, COCHAIR)
    wanted = HandOver((), ((Role.COCHAIR, CHAIR),))
    _, tried = office.do(CHAIR, lambda ask: handovers.try_out(ask, gone.id, wanted))
    assert (tried.roles, tried.skipped) == (
        (),
        (
            "@models-chair is the only chair: name another chair first,"
            " then @models-chair as co-chair.",
        ),
    )
    _, done = office.do(CHAIR, lambda ask: handovers.hand_over(ask, gone.id, wanted))
    assert (done.roles, done.skipped) == (tried.roles, tried.skipped)


def test_of_a_closed_group_it_says_what_has_no_owner_and_goes_on_when_it_opens(
    office: Office,
) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    gone = left(office, MEMBER)
    office.do(COORDINATOR, lambda ask: groups.close(ask, MODELS))
    follow(office)
    assert (told(office, CHAIR), settled(office, gone.id)) == ([], False)

    def shown(ask: Ask) -> str:
        return view.left_line(handovers.find(ask, gone.id), ask.world).text

    assert office.do(COORDINATOR, shown) == (
        "@models-member has left (Models). Models is closed, and 1 open action there has no owner."
        " To hand over, a coordinator opens the group again first."
    )
    office.do(COORDINATOR, lambda ask: groups.add(ask, MODELS, "EM", "Models"))
    follow(office)
    assert len(told(office, CHAIR)) == 1


def test_who_has_left_something_that_waits_is_not_erased_yet(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    gone = left(office, MEMBER)
    with pytest.raises(Conflict) as refused:
        office.do(COORDINATOR, lambda ask: privacy.erasable(ask, MEMBER))
    items = refused.value.facts["items"]
    assert isinstance(items, tuple)
    assert [one.ref for one in items] == ["EM-1"]
    wanted = HandOver(((Ref("EM-1"), OTHER),))
    office.do(CHAIR, lambda ask: handovers.hand_over(ask, gone.id, wanted))
    follow(office)
    assert office.do(COORDINATOR, lambda ask: privacy.erasable(ask, MEMBER)).user == MEMBER


def test_pressed_again_it_is_done_already(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    gone = left(office, MEMBER)
    wanted = HandOver(((Ref("EM-1"), OTHER),))

    def done(ask: Ask) -> bool:
        return handovers.is_done(ask, handovers.find(ask, gone.id), wanted)

    assert not office.do(CHAIR, done)
    office.do(CHAIR, lambda ask: handovers.hand_over(ask, gone.id, wanted))
    assert office.do(CHAIR, done)


def test_of_very_many_some_go_at_once_and_it_says_how_many_remain(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        office.add(CHAIR, MEMBER, due=DUE)
    gone = left(office, MEMBER)
    monkeypatch.setattr(handovers, "AT_ONCE", 1)
    wanted = HandOver(tuple((ref, OTHER) for ref in gone.refs))
    _, first = office.do(CHAIR, lambda ask: handovers.hand_over(ask, gone.id, wanted))
    assert (len(first.given), first.skipped) == (
        1,
        ("1 more action waits, too many for one go: hand over once more.",),
    )
    _, second = office.do(CHAIR, lambda ask: handovers.hand_over(ask, gone.id, wanted))
    assert [i.ref for i, _ in second.given] == ["EM-2"]
