"""Every operation on deadlines by every door."""

from bot.errors import Code
from bot.services.access import Op
from bot.views.blocks import Field, Id, value
from tests.services.rights_cells import DEADLINE, GROUP, GROUPS, Row


def _word(op: Op, line: str, *, changes: bool = True) -> Row:
    return Row(op, line, states=GROUPS, changes=changes)


def _button(op: Op, id_: Id, do: str = "", *, opens: bool = False) -> Row:
    extra = {"do": do} if do else {}
    return Row(op, value(DEADLINE, **extra), ("button",), GROUPS, id_, changes=not opens)


def _form(id_: Id, *fields: tuple[Field, str]) -> Row:
    return Row(Op.CHANGE_DEADLINE, value(DEADLINE), ("form",), GROUPS, id_, fields)


DEADLINE_ROWS = (
    _word(Op.SEE_DEADLINE, "deadline list {group}", changes=False),
    _word(Op.ADD_DEADLINE, "deadline add Abstracts in by 2026-12-18 for {group}"),
    Row(
        Op.ADD_DEADLINE, "{}", ("form",), GROUPS, Id.DEADLINE_ADD,
        (
            (Field.TEXT, "Abstracts in"), (Field.DUE, "2026-12-18"), (Field.GROUPS, GROUP),
            (Field.KIND, "milestone"),
        ),
    ),
    Row(Op.ADD_DEADLINE, "DEADLINE: Abstracts in by 2026-12-18", ("capture",), GROUPS),
    Row(Op.ADD_DEADLINE, "{}", ("button",), ("anywhere",), Id.DEADLINE_NEW, changes=False),
    _word(Op.SEE_DEADLINE, DEADLINE, changes=False),
    _word(Op.SEE_DEADLINE, f"history {DEADLINE}", changes=False),
    _word(Op.CHANGE_DEADLINE, f"edit {DEADLINE} Abstracts and slides in"),
    Row(
        Op.CHANGE_DEADLINE, f"deadline reopen {DEADLINE}", states=GROUPS,
        then=dict.fromkeys(GROUPS, Code.ALREADY_OPEN),
    ),
    _button(Op.CHANGE_DEADLINE, Id.DEADLINE_MOVE, opens=True),
    _button(Op.CHANGE_DEADLINE, Id.DEADLINE_DROP, opens=True),
    _button(Op.CHANGE_DEADLINE, Id.DEADLINE_MORE, "drop", opens=True),
    _button(Op.CHANGE_DEADLINE, Id.DEADLINE_MORE, "give", opens=True),
    _button(Op.SEE_DEADLINE, Id.DEADLINE_MORE, "history", opens=True),
    _form(
        Id.DEADLINE_MOVE_FORM, (Field.DUE, "2026-12-18"), (Field.REASON, "Scans are late")
    ),
    _form(Id.DEADLINE_DROP_FORM, (Field.REASON, "Not needed")),
    _word(Op.QUIET_DEADLINE, f"mute {DEADLINE}"),
    _word(Op.QUIET_DEADLINE, f"unmute {DEADLINE}", changes=False),
    _button(Op.QUIET_DEADLINE, Id.DEADLINE_MORE, "mute"),
    _button(Op.QUIET_DEADLINE, Id.DEADLINE_MORE, "tomorrow"),
    *(
        Row(op, "", ("service",), GROUPS, changes=False)
        for op in (Op.SEE_DEADLINE, Op.CHANGE_DEADLINE, Op.QUIET_DEADLINE)
    ),
)  # fmt: skip
