"""Forms of deadlines as they come back: late, or with values that no form of ours offers."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from bot.domain.deadlines import NewDeadline
from bot.errors import Code, UserError
from bot.handlers import deadline_forms
from bot.handlers.deadline_forms import DeadlineForms
from bot.handlers.registry import Click, Form, Invocation
from bot.services import deadlines, groups
from bot.services.access import Ask
from bot.services.inbox import OpenModal
from bot.views import errors
from bot.views.blocks import Field, Id, parse_value, value
from bot.world import find_zone
from tests.services.conftest import COORDINATOR, MODELS, MODELS_CHANNEL, TRIALS, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

FORMS = DeadlineForms(find_zone)
BY = Invocation("form", "key", COORDINATOR, MODELS_CHANNEL, trigger="trigger")


def filled(*keys: str, kind: str = "milestone") -> Callable[[Ask], object]:
    fields = {Field.TEXT: "Slides in", Field.DUE: "2026-12-18", Field.KIND: kind}
    form = Form(BY, Id.DEADLINE_ADD, "{}", fields=fields, picks={Field.GROUPS: keys})
    return partial(FORMS.add, form=form)


def refused(office: Office, work: Callable[[Ask], object]) -> tuple[Code, str]:
    with pytest.raises(UserError) as refusal:
        office.do(COORDINATOR, work)
    world = office.db.read_now(lambda store: store.groups.world())
    assert office.db.read_now(lambda store: store.deadlines.of_groups(None)) == ()
    return refusal.value.code, errors.words(refusal.value, "", "", world).text


def test_a_group_that_closed_or_merged_meanwhile_is_named_and_nothing_is_saved(
    office: Office,
) -> None:
    office.do(COORDINATOR, lambda ask: groups.merge(ask, TRIALS, MODELS))
    for keys in ((TRIALS,), (MODELS, TRIALS), ("all", TRIALS)):
        code, text = refused(office, filled(*keys))
        assert code is Code.GROUP_CLOSED
        assert text.startswith("Trials was merged into Models.")
    code, text = refused(office, filled("zzz"))
    assert (code, "zzz" in text) == (Code.GROUP_UNKNOWN, True)


def test_a_kind_that_is_none_is_asked_for_again(office: Office) -> None:
    code, text = refused(office, filled(MODELS, kind="zzz"))
    assert code is Code.WRONG_WORDS
    assert text.startswith("That could be about milestone or deliverable. Please say which.")


def test_a_forged_day_on_a_button_opens_the_form_without_one(office: Office) -> None:
    made = NewDeadline("Abstracts", date(2026, 12, 4), (MODELS,))
    ref = office.do(COORDINATOR, lambda ask: deadlines.add(ask, made)).deadline.ref

    def opened(due: str) -> object:
        click = Click(BY, Id.DEADLINE_MOVE, parse_value(value(ref, due=due)))
        return office.do(COORDINATOR, lambda ask: deadline_forms.move(ask, click))

    modal = opened("garbage")
    assert isinstance(modal, OpenModal)
    assert modal == opened("")
    assert modal != opened("2026-12-11")
