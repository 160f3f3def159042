"""What nobody means to send, and what an operator can get wrong."""

import asyncio
import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.domain.outbox import Message, Outgoing, Sent, State
from bot.errors import TryAgain
from bot.slack import Sender, Signature, profile
from bot.storage.database import Store
from tests.e2e.stage import PATIENCE, Stage
from tests.e2e.starts import outcome

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROW = Sent("1", Outgoing("k", "s", "card", "C1", Message("Hello"), NOON, NOON), State.SENDING)
TRIGGER = "1.2.attack"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-canary-1", "SLACK_APP_TOKEN": "xapp-canary-2"}
LOUD = {"LOG_LEVEL": "DEBUG"}


async def sent(stage: Stage, body: dict[str, Any]) -> dict[str, Any]:
    """Straight to Bolt, as the workspace itself would never send it; the answer in the ack."""
    request = AsyncBoltRequest(body=body, mode="socket_mode")
    answer = await stage.bot.app.async_dispatch(request)
    assert answer.status == 200
    return dict(json.loads(answer.body)) if answer.body else {}


def typed(text: str, key: str = TRIGGER) -> dict[str, Any]:
    who = {"user_id": "U0DEMO004", "channel_id": "C0DEMO002", "team_id": "T0CONCERTED"}
    return {"command": "/action", "text": text, "trigger_id": key, **who}


@pytest.mark.parametrize("odd", ["\x00", "\ud83c"], ids=["nul", "half a pair"])
async def test_characters_that_no_database_keeps_are_left_out(stage: Stage, odd: str) -> None:
    told = await sent(stage, typed(f"add Draft{odd} the shortlist by 4 Dec 2026"))
    assert "Draft the shortlist" in told["text"]
    await stage.person("targets-chair").sees("Draft the shortlist", channel="#wg-targets")


async def test_a_gesture_without_a_name_is_nobody_elses(stage: Stage) -> None:
    """Some workspaces give no trigger_id: then nothing says that it was asked before."""
    first = await sent(stage, typed("add Draft the shortlist by 4 Dec 2026", key=""))
    other = typed("help", key="") | {"user_id": "U0DEMO003", "channel_id": "C0DEMO001"}
    assert "Draft the shortlist" in first["text"]
    assert "Draft the shortlist" not in (await sent(stage, other))["text"]
    await stage.person("targets-chair").sees("Draft the shortlist", channel="#wg-targets")


@pytest.mark.parametrize(
    "how", [{"advance": "P9999999999D"}, {"advance": "P3650000D"}, {"to": "9999-12-31T00:00:00Z"}]
)
async def test_the_clock_stays_where_calendars_reach(stage: Stage, how: dict[str, str]) -> None:
    before = (await stage.get("state"))["now"][:10]
    assert (await stage.post("clock", 400, **how))["error"] == "bad_request"
    assert (await stage.get("state"))["now"][:10] == before


async def test_nested_beyond_reading_is_no_json(stage: Stage) -> None:
    stage.excused.add("invalid_json")
    for path, status in (("_control/message", 400), ("api/chat.postMessage", 200)):
        headers = {"Content-Type": "application/json", "Authorization": "Bearer xoxb-sandbox"}
        url = f"{stage.sandbox.url}/{path}"
        async with stage.http.post(url, data="[" * 100_000, headers=headers) as answer:
            assert answer.status == status
            assert not (await answer.json())["ok"]


async def test_a_file_name_no_disk_can_hold_is_not_found(stage: Stage) -> None:
    url = URL(f"{stage.sandbox.url}/main.js%00.html", encoded=True)
    async with stage.http.get(url) as answer:
        assert answer.status == 404


@pytest.mark.parametrize("said", ["inf", "nan", "1e400", "1e18", "soon", "-5"])
async def test_no_wait_that_is_asked_for_lasts_for_ever(said: str) -> None:
    async def limited(request: web.Request) -> web.Response:
        told = {"ok": False, "error": "ratelimited"}
        return web.json_response(told, status=429, headers={"Retry-After": said})

    application = web.Application()
    application.router.add_post("/api/chat.postMessage", limited)
    async with TestServer(application) as slack:
        client = AsyncWebClient("xoxb-1", str(slack.make_url("/api/")), retry_handlers=[])
        with pytest.raises(TryAgain) as refusal:
            await Sender(client, Signature("", b""))(ROW, None)
    assert refusal.value.after is not None
    assert 1 <= refusal.value.after <= timedelta(days=1).total_seconds()


@pytest.mark.parametrize("odd", ["Nope/Zone", "America", "../etc/passwd", "x" * 300, "\0"])
def test_a_zone_that_nobody_knows_is_as_none_told(odd: str) -> None:
    assert profile({"id": "U1", "name": "x", "tz": odd}, "T1").zone is None
    assert profile({"id": "U1", "name": "x", "tz": "Asia/Kathmandu"}, "T1").zone == "Asia/Kathmandu"


async def test_who_is_cancelled_while_writing_ends_after_it(stage: Stage) -> None:
    began, go_on = threading.Event(), threading.Event()

    def work(store: Store) -> None:
        began.set()
        assert go_on.wait(PATIENCE)

    async def life() -> None:
        await stage.bot.db.write(work)
        await asyncio.Event().wait()

    task = asyncio.create_task(life())
    assert await asyncio.to_thread(began.wait, PATIENCE)
    task.cancel()
    go_on.set()
    ended, _ = await asyncio.wait({task}, timeout=PATIENCE)
    assert ended
    assert task.cancelled()


@pytest.mark.parametrize("content", [b"\xff\xfeS\x00L\x00", b"SLACK_BOT_TOKEN=xoxb-canary\xe9\n"])
def test_an_env_file_that_is_no_text_gets_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".env").write_bytes(content)
    code, said = outcome("run", tmp_path, LOUD)
    assert (code, said.count("\n")) == (2, 1)
    assert ".env cannot be read" in said
    assert "UTF-8" in said
    assert "canary" not in said


def test_a_damaged_database_is_not_blamed_on_rights(tmp_path: Path, sqlite_template: Path) -> None:
    whole = sqlite_template.read_bytes()
    (tmp_path / "concerted.db").write_bytes(whole[:5000])
    code, said = outcome("run", tmp_path, LOUD | TOKENS | {"DATA_DIR": str(tmp_path)})
    assert (code, said.count("\n")) == (2, 1)
    assert "is damaged" in said
    assert "backup" in said
    assert "canary" not in said
