"""Which actions a list asks for, and what a form is filled with."""

from datetime import date

import pytest

from bot.domain.items import Source
from bot.domain.model import Group, UserId
from bot.errors import Code, UserError
from bot.handlers.item_clicks import draft_of
from bot.handlers.reports import read_query
from bot.handlers.tokens import quoted
from bot.services.reports import Query
from bot.views.item_forms import Draft
from tests.unit.programme import COCHAIR, MODELS, SHERPA, TRIALS, reading

CO = "<@U0COCHAIR>"


@pytest.mark.parametrize(
    ("line", "show", "group", "person"),
    [
        ("", "open", MODELS, None),
        ("mine", "mine", None, None),
        ("Overdue", "overdue", MODELS, None),
        ("trials", "open", TRIALS, None),
        ("blocked trials", "blocked", TRIALS, None),
        ("trials blocked", "blocked", TRIALS, None),
        ("for trials", "open", TRIALS, None),
        ("done <#C0TRIALS|wg-trials>", "done", TRIALS, None),
        ("mine PC", "mine", TRIALS, None),
        (CO, "open", MODELS, COCHAIR),
        (f"done {CO} trials", "done", TRIALS, COCHAIR),
        ("@sherpa", "open", MODELS, SHERPA),
        ("all clinical outcome measures", "all", reading().named("outcomes")[0], None),
    ],
)
def test_a_list_has_a_filter_a_person_and_a_group(
    line: str, show: str, group: Group | None, person: UserId | None
) -> None:
    assert read_query(line, reading()) == Query(show, group, person)


def test_elsewhere_a_list_is_of_all_groups() -> None:
    assert read_query("", reading(None)) == Query("open", None, None)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("foo", Code.GROUP_UNKNOWN),
        ("tr", Code.GROUP_WHICH),
        ("open done", Code.WRONG_WORDS),
        (f"{CO} <@U0SHERPA1>", Code.WRONG_WORDS),
        ("@nobody", Code.PERSON_UNKNOWN),
    ],
)
def test_a_list_of_anything_else_is_refused(line: str, code: Code) -> None:
    with pytest.raises(UserError) as refusal:
        read_query(line, reading())
    assert refusal.value.code is code


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        ("add", Draft()),
        ("action add", Draft()),
        ("action add Draft it", Draft("Draft it", group="models")),
        (
            f"add Draft it {CO} by 4 Dec for trials needs EM-2",
            Draft("Draft it", (COCHAIR,), date(2026, 12, 4), "trials", "EM-2"),
        ),
        (f"add Draft it {CO} by soon", Draft("Draft it @models-cochair by soon")),
        ("add for trials", Draft("", group="trials")),
        ("add " + "x" * 400, Draft("x" * 400, group="models")),
    ],
)
def test_a_form_starts_with_all_that_was_typed(line: str, draft: Draft) -> None:
    assert draft_of(line, reading()) == draft


def test_a_quote_is_as_people_see_it() -> None:
    source = quoted(Source(quote=f"Ask {CO} about A &amp; B"), reading())
    assert source is not None
    assert source.quote == "Ask @models-cochair about A & B"


def test_without_a_message_there_is_no_quote() -> None:
    assert quoted(None, reading()) is None
