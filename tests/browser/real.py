"""The real bot in its sandbox, started the way `make run` starts it."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
STOP_SECONDS = 15
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def running_sandbox(folder: Path) -> AsyncIterator[str]:
    """Start it on a free port, answer its address, end it."""
    own = {"SANDBOX_PORT": str(free_port()), "DATA_DIR": str(folder), "LOG_LEVEL": "WARNING"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "sandbox",
        cwd=ROOT,
        env=os.environ | own | {"PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        async with asyncio.timeout(START_SECONDS):
            while not (found := _ADDRESS.search("".join(said))):
                line = await process.stdout.readline()
                assert line, "The sandbox ended at once:\n" + "".join(said)
                said.append(line.decode())
        draining = asyncio.create_task(_drain(process.stdout, said))
        yield found.group()
        draining.cancel()
    finally:
        if process.returncode is None:
            process.terminate()
            await asyncio.wait_for(process.wait(), STOP_SECONDS)


async def _drain(stream: asyncio.StreamReader, said: list[str]) -> None:
    """A full pipe would hold the bot up."""
    while line := await stream.readline():
        said.append(line.decode())
