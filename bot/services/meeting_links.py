"""Where a meeting is joined by video: set for one, or for it and the rest of its series."""

import re
from dataclasses import dataclass, replace

from bot.domain.history import Change
from bot.domain.meetings import Meeting
from bot.domain.model import Ref
from bot.domain.rescheduling import Former
from bot.errors import BadInput, Code
from bot.services import meeting_cards
from bot.services.access import Ask
from bot.services.declarations import LINK_LIMIT
from bot.services.meeting_undo import LINK, keep
from bot.services.rescheduling import for_change, with_rest
from bot.views.buttons import link as linked

_ADDRESS = re.compile(r"https?://\S+")
_EDGES = " \t\n,;:-\u2013"


@dataclass(frozen=True, slots=True)
class Linked:
    """`more`: how many after it in its series have the link now as well."""

    meeting: Meeting
    more: int = 0
    changed: bool = True


def set_link(ask: Ask, ref: Ref, url: str, *, rest: bool = False) -> Linked:
    """An empty one takes away what was there."""
    meeting = for_change(ask, ref)
    _require_link(url)
    found = with_rest(ask, meeting) if rest else (meeting,)
    changed = [one for one in found if one.link != url]
    formers, saved = [], []
    for old in changed:
        new = replace(old, link=url, updated_at=ask.now, updated_by=ask.actor.user)
        saved.append(ask.store.meetings.save(new, expected=old.version))
        formers.append(Former(old, (), saved[-1].version))
    if saved:
        keep(ask, formers)
        first = saved[0]
        ask.store.audit.add(
            Change(first.ref, first.version, ask.now, ask.actor.user, LINK, ask.key, _detail(saved))
        )
    for one in saved:
        meeting_cards.follow(ask.store, ask.world, one.id, ask.now)
    return Linked(replace(meeting, link=url), len(found) - 1, bool(saved))


def parted(place: str) -> tuple[str, str]:
    """The words for a place, and the address among them by which it is joined."""
    found = _ADDRESS.search(place)
    url = found[0].rstrip(".,;)") if found else ""
    if found is None or len(url) > LINK_LIMIT or not linked(url, "join"):
        return place, ""
    parts = (place[: found.start()].strip(_EDGES), place[found.end() :].strip(_EDGES))
    return " ".join(filter(None, parts)), url


def _require_link(url: str) -> None:
    if len(url) > LINK_LIMIT:
        raise BadInput(Code.TEXT_LONG, "text", url, length=len(url), limit=LINK_LIMIT)
    if url and not linked(url, "join"):
        raise BadInput(Code.LINK_WRONG, "text", url)


def _detail(saved: list[Meeting]) -> str:
    more = len(saved) - 1
    return f"{saved[0].link}{f' (and {more} more)' if more else ''}"
