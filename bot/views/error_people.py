"""The sentences about people and groups that cannot be taken as they were said."""

from collections.abc import Callable

from bot.domain.model import Group
from bot.errors import Code
from bot.views.error_facts import Said, group_in
from bot.views.text import plain


def _unknown(it: Said) -> str:
    if group_in(it.facts, it.world) is None:
        return f"I can't find {it.person}. Mention them with @, as Slack offers it."
    return f"I can't find {it.person} in {it.group}. Please pick someone."


def _outside(it: Said) -> str:
    if group_in(it.facts, it.world) is None:
        return f"{it.person} is in no group."
    return f"{it.person} is not in {it.group}. Please pick someone who is."


def _closed(it: Said) -> str:
    into = group_in({"group": it.facts.get("into")}, it.world)
    if into is not None:
        return f"{it.group} was merged into {short(into)}."
    return f"{it.group} is closed. Ask a coordinator to open it again."


def short(group: Group) -> str:
    return plain(group.short or group.name)


PEOPLE: dict[Code, Callable[[Said], str]] = {
    Code.PERSON_UNKNOWN: _unknown,
    Code.PERSON_OUTSIDE: _outside,
    Code.PERSON_BOT: lambda it: f"{it.person} is a bot, not a person. Please pick a person.",
    Code.GROUP_CLOSED: _closed,
}
