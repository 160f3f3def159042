"""Every place where words about deadlines are shown, for `sinks.SINKS`."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.deadlines import Deadline, DeadlineId, Kind, Stage
from bot.domain.items import Move
from bot.domain.knock_on import Hit, Step
from bot.domain.model import Ref
from bot.domain.outbox import Message
from bot.errors import BadInput, Code, Conflict, UserError
from bot.views import (
    deadline_answers,
    deadline_forms,
    deadline_notices,
    deadlines,
    errors,
    history,
    undone,
)
from bot.views.blocks import View
from bot.views.item_forms import Origin
from tests.unit.hostile_world import DAY, HERE, Given
from tests.unit.screens import CHAIR, NOW, OWNER

WHERE = Origin(HERE, "1.2")


def promised(it: Given) -> Deadline:
    return Deadline(
        DeadlineId(1), Ref("DL-1"), Kind.MILESTONE, it.text, DAY, DAY, NOW, CHAIR, NOW,
        (it.group.key,), OWNER, why=it.text, moves=(Move(DAY, DAY, OWNER, NOW, it.text),),
    )  # fmt: skip


def _wrong(error: Callable[[Given], UserError]) -> Callable[[Given], Message]:
    return lambda it: errors.words(error(it), f"deadline {it.text}", "", it.world)


def _closed(it: Given) -> Deadline:
    return replace(promised(it), stage=Stage.MET, closed_by=OWNER, closed_at=NOW)


def _hit(it: Given) -> Hit:
    return Hit(Step(Ref("DL-2"), DAY, (it.group.key,)), DAY, Ref("DL-1"))


DEADLINE_SINKS: Mapping[str, Callable[[Given], Message | View | str]] = {
    "deadlines": lambda it: deadlines.listing((promised(it),), it.world, OWNER, NOW, it.text),
    "deadline": lambda it: deadlines.detail(promised(it), (), DAY, it.world, OWNER, NOW),
    "deadline added": lambda it: deadline_answers.added(
        promised(it), it.world, (it.text,), "r", DAY, aloud=False
    ),
    "deadline moved": lambda it: deadline_answers.changed(promised(it), "move", it.world),
    "deadline shared": lambda it: deadline_answers.shared(promised(it), OWNER, it.world),
    "deadline given": lambda it: deadline_answers.whom(promised(it), (OWNER,), it.world),
    "deadline recorded": lambda it: deadline_answers.already_recorded(promised(it), it.world),
    "deadline's past": lambda it: history.history(promised(it), (it.change,), it.world, OWNER),
    "deadline as it was": lambda it: undone.undone(
        (undone.undone_line(replace(it.change, before=promised(it)), it.world),)
    ),
    "deadline reminder": lambda it: deadline_notices.reminder(
        promised(it), "7d", (_hit(it).step,), DAY, it.world, CHAIR, NOW
    ),
    "deadline settled": lambda it: deadline_notices.settled_line(
        promised(it), it.change, it.world, NOW
    ),
    "deadline muted": lambda it: deadline_notices.muted(promised(it)),
    "slip": lambda it: deadline_answers.slip(promised(it), (_hit(it),), it.world),
    "deadline form": lambda it: deadline_forms.add_form(
        deadline_forms.DeadlineDraft(it.text, needs=it.text),
        (it.group,), (OWNER,), it.world, WHERE, for_all=True,
    ),
    "deadline's date form": lambda it: deadline_forms.move_form(
        promised(it), it.world, NOW, WHERE, DAY
    ),
    "deadline dropping form": lambda it: deadline_forms.drop_form(
        promised(it), it.world, NOW, WHERE
    ),
    "error, met already": _wrong(lambda it: Conflict(Code.ALREADY_DONE, deadline=_closed(it))),
    "error, deadline the same": _wrong(
        lambda it: Conflict(Code.CHANGED_MEANWHILE, deadline=promised(it))
    ),
    "error, no reason": _wrong(
        lambda it: BadInput(
            Code.REASON_NEEDED, "reason", verb="move", deadline=promised(it), due=DAY
        )
    ),
}  # fmt: skip
