"""The sentences about checklists of meetings, and the way on from there."""

from collections.abc import Callable

from bot.domain.meetings import PrepItem
from bot.domain.model import World
from bot.errors import Code, UserError
from bot.views.blocks import Element, Id, button, value
from bot.views.dates import day_words, today
from bot.views.error_facts import Said
from bot.views.people import name
from bot.views.text import plain

Part = tuple[str, list[Element]]
"""block_id and elements of one actions block."""


def _none_such(it: Said) -> str:
    last = it.text("last")
    if not it.facts.get("last"):
        return f"{it.ref} has no checklist yet. To add to it: meeting prep add {it.ref} and what."
    return f"{it.ref} has no number {it.text('n')} on its checklist: they go from 1 to {last}."


def _done(it: Said) -> str:
    item = it.facts.get("prep")
    if not isinstance(item, PrepItem):
        return f"That is done already for {it.ref}."
    by = f" by {plain(name(item.done_by, it.world))}" if item.done_by else ""
    on = f" on {day_words(today(item.done_at, it.text('zone', 'UTC')))}" if item.done_at else ""
    return f"Number {item.n} of {it.ref} was done already{by}{on}."


def _open(it: Said) -> str:
    item = it.facts.get("prep")
    n = f"Number {item.n}" if isinstance(item, PrepItem) else "That"
    return f"{n} of {it.ref} is still to be done: there is no tick to take back."


def _whose(it: Said) -> str:
    if it.facts.get("group"):
        return f"{it.group[:1].upper()}{it.group[1:]} has"
    return f"None of the groups of {it.ref} has" if it.facts.get("ref") else "There is"


def _template(it: Said) -> str:
    why, most = it.text("why"), it.text("most")
    if why == "number":
        return f"There is no number {it.text('n')}: the checklist goes from 1 to {it.text('last')}."
    if why == "last":
        return "That is the last item; a checklist without any is no help. It stays."
    if why == "full":
        return f"A checklist takes {most} items. Please drop one first."
    if why == "far":
        return f"That is too far from the meeting: at most {most} days."
    roles = "chair, coordinator, members, note-taker, speakers or action owners"
    return f"I know no role {it.quoted}. Say who owes it: {roles}."


PREPARATION: dict[Code, Callable[[Said], str]] = {
    Code.NO_SUCH_PREP: _none_such,
    Code.PREP_DONE: _done,
    Code.PREP_OPEN: _open,
    Code.ALREADY_ANNOUNCED: lambda it: (
        f"{it.ref} is announced already. Its message in the channel keeps up with every change."
    ),
    Code.TEMPLATE_WRONG: _template,
    Code.NO_CHANNEL: lambda it: (
        f"{_whose(it)} no channel to announce it in. "
        "Type link and the group in its channel first, as in: link trials."
    ),
}


def _checklist(error: UserError, line: str, world: World) -> list[Part]:
    return _open_by(error, "Open checklist", "meeting prep ")


def _meeting(error: UserError, line: str, world: World) -> list[Part]:
    return _open_by(error, "Open", "") if error.facts.get("ref") else []


def _open_by(error: UserError, label: str, word: str) -> list[Part]:
    ref = str(error.facts.get("ref"))
    return [("error:do", [button(label, Id.WORD_RUN, value(line=f"{word}{ref}"))])]


WAYS: dict[Code, Callable[[UserError, str, World], list[Part]]] = {
    **dict.fromkeys((Code.NO_SUCH_PREP, Code.PREP_DONE, Code.PREP_OPEN), _checklist),
    **dict.fromkeys((Code.ALREADY_ANNOUNCED, Code.NO_CHANNEL), _meeting),
}
