"""What looking, planning and telling cost with thousands of overdue actions, in CPU seconds."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import process_time

from sqlalchemy import insert

from bot.demo.world import TEAM, World
from bot.domain.days import day_in
from bot.domain.items import Answer, Assignment, Due, Item
from bot.domain.model import ChannelId, ItemId, Ref, Role, TeamId, UserId
from bot.services import overview, reports
from bot.services.access import Ask
from bot.services.notices import PLAN_MARK, Planner
from bot.storage.database import Database, Store
from bot.storage.item_rows import item_columns, part_columns
from bot.storage.tables import AssignmentRow, ItemRow
from bot.storage.upkeep import migrate
from bot.world import is_holiday

MANY = 5000
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, 6, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def seconds(name: str, work: Callable[[], object]) -> None:
    began = process_time()
    work()
    print(f"{name:48} {process_time() - began:6.2f} s", flush=True)


def fill(store: Store) -> None:
    """One group's; every second one belongs to its chair, the others to its members in turn."""
    demo = World.load(reanchored=False)
    demo.shape(store)
    world = store.groups.world()
    key = sorted(world.groups)[-1]
    members = sorted({m.user for m in world.members(key)})
    chair = world.holding(Role.CHAIR, key)[0]
    added, yesterday = NOW - timedelta(days=60), NOW - timedelta(days=1)
    made = []
    for n in range(MANY):
        owner = chair if n % 2 else members[n // 2 % len(members)]
        due = Due(day_in(NOW, "UTC") - timedelta(days=1 + n % 40))
        made.append(
            Item(
                id=ItemId(1000 + n),
                ref=Ref(f"{world.groups[key].prefix}-{1000 + n}"),
                group=key,
                text=f"Draft {n}",
                due=due,
                first_due=due.day,
                created_at=added,
                created_by=chair,
                set_at=yesterday,
                state_since=added,
                assignments=(Assignment(owner, chair, added, Answer.ACCEPTED, added),),
                updated_at=yesterday,
                updated_by=chair,
            )
        )
    session, team = store._session, {"team_id": TEAM}
    rows = [
        {**item_columns(one), **team, "id": one.id, "number": 1000 + n}
        for n, one in enumerate(made)
    ]
    asked = [
        {**team, "item_id": one.id, "position": 0, **part_columns(one.assignments[0])}
        for one in made
    ]
    session.exec(insert(ItemRow), params=rows)
    session.exec(insert(AssignmentRow), params=asked)
    store.marks.set(PLAN_MARK, NOW - timedelta(minutes=1))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "concerted.db"
        url = f"sqlite:///{path}"
        migrate(url)
        db = Database(url)
        db.bind(TeamId(TEAM))
        db.write_now(fill)
        try:
            measure(db)
        finally:
            db.close_now()


def measure(db: Database) -> None:
    world = db.read_now(lambda store: store.groups.world())
    key = sorted(world.groups)[-1]
    chair = world.people[world.holding(Role.CHAIR, key)[0]]
    planner = Planner(is_holiday)

    def plan(now: datetime) -> None:
        due = db.read_now(lambda store: planner.due(store, now))
        made = db.read_now(lambda store: planner.digests(store, now))
        for part in due.parts():
            one = partial(planner.put_part, now=now, drafts=part)
            seconds(f"  on the writer, {len(part.found)} rows", partial(db.write_now, one))
        seconds("  and in the end", lambda: db.write_now(lambda s: planner.plan(s, now, (), made)))

    seconds("the first look at everything", lambda: db.read_now(lambda s: planner.due(s, NOW)))
    seconds("the first plan", lambda: plan(NOW))
    seconds("an idle tick", lambda: plan(NOW + timedelta(minutes=1)))
    seconds("another", lambda: plan(NOW + timedelta(minutes=2)))
    seconds("the plan after the week has ended", lambda: plan(MIDNIGHT))
    seconds("the plan of Monday", lambda: plan(MONDAY))
    seconds("Home of the chair", lambda: db.read_now(lambda s: _home(s, chair.user)))

    def listed(store: Store, show: str) -> object:
        ask = Ask(store, chair, MONDAY, "bench", ChannelId("C0"), store.groups.world())
        return reports.listed(ask, reports.Query(show))

    for show in ("open", "mine"):
        seconds(f"action list {show}", partial(db.read_now, partial(listed, show=show)))


def _home(store: Store, user: UserId) -> object:
    return overview.glance_of(store, user, MONDAY, is_holiday)


if __name__ == "__main__":
    main()
