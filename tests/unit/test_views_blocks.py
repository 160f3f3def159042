"""Words made safe for Slack, and what buttons carry."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.blocks import (
    OPTION_VALUE_LIMIT,
    VALUE_LIMIT,
    Id,
    Value,
    actions,
    button,
    clip_middle,
    escape,
    instant,
    mention,
    message,
    nth,
    parse_value,
    plain,
    section,
    value,
    which,
)
from bot.views.text import bare
from tests.unit.screens import NASTY, kept, texts


def test_no_token_of_a_user_survives_escape() -> None:
    assert escape("<!channel> & <@U0OWNER1>") == "&lt;!channel&gt; &amp; &lt;@U0OWNER1&gt;"


@given(texts)
def test_escape_leaves_nothing_active_and_loses_no_visible_character(text: str) -> None:
    said = escape(text)
    assert "<" not in said
    assert ">" not in said
    back = said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert "".join(bare(back).split()) == "".join(bare(text).split())


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("*bold* _it_ ~no~ `code`", "bold it no 'code'"),
        ("see :tada: at 10:30:45", "see tada at 10:30:45"),
        ("hours 25:00-26:00, 9:00 - 17:00", "hours 25:00\u201326:00, 9:00 - 17:00"),
        ("9:+1:30 3:-1:4 1:00-a:5", "9+130 3-14 100-a5"),
        ("file_name_here stays", "file_name_here stays"),
        ("a < b & c", "a \u2039 b &amp; c"),
        ("two\nlines\x07 \u202eturned", "two lines turned"),
    ],
)
def test_plain_leaves_words_only(typed: str, line: str) -> None:
    assert plain(typed) == line


@given(texts)
def test_plain_text_has_no_mark_up(text: str) -> None:
    kept(message(plain(text) or "nothing", section("a", escape(text))))


def test_only_ids_of_people_become_mentions() -> None:
    assert mention("U0OWNER1") == "<@U0OWNER1>"
    assert mention("U0OWNER1> <!channel") == "someone"
    assert mention("C0TARGETS") == "someone"


def test_an_instant_is_in_the_readers_zone_with_city_and_offset_beside() -> None:
    at = datetime(2026, 12, 4, 22, tzinfo=UTC)
    assert instant(at, "America/New_York") == (
        f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}"
        "|Fri 4 Dec 2026, 17:00 New York (UTC\u22125)>"
    )


@given(
    st.from_regex(r"[A-Z]{2,4}-[1-9][0-9]{0,5}", fullmatch=True),
    st.integers(1, 10**6),
    st.dictionaries(
        st.sampled_from(["do", "line", "request"]),
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1),
    ),
)
def test_what_a_button_carries_comes_back(ref: str, version: int, extra: dict[str, str]) -> None:
    assert parse_value(value(ref, version, **extra)) == Value(ref, version, extra)


@pytest.mark.parametrize("junk", [None, "", "EM-2|7", "[1]", '{"ref":4,"v":"x","do":7}', "{", "1"])
def test_a_forged_value_is_an_empty_one(junk: str | None) -> None:
    assert parse_value(junk) == Value()


def test_an_id_and_a_version_fit_into_an_option() -> None:
    longest = value("ABCDEFGHIJ-999999999", 999_999_999, do="tomorrow")
    assert len(longest) <= OPTION_VALUE_LIMIT


def test_equal_buttons_in_one_row_are_told_apart() -> None:
    assert which(nth(Id.ITEM_PICK_DATE, 2)) is Id.ITEM_PICK_DATE
    assert which("item.unheard_of") is None


@given(st.text(), st.integers(3, 50))
def test_both_ends_of_a_long_line_are_kept(text: str, size: int) -> None:
    short = clip_middle(text, size)
    assert len(short) <= size or short == text
    assert short[:1] == text[:1]
    assert short[-1:] == text[-1:]


def test_two_blocks_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="2 blocks"):
        message("Twice.", section("a", "one"), section("a", "two"))


def test_more_than_fifty_blocks_are_refused() -> None:
    with pytest.raises(ValueError, match="51 blocks"):
        message("Many.", *(section(str(number), "x") for number in range(51)))


@pytest.mark.parametrize("text", NASTY)
def test_any_label_and_name_makes_a_button(text: str) -> None:
    made = button(text, Id.ITEM_DONE, value("EM-1", 1), names=text)
    kept(message("One.", section("a", escape(text)), actions("b", made)))


def test_a_value_has_room_for_a_long_line() -> None:
    assert VALUE_LIMIT < 2000


@pytest.mark.parametrize(
    "odd",
    [
        "[" * 5000,
        '{"ref":' * 3000,
        '{"ref":"\\ud800"}',
        '{"ref":"EM-1\\u0000"}',
        '{"do":"\\udfff"}',
    ],
    ids=["lists", "objects", "half a pair", "nul", "half in a part"],
)
def test_what_no_button_of_ours_carries_is_read_as_nothing(odd: str) -> None:
    assert parse_value(odd) == Value()
