"""Whatever is typed is understood or refused in words, and nothing of it is lost."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.handlers import refs, sentence
from bot.handlers.groups import GroupHandlers
from bot.handlers.items import ItemHandlers
from bot.handlers.registry import Registry
from bot.handlers.reports import ReportHandlers
from bot.handlers.tokens import plain
from tests.unit.programme import reading

PIECES = st.sampled_from(
    [
        "by", "due", "on", "for", "needs", "and", "because", "fri", "next Friday", "2026-12-04",
        "12/11/2026", "soon", "tr", "trials", "models", "EM-2", "em2", "EM 2", "DL-3", "XX-9",
        "<@U0COCHAIR>", "<@U0COCHAIR|x>", "<@U0NOBODY>", "<@W1>", "<@>", "<@U0COCHAIR", "@sherpa",
        "@sam", "@", "@@", "@nobody", "@channel", "<#C0TRIALS|wg>", "<#C0TRIALS|>", "<#C9>", "<#>",
        "<!channel>", "<!subteam^S1|@x>", "<!date^1^{date}|then>", "<https://example.org|a b>",
        "<https://", "&amp;", "&lt;", "&gt;", "&", ";", ",", ":", "(", ")", "'", "\u201c", "\u00a0",
        "\u202e", "\ue000", "\x00", "\n", "17:00", "T-7", "action", "add", "list", "done",
    ]
)  # fmt: skip
LINES = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=12).map(" ".join)
PLAIN_WORDS = st.lists(
    st.text("bcdghjklmpqrtvwxzéßñ中א", min_size=3, max_size=9), min_size=1, max_size=8
)


@settings(deadline=timedelta(seconds=2))
@given(LINES)
@example("<@U0COCHAIR|" + "x" * 5000)
@example("for " * 3000)
@example("needs " * 3000)
@example("<@U0COCHAIR> " * 2000)
@example("EM-2 " * 2000)
def test_any_line_is_an_action_or_a_refusal(line: str) -> None:
    for read in (sentence.read_new, refs.read_ids, refs.read_needs):
        with suppress(UserError):
            read(line, reading())


@given(LINES)
def test_any_line_is_a_move_or_a_refusal(line: str) -> None:
    for read in (sentence.read_move, sentence.read_owners):
        with suppress(UserError):
            read(line, reading(), None)


NOUNS = (ItemHandlers(), GroupHandlers())
REGISTRY = Registry(
    command for feature in (*NOUNS, ReportHandlers(NOUNS)) for command in feature.commands()
)


@given(LINES)
def test_any_line_finds_a_command_or_is_refused(line: str) -> None:
    with suppress(UserError):
        route = REGISTRY.route(line)
        route.command.parse(route.rest, reading())


@given(PLAIN_WORDS, st.permutations(["<@U0COCHAIR>", "by 2026-12-04", "for trials", "needs EM-2"]))
def test_ordinary_words_stay_in_their_order(words: list[str], parts: list[str]) -> None:
    """People, date, group and ids may stand anywhere around them."""
    text = " ".join(words)
    for line in (f"{text} {' '.join(parts)}", f"{parts[0]} {text} {' '.join(parts[1:])}"):
        found = sentence.read_new(line, reading())
        assert found is not None
        assert found.new.text == text


@given(st.text(max_size=200))
def test_what_was_escaped_comes_back_as_typed(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    odd = {"\u200b", "\u2060", "\ufeff", "\u3000", "\u00a0", "\u2007", "\u202f", "\u2009", "\u200a"}
    if not odd & set(text) and not set("\u2018\u2019\u201c\u201d") & set(text):
        assert plain(escaped) == text
