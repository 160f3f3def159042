"""The tools around the workspace: inspector, clock, failures, reset, tour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from playwright.async_api import Browser, Page, Request, expect
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.browser.conftest import Visit, hearing
from tests.browser.workspace import app_beside


async def say(page: Page, words: str) -> None:
    await page.get_by_label("Message #wg-group").fill(words)
    await page.keyboard.press("Enter")


async def tool(page: Page, name: str) -> None:
    await page.get_by_role("navigation", name="Tools").get_by_role("button", name=name).click()


async def test_a_command_never_answered_says_so_and_shows_red(
    sandbox: Sandbox, visit: Visit
) -> None:
    async with app_beside(sandbox, lambda app: None):
        page = await visit()
        await say(page, "/forget me")
        await expect(page.get_by_test_id("message")).to_contain_text(
            '/forget failed with the error "operation_timeout"'
        )
        await tool(page, "Inspector")
        await page.get_by_role("button", name="Problems").click()
        sent = page.locator("details.wrong[data-way=to_bot]")
        await expect(sent).to_contain_text("slash_commands /forget me")
        await expect(sent).to_contain_text("operation_timeout")


async def test_a_refused_method_shows_red_with_its_payload_and_a_command_to_repeat_it(
    sandbox: Sandbox, visit: Visit
) -> None:
    page = await visit()
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await tool(page, "Inspector")
    refused = await page.request.post(
        f"{sandbox.url}/api/chat.nonsense",
        headers={"Authorization": "Bearer xoxb-sandbox"},
        data={"channel": "C0GROUP"},
    )
    assert (await refused.json())["error"] == "unknown_method"
    row = page.locator("details.wrong", has_text="chat.nonsense")
    await expect(row).to_contain_text("unknown_method")
    await row.locator("summary").click()
    await expect(row.locator("pre")).to_contain_text('"channel": "C0GROUP"')
    await row.get_by_role("button", name="Copy as curl").click()
    await expect(page.get_by_test_id("toast")).to_contain_text("copied")
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"curl -s {sandbox.url}/api/chat.nonsense -H")
    assert "xoxb" not in copied


async def test_a_press_without_answer_is_told_in_words(sandbox: Sandbox, visit: Visit) -> None:
    text = {"type": "plain_text", "text": "Mark done"}
    button = {"type": "button", "action_id": "item.done", "text": text}
    async with app_beside(sandbox, lambda app: None) as client:
        blocks = [{"type": "actions", "elements": [button]}]
        await client.chat_postMessage(channel="C0GROUP", text="TR-1", blocks=blocks)
        page = await visit()
        done = page.get_by_role("button", name="Mark done")
        await done.click()
        await expect(done).to_have_attribute("aria-busy", "true")
        await expect(page.get_by_test_id("toast")).to_contain_text("operation timed out")
        await expect(done).not_to_have_attribute("aria-busy", "true")


class Reminder:
    """Posts once, a day from the start, as a bot's ticks would."""

    def __init__(self, sandbox: Sandbox, client: AsyncWebClient, person: str) -> None:
        self.sandbox, self.client, self.person = sandbox, client, person
        self.due: datetime | None = sandbox.now() + timedelta(days=1)

    async def next_due(self) -> datetime | None:
        return self.due

    async def tick(self) -> list[dict[str, Any]]:
        if self.due is None or self.sandbox.now() < self.due:
            return []
        self.due = None
        opened = await self.client.conversations_open(users=self.person)
        channel = opened["channel"]["id"]
        sent = await self.client.chat_postMessage(channel=channel, text="Reminder: draft it")
        at = self.sandbox.now().isoformat()
        return [{"at": at, "kind": "reminder", "key": "r1", "channel": channel, "ts": sent["ts"]}]

    async def settle(self) -> None:
        return None

    async def reseed(self, name: str, seed: Any) -> bool:
        return True


def quiet(app: AsyncApp) -> None:
    async def heard(ack: Any) -> None:
        await ack()

    app.event("message")(heard)


