"""The words by which people ask the bot why, and what comes next."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.domain import meetings as domain
from bot.domain.decisions import PREFIX
from bot.domain.model import Ref
from bot.domain.notices import Holiday
from bot.errors import BadInput, Code
from bot.handlers.group_words import only
from bot.handlers.reading import Reading
from bot.handlers.refs import read_ids
from bot.handlers.registry import Clicked, Command, Submitted
from bot.handlers.tokens import plain
from bot.services import decisions, explanations, meeting_occasions
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import explanations as view
from bot.views import forecasts, meeting_explanations
from bot.views.ids import Id

WHY_USAGE = "why <ID>"


class ExplanationHandlers:
    def __init__(self, holiday: Holiday, country_name: Callable[[str], str]) -> None:
        self._holiday = holiday
        self._country_name = country_name

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("why",), WHY_USAGE, "Tells every reminder about it: when, to whom, and why.",
            read_id, lambda ask, by, ref: self.why(ask, ref), "why EM-2",
        )  # fmt: skip
        yield Command(
            "", ("preview",), "preview", "Tells what I am going to say in the next 7 days.",
            only("preview"), lambda ask, by, _: self.preview(ask), "preview",
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}

    def why(self, ask: Ask, ref: Ref) -> Outcome:
        if ref.startswith(f"{domain.PREFIX}-"):
            meeting, found = explanations.of_meeting(ask, ref, self._holiday)
            user, atlas = ask.actor.user, (self._holiday, self._country_name)
            others = meeting_occasions.told_about(ask, meeting, *atlas)
            words = meeting_explanations.why(meeting, found, ask.world, user, ask.now, others)
            return Reply(words)
        if ref.startswith(f"{PREFIX}-"):
            return Reply(view.why_not(decisions.find(ask, ref).ref))
        thing, told = explanations.why(ask, ref, self._holiday)
        return Reply(view.why(thing, told, ask.world, ask.actor.user, ask.now))

    def preview(self, ask: Ask) -> Outcome:
        found = explanations.preview(ask, self._holiday, self._country_name)
        user = ask.actor.user
        return Reply(
            forecasts.preview(found.mine, found.here, found.group, user, ask.world, found.end)
        )


def read_id(text: str, reading: Reading) -> Ref:
    refs, rest = read_ids(text, reading, 1)
    if rest.strip(" ?!."):
        raise BadInput(Code.WRONG_WORDS, None, plain(rest, reading), usage=WHY_USAGE)
    return refs[0]
