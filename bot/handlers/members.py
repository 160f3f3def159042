"""The word that shows who is in a group."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.model import Group
from bot.handlers.reading import Reading
from bot.handlers.registry import Clicked, Command, Invocation, Submitted
from bot.handlers.setting_words import read_group
from bot.services import members
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import members as view
from bot.views.blocks import Id

USAGE = "members [<group>]"


class MemberHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("members",), USAGE, "Shows who is in a group, and what time it is there.",
            read_members, shown, "members trials",
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}


def read_members(line: str, reading: Reading) -> Group:
    """No group said: this channel's, else the person's only one."""
    return reading.group(read_group(line, reading))


def shown(ask: Ask, by: Invocation, group: Group) -> Outcome:
    found = members.members(ask, group.key)
    return Reply(view.listing(found.group, found.held, found.load, ask.world, ask.now))
