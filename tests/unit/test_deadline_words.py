"""A new deadline is read out of one line: groups, kind, owner and date in any order."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.deadlines import Kind
from bot.domain.model import GroupState
from bot.errors import BadInput, Code
from bot.handlers.deadline_words import read_new
from tests.unit.programme import COCHAIR, MODELS, TRIALS, reading

DAY = date(2026, 12, 4)
D, M = Kind.DELIVERABLE, Kind.MILESTONE
HERE = ("models",)


@pytest.mark.parametrize(
    ("line", "text", "groups", "kind"),
    [
        ("Abstracts in by 4 Dec", "Abstracts in", HERE, M),
        ("Abstracts in 4 Dec", "Abstracts in", HERE, M),
        ("Abstracts in 2026-12-04", "Abstracts in", HERE, M),
        ("Abstracts in by 4 Dec for trials", "Abstracts in", ("trials",), M),
        ("Abstracts in for trials by 4 Dec", "Abstracts in", ("trials",), M),
        ("Abstracts in for trials 4 Dec", "Abstracts in", ("trials",), M),
        ("Abstracts in by 4 Dec for all", "Abstracts in", (), M),
        ("Abstracts in for all groups by 4 Dec", "Abstracts in", (), M),
        ("Page by 4 Dec as deliverable", "Page", HERE, D),
        ("Page as a deliverable for trials by 4 Dec", "Page", ("trials",), D),
        ("Page for models and trials as milestone 4 Dec", "Page", ("models", "trials"), M),
        ("Page for PC, outcomes, symptoms by 4 Dec", "Page", ("trials", "outcomes", "symptoms"), M),
        ("Page for trials <@U0COCHAIR> by 4 Dec", "Page", ("trials",), M),
        (
            "Page for Identification and Validation of Targets and Repurposing Opportunities 4 Dec",
            *("Page", ("targets",), M),
        ),
        ("Slides for all speakers by 4 Dec", "Slides for all speakers", HERE, M),
        ("Room for proof reading by 4 Dec", "Room for proof reading", HERE, M),
        ("Act as one by 4 Dec", "Act as one", HERE, M),
        ("Travel for speakers by 4 Dec for trials", "Travel for speakers", ("trials",), M),
    ],
)
def test_text_date_groups_and_kind(
    line: str, text: str, groups: tuple[str, ...], kind: Kind
) -> None:
    said = read_new(line, reading(MODELS, MODELS, TRIALS))
    assert said is not None
    assert (said.new.text, said.new.groups, said.new.kind) == (text, groups, kind)
    assert said.new.due == DAY
    assert said.owner_said == ("COCHAIR" in line)
    assert said.new.owner == (COCHAIR if said.owner_said else "U0CHAIR01")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Abstracts in", Code.DATE_NEEDED),
        ("Abstracts in soon", Code.DATE_NEEDED),
        ("Abstracts in 12/11/2026", Code.DATE_AMBIGUOUS),
        ("Abstracts in by 12/11/2026", Code.DATE_AMBIGUOUS),
        ("Abstracts in 2026-11-21", Code.DATE_PAST),
        ("Abstracts in 1 Dec 2031", Code.DATE_FAR),
        ("Abstracts in by 4 Dec for tr", Code.GROUP_WHICH),
        ("Abstracts in by 4 Dec for models and tr", Code.GROUP_WHICH),
        ("Abstracts in by 4 Dec @nobody", Code.PERSON_UNKNOWN),
        ("Abstracts in by 4 Dec as banana", Code.WRONG_WORDS),
        ("Abstracts in by 4 Dec for bananas", Code.GROUP_UNKNOWN),
        ("Abstracts in by 4 Dec for trials and bananas", Code.GROUP_UNKNOWN),
        ("Abstracts in by 4 Dec needs MT-16", Code.WRONG_WORDS),
        ("Abstracts in by 4 Dec <@U0COCHAIR> <@U0SHERPA1>", Code.WRONG_WORDS),
    ],
)
def test_what_cannot_be_taken_as_it_stands_is_refused(line: str, code: Code) -> None:
    with pytest.raises(BadInput) as refused:
        read_new(line, reading())
    assert refused.value.code is code


@pytest.mark.parametrize(
    "line",
    ["Page by 4 Dec needs EM-3, DL-2", "Page needs EM-3 and DL-2 by 4 Dec for models as milestone"],
)
def test_what_it_needs_is_read_out_of_the_line(line: str) -> None:
    said = read_new(line, reading(MODELS, MODELS, TRIALS))
    assert said is not None
    assert (said.new.text, said.new.needs) == ("Page", ("EM-3", "DL-2"))


def test_a_group_that_is_closed_is_named_as_such() -> None:
    ended = replace(TRIALS, state=GroupState.CLOSED)
    known = reading(MODELS, MODELS)
    groups = {**known.world.groups, TRIALS.key: ended}
    known = replace(known, world=replace(known.world, groups=groups))
    for line in ("Page by 4 Dec for trials", "Page for trials by 4 Dec"):
        with pytest.raises(BadInput) as refused:
            read_new(line, known)
        assert (refused.value.code, refused.value.facts["group"]) == (Code.GROUP_CLOSED, ended)


def test_elsewhere_the_group_is_asked_for() -> None:
    with pytest.raises(BadInput) as refused:
        read_new("Abstracts in by 4 Dec", reading(None, MODELS, TRIALS))
    assert refused.value.facts["choices"] == (MODELS, TRIALS)
