"""What is said, privately, when a group's channel is lost or opened to others."""

from bot.domain.model import Channel, Group
from bot.domain.outbox import Message
from bot.views.blocks import context, message, section
from bot.views.text import plain

ARCHIVED, DELETED, REMOVED, GONE = "archived", "deleted", "removed", "gone"
"""Why a channel is lost."""
_WHY = {
    ARCHIVED: "{channel} was archived",
    DELETED: "{channel} was deleted",
    REMOVED: "I am not in {channel} any more",
    GONE: "Slack does not know {channel} any more, or hides it from me",
}
_WAY = {
    ARCHIVED: "Unarchive it, and it goes on by itself.",
    REMOVED: "Type /invite @Concerted there, and it goes on by itself.",
    GONE: "If it is still there, type /invite @Concerted in it.",
}


def cut_off(channel: Channel) -> str:
    """Why nothing can be said there, and what to do; `` while it can."""
    if channel.archived:
        return "its channel is archived. Unarchive it, or link another one."
    if not channel.bot_in:
        return "I am not in its channel. Type `/invite @Concerted` there, or link another one."
    return ""


def lost(group: Group | None, channel: Channel, reason: str) -> Message:
    """`group` None: the channel of all groups."""
    short, key = (group.short or group.name, group.key) if group else ("All groups", "all")
    name = f"#{channel.name}" if channel.name else "its channel"
    why = _WHY[reason].format(channel=plain(name))
    head = f"{plain(short)} has lost its channel: {why}."
    so = "I can post no cards there. Reminders still reach each person."
    other = (
        f"Another channel instead: type /invite @Concerted there, then /wg link {plain(key)}"
        f" (from another organisation: @Concerted link {plain(key)})."
    )
    ways = " ".join([way for way in (_WAY.get(reason, ""), other) if way])
    return message(
        f"{head} {so} {ways}",
        section("lost:said", f"⏳ Waiting: {head}\n{so}"),
        section("lost:ways", ways),
        context("lost:foot", "You hear this once. Nothing was deleted here."),
    )


def shared(group: Group | None, channel: Channel) -> Message:
    """`group` None: the channel of all groups."""
    short, key = (group.short or group.name, group.key) if group else ("all groups", "all")
    name = f"#{channel.name}" if channel.name else "its channel"
    text = (
        f"{plain(name)}, the channel of {plain(short)}, is now shared with another organisation: "
        "its people see the cards and what is written there."
    )
    way = (
        f"They belong to the group only once you name them: role @person member in {plain(key)}."
        if group
        else "They belong to no group until a chair names them."
    )
    return message(f"{text} {way}", section("shared:said", f"{text} {way}"))
