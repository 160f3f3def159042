"""The forms for what is wrong in minutes."""

from bot.domain.items import NOTE_LIMIT, TITLE_LIMIT
from bot.domain.model import Ref
from bot.views.blocks import Field, Id, View, context, input_, modal, text_input, value
from bot.views.item_forms import Origin


def correct_form(ref: Ref, where: Origin) -> View:
    return modal(
        f"Correct {ref}",
        [
            input_(
                Field.TEXT,
                "Words as they stand",
                text_input(Field.TEXT, limit=TITLE_LIMIT),
                hint="A few words are enough, exactly as in the minutes",
            ),
            input_(
                Field.NOTE,
                "What they are to be",
                text_input(Field.NOTE, limit=TITLE_LIMIT),
                hint="Empty: they are left out",
                optional=True,
            ),
            context("hint", "Who corrected what stays with the minutes."),
        ],
        callback=Id.MINUTES_CORRECTED,
        submit="Correct",
        carries=value(ref, channel=where.channel, thread_ts=where.thread_ts),
    )


def object_form(ref: Ref, where: Origin) -> View:
    box = text_input(Field.REASON, lines=True, limit=NOTE_LIMIT)
    return modal(
        f"Object to {ref}",
        [
            input_(Field.REASON, "What is wrong in them? The group can read it", box),
            context("hint", "They are not accepted by themselves then: the chair decides."),
        ],
        callback=Id.MINUTES_OBJECTED,
        submit="Object",
        carries=value(ref, channel=where.channel, thread_ts=where.thread_ts),
    )
