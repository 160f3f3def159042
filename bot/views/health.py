"""How sending stands, in words for a coordinator."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.outbox import Message, Sent, State
from bot.views.blocks import Piece, context, header, message, section
from bot.views.dates import count
from bot.views.text import escape, plain

WORRIES = {State.REFUSED: "refused by Slack", State.UNKNOWN: "unclear whether it arrived"}


def health(
    counts: Mapping[State, int], next_at: datetime | None, troubled: tuple[Sent, ...], now: datetime
) -> Message:
    """`troubled` are the newest that were refused or are unclear; none of them is said again."""
    bad = counts[State.REFUSED] + counts[State.UNKNOWN]
    mood = "✅ Healthy" if not bad else f"🟡 Needs a look: {count(bad, 'message')}"
    facts = (
        f"{counts[State.SENT]} sent, {counts[State.PENDING]} waiting, "
        f"{counts[State.REFUSED]} refused, {counts[State.UNKNOWN]} unclear, "
        f"{counts[State.STALE]} too late to be useful"
    )
    late = next_at is not None and next_at < now
    waiting = "Something that is due now waits for its turn." if late else "Nothing is held up."
    pieces: list[Piece] = [
        header("health:head", "Sending"),
        section("health:said", f"{mood}\n{facts}."),
        *(section(f"health:{row.id}", _trouble(row)) for row in troubled),
        context("health:foot", waiting),
    ]
    named = "; ".join(f"{row.out.kind}: {WORRIES[row.state]}, {plain(row.why)}" for row in troubled)
    text = f"{mood.partition(' ')[2]}: {facts}. {waiting}{f' {named}.' if named else ''}"
    return message(text, *pieces)


def _trouble(row: Sent) -> str:
    where = f"<@{row.out.lane}>" if row.out.lane.startswith(("U", "W")) else f"<#{row.out.lane}>"
    return f"{WORRIES[row.state]}: {escape(row.out.kind)} to {where} ({escape(row.why)})"
