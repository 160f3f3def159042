"""A file where Slack takes none: piece by piece, as messages."""

from bot.domain.outbox import Message
from bot.views.blocks import message, section
from bot.views.text import escape, plain


def part(title: str, number: int, of: int, content: str) -> Message:
    """To be put together with the others."""
    text = f"{title}, part {number} of {of}."
    return message(
        plain(text),
        section("file:head", escape(text)),
        section("file:part", f"```{escape(content)}```"),
    )
