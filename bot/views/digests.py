"""The weekly digest of a group, and the line that foretells it."""

from bot.domain.digests import Digest
from bot.domain.model import Group, World
from bot.domain.outbox import Message
from bot.views.blocks import message, section
from bot.views.text import plain


def digest(told: Digest, world: World) -> Message:
    """Its verdict and figures."""
    figures = told.figures
    text = (
        f"{plain(told.group.short)}, week {int(told.week[-2:])}: {figures.open} open,"
        f" {figures.overdue} overdue, {told.to_decide} to decide."
    )
    return message(text, section("digest", text))


def foretold(group: Group) -> Message:
    text = f"Weekly digest of {plain(group.short)}"
    return message(text, section("digest", text))
