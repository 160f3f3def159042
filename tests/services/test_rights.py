"""Who may do what: every operation, kind of person, state of the thing and door, one by one."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.app import build
from bot.config import Settings
from bot.domain.model import Role, World
from bot.errors import UserError
from bot.handlers.surfaces import Surfaces
from bot.services import reports
from bot.services.access import RIGHTS, Ask, Op
from bot.services.reports import Query
from bot.storage.database import Database, Store
from bot.views.blocks import Id
from bot.world import utc_now
from tests.conftest import TEAM
from tests.services import rights_cells
from tests.services.rights_cells import NAVIGATION, Cell, Row
from tests.services.rights_deadlines import DEADLINE_ROWS
from tests.services.rights_doors import Doors
from tests.services.rights_meetings import MEETING_ROWS
from tests.services.rights_people import (
    KINDS,
    NOW,
    OLD,
    TRIALS,
    Kind,
    Things,
    people_the_world,
)
from tests.services.rights_table import MAY, may

ROWS = (*rights_cells.ROWS, *DEADLINE_ROWS, *MEETING_ROWS)
WRITTEN, SHOWN = "written", "shown"
WRITES = ("INSERT", "UPDATE", "DELETE")
LONGEST = 600.0


class Written(Exception):
    """Something is about to be changed: whoever came so far may do it, and it is left undone."""


class Once:
    """A part of the store as it stands: nothing is written, so it is asked each thing once."""

    def __init__(self, part: object) -> None:
        self._part = part
        self._told: dict[tuple[str, str], Any] = {}

    def __getattr__(self, name: str) -> Any:
        return partial(self._once, name, getattr(self._part, name))

    def _once(self, name: str, ask: Callable[..., Any], *args: Any, **more: Any) -> Any:
        if name == "save":
            raise Written
        args = tuple(tuple(arg) if isinstance(arg, Iterator) else arg for arg in args)
        asked = name, repr((args, sorted(more.items())))
        if asked not in self._told:
            self._told[asked] = ask(*args, **more)
        return self._told[asked]


READ_ONCE = (
    "items", "deadlines", "decisions", "meetings", "meeting_days", "agendas", "proceedings",
    "minutes", "templates", "groups", "departures", "audit", "outbox", "marks",
)  # fmt: skip


@dataclass
class Matrix:
    """All cells are tried on one state of things: a cell ends where it would change them."""

    store: Store
    world: World
    doors: Doors
    numbers: "count[int]" = field(default_factory=count)

    def surprises(self, cells: Iterable[Cell]) -> list[str]:
        """Each cell that is not as the table of rights_people has it."""
        return [told for cell in cells if (told := self._surprise(cell))]

    def ask(self, kind: Kind, cell: Cell | None = None) -> Ask:
        return Ask(
            store=self.store,
            actor=self.world.people[kind.user],
            now=NOW,
            key=f"cell:{next(self.numbers)}",
            channel=self.doors.channel(cell or Cell(ROWS[0], kind, "home", "dm")),
            world=self.world,
        )

    def _surprise(self, cell: Cell) -> str:
        got = self._tried(cell)
        permitted = may(cell.kind, cell.row.op, cell.state)
        expected = {WRITTEN if cell.row.changes else SHOWN}
        if not permitted:
            expected = {code.value for code in cell.row.refusal}
        elif cell.row.then and cell.state in cell.row.then:
            expected = {cell.row.then[cell.state].value}
        if got in expected:
            return ""
        row = f"{cell.row.op}: {cell.row.id or ''} {cell.row.says}"
        return f"{cell.kind.name}, {cell.state}, {cell.door}, {row}: {got}"

    def _tried(self, cell: Cell) -> str:
        """How it ended: a refusal's code only if nothing was to be written before it."""
        try:
            self.doors.work(cell)(self.ask(cell.kind, cell))
        except UserError as error:
            return error.code.value
        except Written:
            return WRITTEN
        return SHOWN


@pytest.fixture(scope="module")
def surfaces() -> Iterator[Surfaces]:
    """The doors of the whole bot; the database behind them here is never opened."""
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1-rights", "SLACK_APP_TOKEN": "xapp-1-rights"}
    bot = build(Settings.load(tokens | {"DATABASE_URL": "sqlite:///unopened.db"}), utc_now)
    yield bot.surfaces
    bot.db.close_now()


Look = Callable[[Matrix], list[str]]
Try = Callable[[Look], list[str]]


