"""Help beside the page of one's own words: a word of others, and the page of somebody new."""

from collections.abc import Sequence

from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.views.blocks import Id, actions, button, context, header, message, section, value
from bot.views.lists import spelled
from bot.views.people import named, shown
from bot.views.reports import HelpEntry, help_row, help_text, starters

WHOSE = {"chair": "For chairs and coordinators", "coordinator": "For coordinators"}
WHAT = (
    "I am Concerted. I keep the actions of the working groups: who promised what, by when; "
    "and I remind each in time."
)


def of_others(entries: Sequence[HelpEntry], whom: Sequence[UserId], world: World) -> Message:
    """A word that the reader may not use: what it does, and `whom` they can ask."""
    whose = WHOSE.get(entries[0].audience, WHOSE["chair"])
    ask = f"{whose}: ask {named(whom, world)}." if whom else f"{whose}."
    told = f"{whose}: ask {shown(whom, world)}." if whom else f"{whose}."
    return message(
        spelled(ask, [help_text(entry) for entry in entries]),
        section("help:word", "\n".join(help_row(entry) for entry in entries[:8])),
        context("help:whose", told),
        actions("help:do", *starters()),
    )


def outside(entries: Sequence[HelpEntry], whom: Sequence[UserId], world: World) -> Message:
    """For somebody in no group yet; `whom`: the coordinators."""
    way = f"Ask {named(whom, world)}" if whom else "Ask a coordinator"
    join = f"You are not in a working group yet. {way} to add you, or join a group's channel."
    settings = button("My settings", Id.WORD_RUN, value(line="me"))
    return message(
        spelled(f"{WHAT} {join} Please, no patient data.", [help_text(e) for e in entries]),
        header("help:head", "What I am"),
        section("help:what", f"{WHAT}\n{join}"),
        section("help:member:0", "\n".join(help_row(entry) for entry in entries)),
        actions("help:do", settings),
        context("help:foot", "Please, no patient data."),
    )


def greeting(*, thanked: bool) -> Message:
    said = "You are welcome!" if thanked else "Hello!"
    text = f"{said} I keep actions and remind of them. Type help to see what I understand."
    return message(
        text,
        section("greeting", text),
        actions(
            "greeting:do",
            button("Help", Id.WORD_RUN, value(line="help")),
            button("My actions", Id.ITEM_MINE),
        ),
    )
