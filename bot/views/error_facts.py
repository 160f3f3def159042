"""What an error knows, each part made plain for a sentence."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from bot.domain.deadlines import Deadline
from bot.domain.items import Item
from bot.domain.model import Group, GroupKey, Person, World
from bot.errors import BadInput, UserError
from bot.views.checklist import ASK_SET_UP, PRESS_SET_UP
from bot.views.dates import day_words
from bot.views.people import name
from bot.views.text import clip, plain

TYPED_SHOWN = 120


class Said:
    """What an error knows, by name, each part already plain; missing facts are said around."""

    def __init__(self, error: UserError, world: World, offered: World | None = None) -> None:
        self.error = error
        self.world = world
        self.offered = offered or world
        self.facts: Mapping[str, object] = error.facts

    @property
    def typed(self) -> str:
        words = self.error.typed if isinstance(self.error, BadInput) else self.facts.get("typed")
        return plain(clip(str(words or ""), TYPED_SHOWN))

    @property
    def quoted(self) -> str:
        return f'"{self.typed}"' if self.typed else "that"

    def text(self, fact: str, otherwise: str = "") -> str:
        return plain(clip(str(self.facts.get(fact) or otherwise), TYPED_SHOWN))

    @property
    def way_to_set_up(self) -> str:
        return PRESS_SET_UP if self.facts.get("able") else ASK_SET_UP

    @property
    def item(self) -> Item | None:
        item = self.facts.get("item")
        return item if isinstance(item, Item) else None

    @property
    def deadline(self) -> Deadline | None:
        deadline = self.facts.get("deadline")
        return deadline if isinstance(deadline, Deadline) else None

    @property
    def ref(self) -> str:
        thing = self.item or self.deadline
        return thing.ref if thing else self.text("ref", "This action")

    @property
    def person(self) -> str:
        person = self.facts.get("person")
        if isinstance(person, Person):
            return plain(name(person.user, self.world)).replace("someone", plain(person.name))
        typed = self.error.typed if isinstance(self.error, BadInput) else ""
        known = name(typed, self.world)
        return plain(known) if known != "someone" else self.quoted

    @property
    def people(self) -> list[Person]:
        """Of the choices, those that the reader may pick."""
        found = self.facts.get("choices")
        people = found if isinstance(found, tuple) else ()
        return [p for p in people if isinstance(p, Person) and p.user in self.offered.people]

    @property
    def group(self) -> str:
        group = group_in(self.facts, self.world)
        return plain(group.short or group.name) if group else "the group"

    @property
    def day(self) -> str:
        day = self.facts.get("day")
        return day_words(day) if isinstance(day, date) else self.quoted


def group_in(known: Mapping[str, object], world: World) -> Group | None:
    group = known.get("group")
    return group if isinstance(group, Group) else world.groups.get(GroupKey(str(group)))


def choice_words(choice: object, world: World) -> str:
    """How one of an error's `choices` is called on a button; unescaped."""
    if isinstance(choice, datetime):
        return f"{day_words(choice.date())}, {choice:%H:%M}"
    if isinstance(choice, date):
        return day_words(choice)
    if isinstance(choice, Person):
        return f"{choice.name} ({name(choice.user, world)})" if choice.name else choice.handle
    if isinstance(choice, Group):
        return choice.short or choice.name
    return str(choice)


def listed(choices: object, world: World) -> str:
    found = list(choices) if isinstance(choices, Iterable) and not isinstance(choices, str) else []
    return " or ".join(plain(choice_words(choice, world)) for choice in found[:3])
