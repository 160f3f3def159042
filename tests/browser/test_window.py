"""The window that all tests of the page share is for each of them as if new."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page

from tests.browser.conftest import Visit, leave

KEPT = """async () => ({
    kept: {...localStorage, ...sessionStorage},
    cookies: document.cookie,
    theme: document.documentElement.dataset.theme,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    moving: matchMedia("(prefers-reduced-motion: no-preference)").matches,
    clipboard: (await navigator.permissions.query({name: "clipboard-read"})).state,
    draft: document.querySelector("#write").value,
    tools: document.querySelector("#drawer").hidden,
    width: innerWidth,
    under: document.querySelectorAll("#actor:hover").length,
})"""


async def kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = await page.evaluate(KEPT)
    return found


async def test_nothing_done_in_the_window_is_there_for_who_comes_next(visit: Visit) -> None:
    page = await visit()
    before = await kept(page)
    await page.emulate_media(color_scheme="dark", reduced_motion="no-preference")
    await page.context.grant_permissions(["clipboard-read"])
    await page.get_by_role("button", name="Switch between light and dark").click()
    await page.get_by_role("button", name="Switch between light and dark").click()
    await page.evaluate("sessionStorage.setItem('kept', 'yes'); document.cookie = 'kept=yes'")
    await page.get_by_role("navigation", name="Tools").get_by_role("button", name="Clock").click()
    await page.get_by_label("Message #wg-group").fill("Half a sentence")
    await page.set_viewport_size({"width": 1100, "height": 700})
    await page.locator("#actor").hover()
    between = await kept(page)
    assert [name for name in before if between[name] == before[name]] == []
    await leave(page)
    assert await kept(await visit()) == before
