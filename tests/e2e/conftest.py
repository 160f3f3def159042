"""A stage for each story; what the bot says and nobody looked for fails it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from bot.demo.seeds import DEMO
from tests.e2e.stage import Stage, open_stage


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    """Drawn with colours and locals, a traceback takes longer than Slack waits for an answer."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(default=str),
        ]
    )
    yield
    structlog.reset_defaults()


@pytest.fixture
async def stage(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """Groups and people, no actions; Sunday 22 November 2026, noon UTC."""
    async with open_stage(sqlite_folder, sqlite_template) as opened:
        yield opened
        await opened.nothing_more_said()
        await opened.sound()


@pytest.fixture
async def hurried(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """The stage with Slack's own three seconds."""
    async with open_stage(sqlite_folder, sqlite_template, patience=2.0, wait_for_ack=3.0) as opened:
        yield opened
        await opened.nothing_more_said()
        await opened.sound()


@pytest.fixture
async def demo(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """All of the demo world, at the same instant."""
    async with open_stage(sqlite_folder, sqlite_template, seed=DEMO) as opened:
        yield opened
        await opened.nothing_more_said()
        await opened.sound()
