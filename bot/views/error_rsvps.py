"""The sentences about answers to meetings, substitutes and guests that cannot be taken."""

from collections.abc import Callable

from bot.errors import Code
from bot.views.error_facts import Said
from bot.views.people import named


def _late(it: Said) -> str:
    why = it.text("why")
    if why == "cancelled":
        return f"{it.ref} is cancelled, so there is nothing to answer."
    if why == "call":
        return f"{it.ref} is a call: nobody travels to it."
    if why == "begun":
        return (
            f"{it.ref} has begun, and a substitute counts only if named before. "
            f"Without one: rsvp {it.ref} no."
        )
    return f"{it.ref} is over, so the replies stay as they were. Its minutes say who was there."


def _substitute(it: Said) -> str:
    if it.text("why") == "self":
        return "Nobody can come instead of themselves. Name somebody else, or leave the name out."
    return (
        f"Who comes needs nobody to come instead. Say rsvp {it.ref} no and the name, "
        f"or rsvp {it.ref} yes alone."
    )


def _settled(it: Said) -> str:
    if it.text("why") == "nothing":
        return f"Nothing is to be decided about {it.ref} any more."
    who = named([it.text("by")], it.world)
    return f"{who} has said already that {it.ref} is held anyway."


RSVPS: dict[Code, Callable[[Said], str]] = {
    Code.REPLY_LATE: _late,
    Code.SUBSTITUTE_WRONG: _substitute,
    Code.NOT_A_GUEST: lambda it: f"{it.person} is no guest of {it.ref}. Nothing changed.",
    Code.QUORUM_SETTLED: _settled,
}
