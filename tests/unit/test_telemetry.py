"""Logs tell what happened and never a secret, whoever wrote them."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.logger import get_bolt_logger
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.storage.engine import open_engine
from bot.telemetry import get_logger, hide, set_up

SECRETS = [
    "xoxb-123-456-AbCdEf",
    "xoxp-1-2-3-abcdef",
    "xoxe.xoxb-1-MS0yLU1I",
    "xapp-1-A0-123-abcdef0123",
    "https://hooks.slack.com/commands/T0/123/abcDEF",
    "wss://wss-primary.slack.com/link/?ticket=0a1b-2c3d&app_id=9",
    "postgresql+psycopg://concerted:hunter2@db.example.org/concerted",
]
TELLING = ["AbCdEf", "abcdef", "MS0yLU1I", "abcDEF", "0a1b", "hunter2"]


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture(name="stream")
def _stream() -> io.StringIO:
    return io.StringIO()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def assert_nothing_tells(printed: str) -> None:
    assert printed
    assert not [word for word in TELLING if word in printed]


def test_away_from_a_terminal_a_line_is_json_with_its_context(stream: io.StringIO) -> None:
    set_up("INFO", "auto", stream)
    structlog.contextvars.bind_contextvars(command="action add")
    get_logger("bot.test").info("command.done", ms=12)
    (line,) = lines(stream)
    assert line["event"] == "command.done"
    assert (line["ms"], line["command"], line["level"]) == (12, "action add", "info")
    assert line["logger"] == "bot.test"
    assert line["timestamp"].endswith("Z")


def test_on_a_terminal_a_line_is_for_people(stream: io.StringIO) -> None:
    set_up("INFO", "console", stream)
    get_logger("bot.test").info("command.done", ms=12)
    assert "command.done" in stream.getvalue()
    assert "ms=12" in stream.getvalue()
    assert "{" not in stream.getvalue()


def test_the_level_decides_what_is_said(stream: io.StringIO) -> None:
    set_up("WARNING", "json", stream)
    get_logger("bot.test").info("quiet")
    get_logger("bot.test").warning("loud")
    assert [line["event"] for line in lines(stream)] == ["loud"]


@pytest.mark.parametrize("log_format", ["json", "console"])
@pytest.mark.parametrize("secret", SECRETS)
def test_our_own_lines_hide_secrets_at_any_depth(
    stream: io.StringIO, log_format: str, secret: str
) -> None:
    set_up("INFO", log_format, stream)
    log = get_logger("bot.test")
    log.info(secret, url=secret, nested={"list": [secret, (secret,)]})
    assert_nothing_tells(stream.getvalue())


@pytest.mark.parametrize("name", ["slack_sdk.socket_mode", "slack_bolt.AsyncApp", "aiohttp.server"])
@pytest.mark.parametrize("secret", SECRETS)
def test_libraries_lines_hide_secrets_too(stream: io.StringIO, name: str, secret: str) -> None:
    set_up("INFO", "json", stream)
    logging.getLogger(name).error("Failed to reach %s", secret)
    assert_nothing_tells(stream.getvalue())
    assert lines(stream)[0]["logger"] == name


@pytest.mark.parametrize("log_format", ["json", "console"])
@pytest.mark.parametrize("ours", [True, False])
def test_tracebacks_hide_secrets(stream: io.StringIO, log_format: str, ours: bool) -> None:
    set_up("INFO", log_format, stream)
    try:
        raise ValueError(f"bad answer for {SECRETS[0]}")
    except ValueError:
        if ours:
            get_logger("bot.test").exception("went.wrong")
        else:
            logging.getLogger("slack_sdk").exception("went.wrong")
    assert_nothing_tells(stream.getvalue())
    assert "ValueError" in stream.getvalue()


def test_a_field_named_for_a_secret_hides_any_value(stream: io.StringIO) -> None:
    set_up("INFO", "json", stream)
    get_logger("bot.test").info("x", bot_token="plain", headers={"Authorization": "Bearer plain"})
    assert "plain" not in stream.getvalue()


def test_libraries_do_not_print_whole_payloads(stream: io.StringIO) -> None:
    set_up("DEBUG", "json", stream)
    logging.getLogger("slack_bolt.AsyncApp").debug("payload: what a person said")
    get_logger("bot.test").debug("ours")
    assert [line["event"] for line in lines(stream)] == ["ours"]


def test_what_is_no_secret_stays_readable() -> None:
    told = "EM-7 by @targets-cochair https://example.org/a?b=c mailto:a@b.example 12:30"
    assert hide(told) == told
    assert hide(SECRETS[-1]) == "postgresql+psycopg://concerted:[hidden]@db.example.org/concerted"


def test_not_even_where_a_library_sets_its_own_level(stream: io.StringIO) -> None:
    """Bolt's loggers take the root's level, whatever their parents say."""
    set_up("DEBUG", "json", stream)
    get_bolt_logger(AsyncApp).debug("payload: what a person said")
    assert lines(stream) == []


def test_a_fault_of_the_database_is_logged_without_what_was_stored(
    stream: io.StringIO, tmp_path: Path
) -> None:
    set_up("DEBUG", "json", stream)
    engine = open_engine(f"sqlite:///{tmp_path}/one.db")
    try:
        with engine.connect() as connection, pytest.raises(DBAPIError) as fault:
            connection.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": TELLING[0]})
        get_logger("bot.test").error("request.failed", exc_info=fault.value)
    finally:
        engine.dispose()
    assert "nowhere" in stream.getvalue()
    assert TELLING[0] not in stream.getvalue()