@pytest.fixture(scope="module")
def one(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database for what need not be tried on both."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("rights") / "concerted.db")
    database = Database(f"sqlite:///{path}", pool=1)
    database.bind(TEAM)
    yield database
    database.close_now()


@pytest.fixture(scope="module")
def things(one: Database) -> Things:
    return one.write_now(people_the_world)


@pytest.fixture
def tried(one: Database, surfaces: Surfaces, things: Things) -> Try:
    """A look at the matrix in one transaction."""
    return lambda look: one.write_now(lambda store: looked(store, Doors(surfaces, things), look))


def looked(store: Store, doors: Doors, look: Look) -> list[str]:
    def noticed(*execution: object) -> None:
        if str(execution[2]).lstrip().startswith(WRITES):
            raise Written

    connection = store._session.connection()
    once: dict[str, Any] = {part: Once(getattr(store, part)) for part in READ_ONCE}
    reading = replace(store, **once)
    event.listen(connection, "before_cursor_execute", noticed)
    try:
        return look(Matrix(reading, store.groups.world(), doors))
    finally:
        event.remove(connection, "before_cursor_execute", noticed)


def all_cells(rows: Iterable[Row]) -> list[Cell]:
    return [cell for row in rows for cell in row.cells()]


def some_cells() -> list[Cell]:
    """Every row by every door; every operation by every standing and in every state."""
    met: set[tuple[object, ...]] = set()
    some = []
    for number, row in enumerate(ROWS):
        for cell in row.cells():
            new = {(number, cell.door), (row.op, cell.kind.level), (row.op, cell.state)}
            if not new <= met:
                some.append(cell)
            met |= new
    return some


def test_everybody_may_do_what_the_table_says_and_nothing_else(
    db: Database, url: str, surfaces: Surfaces
) -> None:
    """All cells on one database; the rules know of none, so on the other a cell of each sort."""
    cells = all_cells(ROWS) if url.startswith("sqlite") else some_cells()

    def look(store: Store) -> list[str]:
        doors = Doors(surfaces, people_the_world(store))
        return looked(store, doors, lambda matrix: matrix.surprises(cells))

    assert len(cells) >= (6000 if url.startswith("sqlite") else 300)
    assert len(KINDS) >= 12
    assert db.write_now(look, wait=LONGEST) == []


def test_every_operation_is_in_the_table_and_can_be_asked_for() -> None:
    assert not_covered(Op, ROWS) == set()
    assert set(MAY) == {op.value for op in Op}
    assert set(RIGHTS) == set(Op)


def test_every_button_and_form_is_in_the_table(surfaces: Surfaces) -> None:
    assert not_pressed(surfaces, ROWS) == NAVIGATION


def test_a_button_or_form_that_nobody_tries_is_noticed(surfaces: Surfaces) -> None:
    for id_ in (Id.HANDOVER_OPEN, Id.SETTINGS_FORM):
        rows = [row for row in ROWS if row.id is not id_]
        assert not_pressed(surfaces, rows) == {*NAVIGATION, id_}


def not_pressed(surfaces: Surfaces, rows: Iterable[Row]) -> set[Id]:
    return {*surfaces.clicks, *surfaces.forms} - {row.id for row in rows}


def test_an_operation_that_nobody_asks_for_is_noticed() -> None:
    rows = [row for row in ROWS if row.op is not Op.SEE_HEALTH]
    assert not_covered(Op, rows) == {Op.SEE_HEALTH}


def not_covered(operations: Iterable[Op], rows: Iterable[Row]) -> set[Op]:
    """Those that no door of people leads to."""
    asked = {row.op for row in rows if row.doors != ("service",)}
    return set(operations) - asked


def test_a_right_too_much_is_noticed(tried: Try, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RIGHTS, Op.NOTE_ITEM, RIGHTS[Op.NOTE_ITEM] | {Role.STEERING})
    rows = [row for row in ROWS if row.op is Op.NOTE_ITEM]
    found = tried(lambda matrix: matrix.surprises(all_cells(rows)))
    assert {surprise.partition(",")[0] for surprise in found} == {"steering"}


def test_a_use_case_that_forgets_to_ask_is_noticed(
    tried: Try, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.items.authorize", lambda *_: None)
    rows = [row for row in ROWS if row.says.startswith("start ")]
    found = tried(lambda matrix: matrix.surprises(all_cells(rows)))
    assert {"stranger", "robot", "deactivated", "guest", "other chair"} <= {
        surprise.partition(",")[0] for surprise in found
    }


def test_lists_tell_nobody_of_more_than_they_may_see(tried: Try) -> None:
    def look(matrix: Matrix) -> list[str]:
        where = {
            item.ref: (state, owner) for (owner, state), item in matrix.doors.things.items.items()
        }
        return [
            f"{kind.name}: {item.ref}"
            for kind in KINDS
            for item in reports.listed(matrix.ask(kind), Query("all"))
            if not _told(kind, *where[item.ref])
        ]

    assert tried(look) == []


def _told(kind: Kind, state: str, owner: str) -> bool:
    """Whether the person may see the action that is `owner`'s, a group or a person, in a state."""
    if owner == kind.user:
        return may(kind, Op.SEE_ITEM, "gave" if state == "did" else state)
    home = _home(owner)
    if home == TRIALS:
        return may(kind, Op.SEE_ITEM, "foreign")
    over_all = kind.level in ("coordinator", "steering")
    return over_all or (home in (kind.home, OLD) and may(kind, Op.SEE_ITEM, "open"))


def _home(owner: str) -> str:
    return next((kind.home for kind in KINDS if kind.user == owner), owner)
