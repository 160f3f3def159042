"""Takes the README's pictures: `make screenshots`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Page, ViewportSize, async_playwright

from tests.browser.conftest import FLAGS, chromium
from tests.browser.real import ROOT, running_sandbox

IMAGES = ROOT / "docs" / "images"
SIZE = ViewportSize(width=1280, height=800)
TALL = ViewportSize(width=1280, height=1400)
"""All of a digest."""
MIDDLE = ViewportSize(width=1280, height=1000)
"""A meeting's card with its agenda; minutes."""
MONDAY = "2026-11-23T08:01:00+00:00"
WEEKS = 120_000
"""Milliseconds that the clock may take for some weeks of the demo."""
CALL = "2026-12-03T15:00:00+00:00"
AFTER_CALL = "2026-12-07T12:00:00+00:00"
TARGETS = "#wg-targets"
PREPARED = (
    ("targets-chair", "meeting plan Shortlist call 3 Dec 15:00 in London for 45 min"),
    ("targets-chair", "meeting announce MT-31"),
    ("targets-cochair", "agenda add Which drugs make the shortlist 20 min decide to MT-31"),
    ("targets-chair", "agenda draft MT-31"),
    ("targets-chair", "agenda post MT-31"),
    ("targets-cochair", "coming to MT-31"),
)
SAID = (
    ("targets-chair", "present @targets-chair @targets-cochair"),
    ("targets-chair", "regrets @industry-observer"),
    ("targets-chair", "topic 4"),
    ("targets-cochair", "We compared three candidates and their safety data."),
    ("targets-chair", "DECISION: The shortlist has three drugs"),
    ("targets-chair", "ACTION: Send it to the trials group – by @targets-cochair 10 Dec"),
    ("targets-chair", "ACTION: Ask the company again – by the statistician 10 Dec"),
    ("targets-cochair", "[off] what the company told us in confidence"),
)
ADD = "/action add Draft the shortlist of repurposing candidates @targets-cochair by next Friday"


async def go(page: Page, url: str, address: str) -> None:
    await page.goto(f"{url}/#{address}")
    await page.locator("body[data-ready]").wait_for()


async def take(page: Page, name: str) -> None:
    # The pointer would leave its hover menu in the picture, the caret its blinking.
    await page.mouse.move(640, 24)
    await page.evaluate("document.fonts.ready")
    await page.screenshot(path=IMAGES / f"{name}.png", animations="disabled", caret="hide")


async def type_in(page: Page, words: str) -> None:
    await page.locator("#write").fill(words)
    await page.keyboard.press("Enter")


async def card_and_form(page: Page, url: str) -> None:
    await go(page, url, "targets-chair/wg-targets")
    await type_in(page, ADD)
    cards = page.locator("article.message:not(.ephemeral)")
    await cards.filter(has_text="Draft the shortlist").wait_for()
    await take(page, "channel")
    await page.get_by_role("button", name="Shortcuts", exact=True).click()
    await page.get_by_role("menuitem", name="New action").click()
    form = page.get_by_test_id("modal")
    await form.wait_for()
    first = form.locator("textarea, input[type=text]").first
    await first.fill("Review the consent template")
    await take(page, "modal")
    await page.keyboard.press("Escape")
    await form.wait_for(state="detached")


async def a_week_later(page: Page) -> None:
    await page.get_by_role("navigation", name="Tools").get_by_role("button", name="Clock").click()
    await page.get_by_role("button", name="+1 week").click()
    await page.get_by_test_id("away").wait_for(timeout=60_000)
    await take(page, "clock")
    await page.get_by_role("button", name="Close tools").click()


async def reminder_and_home(page: Page, url: str) -> None:
    await page.goto(f"{url}/#targets-cochair/dm")
    await page.get_by_test_id("message").last.wait_for()
    await take(page, "reminder")
    await page.goto(f"{url}/#targets-cochair/home")
    await page.get_by_test_id("home").wait_for()
    await take(page, "home")
    await page.goto(f"{url}/#targets-chair/wg-targets")
    await page.get_by_test_id("message").last.wait_for()
    await page.get_by_role("button", name="Switch between light and dark").click()
    await page.get_by_role("button", name="Inspector").click()
    await page.get_by_test_id("entry").first.wait_for()
    await take(page, "dark")


