"""Chromium, a workspace for it to open, and a watch on what the page does behind our backs."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    async_playwright,
)

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
SIZE = ViewportSize(width=1280, height=800)
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


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def window(browser: Browser) -> AsyncIterator[Page]:
    """One for all, who have seen the tour: to open another one for each takes thrice as long."""
    context = await browser.new_context(viewport=SIZE, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    seen = "localStorage.setItem('sandbox.tour', 'seen')"
    await context.add_init_script(f"if (location.protocol === 'http:') {seen}")
    yield await context.new_page()
    await context.close()


async def leave(page: Page) -> None:
    """Nothing of what was done there is there for who comes next."""
    if page.url != "about:blank":
        await page.evaluate("localStorage.clear(), sessionStorage.clear()")
        await page.goto("about:blank")
    await page.context.clear_cookies()
    await page.context.clear_permissions()
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    await page.set_viewport_size(SIZE)
    await page.mouse.move(0, 0)


@pytest_asyncio.fixture(loop_scope="session")
async def page(window: Page) -> AsyncIterator[Page]:
    """A window in which nothing was done yet."""
    yield window
    await leave(window)


@contextmanager
def hearing(page: Page, **listeners: Callable[[Any], Any]) -> Iterator[None]:
    """Until the block ends; the window is there for longer."""
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]  # it knows literals alone
    try:
        yield
    finally:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)


@pytest_asyncio.fixture(loop_scope="session")
async def visit(sandbox: Sandbox, page: Page) -> AsyncIterator[Visit]:
    """Open the page at an address; afterwards it must have been quiet and stayed at home."""
    wrong: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        # Chromium reports every refusal by status; those are answers, not faults.
        if said.type in ("error", "warning") and "the server responded with" not in said.text:
            wrong.append(f"console: {said.text}")

    def see(request: Request) -> None:
        if not request.url.startswith((f"{sandbox.url}/", "data:")):
            wrong.append(f"request: {request.url}")

    async def open_at(address: str = "chair/wg-group") -> Page:
        await page.goto(f"{sandbox.url}/#{address}")
        await page.locator("body[data-ready]").wait_for()
        return page

    with hearing(
        page, console=hear, pageerror=lambda error: wrong.append(f"page: {error}"), request=see
    ):
        yield open_at
        await leave(page)
    assert wrong == []
