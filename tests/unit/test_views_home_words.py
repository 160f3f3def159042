"""What Home says before the set-up, at night, and of what is late or new."""

from dataclasses import replace

import pytest

from bot.domain.departures import Departure, DepartureId, Why
from bot.domain.history import Change
from bot.domain.meetings import Task
from bot.domain.model import Ref, Role
from bot.views.home import Glance, home
from bot.views.home_coordinator import ProgrammeGlance
from tests.unit.homes import AGENDA, MEETING, drawn, glance_of, told
from tests.unit.screens import GIVER, NOW, OTHERS, OWNER, TARGETS, WORLD, action


@pytest.mark.parametrize("able", [True, False])
def test_before_the_set_up_only_who_may_has_the_button_and_others_hear_whom_to_ask(
    able: bool,
) -> None:
    people = {OWNER: replace(WORLD.people[OWNER], admin=able)}
    view = told(
        home(Glance(), replace(WORLD, groups={}, people=people, memberships=()), OWNER, NOW)
    )
    assert "No groups are set up yet." in view
    assert ("setup.open" in view) == able
    assert ("An owner or admin of this workspace" in view) != able
    assert "join its channel" not in view


def test_at_night_it_says_hello_and_who_is_late_is_not_told_to_enjoy_the_quiet() -> None:
    night = home(Glance(), WORLD, OWNER, NOW.replace(hour=8))
    assert '"Hello, Targets Cochair"' in told(night)
    assert "Enjoy the quiet" in told(night)
    late = drawn(Glance(tasks=(Task(MEETING, AGENDA, late=True),)))
    assert "Enjoy the quiet" not in told(late)


def test_what_was_added_is_named_once() -> None:
    added = Change(
        Ref("TR-14"), 1, NOW, GIVER, "add", "cmd:1", "Send consent", after=action("Send consent")
    )
    assert told(drawn(Glance(news=(added,), news_total=1))).count("Send consent") == 1
    mine = replace(added, by=OWNER)
    assert told(drawn(Glance(last=mine))).count("Send consent") == 1


def test_who_left_nothing_is_listed_only_while_a_leading_role_of_theirs_is_free() -> None:
    gone = Departure(DepartureId(7), OTHERS[0], TARGETS.key, NOW, Why.CHANNEL, (Role.COCHAIR,))
    glance = replace(glance_of(TARGETS), left=((gone, 0),))
    programme = Glance(programme=ProgrammeGlance((glance,)))
    assert "left Targets" not in told(home(programme, WORLD, GIVER, NOW))
    members = tuple(m for m in WORLD.memberships if m.role is not Role.COCHAIR)
    bare = told(home(programme, replace(WORLD, memberships=members), GIVER, NOW))
    assert "left Targets; the co-chair's role is free." in bare
    assert "handover.open" in bare
