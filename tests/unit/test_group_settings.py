"""What a group has set: in words, in a form that Slack takes, and read back from it."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.domain.model import GroupSettings
from bot.errors import BadInput, Code
from bot.handlers.group_settings import read_form
from bot.handlers.registry import Form, Invocation
from bot.views import group_settings as view
from bot.views.error_words import sentence
from bot.views.ids import Field, Id
from tests.unit.programme import ME, MODELS, world
from tests.unit.screens import kept, kept_view

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
USUAL = {
    "due_days": "7", "before": "7, 2", "after": "1, 7", "warn_before": "28, 14",
    "decide_after": "3", "chair_after": "10", "coordinator_after": "15",
    "digest_day": "0", "digest_at": "08:00", "capture": "on",
}  # fmt: skip


def form(**said: str) -> Form:
    by = Invocation("view", "k", ME, "")  # type: ignore[arg-type]  # from no channel
    fields = {Field(name): value for name, value in (USUAL | said).items()}
    return Form(by, Id.GROUP_SETTINGS_FORM, fields=fields)


def test_the_usual_settings_are_what_the_form_says_unchanged() -> None:
    assert read_form(form()) == GroupSettings()


def test_every_field_of_the_form_is_kept() -> None:
    said = form(
        due_days="9", before="1 3", after="", warn_before="60", decide_after="0",
        chair_after="5", coordinator_after="0", digest_day="3", digest_at="14:00", capture="off",
    )  # fmt: skip
    assert read_form(said) == GroupSettings(
        9, (3, 1), (), (60,), 0, 5, 0, digest_day=3, digest_at=time(14), capture=False
    )


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("due_days", "7, 8", "one whole number of days from 1 to 60, as in 7, not"),
        ("chair_after", "soon", 'one whole number of days from 0 to 60, as in 10, not "soon"'),
        ("coordinator_after", "", "one whole number of days from 0 to 60"),
        ("warn_before", "a month", "as days: up to 5 numbers"),
    ],
)
def test_a_field_that_cannot_be_read_is_named_with_what_it_takes(
    field: str, typed: str, told: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        read_form(form(**{field: typed}))
    assert (refusal.value.code, refusal.value.field) == (Code.NUMBER_WRONG, field)
    assert told in sentence(refusal.value, world())


@pytest.mark.parametrize("field", ["digest_day", "digest_at"])
def test_a_day_or_hour_that_is_none_is_refused(field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_form(form(**{field: "25:00"}))
    assert refusal.value.field == field


def test_what_is_off_is_said_to_be() -> None:
    off = GroupSettings(
        remind_before=(), remind_after=(), warn_before=(), decide_after=0, chair_after=1,
        coordinator_after=0, digest_day=4, digest_at=time(9, 30), capture=False,
    )  # fmt: skip
    group = replace(MODELS, settings=off)
    kept_view(view.group_form(group))
    told = kept(view.of_group(group, NOW)).text
    for fact in (
        "Reminders before the due day (days): none.",
        "Reminders of deadlines before that (days): none.",
        "Overdue, the chair is asked to decide: never.",
        "Still overdue, the chair is told: after 1 working day.",
        "Still overdue, the coordinators are told: never.",
        "Weekly digest: Friday at 09:30, on its reader's clock.",
        "ACTION: lines are taken: off.",
    ):
        assert fact in told
