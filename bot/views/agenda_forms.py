"""The form for one topic of an agenda; `blocks.Field` names its inputs."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.agendas import Purpose
from bot.domain.items import TITLE_LIMIT
from bot.domain.meetings import Meeting
from bot.domain.model import Ref, UserId, World
from bot.views.agenda_rows import PURPOSES
from bot.views.blocks import (
    Field,
    Id,
    Piece,
    View,
    context,
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
from bot.views.text import instant

NUMBER_LIMIT = 5
LINK_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """What the form starts with."""

    topic: str = ""
    minutes: int | None = None
    owner: UserId | None = None
    purpose: Purpose = Purpose.DISCUSS
    link: str = ""


def topic_form(
    meeting: Meeting,
    draft: TopicDraft,
    people: Sequence[UserId],
    world: World,
    where: Origin,
    item: str = "",
) -> View:
    """`item`: the id of the one to be changed; empty: a new one."""
    minutes = "" if draft.minutes is None else str(draft.minutes)
    purposes = [(label, purpose.value) for purpose, label in PURPOSES.items()]
    pieces = [
        section("about", f"{titled(meeting)}\n{instant(meeting.starts, meeting.zone)}"),
        input_(
            Field.TEXT, "What is it about?", text_input(Field.TEXT, draft.topic, limit=TITLE_LIMIT)
        ),
        input_(
            Field.PURPOSE, "What for?", select(Field.PURPOSE, purposes, "Pick one", draft.purpose)
        ),
        input_(
            Field.MINUTES,
            "How many minutes?",
            text_input(Field.MINUTES, minutes, limit=NUMBER_LIMIT),
            hint="Nothing said: ten are counted.",
            optional=True,
        ),
        *_owner(people, draft.owner, world),
        input_(
            Field.LINK,
            "Link to a paper",
            text_input(Field.LINK, draft.link, limit=LINK_LIMIT),
            optional=True,
        ),
        context("hint", "Please, no patient data."),
    ]
    return modal(
        f"{'Change' if item else 'Add'} topic, {meeting.ref}"[:24],
        pieces,
        callback=Id.AGENDA_EDITED if item else Id.AGENDA_ADDED,
        submit="Change" if item else "Add",
        carries=value(Ref(meeting.ref), id=item, channel=where.channel, thread_ts=where.thread_ts),
    )


def _owner(people: Sequence[UserId], chosen: UserId | None, world: World) -> list[Piece]:
    known = sorted(set(people), key=lambda user: name(user, world).casefold())
    first = [chosen] if chosen in known else []
    choices = [(name(user, world), str(user)) for user in dict.fromkeys([*first, *known])]
    if not choices:
        return []
    picker = select(Field.OWNER, choices, "Pick a person", chosen or "")
    return [input_(Field.OWNER, "Who opens it?", picker, optional=True)]
