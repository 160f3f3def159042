"""What whoever hears of a missing quorum or agenda can press, beside moving and cancelling."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.model import Ref
from bot.handlers.registry import Click, Clicked, Command, Submitted
from bot.services import quorum_checks
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import quorum_checks as view
from bot.views.blocks import Id


class QuorumHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        return ()

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.QUORUM_HOLD: hold}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}


def hold(ask: Ask, click: Click) -> Outcome:
    meeting = quorum_checks.hold(ask, Ref(click.value.ref))
    return Reply(view.held(meeting, ask.actor.zone), rewrites=True)
