"""Being somebody: commands, threads, privacy, reactions, addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.async_api import Page, expect
from slack_bolt.async_app import AsyncApp

from bot.sandbox.server import Sandbox
from tests.browser.conftest import Visit
from tests.browser.workspace import app_beside

GROUP = "Message #wg-group"


async def say(page: Page, words: str) -> None:
    await page.get_by_label(GROUP).fill(words)
    await page.keyboard.press("Enter")


async def act_as(page: Page, name: str) -> None:
    await page.locator("#actor").click()
    await page.get_by_label("Find a person or role").fill(name)
    await page.keyboard.press("Enter")
    await expect(page.locator("#actor strong")).to_have_text(name)


async def test_a_press_on_who_acts_is_not_lost_when_it_is_drawn_anew(visit: Visit) -> None:
    page = await visit()
    name = await page.locator("#actor strong").bounding_box()
    assert name is not None
    await page.mouse.move(name["x"] + 5, name["y"] + 5)
    await page.mouse.down()
    await page.locator("#actor").evaluate(
        "box => box.replaceChildren(...[...box.children].map(part => part.cloneNode(true)))"
    )
    await page.mouse.up()
    await expect(page.get_by_label("Find a person or role")).to_be_visible()


async def test_typing_a_slash_offers_the_commands_with_their_usage(visit: Visit) -> None:
    page = await visit()
    await page.get_by_label(GROUP).press_sequentially("/fo")
    offered = page.get_by_test_id("write-menu").get_by_role("option")
    await expect(offered).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await expect(offered.nth(1)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Tab")
    await expect(page.get_by_label(GROUP)).to_have_value("/form ")
    await expect(page.get_by_test_id("usage")).to_have_text("/form [anything]Opens a form")


async def test_an_at_sign_offers_people_and_shift_enter_breaks_the_line(visit: Visit) -> None:
    page = await visit()
    field = page.get_by_label(GROUP)
    await field.press_sequentially("@mem")
    await page.keyboard.press("Enter")
    await expect(field).to_have_value("@member ")
    await field.press_sequentially("please")
    await page.keyboard.press("Shift+Enter")
    await field.press_sequentially("look")
    await page.keyboard.press("Enter")
    await expect(field).to_have_value("")
    message = page.get_by_test_id("message")
    await expect(message).to_contain_text("@Member please\nlook", use_inner_text=True)
    await expect(message.locator(".mention")).to_have_text("@Member")


async def test_commands_are_refused_where_slack_refuses_them(visit: Visit) -> None:
    page = await visit()
    await say(page, "/nothing")
    note = page.get_by_test_id("write-note")
    await expect(note).to_contain_text("/nothing is not a valid command")
    await say(page, "Hello")
    await page.get_by_test_id("message").hover()
    await page.get_by_role("button", name="Reply in thread").click()
    await (
        page.get_by_label("Reply in thread", exact=True)
        .and_(page.locator("textarea"))
        .fill("/form")
    )
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("thread-write-note")).to_have_text(
        "/form is not supported in threads. Sorry!"
    )
    await act_as(page, "Guest")
    await page.get_by_label(GROUP).press_sequentially("/")
    await expect(page.get_by_test_id("write-menu")).to_be_hidden()
    await say(page, "/form")
    await expect(note).to_contain_text("people from other organisations have no commands")


async def test_a_private_answer_is_seen_by_one_person(sandbox: Sandbox, visit: Visit) -> None:
    async with app_beside(sandbox, lambda app: None) as client:
        await client.chat_postEphemeral(channel="C0GROUP", user="U0CHAIR", text="For the chair")
        page = await visit("chair/wg-group")
        await expect(page.get_by_text("Only visible to you")).to_be_visible()
        await act_as(page, "Member")
        await client.chat_postMessage(channel="C0GROUP", text="For everybody")
        await expect(page.get_by_test_id("message")).to_have_count(1)
        await expect(page.get_by_text("For the chair")).to_have_count(0)


async def test_unread_messages_are_counted_until_they_are_seen(
    sandbox: Sandbox, visit: Visit
) -> None:
    page = await visit("chair/home")
    row = page.locator("[data-place=wg-group]")
    await expect(row).not_to_have_class("unread")
    async with app_beside(sandbox, lambda app: None) as client:
        for text in ("one", "two"):
            await client.chat_postMessage(channel="C0GROUP", text=text)
    await expect(row.locator(".count")).to_have_text("2")
    await row.click()
    await expect(page.get_by_test_id("message")).to_have_count(2)
    await page.locator("[data-place=board]").click()
    await expect(row.locator(".count")).to_have_count(0)


async def test_an_address_leads_to_a_person_a_channel_and_a_thread(
    sandbox: Sandbox, visit: Visit
) -> None:
    async with app_beside(sandbox, lambda app: None) as client:
        first = await client.chat_postMessage(channel="C0GROUP", text="Question")
        await client.chat_postMessage(channel="C0GROUP", text="Answer", thread_ts=first["ts"])
    page = await visit(f"member/wg-group/{first['ts']}")
    await expect(page.locator("#actor strong")).to_have_text("Member")
    thread = page.get_by_role("log", name="Thread")
    await expect(thread.get_by_test_id("message")).to_have_count(2)
    await page.locator("#thread-write").fill("Thanks")
    await page.keyboard.press("Enter")
    await expect(thread.get_by_text("Thanks")).to_be_visible()
    await expect(page.get_by_role("link", name="2 replies")).to_be_visible()
    await page.get_by_role("button", name="Close thread").click()
    await expect(thread).to_be_hidden()


async def test_reactions_and_message_shortcuts_reach_the_app(
    sandbox: Sandbox, visit: Visit
) -> None:
    kept: list[str] = []

    def listen(app: AsyncApp) -> None:
        async def keep(ack: Any, shortcut: Mapping[str, Any]) -> None:
            await ack()
            kept.append(shortcut["message"]["text"])

        async def heard(ack: Any) -> None:
            await ack()

        app.shortcut("keep")(keep)
        app.event("message")(heard)

    async with app_beside(sandbox, listen):
        page = await visit()
        await say(page, "We should write this down")
        message = page.get_by_test_id("message")
        await message.hover()
        await message.get_by_role("button", name="Add reaction").click()
        await page.get_by_role("menuitem", name="tada").click()
        chip = message.locator(".reaction")
        await expect(chip).to_have_text("🎉 1")
        await chip.click()
        await expect(chip).to_have_count(0)
        await message.hover()
        async with page.expect_response("**/_control/shortcut") as answered:
            await message.get_by_role("button", name="Keep this").click()
        assert (await (await answered.value).json())["acked"] is True
    assert kept == ["We should write this down"]


async def test_the_home_changes_while_it_is_looked_at(sandbox: Sandbox, visit: Visit) -> None:
    def home(words: str) -> dict[str, Any]:
        text = {"type": "plain_text", "text": words}
        return {"type": "home", "blocks": [{"type": "header", "text": text}]}

    def listen(app: AsyncApp) -> None:
        async def opened(ack: Any, client: Any, event: Mapping[str, Any]) -> None:
            await ack()
            await client.views_publish(user_id=event["user"], view=home("3 open"))

        app.event("app_home_opened")(opened)

    async with app_beside(sandbox, listen) as client:
        page = await visit("member/home")
        await expect(page.get_by_test_id("home")).to_have_text("3 open")
        await client.views_publish(user_id="U0MEMBER", view=home("2 open"))
        await expect(page.get_by_test_id("home")).to_have_text("2 open")
        await act_as(page, "Guest")
        await expect(page.get_by_test_id("home-empty")).to_contain_text("other organisations")


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_the_page_follows_the_preferred_colours_until_told_otherwise(
    visit: Visit, scheme: str
) -> None:
    page = await visit()
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    root = page.locator("html")
    await expect(root).to_have_attribute("data-theme", scheme)
    await page.get_by_role("button", name="Switch between light and dark").click()
    other = "light" if scheme == "dark" else "dark"
    await expect(root).to_have_attribute("data-theme", other)
    await page.reload()
    await expect(root).to_have_attribute("data-theme", other)
