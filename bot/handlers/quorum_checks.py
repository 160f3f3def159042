"""What whoever hears of a missing quorum or agenda can press."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.model import Ref
from bot.domain.notices import Holiday
from bot.handlers.registry import Click, Clicked, Command, Form, Submitted
from bot.services import quorum_checks, rescheduling
from bot.services.access import Ask
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.views import meeting_answers as answers
from bot.views import quorum_checks as view
from bot.views.blocks import Field, Id, parse_value


class QuorumHandlers:
    def __init__(self, holiday: Holiday) -> None:
        self._holiday = holiday

    def commands(self) -> Iterable[Command[Any]]:
        return ()

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.QUORUM_CANCEL: open_cancel, Id.QUORUM_HOLD: hold}

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.QUORUM_CANCELLED: self.cancelled}

    def cancelled(self, ask: Ask, form: Form) -> Outcome:
        ref = Ref(parse_value(form.metadata).ref)
        done = rescheduling.cancel(ask, ref, form.get(Field.REASON), self._holiday)
        later = rescheduling.later(ask.store, done.meetings[0])
        return Reply(answers.cancelled(done.meetings, done.told, later, ask.world, ask.key))


def hold(ask: Ask, click: Click) -> Outcome:
    meeting = quorum_checks.hold(ask, Ref(click.value.ref))
    return Reply(view.held(meeting, ask.actor.zone), rewrites=True)


def open_cancel(ask: Ask, click: Click) -> Outcome:
    meeting = rescheduling.for_change(ask, Ref(click.value.ref))
    return OpenModal(view.cancel_form(meeting).payload)
