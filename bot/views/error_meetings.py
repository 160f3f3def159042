"""The sentences about meetings that cannot be planned or moved as was asked."""

from collections.abc import Callable
from datetime import date, time

from bot.domain.model import World
from bot.errors import BadInput, Code, UserError
from bot.views.blocks import Element, Id, button, nth, value
from bot.views.dates import count, day_words
from bot.views.error_facts import Said, listed
from bot.views.people import named

Part = tuple[str, list[Element]]
"""block_id and elements of one actions block."""
CARRIED = 1500
"""Characters of a line that a button surely carries."""
LENGTHS = ("30 min", "60 min", "90 min", "2 h")
EXAMPLES = (
    "Try every Thursday, every 2 weeks, or every month on the first Thursday, "
    "and until 30 Jun if it ends."
)


def _rule(it: Said) -> str:
    why, first = it.text("why"), it.facts.get("first")
    begins = day_words(first) if isinstance(first, date) else "then"
    if why == "ended":
        return f"It would end on {it.day}, before it begins on {begins}. Say a later day."
    if why == "never":
        return f"By that rule it never takes place after {begins}. {EXAMPLES}"
    if why == "once":
        return "It ends on a day, but it does not repeat. Say how often, or leave the end out."
    if why == "gap":
        return _gap(it)
    return f"I couldn't read {it.quoted} as how often. {EXAMPLES}"


def _gap(it: Said) -> str:
    at = it.facts.get("at")
    clock = f"{at:%H:%M}" if isinstance(at, time) else "that time"
    city = it.text("zone").rpartition("/")[2].replace("_", " ")
    near = listed(it.facts.get("choices"), it.world)
    return (
        f"On {it.day} the clocks in {city} go forward over {clock}: that time does not exist. "
        f"Say another time, such as that of {near}."
    )


def _time(it: Said) -> str:
    wrong = f"{it.quoted} is no time of the day. " if it.typed else ""
    return (
        f"{wrong}At what time does it begin? Say it with the day, as in: "
        "meeting plan Models call 4 Dec 15:00 in London."
    )


def _over(it: Said) -> str:
    state = it.text("state")
    if state == "cancelled":
        return f"{it.ref} is cancelled. Plan a new one, as in: meeting plan Call 4 Dec 15:00."
    if it.facts.get("before"):
        return f"{it.ref} is over: what was to be done before it stays as it was."
    return f"{it.ref} is over, so it stays as it was."


def _in_use(it: Said) -> str:
    """All that is there, and what to do instead."""
    lines, topics, answers = (it.facts.get(name) for name in ("lines", "topics", "answers"))
    lines, topics = (n if isinstance(n, int) else 0 for n in (lines, topics))
    begun = bool(it.facts.get("begun"))
    there = [
        "it has begun" if begun else "",
        f"{count(lines, 'line')} of it {'is' if lines == 1 else 'are'} written down" * bool(lines),
        f"{count(topics, 'topic')} {'is' if topics == 1 else 'are'} on its agenda" * bool(topics),
        f"{named(answers, it.world)} answered" if isinstance(answers, tuple) and answers else "",
    ]
    said = [one for one in there if one]
    why = " and ".join([", ".join(said[:-1])] * (len(said) > 1) + said[-1:])
    instead = f" Type meeting {'end' if begun else 'cancel'} {it.ref}."
    head = f"The planning of {it.ref} is not taken back: {why or 'it is in use'}."
    return head if it.facts.get("over") else head + instead


def _where(it: Said) -> str:
    if it.facts.get("group") is None:
        return (
            "All groups together have no channel that I can write in. Type link all in the one "
            "that is to be theirs."
        )
    return f"{it.group} has no channel that I can write in. Type link and the group there."


MEETINGS: dict[Code, Callable[[Said], str]] = {
    Code.RULE_WRONG: _rule,
    Code.TIME_NEEDED: _time,
    Code.LENGTH_WRONG: lambda it: (
        f"I couldn't take {it.quoted} as how long it lasts. Say it as in: 90 min, 1h30 or 2 days; "
        "at most 24 hours, or 14 days."
    ),
    Code.MEETING_OVER: _over,
    Code.PLAN_IN_USE: _in_use,
    Code.ANNOUNCE_WHERE: _where,
    Code.ALREADY_THEN: lambda it: f"{it.ref} begins at that time already.",
}


def _another_hour(error: UserError, line: str, world: World) -> list[Part]:
    """Where a day of a series has no such hour: the hours beside it, in the line as typed."""
    at, near = error.facts.get("at"), error.facts.get("choices")
    typed = f"{at:%H:%M}" if isinstance(at, time) else ""
    if not (typed and isinstance(near, tuple) and typed in line and len(line) <= CARRIED):
        return []
    head, _, tail = line.rpartition(typed)
    ways = [
        button(f"At {other:%H:%M}", nth(Id.WORD_RUN, n), value(line=f"{head}{other:%H:%M}{tail}"))
        for n, other in enumerate(near, start=1)
    ]
    return [("error:choices", ways)]


def form() -> list[Part]:
    return [("error:do", [button("Plan a meeting", Id.MEETING_PLAN)])]


def _lengths(error: UserError, line: str, world: World) -> list[Part]:
    """Usual ones, in the line as typed."""
    typed = error.typed if isinstance(error, BadInput) else ""
    if not (typed and typed in line and len(line) <= CARRIED):
        return []
    head, _, tail = line.rpartition(typed)
    lead = "for " if typed.casefold().startswith("for ") else ""
    ways = [
        button(said, nth(Id.WORD_RUN, n), value(line=f"{head}{lead}{said}{tail}"))
        for n, said in enumerate(LENGTHS, start=1)
    ]
    return [("error:choices", ways)]


WAYS: dict[Code, Callable[[UserError, str, World], list[Part]]] = {
    Code.RULE_WRONG: _another_hour,
    Code.LENGTH_WRONG: _lengths,
}
