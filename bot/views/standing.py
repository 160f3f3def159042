"""The word for how a group stands, its reason, and what is said beside it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.domain.knock_on import Delay
from bot.domain.model import GroupSettings, Ref
from bot.domain.state import Cause, Judged, Reason, Remark, Sign, Standing, Why
from bot.domain.templates import TEMPLATES
from bot.views.dates import count, day_words
from bot.views.facts import slipped_words
from bot.views.text import bare, clip

WORDS = {
    Standing.LATE: "🔴 Late",
    Standing.LOOK: "🟡 Needs a look",
    Standing.ON_TRACK: "🟢 On track",
    Standing.NO_DATA: "⚪ No data",
}
LACKING = 60
TEXTS = {
    item.key: re.split(r"[:;]", item.text)[0] for items in TEMPLATES.values() for item in items
}
"""The first words of the items of checklists, by their keys."""
WAY = 3
"""Of a chain, named."""
_FURTHER = {
    Reason.ACTION: "more overdue",
    Reason.DEADLINE: "more deadlines overdue",
    Reason.PREPARATION: "more things to prepare late",
}
_NEEDED = {
    Reason.NEEDS_OVERDUE: "overdue",
    Reason.NEEDS_BLOCKED: "blocked",
    Reason.NEEDS_LATER: "due only after it",
}


def reason(judged: Judged) -> str:
    """Why the word is what it is, each kind of reason once; unescaped, no full stop."""
    if judged.standing is Standing.NO_DATA:
        return "no actions, deadlines or meetings yet"
    return "; ".join(_parts(judged.because)) or "nothing is overdue"


def _parts(because: Sequence[Cause]) -> Iterator[str]:
    for kind, causes in groupby(because, key=lambda cause: cause.reason):
        first, *others = causes
        further = _FURTHER.get(kind, "more deadlines at risk")
        yield f"{cause(first)}{f', {len(others)} {further}' if others else ''}"


def cause(found: Cause) -> str:
    if found.reason is Reason.PREPARATION:
        said = TEXTS.get(found.about, found.about)
        lacking = clip(bare(said).rstrip(" ."), LACKING)
        return f"{found.ref} “{lacking}” is {count(found.days, 'day')} late"
    if found.reason in _NEEDED:
        return f"{found.ref} needs {found.about}, which is {_NEEDED[found.reason]}"
    if found.delay is not None:
        return impossible(found.ref, found.delay)
    moved = slipped_words(found.moves, found.slip)
    return f"{found.ref} is {count(found.days, 'day')} late{f' ({moved})' if moved else ''}"


def impossible(ref: Ref, delay: Delay) -> str:
    """That a deadline cannot be met in time; a long way is told by its ends."""
    way = delay.way if len(delay.way) <= WAY else (*delay.way[: WAY - 1], "…", delay.way[-1])
    return f"{ref} cannot be met before {day_words(delay.earliest)} (waits for {', '.join(way)})"


def remarks(found: Iterable[Remark]) -> str:
    """Each kind of them once; unescaped, no full stop; `` where nothing is to be said."""
    return "; ".join(_remarked(found))


def _remarked(found: Iterable[Remark]) -> Iterator[str]:
    for sign, same in groupby(found, key=lambda remark: remark.sign):
        first, *others = same
        yield f"{_remark(sign, first)}{f' and {len(others)} more' if others else ''}"


def _remark(sign: Sign, remark: Remark) -> str:
    if remark.ref and remark.delay:
        return impossible(remark.ref, remark.delay)
    if sign is Sign.BLOCKED:
        return f"{remark.ref} is blocked {_since(remark.days)}"
    if sign is Sign.UNOWNED:
        return f"{remark.ref} has no owner"
    if sign is Sign.WAITS:
        return f"{remark.ref} waits for {remark.about}, which is overdue"
    if sign is Sign.MINUTES:
        return f"the minutes of {remark.ref} are {count(remark.days, 'day')} late"
    if sign is Sign.NO_MEETING:
        return "no next meeting set"
    return f"no update by a member for {count(remark.days, 'day')}"


def _since(days: int) -> str:
    return f"for {count(days, 'day')}" if days else "since today"


def waits(why: Why, settings: GroupSettings) -> str:
    """Why an action waits for its chair's word; no full stop."""
    late = count(settings.decide_after, "working day")
    return {
        Why.UNOWNED: "Who could do it?",
        Why.OVERDUE: f"Overdue for {late} or more",
        Why.SILENT: "Not confirmed for 3 working days or more",
        Why.BLOCKED: "Blocked for more than a week",
        Why.MOVED: "Its date was moved 3 times or more",
    }[why]
