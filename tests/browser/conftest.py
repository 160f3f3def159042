"""Chromium, a workspace for it to open, and a watch on what the page does behind our backs."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright

from bot.sandbox.server import Sandbox
from tests.browser.workspace import new_sandbox

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 10_000
Visit = Callable[..., Awaitable[Page]]


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = pytest.mark.skip(reason="no Chromium on this machine: install the package chromium")
    for item in items:
        if "tests/browser" not in item.path.as_posix():
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
        if chromium() is None:
            item.add_marker(missing)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(clock: Callable[[], datetime]) -> AsyncIterator[Sandbox]:
    made = new_sandbox(clock, ack_seconds=0.5)
    await made.start()
    yield made
    await made.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A new person at the browser, who has seen the tour."""
    made = await browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", reduced_motion="reduce"
    )
    made.set_default_timeout(PATIENCE_MS)
    await made.add_init_script("localStorage.setItem('sandbox.tour', 'seen')")
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(sandbox: Sandbox, context: BrowserContext) -> AsyncIterator[Visit]:
    """Open the page at an address; afterwards it must have been quiet and stayed at home."""
    wrong: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        # Chromium reports every refusal by status; those are answers, not faults.
        if said.type in ("error", "warning") and "the server responded with" not in said.text:
            wrong.append(f"console: {said.text}")

    async def open_at(address: str = "chair/wg-group") -> Page:
        page = await context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: wrong.append(f"page: {error}"))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((f"{sandbox.url}/", "data:"))
                else wrong.append(f"request: {request.url}")
            ),
        )
        await page.goto(f"{sandbox.url}/#{address}")
        await page.locator("body[data-ready]").wait_for()
        return page

    yield open_at
    assert wrong == []
