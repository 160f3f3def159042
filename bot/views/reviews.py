"""What is asked about a decision that comes back, and what is said after it was answered."""

from bot.domain.decisions import Decision
from bot.domain.model import Ref, World
from bot.domain.outbox import Message
from bot.views.blocks import (
    Field,
    Id,
    View,
    actions,
    button,
    confirm,
    context,
    datepicker,
    input_,
    message,
    modal,
    nth,
    section,
    value,
)
from bot.views.dates import day_words
from bot.views.decisions import first, group_name, words_of
from bot.views.item_forms import Origin
from bot.views.text import plain


def due(decision: Decision, world: World) -> Message:
    """To who minds its group, in their daily message."""
    ref = decision.ref
    said = (
        f"{ref} ({plain(group_name(decision, world))}) is due for review: {first(decision)}. "
        "Does it still hold?"
    )
    asks = confirm("Withdraw it?", "It stays on record as withdrawn.", "Withdraw")
    withdrawn = value(line=f"decision withdraw {ref} not kept at its review")
    return message(
        said,
        section(f"review:{ref}", said),
        actions(
            f"review:{ref}:do",
            button("Keep", Id.DECISION_KEEP, value(ref), primary=True, names=ref),
            button("Put on agenda", nth(Id.WORD_RUN, 1), value(line=f"review {ref} agenda")),
            button("Withdraw", nth(Id.WORD_RUN, 2), withdrawn, asks=asks),
        ),
    )


def keep_form(decision: Decision, where: Origin) -> View:
    return modal(
        f"Keep {decision.ref}",
        [
            section("about", f"*{decision.ref}* {words_of(decision)}"),
            input_(
                Field.DUE,
                "Look at it again on",
                datepicker(Field.DUE),
                hint="Empty: it does not come back",
                optional=True,
            ),
            context("hint", "It stands as it is."),
        ],
        callback=Id.DECISION_KEPT,
        submit="Keep",
        carries=value(decision.ref, channel=where.channel, thread_ts=where.thread_ts),
    )


def kept(decision: Decision) -> Message:
    again = "and does not come back"
    if decision.review is not None:
        again = f"and comes back on {day_words(decision.review)}"
    return _said(decision.ref, f"{decision.ref} stands {again}: {first(decision)}.", decision.ref)


def on_agenda(decision: Decision, meeting: Ref, *, again: bool) -> Message:
    already = "is already" if again else "is now"
    said = f"{decision.ref} {already} on the agenda of {meeting}: {first(decision)}."
    return _said(decision.ref, said, f"meeting agenda {meeting}")


def _said(ref: Ref, said: str, line: str) -> Message:
    return message(
        said,
        section(f"{ref}:said", said),
        actions(f"{ref}:then", button("Open", Id.WORD_RUN, value(line=line))),
    )
