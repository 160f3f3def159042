"""The sentences about people and groups that cannot be taken as they were said."""

from collections.abc import Callable

from bot.errors import Code, NotAllowed
from bot.views.error_agendas import AGENDAS
from bot.views.error_decisions import DECISIONS
from bot.views.error_facts import Said, group_in
from bot.views.error_meetings import MEETINGS
from bot.views.error_minutes import MINUTES
from bot.views.error_preparation import PREPARATION
from bot.views.error_proceedings import PROCEEDINGS
from bot.views.error_rsvps import RSVPS
from bot.views.error_undo import UNDO
from bot.views.people import named
from bot.views.roles import short
from bot.views.text import plain


def not_allowed(it: Said) -> str:
    who = it.error.who_can if isinstance(it.error, NotAllowed) else ()
    if muted := it.text("muted"):
        return f"You get no reminders about {muted}."
    if not who:
        if it.facts.get("first"):
            return "The first set-up is for an owner or admin of this workspace. Ask one of them."
        return "You cannot do this, and nobody is named yet who can. Ask whoever set me up."
    if it.facts.get("votes"):
        return (
            f"Objecting is for those who vote in {it.group}: its members, partners and chairs, "
            "not observers or coordinators. "
            f"Please tell {named(who, it.world)} what speaks against it."
        )
    if it.facts.get("for_all"):
        return (
            "Only coordinators set a date for all groups. "
            f"You can ask {named(who, it.world)}, or name groups, as in: for models and trials."
        )
    if it.facts.get("group"):
        return f"That is for the people of {it.group}. You can ask {named(who, it.world)}."
    return f"Only {named(who, it.world)} can do this. Please ask them."


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
    group = group_in(it.facts, it.world)
    if it.facts.get("able") and group is not None:
        way = plain(f"group add {group.key} {group.prefix} {group.name}")
        return f"{it.group} is closed. To open it again, write: {way}"
    return f"{it.group} is closed. Ask a coordinator to open it again."


PEOPLE: dict[Code, Callable[[Said], str]] = {
    **DECISIONS,
    **MEETINGS,
    **AGENDAS,
    **RSVPS,
    **PREPARATION,
    **MINUTES,
    **PROCEEDINGS,
    **UNDO,
    Code.PERSON_UNKNOWN: _unknown,
    Code.PERSON_OUTSIDE: _outside,
    Code.PERSON_BOT: lambda it: f"{it.person} is a bot, not a person. Please pick a person.",
    Code.GROUP_CLOSED: _closed,
}