async def chair_and_coordinator(page: Page, url: str) -> None:
    for handle, words in (("trials-chair", "Please decide"), ("coordinator", "All groups")):
        await page.goto(f"{url}/#{handle}/home")
        await page.get_by_test_id("home").get_by_text(words).first.wait_for()
        await take(page, f"home-{handle}")


async def told(page: Page, url: str, call: str, **data: str | bool) -> dict[str, Any]:
    """What the control API answers."""
    answer = await page.request.post(f"{url}/_control/{call}", data=data, timeout=WEEKS)
    assert answer.ok, await answer.text()
    body: dict[str, Any] = await answer.json()
    return body


async def somebody_left(page: Page, url: str) -> None:
    await told(page, url, "world", user="models-cochair", deactivated=True)
    await go(page, url, "models-chair/wg-models")
    await type_in(page, "/wg handover")
    await page.get_by_role("button", name="Hand over").last.click()
    await page.get_by_test_id("modal").wait_for()
    await take(page, "handover")


async def status_and_digest(page: Page, url: str) -> None:
    await go(page, url, "coordinator/wg-coordination")
    await type_in(page, "/wg status")
    await page.get_by_text("Only you see this.").wait_for()
    await take(page, "status")
    await page.set_viewport_size(TALL)
    await told(page, url, "clock", to=MONDAY)
    await go(page, url, "trials-chair/dm")
    await page.get_by_text("Please decide").wait_for()
    await take(page, "digest")


async def a_meeting(page: Page, url: str) -> None:
    for user, text in PREPARED:
        await told(page, url, "command", channel=TARGETS, user=user, command="/wg", text=text)
    await page.set_viewport_size(MIDDLE)
    await go(page, url, "deputy-coordinator/wg-targets")
    await page.get_by_text("Which drugs make the shortlist").last.wait_for()
    await take(page, "agenda")
    await told(page, url, "clock", to=CALL)
    start = {"channel": TARGETS, "user": "targets-chair", "command": "/meeting"}
    await told(page, url, "command", **start, text="start MT-31")
    thread = await opening(page, url)
    mine = {"user": "targets-cochair", "action": "meeting.notes_mine"}
    await told(page, url, "interact", channel=TARGETS, message_ts=thread, **mine)
    for user, text in SAID:
        await told(page, url, "message", channel=TARGETS, user=user, text=text, thread_ts=thread)
    await told(page, url, "clock", advance="PT10M")
    await go(page, url, f"targets-chair/wg-targets/{thread}")
    await page.get_by_role("log", name="Thread").get_by_text("in confidence").wait_for()
    await take(page, "meeting")
    await told(page, url, "command", **start, text="end MT-31")
    await told(page, url, "clock", to=AFTER_CALL)
    await go(page, url, "deputy-coordinator/wg-targets")
    await page.get_by_text("Draft minutes, unconfirmed").last.wait_for()
    await take(page, "minutes")


async def opening(page: Page, url: str) -> str:
    """The message that the meeting's thread is under."""
    where = f"{url}/_control/messages/%23wg-targets?user=targets-chair&contains=has+begun&timeout=5"
    answer = await page.request.get(where)
    assert answer.ok, await answer.text()
    return next(str(m["ts"]) for m in (await answer.json())["messages"] if "has begun" in m["text"])


async def weeks(page: Page, url: str) -> None:
    await card_and_form(page, url)
    await a_week_later(page)
    await reminder_and_home(page, url)
    await page.get_by_role("button", name="Close tools").click()
    await page.get_by_role("button", name="Switch between light and dark").click()
    await chair_and_coordinator(page, url)
    await somebody_left(page, url)


async def pictures() -> None:
    """Each story in a workspace of its own, from the same Sunday on."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for story in (weeks, status_and_digest, a_meeting):
        with tempfile.TemporaryDirectory() as folder:
            async with running_sandbox(Path(folder)) as url, async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
                context = await browser.new_context(
                    viewport=SIZE,
                    locale="en-GB",
                    reduced_motion="reduce",
                )
                await context.add_init_script("localStorage.setItem('sandbox.tour', 'seen')")
                await story(await context.new_page(), url)
                await browser.close()


def main() -> None:
    if chromium() is None:
        sys.exit("The pictures are taken in Chromium, and there is none: install it and try again.")
    asyncio.run(pictures())


if __name__ == "__main__":
    main()
