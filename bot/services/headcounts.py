"""Who is in a channel: when that was last learned, and that it is to be learned anew."""

from datetime import datetime

from bot.domain.model import ChannelId
from bot.storage.database import Store

AGAIN = "again"


def mark_of(channel: ChannelId) -> str:
    return f"members:{channel}"


def ask_again(store: Store, channel: ChannelId, now: datetime) -> None:
    """Who is in the channel is to be learned at the next turn, whenever that was last."""
    store.marks.set(mark_of(channel), now, AGAIN)
