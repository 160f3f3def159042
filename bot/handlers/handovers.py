"""What somebody left behind: seen, tried out and handed over."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.handlers.registry import Clicked, Command, Submitted
from bot.views.ids import Id


class HandoverHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        return ()

    def clicks(self) -> Mapping[Id, Clicked]:
        return {}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}
