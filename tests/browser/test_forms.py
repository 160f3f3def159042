"""Forms: filling in, being told what is wrong, stacking, closing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Page, expect
from slack_bolt.async_app import AsyncApp

from bot.sandbox.server import Sandbox
from tests.browser.conftest import Visit
from tests.browser.workspace import EVERY_FIELD, app_beside, field, form, plain

TITLE = [field("title", {"type": "plain_text_input"})]


class Desk:
    """An app that opens one form and answers each submission with the next of its answers."""

    def __init__(self, view: dict[str, Any], *answers: dict[str, Any]) -> None:
        self.view, self.answers = view, list(answers)
        self.sent: list[dict[str, Any]] = []
        self.closed: asyncio.Queue[str] = asyncio.Queue()

    def __call__(self, app: AsyncApp) -> None:
        async def opened(ack: Any, client: Any, body: Mapping[str, Any]) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=self.view)

        async def submitted(ack: Any, view: Mapping[str, Any]) -> None:
            self.sent.append(dict(view["state"]["values"]))
            await ack(**(self.answers.pop(0) if self.answers else {}))

        async def shut(ack: Any, view: Mapping[str, Any]) -> None:
            await ack()
            await self.closed.put(view["title"]["text"])

        app.command("/form")(opened)
        app.view("form")(submitted)
        app.view_closed("form")(shut)


async def say(page: Page, words: str) -> None:
    await page.get_by_label("Message #wg-group").fill(words)
    await page.keyboard.press("Enter")


def dialog(page: Page, title: str = "Form") -> Any:
    return page.get_by_role("dialog", name=title)


def value(sent: Mapping[str, Any], name: str, part: str) -> Any:
    return sent[name][f"form.{name}"][part]


async def choose(page: Page, label: str, *names: str) -> None:
    await page.get_by_role("button", name=label, exact=True).click()
    for name in names:
        await page.locator(".popover").get_by_label(name).check()
    await page.keyboard.press("Escape")


async def test_what_is_put_in_every_field_arrives(sandbox: Sandbox, visit: Visit) -> None:
    desk = Desk(form(EVERY_FIELD))
    async with app_beside(sandbox, desk):
        page = await visit()
        await say(page, "/form")
        for label, text in (
            ("Title", "Draft"),
            ("Notes", "one\ntwo"),
            ("Day", "2027-03-09"),
            ("Time", "14:30"),
            ("Moment", "2027-03-09T10:00"),
            ("Number", "7"),
            ("Email", "a@example.org"),
            ("Link", "https://example.org"),
        ):
            await dialog(page).get_by_label(label).first.fill(text)
        for label, chosen in (
            ("Choice", "two"),
            ("Grouped", "three"),
            ("Person", "U0MEMBER"),
            ("Place", "C0GROUP"),
            ("Channel", "C0GROUP"),
        ):
            await (
                dialog(page)
                .locator("select")
                .and_(page.get_by_label(f"{label} (optional)", exact=True))
                .select_option(chosen)
            )
        await expect(dialog(page)).to_contain_text("Tuesday, 9 March 2027")
        await choose(page, "Several (optional)", "One", "Three")
        await choose(page, "People (optional)", "Member")
        await choose(page, "Places (optional)", "#board")
        await choose(page, "Channels (optional)", "#wg-group")
        await dialog(page).get_by_role("checkbox", name="Two").check()
        await dialog(page).get_by_role("radio", name="One").check()
        await page.get_by_test_id("submit").click()
        await expect(dialog(page)).to_have_count(0)
    (sent,) = desk.sent
    assert value(sent, "title", "value") == "Draft"
    assert value(sent, "notes", "value") == "one\ntwo"
    assert value(sent, "choice", "selected_option")["value"] == "two"
    assert value(sent, "grouped", "selected_option")["value"] == "three"
    assert [o["value"] for o in value(sent, "several", "selected_options")] == ["one", "three"]
    assert value(sent, "person", "selected_user") == "U0MEMBER"
    assert value(sent, "people", "selected_users") == ["U0MEMBER"]
    assert value(sent, "place", "selected_conversation") == "C0GROUP"
    assert value(sent, "places", "selected_conversations") == ["C0BOARD"]
    assert value(sent, "channel", "selected_channel") == "C0GROUP"
    assert value(sent, "channels", "selected_channels") == ["C0GROUP"]
    assert [o["value"] for o in value(sent, "ticks", "selected_options")] == ["two"]
    assert value(sent, "radio", "selected_option")["value"] == "one"
    assert value(sent, "day", "selected_date") == "2027-03-09"
    assert value(sent, "time", "selected_time") == "14:30"
    assert value(sent, "moment", "selected_date_time") == 1804582800  # 10:00 in Rome
    assert value(sent, "number", "value") == "7"
    assert value(sent, "email", "value") == "a@example.org"
    assert value(sent, "link", "value") == "https://example.org"


async def test_an_error_stands_under_its_field_and_keeps_what_was_typed(
    sandbox: Sandbox, visit: Visit
) -> None:
    refusal = {"response_action": "errors", "errors": {"title": "Start with a verb."}}
    desk = Desk(form(EVERY_FIELD), refusal)
    async with app_beside(sandbox, desk):
        page = await visit()
        await say(page, "/form")
        title = dialog(page).get_by_label("Title")
        await expect(title).to_be_focused()
        await title.fill("Agenda")
        await dialog(page).get_by_label("Notes").fill("kept")
        await page.get_by_test_id("submit").click()
        await expect(dialog(page).locator("[data-block=title] .error")).to_have_text(
            "Start with a verb."
        )
        await expect(title).to_have_value("Agenda")
        await expect(title).to_have_attribute("aria-invalid", "true")
        await expect(title).to_be_focused()
        await expect(dialog(page).get_by_label("Notes")).to_have_value("kept")
        await title.fill("Draft the agenda")
        await expect(dialog(page).locator("[data-block=title] .error")).to_have_text("")
        await page.keyboard.press("Enter")
        await expect(dialog(page)).to_have_count(0)
        await expect(page.get_by_label("Message #wg-group")).to_be_focused()
    assert [value(sent, "title", "value") for sent in desk.sent] == ["Agenda", "Draft the agenda"]


async def test_a_required_field_left_empty_is_not_sent(sandbox: Sandbox, visit: Visit) -> None:
    desk = Desk(form(TITLE))
    async with app_beside(sandbox, desk):
        page = await visit()
        await say(page, "/form")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
        await page.get_by_test_id("submit").click()
        await expect(dialog(page).locator(".error")).to_have_text(
            "Please complete this required field."
        )
    assert "submit" not in asked
    assert desk.sent == []


async def test_a_form_on_top_of_a_form_gives_way_to_it_again(
    sandbox: Sandbox, visit: Visit
) -> None:
    second = form([{"type": "section", "text": plain("More")}], "Second", notify_on_close=True)
    desk = Desk(form(TITLE), {"response_action": "push", "view": second})
    async with app_beside(sandbox, desk):
        page = await visit()
        await say(page, "/form")
        await dialog(page).get_by_label("Title").fill("Draft")
        await page.keyboard.press("Enter")
        await expect(dialog(page, "Second")).to_contain_text("More")
        await page.keyboard.press("Escape")
        await expect(dialog(page)).to_be_visible()
        async with asyncio.timeout(5):
            assert await desk.closed.get() == "Second"


async def test_an_updated_form_keeps_what_was_typed_where_the_field_stays(
    sandbox: Sandbox, visit: Visit
) -> None:
    button = {"type": "button", "action_id": "form.more", "text": plain("More fields")}
    view = form([*TITLE, {"type": "actions", "block_id": "more", "elements": [button]}])

    def listen(app: AsyncApp) -> None:
        Desk(view)(app)

        async def more(ack: Any, client: Any, body: Mapping[str, Any]) -> None:
            await ack()
            wider = form([*TITLE, field("notes", {"type": "plain_text_input"})], "Wider")
            await client.views_update(view_id=body["view"]["id"], view=wider)

        app.action("form.more")(more)

    async with app_beside(sandbox, listen):
        page = await visit()
        await say(page, "/form")
        await dialog(page).get_by_label("Title").fill("Half a title")
        await dialog(page).get_by_role("button", name="More fields").click()
        await expect(dialog(page, "Wider").get_by_label("Notes")).to_be_visible()
        await expect(dialog(page, "Wider").get_by_label("Title")).to_have_value("Half a title")


async def test_a_button_that_asks_first_does_nothing_when_declined(
    sandbox: Sandbox, visit: Visit
) -> None:
    asked = {
        "title": plain("Drop it?"),
        "text": plain("Others see it at once."),
        "confirm": plain("Drop it"),
        "deny": plain("Keep it"),
    }
    button = {
        "type": "button",
        "action_id": "item.drop",
        "text": plain("Drop"),
        "value": "TR-1",
        "confirm": asked,
    }
    pressed: list[str] = []

    def listen(app: AsyncApp) -> None:
        async def drop(ack: Any, action: Mapping[str, Any], respond: Any) -> None:
            await ack()
            pressed.append(action["value"])
            await respond(text="Dropped TR-1.", replace_original=True)

        app.action("item.drop")(drop)

    async with app_beside(sandbox, listen) as client:
        await client.chat_postMessage(
            channel="C0GROUP", text="TR-1", blocks=[{"type": "actions", "elements": [button]}]
        )
        page = await visit()
        drop = page.get_by_role("button", name="Drop", exact=True)
        await drop.click()
        await expect(page.get_by_test_id("confirm")).to_contain_text("Others see it at once.")
        await page.get_by_role("button", name="Keep it").click()
        await expect(drop).to_be_focused()
        assert pressed == []
        await drop.click()
        await page.get_by_role("button", name="Drop it").click()
        await expect(page.get_by_text("Dropped TR-1.")).to_be_visible()
    assert pressed == ["TR-1"]
