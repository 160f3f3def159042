"""The form that adds an item to a meeting's checklist."""

from collections.abc import Sequence

from bot.domain.items import TITLE_LIMIT
from bot.domain.meetings import Meeting
from bot.domain.model import UserId, World
from bot.views.blocks import (
    Field,
    Id,
    View,
    datepicker,
    input_,
    modal,
    section,
    select,
    text_input,
    value,
)
from bot.views.item_forms import Origin
from bot.views.meetings import titled
from bot.views.people import name


def add_form(meeting: Meeting, members: Sequence[UserId], world: World, where: Origin) -> View:
    """Callback prep.added."""
    known = sorted(set(members), key=lambda user: name(user, world).casefold())
    choices = [(name(user, world), user) for user in known]
    picker = select(Field.OWNER, choices, "Pick a person") if choices else None
    owner = (
        input_(Field.OWNER, "Whose is it?", picker, hint="Nobody picked: you.", optional=True)
        if picker
        else None
    )
    pieces = [
        section("about", titled(meeting)),
        input_(Field.TEXT, "What is to be done for it?", text_input(Field.TEXT, limit=TITLE_LIMIT)),
        *([owner] if owner else []),
        input_(
            Field.DUE,
            "By when?",
            datepicker(Field.DUE),
            hint="No day picked: the working day before the meeting.",
            optional=True,
        ),
    ]
    return modal(
        "Add to the checklist",
        pieces,
        callback=Id.PREP_ADDED,
        submit="Add",
        carries=value(meeting.ref, channel=where.channel, thread_ts=where.thread_ts),
    )
