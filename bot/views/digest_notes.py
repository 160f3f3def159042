"""What is said beside a weekly digest: why somebody else gets it, and that it could not be made."""

from bot.domain.model import Group
from bot.domain.outbox import Message
from bot.views.blocks import message, section
from bot.views.text import bare, clip, escape, plain

CHAIR_AWAY = "The chair is away, so this comes to you."
NO_CHAIR = "The group has no chair now, so this comes to you."
BOTH_AWAY = "Chair and co-chair are away, so this comes to you."
ONLY_CHAIR_AWAY = "The chair is away and there is no co-chair, so this comes to you."
COCHAIR_AWAY = "There is no chair and the co-chair is away, so this comes to you."
NAME = 40
NOBODY = "The group has no chair and no co-chair now, so this comes to you."


def not_made(group: Group, reference: str) -> Message:
    """In place of a digest, so that its reader does not wait for it."""
    words = f"digest {group.key}"
    name = clip(bare(group.short), NAME)
    said = f"I could not make this week's digest of {name}; that is our fault, nothing is lost."
    rest = f"to try again. Reference {reference}."
    return message(
        plain(f"{said} Type {words} {rest}"),
        section("digest", escape(f"{said} Type `{words}` {rest}")),
    )
