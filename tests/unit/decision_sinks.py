"""The places where decisions are shown, each by one line."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.decisions import Decision, DecisionId, DecisionState, Objection
from bot.domain.items import Source
from bot.domain.model import Ref
from bot.domain.outbox import Message
from bot.errors import Code, Conflict
from bot.views import decision_answers, decisions, errors
from bot.views.blocks import View
from bot.views.decisions import Offers
from bot.views.item_forms import Origin
from tests.unit.hostile_world import DAY, HERE, Given
from tests.unit.screens import CHAIR, NOW, OWNER

EVERYTHING = Offers(objecting=True, settling=True, withdrawing=True)


def _objected(it: Given) -> Decision:
    return Decision(
        DecisionId(1), Ref("DC-1"), it.group.key, it.text, NOW, CHAIR, DecisionState.OBJECTED,
        NOW, DAY, DAY, (Objection(OWNER, NOW, it.text),), it.text,
        Source(HERE, "1.2", "https://slack.test/p1", it.text),
    )  # fmt: skip


def _withdrawn(it: Given) -> Decision:
    return replace(_objected(it), state=DecisionState.WITHDRAWN)


def proposed_decision(it: Given) -> Decision:
    return replace(_objected(it), state=DecisionState.PROPOSED)


def _decided(it: Given) -> Message:
    error = Conflict(Code.ALREADY_DECIDED, ref="DC-1", state="recorded", since=NOW, group=it.group)
    return errors.words(error, f"object DC-1 {it.text}", "/wg", it.world)


DECISION_SINKS: dict[str, Callable[[Given], Message | View | str]] = {
    "decision's card": lambda it: decisions.card(proposed_decision(it), it.world),
    "decision's card, withdrawn": lambda it: decisions.card(_withdrawn(it), it.world),
    "decision": lambda it: decisions.detail(_objected(it), it.world, EVERYTHING),
    "decision, withdrawn": lambda it: decisions.detail(_withdrawn(it), it.world, EVERYTHING),
    "decisions": lambda it: decisions.listing((_withdrawn(it),), it.world, it.text, several=True),
    "no decisions": lambda it: decisions.listing((), it.world, it.text),
    "decided": lambda it: decision_answers.answer(proposed_decision(it), it.world, (it.text,), "r"),
    "objected": lambda it: decision_answers.changed(
        _objected(it), it.world, EVERYTHING, _objected(it).objections[-1]
    ),
    "proposed to a voter": lambda it: decision_answers.proposed(proposed_decision(it), it.world),
    "objected, to a chair": lambda it: decision_answers.objected(
        _objected(it), it.world, minds=True
    ),
    "decision settled": lambda it: decision_answers.settled(_withdrawn(it), it.world),
    "objection form": lambda it: decision_answers.object_form(_objected(it), Origin(HERE, "1.2")),
    "error, decided already": _decided,
}
