"""The checklists that meetings are planned by, as each group or the programme has adjusted them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.items import TITLE_LIMIT
from bot.domain.meetings import Meeting, OwnerRole
from bot.domain.model import Group, GroupKey
from bot.domain.templates import TEMPLATES, Anchor, TemplateItem
from bot.errors import BadInput, Code, NotFound
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.checks import require_text
from bot.services.history import remember_shape
from bot.storage.database import Store

MOST = 60
"""Items of one checklist."""
FURTHEST = 730
"""Days from the meeting."""


@dataclass(frozen=True, slots=True)
class When:
    """`days` from the anchor, before it when negative."""

    days: int
    working_days: bool = False
    anchor: Anchor = Anchor.START


@dataclass(frozen=True, slots=True)
class Listed:
    """`group` None: the programme's; `own`: not the usual one; `may`: the asker may change it."""

    group: Group | None
    name: str
    items: tuple[TemplateItem, ...]
    own: bool
    may: bool


def effective(store: Store, groups: Sequence[GroupKey], name: str) -> tuple[TemplateItem, ...]:
    """By which a meeting is planned: of one group its own, else the programme's, else the usual."""
    own = store.templates.of(groups[0], name) if len(groups) == 1 else ()
    return own or store.templates.of(None, name) or TEMPLATES[name]


def of_meeting(store: Store, meeting: Meeting) -> tuple[TemplateItem, ...]:
    return effective(store, meeting.groups, meeting.template) if meeting.template else ()


def opened(ask: Ask, group: Group | None, name: str) -> Listed:
    authorize(ask, Op.SEE_GROUP, group.key if group else None)
    return _listed(ask, group, name)


def move(ask: Ask, group: Group | None, name: str, n: int, when: When) -> Listed:
    items, item = _for_change(ask, group, name, n)
    _require_near(when)
    moved = replace(item, offset=when.days, working_days=when.working_days, anchor=when.anchor)
    return _save(ask, group, name, [*items[: n - 1], moved, *items[n:]], f"move {n}")


def drop(ask: Ask, group: Group | None, name: str, n: int) -> Listed:
    """Raises BadInput for the last that is left."""
    items, item = _for_change(ask, group, name, n)
    if len(items) == 1:
        raise BadInput(Code.TEMPLATE_WRONG, None, why="last")
    return _save(ask, group, name, [*items[: n - 1], *items[n:]], f"drop {item.text}")


def add(ask: Ask, group: Group | None, name: str, text: str, when: When, role: OwnerRole) -> Listed:
    """It counts as required."""
    items, _ = _for_change(ask, group, name)
    require_text(text, "text", TITLE_LIMIT)
    _require_near(when)
    if len(items) >= MOST:
        raise BadInput(Code.TEMPLATE_WRONG, None, why="full", most=MOST)
    taken = {item.key for item in items}
    key = next(key for n in range(1, MOST + 2) if (key := f"own-{n}") not in taken)
    added = TemplateItem(key, when.days, role, text, True, when.anchor, when.working_days)
    return _save(ask, group, name, [*items, added], f"add {text}")


def reset(ask: Ask, group: Group | None, name: str) -> Listed:
    _for_change(ask, group, name)
    return _save(ask, group, name, [], "reset")


def _for_change(
    ask: Ask, group: Group | None, name: str, n: int | None = None
) -> tuple[list[TemplateItem], TemplateItem]:
    """Raises NotFound for a number that is not there."""
    authorize(ask, Op.SET_GROUP, group.key if group else None)
    items = [*effective(ask.store, [group.key] if group else [], name)]
    if n is not None and not 1 <= n <= len(items):
        raise NotFound(Code.TEMPLATE_WRONG, why="number", n=n, last=len(items))
    return items, items[(n or 1) - 1]


def _require_near(when: When) -> None:
    if abs(when.days) > FURTHEST:
        raise BadInput(Code.TEMPLATE_WRONG, None, why="far", most=FURTHEST)


def _save(
    ask: Ask, group: Group | None, name: str, items: Sequence[TemplateItem], detail: str
) -> Listed:
    """In the order of their days: first those before the meeting, then those after it."""
    ordered = sorted(items, key=lambda item: (item.anchor is Anchor.END, _days(item)))
    ask.store.templates.save(group.key if group else None, name, ordered)
    remember_shape(ask, group.key if group else "programme", "set checklist", f"{name}: {detail}")
    return _listed(ask, group, name)


def _days(item: TemplateItem) -> float:
    return item.offset * (7 / 5 if item.working_days else 1)


def _listed(ask: Ask, group: Group | None, name: str) -> Listed:
    key = group.key if group else None
    items = effective(ask.store, [group.key] if group else [], name)
    may = allowed(ask.world, ask.actor, Op.SET_GROUP, key, ask.now)
    return Listed(group, name, items, bool(ask.store.templates.of(key, name)), may)
