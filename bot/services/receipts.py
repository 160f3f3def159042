"""Signs in a channel that something was taken down: a reaction, where words would be too many."""

from bot.domain.outbox import Message, Outgoing, Way
from bot.services.access import Ask
from bot.services.inbox import ANSWER_USEFUL

RECEIPT = "receipt"
TAKEN_DOWN = "white_check_mark"


def react(ask: Ask, ts: str) -> None:
    """On the message `ts` of the channel the request came from, once."""
    ask.store.outbox.put(
        Outgoing(
            key=f"{RECEIPT}:{ask.channel}:{ts}",
            subject=f"{RECEIPT}:{ask.channel}:{ts}",
            kind=RECEIPT,
            lane=ask.channel,
            message=Message(TAKEN_DOWN),
            at=ask.now,
            until=ask.now + ANSWER_USEFUL,
            way=Way.REACT,
            thread_ts=ts,
        )
    )
