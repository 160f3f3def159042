"""What people type reaches the bot as Slack would hand it on."""

from __future__ import annotations

import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.typed import command_text, message_text, rich_text
from tests.sandbox.conftest import Hands


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel> <@U0ANN>", "&lt;!channel&gt; &lt;@U0ANN&gt;"),
        ("ask @ann, please", "ask <@U0ANN>, please"),
        ("ask @Ann.", "ask <@U0ANN>."),
        ("@helper hi @HELPER", "<@U0BOT> hi <@U0BOT>"),
        ("@nobody here", "@nobody here"),
        ("mail x@ann.org", "mail x@ann.org"),
        ("@here look", "<!here> look"),
        ("see #open and #shut, not #none", "see <#C0OPEN|open> and <#C0SHUT|>, not #none"),
        ("see https://a.org/x?a=1&b=2.", "see <https://a.org/x?a=1&amp;b=2>."),
        ("https://a.org/@ann", "<https://a.org/@ann>"),
    ],
)
async def test_a_message_is_escaped_and_its_names_become_ids(
    sandbox: Sandbox, typed: str, told: str
) -> None:
    assert message_text(sandbox._desk.workspace, typed, "Helper") == told


@pytest.mark.parametrize(
    ("typed", "escaped", "told"),
    [
        ("give it to @ben", True, "give it to <@U0BEN|ben>"),
        ("in #open, #shut", True, "in <#C0OPEN|open>, <#C0SHUT|>"),
        ("@here", True, "@here"),
        ("see https://a.org", True, "see <https://a.org>"),
        ("give <it> to @ben in #open", False, "give &lt;it&gt; to @ben in #open"),
    ],
)
async def test_a_command_is_escaped_as_its_registration_says(
    sandbox: Sandbox, typed: str, escaped: bool, told: str
) -> None:
    assert command_text(sandbox._desk.workspace, typed, escaped) == told


async def test_which_commands_are_escaped_stands_in_the_manifest(hands: Hands) -> None:
    for command in ("/do", "/raw"):
        await hands.post("command", user="ann", channel="#open", command=command, text="@ben")
    told = [entry["payload"]["text"] for entry in await hands.log("slash_commands")]
    assert told == ["<@U0BEN|ben>", "@ben"]


def test_a_message_has_its_rich_text_beside_it() -> None:
    [block] = rich_text("<@U0BOT> a &lt; b <https://a.org> <#C0OPEN|open> <!here>")
    [section] = block["elements"]
    assert [element["type"] for element in section["elements"]] == [
        "user",
        "text",
        "link",
        "text",
        "channel",
        "text",
        "broadcast",
    ]
    assert section["elements"][1]["text"] == " a < b "
