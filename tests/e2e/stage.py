"""A workspace with the real bot in it, and people who type, press and read."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote

import aiohttp
import yaml

from bot.app import SANDBOX, Bot, build, running
from bot.config import Settings
from bot.demo.seeds import DEMO, STRUCTURE, fill, seeds
from bot.demo.world import World
from bot.sandbox.server import Sandbox
from bot.services.delivery import Said

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
PATIENCE = 10.0
TOKENS = "xoxb-sandbox", "xapp-sandbox"


@dataclass
class Answer:
    """What the person saw at once: the ack's text and blocks, or a form."""

    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)

    @property
    def buttons(self) -> dict[str, str]:
        """Labels to action_ids."""
        return {
            words(element["text"]): element["action_id"]
            for element in elements(self.blocks)
            if element["type"] == "button"
        }


@dataclass
class Stage:
    sandbox: Sandbox
    bot: Bot
    http: aiohttp.ClientSession
    demo: World
    seen: set[tuple[str, str]] = field(default_factory=set)

    def person(self, handle: str) -> "Actor":
        return Actor(self, handle)

    async def post(self, call: str, expect: int = 200, **body: Any) -> dict[str, Any]:
        async with self.http.post(f"{self.sandbox.url}/_control/{call}", json=body) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status == expect, told
            return told

    async def get(self, call: str, expect: int = 200, **query: Any) -> dict[str, Any]:
        async with self.http.get(f"{self.sandbox.url}/_control/{call}", params=query) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status == expect, told
            return told

    async def advance(self, duration: str) -> list[dict[str, Any]]:
        """Move the clock, `P1D` or `next`, or to an instant; what happened on the way."""
        key = "to" if duration == "next" or duration[0] != "P" else "advance"
        events: list[dict[str, Any]] = (await self.post("clock", **{key: duration}))["events"]
        return events

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

    def sandbox_messages(self) -> Iterable[tuple[str, dict[str, Any]]]:
        return list(self.sandbox._desk.workspace.messages.items())

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
        assert unexpected == []

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


@dataclass
class Actor:
    stage: Stage
    handle: str

    async def types(self, line: str, channel: str = "dm", **more: Any) -> Answer:
        """A slash command; the answer is what only they see."""
        command, _, text = line.partition(" ")
        told = await self.stage.post(
            "command", user=self.handle, channel=channel, command=command, text=text, **more
        )
        response = told.get("response") or {}
        assert told.get("acked", True), told
        return Answer(str(response.get("text", "")), list(response.get("blocks") or []), told)

    async def says(self, text: str, channel: str = "dm", thread: str | None = None) -> str:
        """A message; gives its ts."""
        told = await self.stage.post(
            "message", user=self.handle, channel=channel, text=text, thread_ts=thread
        )
        return str(told["ts"])

    async def sees(
        self, words_: str, channel: str = "dm", thread: str | None = None
    ) -> dict[str, Any]:
        """A message of the bot with these words, waited for, and looked at from now on."""
        query = {"user": self.handle} | ({"thread_ts": thread} if thread else {})

        async def ask() -> dict[str, Any]:
            return await self.stage.get(f"messages/{quote(channel)}", **query)

        def found(told: dict[str, Any]) -> dict[str, Any] | None:
            fits = [m for m in told["messages"] if m.get("bot_id") and words_ in m["text"]]
            return fits[-1] if fits else None

        message: dict[str, Any] = await self.stage.answers(ask, found)
        self.stage.seen.add((str(message["channel"]), str(message["ts"])))
        return message

    async def presses(self, message: dict[str, Any], label: str, **more: Any) -> dict[str, Any]:
        """The button, by what stands on it, of a message."""
        element, block = labelled(message["blocks"], label)
        return await self.stage.post(
            "interact",
            user=self.handle,
            channel=message["channel"],
            message_ts=message["ts"],
            action=element["action_id"],
            block_id=block,
            **more,
        )

    async def chooses(self, message: dict[str, Any], label: str) -> dict[str, Any]:
        """From the overflow menu, by the words of the option."""
        for block in message["blocks"]:
            for element in [*block.get("elements", []), block.get("accessory") or {}]:
                for option in element.get("options", []):
                    if words(option["text"]) == label:
                        return await self.stage.post(
                            "interact",
                            user=self.handle,
                            channel=message["channel"],
                            message_ts=message["ts"],
                            action=element["action_id"],
                            block_id=block["block_id"],
                            selected_option=option["value"],
                        )
        raise AssertionError(f"no option {label!r}")

    async def form(self) -> dict[str, Any]:
        """The form on top of this person's screen."""

        async def ask() -> dict[str, Any]:
            return await self.stage.get(f"view/{self.handle}")

        def found(told: dict[str, Any]) -> dict[str, Any] | None:
            return told["views"][0] if told["views"] else None

        view: dict[str, Any] = await self.stage.answers(ask, found)
        return view

    async def fills(self, view: dict[str, Any], expect: int = 200, **values: Any) -> dict[str, Any]:
        """Submit the form with these values by block_id."""
        return await self.stage.post(
            "submit", expect, user=self.handle, view_id=view["id"], values=values
        )


