"""Ids, dates and people at the start of a line."""

from datetime import date

import pytest

from bot.domain.items import Due
from bot.domain.model import Ref
from bot.errors import BadInput, Code, UserError
from bot.handlers import sentence
from bot.handlers.refs import read_ids, read_needs
from tests.unit.programme import (
    COCHAIR,
    MODELS,
    SHERPA,
    reading,
)
from tests.unit.test_sentence import CO, FRIDAY


@pytest.mark.parametrize(
    ("line", "refs", "rest"),
    [
        ("EM-2", ("EM-2",), ""),
        ("em2", ("EM-2",), ""),
        ("EM 2 done well", ("EM-2",), "done well"),
        ("EM-2 EM-4", ("EM-2", "EM-4"), ""),
        ("EM-2, EM-4: both", ("EM-2", "EM-4"), "both"),
        ("EM-2 and TR-4 both", ("EM-2", "TR-4"), "both"),
        ("EM-2 COVID-19 report", ("EM-2",), "COVID-19 report"),
        ("EM-2 https://example.org", ("EM-2",), "https://example.org"),
        ("XX-9 text", ("XX-9",), "text"),
        ("EM-2 EM-2", ("EM-2",), ""),
    ],
)
def test_ids_open_a_line(line: str, refs: tuple[str, ...], rest: str) -> None:
    assert read_ids(line, reading()) == (refs, rest)


@pytest.mark.parametrize("line", ["", "report", "2", "EM-", "-2", "EM-0", "done"])
def test_a_line_without_an_id_is_refused(line: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_ids(line, reading())
    assert refusal.value.code is Code.ID_NEEDED


def test_only_as_many_ids_as_a_word_takes() -> None:
    assert read_ids("EM-2 EM-4 is alike", reading(), 1) == (("EM-2",), "EM-4 is alike")


@pytest.mark.parametrize(
    ("line", "day", "reason"),
    [
        ("fri", FRIDAY, ""),
        ("to fri", FRIDAY, ""),
        ("30 Nov because scans are late", date(2026, 11, 30), "scans are late"),
        ("by 30 Nov, because of A &amp; B", date(2026, 11, 30), "A & B"),
        ("fri since <@U0COCHAIR> is away", FRIDAY, "@models-cochair is away"),
    ],
)
def test_a_move_has_a_date_and_perhaps_a_reason(line: str, day: date, reason: str) -> None:
    due, _, because = sentence.read_move(line, reading(), MODELS)
    assert (due, because) == (Due(day), reason)


@pytest.mark.parametrize("line", ["", "soon", "because late", "fri or mon"])
def test_a_move_without_a_date_is_refused(line: str) -> None:
    with pytest.raises(UserError):
        sentence.read_move(line, reading(), MODELS)


@pytest.mark.parametrize("line", ["EM-2", "em2, tr-3", "EM 2 and TR-3."])
def test_a_form_takes_ids(line: str) -> None:
    assert read_needs(line, reading())[0] == Ref("EM-2")


def test_a_form_refuses_what_is_no_id() -> None:
    with pytest.raises(BadInput) as refusal:
        read_needs("EM-2 and the report", reading())
    assert refusal.value.field == "needs"


def test_owners_are_people_and_nothing_else() -> None:
    assert sentence.read_owners(f"to {CO} and @sherpa", reading(), MODELS) == (COCHAIR, SHERPA)
    for line, code in (("bob", Code.PERSON_UNKNOWN), (f"{CO} soon", Code.WRONG_WORDS)):
        with pytest.raises(BadInput) as refusal:
            sentence.read_owners(line, reading(), MODELS)
        assert refusal.value.code is code


def test_an_id_of_another_kind_is_no_action() -> None:
    with pytest.raises(BadInput) as refusal:
        sentence.read_new("Draft needs MT-1", reading())
    assert refusal.value.facts["awaited"] == "MT-1"
    said = sentence.read_new("Draft needs DL-3", reading())
    assert said is not None
    assert said.new.needs == ("DL-3",)
