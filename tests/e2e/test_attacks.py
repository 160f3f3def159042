"""What nobody means to send, and what an operator can get wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from tests.e2e.stage import ROOT, Stage

TRIGGER = "1.2.attack"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-canary-1", "SLACK_APP_TOKEN": "xapp-canary-2"}


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


def start(folder: Path, *words: str, **settings: str) -> tuple[int, str]:
    """`python -m bot`, in a folder of its own: exit code, all that it said."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "LOG_LEVEL": "DEBUG", **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("content", [b"\xff\xfeS\x00L\x00", b"SLACK_BOT_TOKEN=xoxb-canary\xe9\n"])
def test_an_env_file_that_is_no_text_gets_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".env").write_bytes(content)
    code, said = start(tmp_path, "run")
    assert (code, said.count("\n")) == (2, 1)
    assert ".env cannot be read" in said
    assert "UTF-8" in said
    assert "canary" not in said


def test_a_damaged_database_is_not_blamed_on_rights(tmp_path: Path, sqlite_template: Path) -> None:
    whole = sqlite_template.read_bytes()
    (tmp_path / "concerted.db").write_bytes(whole[:5000])
    code, said = start(tmp_path, "run", **TOKENS, DATA_DIR=str(tmp_path))
    assert (code, said.count("\n")) == (2, 1)
    assert "is damaged" in said
    assert "backup" in said
    assert "canary" not in said
