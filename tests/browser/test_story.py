"""One working day of two people, through the page, with the real bot behind it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.browser.real import running_sandbox


@pytest_asyncio.fixture(loop_scope="session")
async def address(tmp_path: Path) -> AsyncIterator[str]:
    async with running_sandbox(tmp_path) as url:
        yield url


async def act_as(page: Page, handle: str) -> None:
    await page.locator("#actor").click()
    await page.locator(f".person[data-handle={handle}]").click()
    await expect(page.locator(f"#actor[data-handle={handle}]")).to_be_visible()


async def add(page: Page, words: str) -> Locator:
    """Type the command; the card that then stands in the channel."""
    await page.get_by_label("Message #wg-targets").fill(f"/action add {words}")
    await page.keyboard.press("Enter")
    what = words.split(" @", maxsplit=1)[0]
    cards = page.locator("article.message:not(.ephemeral)")
    card = cards.filter(has_text=what).filter(has=page.locator("[data-type=actions]"))
    await expect(card).to_have_count(1)
    return card


async def test_an_action_is_given_done_and_another_one_reminded_of(
    address: str, page: Page
) -> None:
    await page.goto(f"{address}/#targets-chair/wg-targets")
    await page.locator("body[data-ready]").wait_for()

    card = await add(page, "Draft the shortlist @targets-cochair by next Friday")
    await expect(card).to_contain_text(re.compile(r"TR-\d+ Draft the shortlist"))
    await expect(card).to_contain_text("Fri 27 Nov 2026")
    await expect(card.locator(".mention")).to_have_text("@Targets co-chair (Boston)")
    answer = page.locator("article.ephemeral").filter(has_text="Draft the shortlist")
    await expect(answer).to_contain_text("Only visible to you")

    await act_as(page, "targets-cochair")
    await card.get_by_role("button", name="Mark done").click()
    await expect(card).to_contain_text("Done")
    await expect(card.get_by_role("button", name="Mark done")).to_have_count(0)

    await act_as(page, "targets-chair")
    await add(page, "Collect the datasets @targets-cochair by next Friday")
    await page.get_by_role("navigation", name="Tools").get_by_role("button", name="Clock").click()
    await page.get_by_role("button", name="+1 week").click()
    away = page.get_by_test_id("away")
    await expect(away).to_contain_text("What happened while you were away", timeout=60_000)
    await expect(page.locator("#clock-badge")).to_contain_text("29 Nov 2026")

    reminded = away.get_by_role("link").filter(has_text="Targets co-chair (Boston)")
    await reminded.filter(has_text="Collect the datasets").first.click()
    await expect(page.locator("#actor[data-handle=targets-cochair]")).to_be_visible()
    reminder = page.get_by_test_id("message").filter(has_text="Collect the datasets").last
    await expect(reminder).to_contain_text("at most one message a day")
    await expect(
        page.get_by_test_id("message").filter(has_text="Draft the shortlist")
    ).to_have_count(0)
