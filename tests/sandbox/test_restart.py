"""What outlives the process."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path

import aiohttp

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, SEED, Clock, Hands
from tests.sandbox.test_clock import Bot, later

KILLED = """
import asyncio, json, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import aiohttp
from bot.sandbox.server import Sandbox

async def main():
    seed, manifest = json.loads(sys.argv[2]), json.loads(sys.argv[3])
    start = datetime.fromisoformat(seed["now"])
    sandbox = Sandbox(
        seed=seed, manifest=manifest, now=lambda: start, state_file=Path(sys.argv[1])
    )
    await sandbox.start()
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": "Bearer xoxb-sandbox"}
        body = {"channel": "C0OPEN", "text": "Acknowledged."}
        url = sandbox.url + "/api/chat.postMessage"
        async with session.post(url, json=body, headers=headers) as answer:
            assert (await answer.json())["ok"]
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def made(state_file: Path, clock: Clock) -> Sandbox:
    return Sandbox(seed=SEED, manifest=MANIFEST, now=clock, state_file=state_file)


async def test_messages_people_homes_and_the_clock_survive_a_restart(
    state_file: Path, clock: Clock, session: aiohttp.ClientSession
) -> None:
    sandbox = made(state_file, clock)
    await sandbox.start()
    Bot(sandbox, [])
    hands = Hands(sandbox, session)
    posted = await hands.api("chat.postMessage", channel="U0ANN", text="Still here?")
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    await hands.api("views.publish", user_id="U0ANN", view=home)
    await hands.post("world", user="ben", zone="Asia/Tokyo")
    await hands.post("clock", advance="P1D")
    await sandbox.stop()

    clock.pass_(60)
    again = made(state_file, clock)
    await again.start()
    hands = Hands(again, session)
    assert again.now() == later(days=1, minutes=1)
    assert await hands.texts("dm", "ann") == ["Still here?"]
    assert (await hands.get("home/ann"))["view"]["type"] == "home"
    assert (await hands.api("users.info", user="U0BEN"))["user"]["tz"] == "Asia/Tokyo"
    newer = await hands.api("chat.postMessage", channel="U0ANN", text="Yes.")
    assert newer["ts"] > posted["ts"]
    await again.stop()


async def test_a_killed_process_loses_no_acknowledged_message(
    state_file: Path, clock: Clock, session: aiohttp.ClientSession
) -> None:
    told = (str(state_file), json.dumps(SEED), json.dumps(MANIFEST))
    root = Path(__file__).parents[2]
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, *told, cwd=root)
    await killed.wait()
    assert killed.returncode == -signal.SIGKILL
    sandbox = made(state_file, clock)
    await sandbox.start()
    assert await Hands(sandbox, session).texts("#open", "ann") == ["Acknowledged."]
    await sandbox.stop()
