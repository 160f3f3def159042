"""What people typed stays text in a Markdown file, whatever it looks like."""

import pytest
from hypothesis import given as trying
from hypothesis import settings
from markdown_it import MarkdownIt

from bot.views import markdown
from bot.views.text import bare
from tests.unit.hostile import HOSTILE
from tests.unit.screens import texts

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read(text: str) -> tuple[set[str], str]:
    """The kinds of what a reader of Markdown finds, and all that it shows."""
    kinds, said = set(), ""
    for token in READER.parse(text):
        kinds.add(token.type)
        for child in token.children or ():
            kinds.add(child.type)
            said += child.content
    return kinds, said


def is_shown_as_typed(text: str) -> bool:
    line = markdown.escaped(text)
    kinds, said = read(line)
    return kinds <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"} and (
        said == bare(text)
    )


@pytest.mark.parametrize(
    "text",
    [
        *("# Title", "1. first", "2) second", "- item", "+ item", "> said", "===", "---"),
        *("**bold** and _it_", "`code`", "[bank](https://evil.example)", "![x](y)", "<b>&lt;</b>"),
        *("<https://evil.example>", "a \\* b", "~~gone~~", "| a | b |", "&copy; & co", "[a]: b"),
    ],
)
def test_no_markup_comes_of_what_was_typed(text: str) -> None:
    assert is_shown_as_typed(text)


@trying(texts)
@settings(max_examples=60, deadline=None)
def test_whatever_was_typed_is_shown_as_it_was(text: str) -> None:
    assert is_shown_as_typed(text)


def test_hostile_words_stay_words() -> None:
    assert [text for text in HOSTILE if not is_shown_as_typed(text)] == []


def test_a_bare_address_does_not_become_a_link_where_readers_make_some() -> None:
    assert markdown.escaped("see https://evil.example, www.evil.example") == (
        "see https\\://evil.example, www\\.evil.example"
    )


def test_a_cell_holds_what_was_typed_and_numbers_stand_to_the_right() -> None:
    kinds, said = read(markdown.table(("Group", "Open"), [("A | B\n**C**", 3), ("", 1)]))
    assert "th_open" in kinds
    assert "strong_open" not in kinds
    assert said == "GroupOpenA | B **C**31"
    assert "| ---: |" in markdown.table(("Group", "Open"), [("A", 3)])
