"""The first words to a person, and their answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.handlers.registry import Click, Clicked, Command, Submitted
from bot.services import welcomes
from bot.services.access import Ask
from bot.services.inbox import Outcome, Silent
from bot.views.ids import Id


class WelcomeHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        return ()

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.WELCOME_YES: confirmed}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}


def confirmed(ask: Ask, _: Click) -> Outcome:
    """The message that asked says so itself."""
    welcomes.confirm_zone(ask)
    return Silent()
