"""The way on after an error about a deadline."""

from datetime import date

from bot.domain.deadlines import Deadline
from bot.domain.model import World
from bot.errors import UserError
from bot.views.blocks import Element, Id, button, value
from bot.views.deadline_buttons import run

Parts = list[tuple[str, list[Element]]]


def as_it_is(deadline: Deadline) -> Parts:
    """To look at it, and to open it again."""
    shown = [run(1, "Open", deadline.ref)]
    if deadline.stage.closed and not deadline.taken_back:
        shown.insert(0, run(2, "Reopen", f"deadline reopen {deadline.ref}"))
    return [("error:do", shown)]


def reason(error: UserError, line: str, world: World) -> Parts:
    """A deadline's date only moves with a reason: the form keeps the date."""
    deadline, due = error.facts.get("deadline"), error.facts.get("due")
    if not isinstance(deadline, Deadline) or not isinstance(due, date):
        return []
    carried = value(deadline.ref, deadline.version, due=due.isoformat())
    return [("error:do", [button("Say why", Id.DEADLINE_MOVE, carried, names=deadline.ref)])]


def unstaged(error: UserError) -> Parts:
    """A milestone has no stages: it is met."""
    deadline = error.facts.get("deadline")
    if not isinstance(deadline, Deadline):
        return []
    met = run(1, "Met", f"deadline met {deadline.ref}")
    return [("error:do", [met, run(2, "Open", deadline.ref)])]
