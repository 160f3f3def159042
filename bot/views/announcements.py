"""What a coordinator tells everybody: as they see it first, and as it stands in the channel."""

from collections.abc import Iterator

from bot.domain.announcements import Announcement
from bot.domain.model import Channel, World
from bot.domain.outbox import Message
from bot.views.blocks import (
    SECTION_LIMIT,
    Id,
    Piece,
    actions,
    button,
    confirm,
    context,
    message,
    section,
    value,
)
from bot.views.notices import SETTLED
from bot.views.people import named, shown
from bot.views.text import bare, escape, plain

SEEN = "Only you see this so far."


def preview(one: Announcement, channel: Channel, world: World) -> Message:
    where = f"#{bare(channel.name) or 'the channel'}"
    asks = confirm(
        "Post this announcement?", f"Everybody in {where} will see it.", "Post", "Do not post"
    )
    post = button("Post it", Id.ANNOUNCE_POST, value(request=one.request), primary=True, asks=asks)
    return message(
        f"{SEEN} For {plain(where)}: {plain(one.text)}",
        context("announce:seen", f"{SEEN} It will stand in {escape(where)} like this:"),
        *_words(one, world),
        actions("announce:do", post),
    )


def announcement(one: Announcement, world: World) -> Message:
    """For everybody."""
    said = f"{plain(one.text)} (announced by {named([one.by], world)})"
    return message(said, *_words(one, world))


def posted(channel: Channel, *, already: bool) -> Message:
    where = f"#{bare(channel.name) or 'the channel'}"
    text = f"It stands in {where} already." if already else f"Posted in {where}."
    return message(plain(text), section(f"{SETTLED}:announce", escape(text)))


def _words(one: Announcement, world: World) -> list[Piece]:
    parts = list(_parts(f"📣 {escape(one.text)}"))
    pieces: list[Piece] = [
        section(f"announcement:{number}", part) for number, part in enumerate(parts)
    ]
    return [*pieces, context("announcement:by", f"Announced by {shown([one.by], world)}")]


def _parts(text: str) -> Iterator[str]:
    """Pieces that fit a section; cut between words, never within what was escaped."""
    while len(text) > SECTION_LIMIT:
        cut = max(text.rfind(" ", 0, SECTION_LIMIT), text.rfind("\n", 0, SECTION_LIMIT))
        if cut <= 0:
            cut = SECTION_LIMIT
            entity = text.rfind("&", cut - 4, cut)
            cut = entity if entity > 0 and ";" not in text[entity:cut] else cut
        yield text[:cut]
        text = text[cut:].lstrip()
    yield text
