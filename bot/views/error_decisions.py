"""The sentences about decisions that cannot go on as was asked."""

from collections.abc import Callable
from datetime import datetime

from bot.errors import Code
from bot.views.dates import day_words, today
from bot.views.error_facts import Said, group_in, listed


def _decided(it: Said) -> str:
    since, group = it.facts.get("since"), group_in(it.facts, it.world)
    zone = group.zone if group else it.world.programme.zone
    when = f" since {day_words(today(since, zone))}" if isinstance(since, datetime) else ""
    if it.text("state") == "withdrawn":
        return f"{it.ref} is withdrawn{when}. To bring it up again, type decide and the words anew."
    return (
        f"{it.ref} is decided{when}. To bring it up again, type decide, what is to hold instead, "
        "and objections."
    )


DECISIONS: dict[Code, Callable[[Said], str]] = {
    Code.ALREADY_DECIDED: _decided,
    Code.WINDOW_OPEN: lambda it: (
        f"{it.ref} can be objected to until the end of {it.day}. "
        "If nobody does, it is adopted then."
    ),
    Code.WINDOW_SHORT: lambda it: (
        f"{it.day} is too soon: everybody who votes has two working days of their own to object. "
        f"The earliest day is {listed(it.facts.get('choices'), it.world)}."
    ),
}
