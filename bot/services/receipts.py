"""Signs in a channel that something was taken down: a reaction, where words would be too many."""

from datetime import datetime

from bot.domain.outbox import Message, Outgoing, Way
from bot.services.access import Ask
from bot.services.inbox import ANSWER_USEFUL
from bot.storage.database import Store

RECEIPT = "receipt"
TAKEN_DOWN = "white_check_mark"
REFUSED = "warning"
NOTED = "memo"
TAKEN_BACK = "leftwards_arrow_with_hook"


def react(ask: Ask, ts: str) -> None:
    """On the message `ts` of the channel the request came from, once."""
    _put(ask.store, ask.channel, ts, ask.now, TAKEN_DOWN, f"{RECEIPT}:{ask.channel}:{ts}")


def refuse(store: Store, channel: str, ts: str, now: datetime) -> None:
    """That it was not taken down: why is said to who wrote it."""
    _put(store, channel, ts, now, REFUSED, f"{RECEIPT}:{REFUSED}:{channel}:{ts}")


def sign(store: Store, channel: str, ts: str, now: datetime, name: str) -> None:
    """Another one on the same message, each once."""
    _put(store, channel, ts, now, name, f"{RECEIPT}:{name}:{channel}:{ts}")


def _put(store: Store, channel: str, ts: str, now: datetime, sign: str, key: str) -> None:
    store.outbox.put(
        Outgoing(
            key=key,
            subject=key,
            kind=RECEIPT,
            lane=channel,
            message=Message(sign),
            at=now,
            until=now + ANSWER_USEFUL,
            way=Way.REACT,
            thread_ts=ts,
        )
    )
