"""Corrections as people type them, and what they do to the words of minutes."""

from datetime import UTC, datetime

import pytest

from bot.domain import corrections
from bot.domain.minutes import Correction
from bot.domain.model import Ref
from bot.errors import BadInput, Code
from bot.handlers.minutes_words import Correcting, read_correction, read_format
from tests.unit.programme import ME, reading
from tests.unit.test_minutes_files import content

AT = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "old", "new", "everywhere"),
    [
        ("MT-15 s/14 mice/40 mice/", "14 mice", "40 mice", False),
        ("mt15 s/14 mice/40 mice", "14 mice", "40 mice", False),
        ("MT-15 s/14/40/g", "14", "40", True),
        ("MT-15 s|1/2|3/4|", "1/2", "3/4", False),
        ("MT-15 s#a#b#", "a", "b", False),
        (r"MT-15 s/1\/2/3\/4/", "1/2", "3/4", False),
        ("MT-15 s/lost//", "lost", "", False),
        ('MT-15 "14 mice" -&gt; "40 mice"', "14 mice", "40 mice", False),
        ("MT-15 \u201c14 mice\u201d \u2192 \u201c40 mice\u201d", "14 mice", "40 mice", False),
        ('MT-15 "14" -> "40" g', "14", "40", True),
        ("MT-15 14 mice => 40 mice", "14 mice", "40 mice", False),
    ],
)
def test_a_correction_is_read_however_it_is_marked(
    line: str, old: str, new: str, everywhere: bool
) -> None:
    assert read_correction(line, reading()) == Correcting(Ref("MT-15"), old, new, everywhere)


@pytest.mark.parametrize(
    "line",
    ["MT-15", "MT-15 s//b/", "MT-15 s/ /b/", "MT-15 s/a/a/", "MT-15 s/a/b/x", "MT-15 s/a/b/c/d",
     "MT-15 s/a", "MT-15 14 mice", 'MT-15 "" -> "b"', "DC-1 s/a/b/"],
)  # fmt: skip
def test_what_is_no_correction_is_refused_with_an_example(line: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_correction(line, reading())
    assert refused.value.code is Code.WRONG_WORDS
    assert refused.value.facts["usage"] == "meeting correct <ID> s/old words/new words/"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("MT-15", ""),
        ("MT-15 as html", "html"),
        ("MT-15 as markdown", "markdown"),
        ("MT-15 md", "markdown"),
    ],
)
def test_a_file_is_asked_for_by_its_kind(line: str, kind: str) -> None:
    assert read_format(line, reading()).words == kind
    with pytest.raises(BadInput):
        read_format("MT-15 as pdf", reading())


def test_the_first_place_changes_or_all_of_them_and_ids_never() -> None:
    it = content()
    first = corrections.corrected(it, [Correction("t", "T", ME, AT)])
    assert (first.title, first.topics[0].actions[0].text) == ("TargeTs call", "Send the table")
    every = corrections.corrected(it, [Correction("TR-14", "TR-15", ME, AT, everywhere=True)])
    assert every == it
    both = corrections.corrected(it, [Correction("all", "ALL", ME, AT, everywhere=True)])
    assert (both.title, both.next) == ("Targets cALL", it.next)
    assert corrections.found(it, "the") == 2
    assert corrections.touches(it, "Send") == ("TR-14",)
    assert corrections.touches(it, "template") == ("DC-1",)
    assert corrections.nearest(it, "40 mise were")[:2] == ("40 mice were", "40 mice were lost")
