"""The sentences about agendas that cannot be changed as was asked."""

from collections.abc import Callable

from bot.domain.agendas import AgendaState
from bot.domain.model import World
from bot.errors import Code, UserError
from bot.views.blocks import Element, Id, button, value
from bot.views.error_facts import Said

_SETTLED: dict[str, str] = {
    AgendaState.CARRIED: "went on to a later meeting",
    AgendaState.DROPPED: "was dropped",
}


def _no_item(it: Said) -> str:
    if "n" not in it.facts:
        return f"That item is not on the agenda of {it.ref} any more. Type: agenda {it.ref}."
    many, n = it.facts["many"], it.text("n", "0")
    has = "it has none yet" if not many else f"it has {many}"
    return f"There is no item {n} on the agenda of {it.ref}: {has}. Type: agenda {it.ref}."


def _order(it: Said) -> str:
    how = f"As in: agenda order {it.ref} 3, 1, 2. The rest keeps its order."
    if it.typed:
        return f"{it.typed} stands there twice, so I changed nothing. {how}"
    return f"Which items come first? {how}"


def _no_meeting(it: Said) -> str:
    if "ref" in it.facts:
        return f"No meeting of the same groups is set after {it.ref}, so it stays where it is."
    whose = f"{it.group} has" if it.text("group") else "You have"
    return f"{whose} no meeting ahead. Plan one, as in: meeting plan Call 4 Dec 15:00."


def _settled(it: Said) -> str:
    how = _SETTLED.get(it.text("state"), f"is on the agenda of {it.ref}")
    topic = f'"{it.text("topic")}"' if "topic" in it.facts else "It"
    return f"{topic} {how} already."


AGENDAS: dict[Code, Callable[[Said], str]] = {
    Code.AGENDA_NO_ITEM: _no_item,
    Code.AGENDA_ORDER: _order,
    Code.AGENDA_MINUTES: lambda it: (
        f"A topic takes 1 to {it.text('most')} minutes, not {it.typed}. As in: 10 min."
    ),
    Code.AGENDA_FULL: lambda it: (
        f"The agenda of {it.ref} has {it.text('most')} items, and no more fit. Drop some first."
    ),
    Code.AGENDA_EMPTY: lambda it: (
        f"There is nothing on the agenda of {it.ref} yet. Type: agenda draft {it.ref}."
    ),
    Code.AGENDA_NO_MEETING: _no_meeting,
    Code.AGENDA_SETTLED: _settled,
    Code.AGENDA_ONE_OWNER: lambda it: (
        "Somebody opens a topic, so it has one owner. Name one person, as in @name."
    ),
}


def form(error: UserError) -> list[tuple[str, list[Element]]]:
    """For a topic whose words are missing or too many."""
    ref = str(error.facts.get("ref") or "")
    return [("error:do", [button("Open the form", Id.AGENDA_ADD, value(ref))] if ref else [])]


def _agenda(error: UserError, line: str, world: World) -> list[tuple[str, list[Element]]]:
    ref = str(error.facts.get("ref") or "")
    opens = button("Open the agenda", Id.WORD_RUN, value(line=f"agenda {ref}"), names=ref)
    return [("error:do", [opens] if ref else [])]


WAYS = dict.fromkeys(
    (
        Code.AGENDA_NO_ITEM, Code.AGENDA_ORDER, Code.AGENDA_FULL, Code.AGENDA_EMPTY,
        Code.AGENDA_NO_MEETING, Code.AGENDA_SETTLED,
    ),
    _agenda,
)  # fmt: skip
