"""What a person says of their own time and place."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.handlers.groups import CountryOf
from bot.handlers.reading import FindZone
from bot.handlers.registry import Clicked, Command, Submitted
from bot.views.ids import Id


class SettingHandlers:
    def __init__(self, find_zone: FindZone, country_of: CountryOf) -> None:
        self._find_zone = find_zone
        self._country_of = country_of

    def commands(self) -> Iterable[Command[Any]]:
        return ()

    def clicks(self) -> Mapping[Id, Clicked]:
        return {}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}
