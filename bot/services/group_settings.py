"""What a group has set for itself: its zone, usual dates, reminders, ladder and weekly digest."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.model import Group, GroupKey, GroupSettings
from bot.domain.notices import REMINDERS
from bot.domain.things import Thing
from bot.errors import BadInput, Code
from bot.services.access import Ask, Op, authorize
from bot.services.checks import find_group
from bot.services.history import remember_shape
from bot.services.notices import Planner

MOST_DAYS = 60
MOST_WARNED = 120
"""Of deadlines, which are known longer ahead."""
MOST_REMINDERS = 5
MOST_QUORUM = 99


def group_for(ask: Ask, key: GroupKey) -> Group:
    """A group whose settings the asker may change."""
    group = find_group(ask, key)
    authorize(ask, Op.SET_GROUP, group.key)
    return group


def set_group(
    ask: Ask, key: GroupKey, zone: str, settings: GroupSettings, planner: Planner
) -> Group:
    """Its reminders are planned anew; nothing is said twice."""
    group = group_for(ask, key)
    _require_days((settings.due_days,), "due_days")
    _require_days(settings.remind_before, "before")
    _require_days(settings.remind_after, "after")
    _require_days(settings.warn_before, "warn_before", most=MOST_WARNED)
    _require_ladder(settings)
    if not 0 <= settings.quorum <= MOST_QUORUM:
        typed = str(settings.quorum)
        raise BadInput(Code.NUMBER_WRONG, "quorum", typed, most=MOST_QUORUM, people=1)
    after = replace(group, zone=zone, settings=settings)
    if after == group:
        return group
    ask.store.groups.save(after)
    remember_shape(ask, f"group:{key}", "settings", _detail(after))
    concerned: list[Thing] = [*ask.store.items.open_in(key)]
    concerned += [one for one in ask.store.deadlines.all_open() if key in one.groups]
    ask.store.outbox.withdraw_all((thing.subject for thing in concerned), REMINDERS)
    planner.follow(ask.store, ask.world, concerned, ask.now)
    return after


def _require_days(days: Iterable[int], field: str, *, most: int = MOST_DAYS) -> None:
    numbers = tuple(days)
    if len(numbers) > MOST_REMINDERS or not all(1 <= n <= most for n in numbers):
        typed = ", ".join(map(str, numbers))
        many = 1 if field == "due_days" else MOST_REMINDERS
        raise BadInput(Code.NUMBER_WRONG, field, typed, most=most, many=many)


def _require_ladder(settings: GroupSettings) -> None:
    """Each step on or after the one before; 0, that it is left out, may stand anywhere."""
    reached = 0
    for field in ("decide_after", "chair_after", "coordinator_after"):
        days = getattr(settings, field)
        if not 0 <= days <= MOST_DAYS:
            raise BadInput(Code.NUMBER_WRONG, field, str(days), most=MOST_DAYS, many=1, least=0)
        if 0 < days < reached:
            raise BadInput(Code.NUMBER_WRONG, field, str(days), earlier=reached)
        reached = max(reached, days)


def _detail(group: Group) -> str:
    kept = group.settings
    before, after, warned = (
        ",".join(map(str, days)) or "-"
        for days in (kept.remind_before, kept.remind_after, kept.warn_before)
    )
    capture = "on" if kept.capture else "off"
    ladder = f"{kept.decide_after},{kept.chair_after},{kept.coordinator_after}"
    quorum = kept.quorum or "half"
    return (
        f"{group.zone} due {kept.due_days} before {before} after {after} deadlines {warned} "
        f"ladder {ladder} digest {kept.digest_day} {kept.digest_at:%H:%M} capture {capture} "
        f"quorum {quorum}"
    )
