"""The sentence about a last change that cannot be taken back, with the way back from it."""

from collections.abc import Callable

from bot.errors import Code
from bot.views.error_facts import Said

OTHERWISE = "look at it, and say it anew as it is to be."
_SAID = {
    "withdraw": ("the withdrawal of {ref}", "decide, and what is to hold."),
    "adopt": ("the adoption of {ref}", "withdraw {ref} and why."),
    "object": ("your objection to {ref}", "adopt {ref}, by who minds the group."),
    "window": ("the new window of {ref}", "give it a later day, or adopt {ref}."),
    "announce meeting": ("the announcement of {ref}", "meeting cancel {ref} and why."),
    "post agenda": (
        "the posting of the agenda of {ref}",
        "change it: what was posted is rewritten.",
    ),
    "accept topic": ("the accepting of a late topic of {ref}", "agenda drop {ref} and its number."),
    "comment minutes": ("your comment on the minutes of {ref}", "comment once more."),
    "object to minutes": (
        "your objection to the minutes of {ref}",
        "tell who minds the meeting: they can approve them.",
    ),
    "publish minutes": (
        "the publishing of the minutes of {ref}",
        "meeting correct {ref} s/old words/new words/.",
    ),
    "hold anyway": ("that {ref} takes place anyway", "meeting cancel {ref} and why."),
    "invite guest": ("the invitation of a guest to {ref}", "remove @name guest at {ref}."),
    "release guest": ("that a guest of {ref} need not come", "role @name guest at {ref}."),
    "step out": (
        "who steps out at {ref}",
        "meeting stay {ref}, the number of the topic and @name.",
    ),
    "stay": (
        "who need not step out at {ref}",
        "meeting stepout {ref}, the number of the topic and @name.",
    ),
    "travel": ("what you said of your travel to {ref}", "meeting travel {ref} yes, or no."),
    "needs": ("what you said you need", "meeting needs and the ID of the meeting."),
    "declare": ("your declaration of interests", "declare and its link, or declare none."),
    "set checklist": ("a change of a checklist", "checklist, to see and change it, or reset it."),
    "settings": ("the settings of a group", "group settings, to say them anew."),
    "role": ("a role", "role @name and what they are to be."),
    "remove": ("that somebody left a group", "role @name and what they are to be."),
    "link": ("which channel is linked", "unlink in that channel."),
    "unlink": ("that a channel is linked no more", "link in that channel."),
}


def _not_undone(it: Said) -> str:
    what, way = _SAID.get(it.text("verb"), ("a change that others may have seen", OTHERWISE))
    ref = it.text("ref")
    return (
        f"Your last change was {what.format(ref=ref)}; that cannot be taken back. "
        f"The way back: {way.format(ref=ref)}"
    )


UNDO: dict[Code, Callable[[Said], str]] = {Code.NOT_UNDONE: _not_undone}