def words(text: dict[str, Any] | str) -> str:
    return text if isinstance(text, str) else str(text["text"])


def elements(blocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for block in blocks:
        found += [e for e in block.get("elements", []) if "action_id" in e]
        found += [block["accessory"]] if "action_id" in block.get("accessory", {}) else []
    return found


def labelled(blocks: Iterable[dict[str, Any]], label: str) -> tuple[dict[str, Any], str]:
    for block in blocks:
        for element in elements([block]):
            if element["type"] == "button" and label.lower() in words(element["text"]).lower():
                return element, str(block["block_id"])
    raise AssertionError(
        f"no button {label!r} in {[words(e.get('text', '')) for e in elements(blocks)]}"
    )


def plain(message: dict[str, Any]) -> str:
    """Everything that can be read in the blocks, as one text."""
    return re.sub(r"\s+", " ", str(message["blocks"]))


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
    reanchored: bool = True,
    at: str | None = None,
    pace: timedelta = timedelta(0),
) -> AsyncIterator[Stage]:
    """The demo's people in a workspace on a free port, with the bot connected to it."""
    demo = World.load(reanchored=reanchored)
    start = datetime.fromisoformat(at).astimezone(UTC) if at else demo.as_of
    world = _seeds(demo, seed) | {"now": start.isoformat()}
    sandbox = Sandbox(seed=world, manifest=MANIFEST, now=Clock(start))
    await sandbox.start()
    database = shutil.copy(template, folder / "concerted.db")
    settings = Settings.load(
        {
            "SLACK_BOT_TOKEN": TOKENS[0],
            "SLACK_APP_TOKEN": TOKENS[1],
            "SLACK_API_URL": f"{sandbox.url}/api/",
            "DATABASE_URL": f"sqlite:///{database}",
        }
    )
    bot = build(settings, sandbox.now, world=SANDBOX, pace=pace)
    said: list[Said] = []
    bot.delivery.observe = said.append

    async def tick() -> list[dict[str, Any]]:
        await bot.work()
        events = [
            {"at": s.at.isoformat(), "kind": s.kind, "key": s.key, "channel": s.channel, "ts": s.ts}
            for s in said
        ]
        said.clear()
        return events

    async def reseed(name: str, seed: Any) -> bool:
        return False

    sandbox.attach(next_due=bot.next_due, tick=tick, settle=bot.settled, reseed=reseed)
    try:
        async with (
            running(bot, ticking=False, prepare=lambda store: fill(store, demo, seed)),
            aiohttp.ClientSession() as http,
        ):
            stage = Stage(sandbox, bot, http, demo)
            stage.overlook()
            yield stage
    finally:
        await sandbox.stop()


_KNOWN: dict[tuple[int, str], dict[str, Any]] = {}


def _seeds(demo: World, name: str) -> dict[str, Any]:
    """The seeds are made once in a test run: they fill a database of their own."""
    key = (demo.shift.days, name)
    if key not in _KNOWN:
        if name == DEMO:
            _KNOWN.update({(demo.shift.days, n): seed for n, seed in seeds(demo).items()})
        else:
            _KNOWN[key] = demo.workspace()
    return _KNOWN[key]
