"""What people read when they ask for their data, or to be erased."""

from collections.abc import Sequence
from datetime import date

from bot.domain.items import Item
from bot.domain.model import Group, Person, Role, UserId, World
from bot.domain.outbox import Message
from bot.domain.privacy import Pseudonym
from bot.views.blocks import (
    Element,
    Id,
    Piece,
    actions,
    button,
    confirm,
    context,
    message,
    section,
    value,
)
from bot.views.dates import count, day_words
from bot.views.notices import LEFT, SETTLED
from bot.views.people import name, named, shown
from bot.views.text import escape, plain

WHAT_IS_EXPORTED = (
    "Everything Concerted keeps about this person, table by table."
    " Of other people there are only Slack ids; what they wrote is theirs."
)
GOES = "your name, time zone, hours, roles, replies, settings, declaration and messages to you"
STAYS = (
    "What you did stays in the record, under “former member” and a number."
    " Messages in Slack itself are the workspace owner's to delete."
    " Backups made before keep what they hold until the operator deletes them."
)
FIRST = (
    "First take them out of the channels in Slack: who is still in one becomes known to me again,"
    " by what Slack says of them."
)
NAMED_ITEMS = 5


def exported(file_name: str, asked: date, due: date) -> Message:
    text = (
        f"I am sending you {plain(file_name)} in our direct message: all I keep about you, as JSON."
        f" Recorded as a request on {day_words(asked)}; by law it is due by {day_words(due)}."
    )
    note = "If the file does not come, please ask again: type `me export`."
    said = f"{text} {note.replace('`', '')}"
    return message(said, section("export:said", text), context("export:note", note))


def asked(
    items: Sequence[Item],
    roles: Sequence[tuple[Role, Group | None]],
    told: Sequence[UserId],
    world: World,
) -> Message:
    """To the person who asks to be erased."""
    nobody = "Nobody is coordinator who could, so your request is not kept. Ask whoever set me up."
    facts = [
        f"A coordinator has to do it. I have asked {named(told, world)}." if told else nobody,
        f"What goes: {GOES}.",
        STAYS,
    ]
    if first := _first(items, roles):
        facts.append(f"Before that: {first}")
    pieces: list[Piece] = [
        section(f"erase:{number}", escape(said)) for number, said in enumerate(facts)
    ]
    if told:
        facts.append("To take it back, type me erase no.")
        back = button("Take back", Id.WORD_RUN, value(line="me erase no"))
        pieces.append(actions("erase:do", back))
        pieces.append(context("erase:no", "Or type `me erase no`, as long as it is not done."))
    return message(" ".join(map(plain, facts)), *pieces)


def taken_back(*, asked: bool) -> Message:
    """To the person who had asked."""
    text = (
        "Taken back: nobody is to erase you. Nothing was changed."
        if asked
        else "You have not asked to be erased. Nothing was changed."
    )
    return message(text, section("erase:said", text))


def request(person: Person, world: World) -> Message:
    """To a coordinator, a part of their daily message; what hinders is said when they press."""
    said = "asks to be erased. If something has to be handed over before, the button says what."
    text = f"{named([person.user], world)} {said} {FIRST}"
    return message(
        text,
        section(f"{LEFT}:erase", f"{shown([person.user], world)} {said}"),
        context("erase:first", FIRST),
        actions("erase:do", _press(person, world)),
    )


def request_taken_back(person: Person, world: World) -> Message:
    """What replaces `request`."""
    said = "no longer asks to be erased. There is nothing to do."
    text = f"{named([person.user], world)} {said}"
    return message(text, section(f"{SETTLED}:erase", f"{shown([person.user], world)} {said}"))


def ready(person: Person, world: World) -> Message:
    """To a coordinator who typed it: what cannot be undone is asked once more."""
    said = "can be erased; this cannot be undone."
    text = f"{named([person.user], world)} {said} {FIRST}"
    return message(
        text,
        section("erase:ask", f"{shown([person.user], world)} {said}"),
        context("erase:first", FIRST),
        actions("erase:do", _press(person, world)),
    )


def erased(pseudonym: Pseudonym) -> Message:
    text = (
        f"Erased. The record says {pseudonym.name} now. Messages in Slack itself are the workspace"
        " owner's to delete, and backups made before still hold what they held."
    )
    return message(text, section(f"{SETTLED}:erase", text))


def erased_already() -> Message:
    """Pressed again: nobody knows any more who it was."""
    text = "This person is erased already."
    return message(text, section(f"{SETTLED}:erase", text))


def _press(person: Person, world: World) -> Element:
    who = name(person.user, world)
    text = (
        f"All I know of {who} goes, and cannot be brought back. Are they out of the channels?"
        " Else Slack tells me of them again."
    )
    asks = confirm(f"Erase {who}?", text, "Erase", "Keep")
    return button(f"Erase {who} …", Id.PERSON_ERASE, value(user=person.user), asks=asks, names=who)


def _first(items: Sequence[Item], roles: Sequence[tuple[Role, Group | None]]) -> str:
    """What has to be handed over, unescaped; `` for nothing."""
    said = []
    if items:
        refs = ", ".join(item.ref for item in items[:NAMED_ITEMS])
        more = f" and {len(items) - NAMED_ITEMS} more" if len(items) > NAMED_ITEMS else ""
        said.append(
            f"{count(len(items), 'open action')} to hand over ({refs}{more}),"
            f" as in: give {items[0].ref} @name."
        )
    for role, group in roles:
        where = f" of {group.short or group.name}" if group else ""
        said.append(f"Another {role.value}{where} has to be named.")
    return " ".join(said)
