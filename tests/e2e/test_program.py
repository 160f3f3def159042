"""The program as its operator starts and ends it, in a process of its own."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.demo.world import World
from bot.sandbox.server import Sandbox
from bot.world import utc_now
from tests.e2e import starts
from tests.e2e.stage import MANIFEST

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


@asynccontextmanager
async def program(word: str, folder: Path, **env: str) -> AsyncIterator[Process]:
    """`python -m bot WORD` in an empty folder, with only these settings."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        word,
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **env},
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def outcome(word: str, folder: Path, **env: str) -> tuple[int, str]:
    """How it ended and what it said, of a start that fails."""
    return await asyncio.to_thread(starts.outcome, word, folder, env)


async def until(process: Process, words: str) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        while line := (await process.stdout.readline()).decode():
            if words in line:
                return line
    raise AssertionError(f"it ended without saying {words!r}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def said_plainly(code: int, told: str, *parts: str) -> None:
    assert code == 2, told
    assert "Traceback" not in told
    for part in parts:
        assert part in told


async def test_the_bot_runs_in_a_workspace_it_has_only_tokens_and_an_address_of(
    tmp_path: Path,
) -> None:
    seed = World.load().workspace()
    sandbox = Sandbox(seed=seed, manifest=MANIFEST, now=utc_now)
    await sandbox.start()
    (tmp_path / ".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-sandbox\nSLACK_APP_TOKEN=xapp-sandbox\n"
        f"SLACK_API_URL={sandbox.url}/api\n"
    )
    try:
        async with program("run", tmp_path) as process, aiohttp.ClientSession() as http:
            await until(process, "Concerted is running")
            told = await command(http, sandbox.url, "/wg", "setup")
            assert "nothing" not in str(told["response"]["text"]).lower()
            told = await command(http, sandbox.url, "/action", "add Write the report by 4 Dec 2027")
            assert "EM-1" in told["response"]["text"], told
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(PATIENCE):
                assert await process.wait() == 0
            assert (tmp_path / "data" / "concerted.db").exists()
    finally:
        await sandbox.stop()


async def command(
    http: aiohttp.ClientSession, url: str, name: str, text: str
) -> Mapping[str, dict[str, str]]:
    body = {"user": "coordinator", "channel": "#wg-models", "command": name, "text": text}
    async with http.post(f"{url}/_control/command", json=body) as answer:
        told: Mapping[str, dict[str, str]] = await answer.json()
        assert answer.status == 200, told
        return told


async def test_a_second_start_keeps_what_was_said_and_no_two_share_a_folder(
    tmp_path: Path,
) -> None:
    port = str(free_port())
    url = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as http:
        async with program("sandbox", tmp_path, SANDBOX_PORT=port) as process:
            assert url in await until(process, "http://")
            told = await command(http, url, "/action", "add Write the report by 4 Dec 2027")
            assert "EM-4" in told["response"]["text"]
            beside = await outcome("sandbox", tmp_path, SANDBOX_PORT=str(free_port()))
            said_plainly(*beside, "Another sandbox runs in", "DATA_DIR")
            process.send_signal(signal.SIGINT)
            async with asyncio.timeout(PATIENCE):
                assert await process.wait() == 0
        async with program("sandbox", tmp_path, SANDBOX_PORT=port) as process:
            await until(process, "http://")
            told = await command(http, url, "/wg", "EM-4")
            assert "Write the report" in told["response"]["text"]


async def test_a_taken_port_is_told_with_another_to_try(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        code, told = await outcome("sandbox", tmp_path, SANDBOX_PORT=str(port))
    said_plainly(code, told, f"Port {port} is taken", f"SANDBOX_PORT={port + 1}")


@pytest.mark.parametrize("word", ["sandbox", "migrate"])
async def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, word: str) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    code, told = await outcome(word, tmp_path, SANDBOX_PORT=str(free_port()))
    said_plainly(code, told, "data")


@pytest.mark.parametrize(
    ("env", "parts"),
    [
        ({}, ("SLACK_BOT_TOKEN is missing", "SLACK_APP_TOKEN is missing")),
        ({"SLACK_BOT_TOKEN": "xoxb-1-secret"}, ("SLACK_APP_TOKEN is missing",)),
        (
            {"SLACK_BOT_TOKEN": "xapp-1-secret", "SLACK_APP_TOKEN": "xoxb-1-secret"},
            ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
        ),
        (
            {
                "SLACK_BOT_TOKEN": "xoxb-1-secret",
                "SLACK_APP_TOKEN": "xapp-1-secret",
                "SLACK_API_URL": "http://127.0.0.1:9/api/",
            },
            ("Slack cannot be reached at http://127.0.0.1:9/api/",),
        ),
    ],
    ids=["empty", "half", "swapped", "unreachable"],
)
async def test_wrong_settings_are_told_each_with_its_remedy(
    tmp_path: Path, env: dict[str, str], parts: tuple[str, ...]
) -> None:
    code, told = await outcome("run", tmp_path, **env)
    said_plainly(code, told, *parts)
    assert "secret" not in told


async def test_a_token_that_slack_refuses_is_told(tmp_path: Path) -> None:
    sandbox = Sandbox(seed=World.load().workspace(), manifest=MANIFEST, now=utc_now)
    await sandbox.start()
    try:
        tokens = {"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": "xapp-sandbox"}
        api = f"{sandbox.url}/api/"
        code, told = await outcome("run", tmp_path, SLACK_API_URL=api, **tokens)
        said_plainly(code, told, "Slack refuses SLACK_BOT_TOKEN")
        tokens = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_APP_TOKEN": "xapp-wrong"}
        code, told = await outcome("run", tmp_path, SLACK_API_URL=api, **tokens)
        said_plainly(code, told, "Slack refuses SLACK_APP_TOKEN")
    finally:
        await sandbox.stop()
