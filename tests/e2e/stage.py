"""A workspace with the real bot in it: Bolt over the sandbox's HTTP and WebSocket."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp
import yaml

from bot.app import SANDBOX, Bot, build, running
from bot.config import Settings
from bot.demo.seeds import STRUCTURE
from bot.demo.world import World
from bot.sandbox.server import Sandbox
from bot.services.delivery import Said
from tests.conftest import new_sqlite
from tests.e2e.actors import Actor, plain
from tests.e2e.soundness import tokens_that_ring
from tests.e2e.worlds import demo_world, filled, seeded

__all__ = ["Stage", "demo_world", "filled", "open_stage", "plain"]

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
PATIENCE = 6.0
TOKENS = "xoxb-sandbox", "xapp-sandbox"
KEPT = (
    "programme", "groups", "memberships", "items", "former_refs", "assignments", "moves",
    "needs", "notes", "quiet", "history",
)  # fmt: skip
"""The tables that hold what people said; the others are about messages."""

Event = dict[str, Any]


@dataclass
class Stage:
    sandbox: Sandbox
    http: aiohttp.ClientSession
    demo: World
    database: Path
    make: Callable[["Stage"], Bot]
    seen: set[tuple[str, str]] = field(default_factory=set)
    excused: set[str] = field(default_factory=set)
    """Slack's words of refusal that this story provokes."""
    said: list[Said] = field(default_factory=list)
    _bot: Bot | None = None
    _life: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def bot(self) -> Bot:
        assert self._bot is not None
        return self._bot

    def person(self, handle: str) -> Actor:
        return Actor(self, handle)

    async def start_bot(self) -> None:
        bot = self._bot = self.make(self)
        bot.delivery.observe = self.said.append

        async def tick() -> list[Event]:
            await bot.work()
            events = [_event(s) for s in self.said]
            self.said.clear()
            return events

        self.sandbox.attach(
            next_due=bot.next_due, tick=tick, settle=bot.settled, reseed=_not_reseeded
        )
        await self._life.enter_async_context(running(bot, ticking=False))

    async def stop_bot(self) -> None:
        """The workspace and its clock go on without it."""
        await self._life.aclose()
        self.sandbox.attach(next_due=_never, tick=_silence, settle=_nothing, reseed=_not_reseeded)

    async def post(self, call: str, expect: int = 200, /, **body: Any) -> dict[str, Any]:
        async with self.http.post(f"{self.sandbox.url}/_control/{call}", json=body) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status == expect, told
            return told

    async def get(self, call: str, expect: int = 200, /, **query: Any) -> dict[str, Any]:
        async with self.http.get(f"{self.sandbox.url}/_control/{call}", params=query) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status == expect, told
            return told

    async def advance(self, duration: str) -> list[Event]:
        """Move the clock, `P1D` or `next`, or to an instant; what happened on the way."""
        key = "to" if duration == "next" or duration[0] != "P" else "advance"
        events: list[Event] = (await self.post("clock", **{key: duration}))["events"]
        return events

    async def faults(self, *rules: Mapping[str, Any]) -> None:
        """Without any: all is well again."""
        await self.post("faults", **({"set": list(rules)} if rules else {"clear": True}))

    async def traffic(self, kind: str, way: str = "from_bot") -> list[dict[str, Any]]:
        return [e for e in (await self.get("log", way=way))["log"] if e["kind"] == kind]

    async def posts(self) -> list[tuple[str, str, str]]:
        """Every message the bot has posted: channel, ts, text."""
        return [
            (channel, ts, str(message["text"]))
            for channel, messages in self.sandbox_messages()
            for ts, message in messages.items()
            if message.get("bot_id")
        ]

    def sandbox_messages(self) -> list[tuple[str, dict[str, Any]]]:
        return list(self.sandbox._desk.workspace.messages.items())

    async def kept(self) -> dict[str, list[Any]]:
        """All that the database keeps of what people said, row by row."""
        return await asyncio.to_thread(self.rows, *KEPT)

    def rows(self, *tables: str) -> dict[str, list[Any]]:
        with closing(sqlite3.connect(self.database)) as database:
            return {
                table: database.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables
            }

    def select(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(query).fetchall()

    def overlook(self) -> None:
        """What stands there already is no surprise."""
        for channel, messages in self.sandbox_messages():
            self.seen |= {(channel, ts) for ts in messages}

    async def nothing_more_said(self) -> None:
        """Whatever the bot posted that nobody looked for fails the story."""
        await self.bot.settled()
        unexpected = [
            (channel, text)
            for channel, ts, text in await self.posts()
            if (channel, ts) not in self.seen
        ]
        assert not unexpected, unexpected

    async def sound(self) -> None:
        """What must hold after every story, whatever it tells."""
        log = (await self.get("log"))["log"]
        known = self.sandbox._desk.workspace
        ids = {*known.users, *known.channels}
        ringing = [t for entry in log for t in tokens_that_ring(entry, ids)]
        assert not ringing, ringing
        red = [(e["way"], e["kind"], e["error"]) for e in log if e["error"]]
        red = [told for told in red if told[2] not in self.excused]
        assert not red, red
        assert self.select("PRAGMA integrity_check") == [("ok",)]
        assert self.select("PRAGMA foreign_key_check") == []

    async def answers(self, ask: Any, found: Any) -> Any:
        """Ask until the answer satisfies, with a deadline instead of a pause."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            told = await ask()
            if (result := found(told)) is not None:
                return result
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"did not come: {told}")
            await self.bot.settled()
            await asyncio.sleep(0)


class Clock:
    """Goes with the machine's monotonic clock from a fixed start, for a steady workspace time."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._began = monotonic()

    def __call__(self) -> datetime:
        passed = monotonic() - self._began
        return self._start + timedelta(seconds=passed)


@asynccontextmanager
async def open_stage(
    folder: Path,
    template: Path,
    *,
    seed: str = STRUCTURE,
    workspace: Mapping[str, Any] | None = None,
    reanchored: bool = True,
    at: str | None = None,
    adapt: Callable[[Bot], Bot] = lambda bot: bot,
    coordinators: str = "",
    pace: timedelta = timedelta(0),
    patience: float = 8.0,
    wait_for_ack: float = 10.0,
    known: bool = True,
) -> AsyncIterator[Stage]:
    """The demo's people, or `workspace`, on a free port, with the bot connected to it.

    At the demo's own instant the bot has been started once before and knows who is in the
    channels, unless it is not to be `known`: a first start.
    `adapt` changes the bot before it starts; a `workspace` of one's own has an empty database.
    A busy machine is given longer than Slack gives, unless a story is about just that.
    """
    demo = demo_world(reanchored)
    start = datetime.fromisoformat(at).astimezone(UTC) if at else demo.as_of
    world = dict(workspace or seeded(demo, seed)) | {"now": start.isoformat()}
    sandbox = Sandbox(seed=world, manifest=MANIFEST, now=Clock(start), ack_seconds=wait_for_ack)
    if workspace:
        written = template
    elif known and at is None:
        written = await _started(template, demo, seed, reanchored)
    else:
        written = filled(template, demo, seed)
    database = new_sqlite(folder, written)

    def make(stage: Stage) -> Bot:
        settings = Settings.load(
            {
                "SLACK_BOT_TOKEN": TOKENS[0],
                "SLACK_APP_TOKEN": TOKENS[1],
                "SLACK_API_URL": f"{sandbox.url}/api/",
                "DATABASE_URL": f"sqlite:///{database}",
                "COORDINATORS": coordinators,
            }
        )
        bot = build(settings, sandbox.now, world=SANDBOX, pace=pace, patience=patience)
        return adapt(bot)

    async with aiohttp.ClientSession() as http:
        stage = Stage(sandbox, http, demo, database, make)
        try:
            await sandbox.start()
            await stage.start_bot()
            stage.overlook()
            yield stage
        finally:
            await stage.stop_bot()
            await sandbox.stop()


def _event(said: Said) -> Event:
    return {
        "at": said.at.isoformat(),
        "kind": said.kind,
        "key": said.key,
        "channel": said.channel,
        "ts": said.ts,
    }


async def _never() -> datetime | None:
    return None


async def _silence() -> list[Event]:
    return []


async def _nothing() -> None:
    return None


async def _not_reseeded(name: str, seed: Mapping[str, Any]) -> bool:
    return False


async def _started(template: Path, demo: World, seed: str, reanchored: bool) -> Path:
    """As the first start leaves it; to learn who is in each channel costs a start 0.1 s of 0.2."""
    path = template.with_name(f"{seed}-{demo.shift.days}-started.db")
    if not path.exists():
        folder = template.with_name(f"{seed}-{demo.shift.days}-first")
        folder.mkdir(exist_ok=True)
        first = open_stage(folder, template, seed=seed, reanchored=reanchored, known=False)
        async with first as stage:
            await stage.nothing_more_said()
        with (
            closing(sqlite3.connect(stage.database)) as left,
            closing(sqlite3.connect(path)) as kept,
        ):
            left.backup(kept)
    return path