async def test_moving_the_clock_lists_what_happened_and_leads_there(
    sandbox: Sandbox, visit: Visit
) -> None:
    async with app_beside(sandbox, quiet) as client:
        reminder = Reminder(sandbox, client, "U0MEMBER")
        sandbox.attach(
            next_due=reminder.next_due,
            tick=reminder.tick,
            settle=reminder.settle,
            reseed=reminder.reseed,
        )
        page = await visit("chair/wg-group")
        await tool(page, "Clock")
        await page.get_by_role("button", name="+1 week").click()
        away = page.get_by_test_id("away")
        await expect(away).to_contain_text("What happened while you were away")
        await expect(away.get_by_test_id("event")).to_have_count(1)
        await expect(page.locator("#clock-badge")).to_contain_text("8 Mar 2027")
        await expect(page.locator("#clock-badge")).to_contain_text("≠ real date")
        await away.get_by_role("link", name="to Member Reminder: draft it").click()
        await expect(page.locator("#actor strong")).to_have_text("Member")
        await expect(page.get_by_test_id("message")).to_contain_text("Reminder: draft it")
        await page.get_by_label("Set date and time").fill("2027-03-10T09:00")
        await page.get_by_role("button", name="Go", exact=True).click()
        await expect(page.locator("#clock-badge")).to_contain_text("Wed, 10 Mar 2027, 09:00")
        await expect(away).to_contain_text("Nothing: no reminder was due")


async def test_a_clock_without_its_app_is_refused_in_words(visit: Visit) -> None:
    page = await visit()
    await tool(page, "Clock")
    await page.get_by_role("button", name="+1 hour").click()
    await expect(page.get_by_test_id("toast")).to_contain_text("runs elsewhere")


async def test_failures_are_switched_on_and_off(sandbox: Sandbox, visit: Visit) -> None:
    page = await visit()
    await tool(page, "Failures")
    await page.get_by_label("What goes wrong").select_option("refused")
    await page.get_by_label("Method").fill("users.info")
    await page.get_by_label("Times").fill("2")
    await page.get_by_label("Code").fill("user_not_found")
    await page.get_by_role("button", name="Switch on").click()
    rules = page.locator("#fault-rules")
    await expect(rules).to_contain_text("error user_not_found, method users.info, times 2")
    await page.get_by_role("button", name="Switch all off").click()
    await expect(rules).to_have_text("Everything works.")


async def test_reset_asks_first_and_forgets_everything(visit: Visit) -> None:
    page = await visit()
    await say(page, "Soon forgotten")
    await expect(page.get_by_test_id("message")).to_have_count(1)
    resets: list[str] = []

    def hear(request: Request) -> None:
        if request.url.endswith("/reset"):
            resets.append(request.url)

    with hearing(page, request=hear):
        await tool(page, "Reset")
        await page.get_by_role("button", name="Demo").click()
        await page.get_by_test_id("confirm").get_by_role("button", name="Cancel").click()
        await expect(page.get_by_test_id("confirm")).to_have_count(0)
        await page.get_by_role("button", name="Demo").click()
        await page.get_by_test_id("confirm").get_by_role("button", name="Reset").click()
        await expect(page.get_by_test_id("message")).to_have_count(0)
        await expect(page.get_by_test_id("toast")).to_be_visible()
    assert len(resets) == 1


async def test_the_tour_has_six_steps_and_is_shown_once(sandbox: Sandbox, browser: Browser) -> None:
    newcomer = await browser.new_context()
    page = await newcomer.new_page()
    await page.goto(sandbox.url)
    tour = page.get_by_test_id("tour")
    for step in range(1, 7):
        await expect(tour).to_contain_text(f"Step {step} of 6")
        await tour.get_by_role("button", name="Done" if step == 6 else "Next").click()
    await expect(tour).to_have_count(0)
    await page.reload()
    await page.locator("body[data-ready]").wait_for()
    await expect(tour).to_have_count(0)
    await page.get_by_role("button", name="Tour").click()
    await tour.get_by_role("button", name="Skip").click()
    await expect(tour).to_have_count(0)
    await newcomer.close()
