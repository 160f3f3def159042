"""The first words to a person: what the bot does, how often it writes, what their zone is."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.model import Person
from bot.domain.notices import hours_of
from bot.domain.outbox import Message
from bot.views.blocks import Element, Id, actions, button, context, message, section
from bot.views.text import escape, place, plain

WHAT = (
    "I keep the actions of your working groups: who promised what, by when. "
    "You can note one, see yours, and be reminded in time."
)
HOW_OFTEN = "I remind you in at most one message a day, mornings, on your working days."
NO_PATIENTS = "Please, no patient data."


def hello(person: Person, now: datetime) -> Message:
    """Asks about the zone until the person has said which it is."""
    zone = where(person, now)
    ending = "✅ Confirmed." if person.zone_chosen else "Is that right?"
    spoken = "" if person.zone_chosen else " Is that right?"
    said = f"*Hello, I am Concerted.* {WHAT}\n{HOW_OFTEN}\n{escape(zone)} {ending}"
    return message(
        f"Hello, I am Concerted. {WHAT} {HOW_OFTEN} {plain(zone)}{spoken} {NO_PATIENTS}",
        section(f"hello:{person.user}", said),
        actions(f"hello:{person.user}:do", *_buttons(person)),
        context(f"hello:{person.user}:foot", f"{NO_PATIENTS} To see all you can do, type `help`."),
    )


def where(person: Person, now: datetime) -> str:
    """Such as "Your zone is Rome (UTC+1), mornings 09:00."."""
    zone = place(now.astimezone(ZoneInfo(person.zone)))
    return f"Your zone is {zone}, mornings {hours_of(person).speak_at:%H:%M}."


def _buttons(person: Person) -> list[Element]:
    yes = [] if person.zone_chosen else [button("Yes", Id.WELCOME_YES, primary=True)]
    return [
        *yes,
        button("Change", Id.SETTINGS_OPEN),
        button("See my actions", Id.ITEM_MINE),
    ]
