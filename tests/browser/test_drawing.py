"""What the page makes of messages, whoever sent them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from playwright.async_api import Dialog, Page, expect

from bot.sandbox.server import Sandbox
from bot.views.text import escape
from tests.browser.conftest import Visit, hearing
from tests.browser.workspace import HOSTILE, OPTIONS, SEED, app_beside, new_sandbox, option, plain
from tests.unit.hostile import WORST

INJECTED = "script, img, iframe, style, link, base, math, body, [onerror], [onload], [onmouseover]"


def cell(text: str) -> dict[str, Any]:
    return {"type": "raw_text", "text": text}


def number(value: int) -> dict[str, Any]:
    return {"type": "raw_number", "value": value, "text": str(value)}


def line(kind: str, title: str) -> dict[str, Any]:
    weeks = ["W41", "W42", "W43"]
    points = [{"label": week, "value": i + 1} for i, week in enumerate(weeks)]
    chart = {
        "type": kind,
        "series": [{"name": "Closed", "data": points}],
        "axis_config": {"categories": weeks},
    }
    return {"type": "data_visualization", "title": title, "chart": chart}


BUTTONS: list[dict[str, Any]] = [
    {"type": "button", "action_id": "item.done", "text": plain("Mark done"), "style": "primary"},
    {"type": "button", "action_id": "item.drop", "text": plain("Drop"), "style": "danger"},
    {"type": "static_select", "action_id": "list.show", "options": OPTIONS},
    {"type": "datepicker", "action_id": "item.date", "initial_date": "2027-03-08"},
    {"type": "overflow", "action_id": "item.more", "options": [option("edit"), option("history")]},
]
MARKED = (
    "*TR-14* _soon_ ~never~ `code` <https://example.org/paper|the paper> <@U0MEMBER> <#C0GROUP>"
    " :white_check_mark: &lt;safe&gt; <!date^1804000000^{date_short} {time}|then>\n• first\n> said"
)
EVERY_BLOCK: list[dict[str, Any]] = [
    {"type": "header", "text": plain("A card")},
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": MARKED},
        "fields": [{"type": "mrkdwn", "text": "*Owner*\n<@U0MEMBER>"}],
        "accessory": {"type": "image", "image_url": "https://example.org/x.png", "alt_text": "map"},
    },
    {"type": "actions", "elements": BUTTONS},
    {"type": "divider"},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "Added by <@U0CHAIR>"}]},
    {"type": "image", "image_url": "https://example.org/y.png", "alt_text": "the laboratory"},
    {"type": "markdown", "text": "# Agenda\n\n- **one**\n\n| A | B |\n|---|---|\n| 1 | 2 |"},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "text", "text": "Rich", "style": {"bold": True}}],
            }
        ],
    },
    line("line", "Closed a week"),
    line("bar", "Age of open actions"),
]
TABLES: list[dict[str, Any]] = [
    line("area", "Open a week"),
    {
        "type": "data_visualization",
        "title": "Shares",
        "chart": {"type": "pie", "segments": [{"label": "Open", "value": 3}]},
    },
    {
        "type": "data_table",
        "caption": "Open actions",
        "page_size": 2,
        "rows": [[cell("Id"), cell("Days")]] + [[cell(f"TR-{n}"), number(n)] for n in (9, 10, 11)],
    },
]
PLAIN_TABLE: list[dict[str, Any]] = [
    {"type": "table", "rows": [[cell("Group"), cell("State")], [cell("Targets"), cell("Late")]]}
]


async def post(sandbox: Sandbox, blocks: list[dict[str, Any]], text: str = "A card") -> None:
    async with app_beside(sandbox, lambda app: None) as client:
        await client.chat_postMessage(channel="C0GROUP", text=text, blocks=blocks)


async def said(page: Page) -> str:
    return await page.get_by_test_id("message").last.inner_text()


async def test_every_kind_of_block_is_drawn(sandbox: Sandbox, visit: Visit) -> None:
    for blocks in (EVERY_BLOCK, TABLES, PLAIN_TABLE):
        await post(sandbox, blocks)
    page = await visit()
    await expect(page.get_by_test_id("message")).to_have_count(3)
    drawn = await page.locator("[data-type]").evaluate_all("all => all.map(x => x.dataset.type)")
    assert drawn == [block["type"] for block in EVERY_BLOCK + TABLES + PLAIN_TABLE]
    await expect(page.get_by_test_id("unknown")).to_have_count(0)
    await expect(page.get_by_test_id("chart")).to_have_count(4)
    for name in ("Mark done", "Drop", "More actions"):
        await expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    for words in ("Closed a week. Closed: W41 1, W42 2, W43 3", "Shares. Open 3", "map"):
        await expect(page.get_by_role("img", name=words)).to_be_visible()


async def test_marked_text_becomes_elements_in_the_readers_zone(
    sandbox: Sandbox, visit: Visit
) -> None:
    await post(sandbox, EVERY_BLOCK)
    page = await visit("member/wg-group")
    section = page.locator("[data-type=section]")
    for tag, words in (("strong", "TR-14"), ("em", "soon"), ("s", "never"), ("code", "code")):
        await expect(section.locator(tag, has_text=words).first).to_have_text(words)
    paper = section.get_by_role("link", name="the paper")
    assert await paper.get_attribute("rel") == "noopener noreferrer"
    await expect(section.locator(".mention.own").first).to_have_text("@Member")
    await expect(section.locator("li")).to_have_text("first")
    await expect(section.locator("blockquote")).to_have_text("said")
    assert "✅ <safe> 2 Mar 2027 10:06" in await section.inner_text()
    await visit("chair/wg-group")
    await expect(section).to_contain_text("2 Mar 2027 16:06")


async def test_a_data_table_turns_its_pages_and_sorts(sandbox: Sandbox, visit: Visit) -> None:
    await post(sandbox, TABLES)
    page = await visit()
    first = page.locator(".data-table tbody tr")
    await expect(first).to_have_text(["TR-9\t9", "TR-10\t10"], use_inner_text=True)
    await page.get_by_role("button", name="Next", exact=True).click()
    await expect(first).to_have_text(["TR-11\t11"], use_inner_text=True)
    for _ in "up", "down":
        await page.get_by_role("button", name="Days").click()
    await page.get_by_role("button", name="Previous").click()
    await expect(first.first).to_have_text("TR-11\t11", use_inner_text=True)
    rows = [[cell(words) for _ in range(12)] for words in ("State", "🟡 Needs a look")]
    await post(sandbox, [{"type": "table", "rows": rows}])
    await page.set_viewport_size({"width": 800, "height": 600})
    line = await page.get_by_role("cell", name="🟡 Needs a look").first.bounding_box()
    assert line is not None
    assert line["height"] < 40  # It is scrolled to, and breaks nowhere.


async def test_markup_that_people_write_stays_text(sandbox: Sandbox, visit: Visit) -> None:
    page = await visit()
    title = await page.title()
    await page.get_by_label("Message #wg-group").fill(HOSTILE)
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text(HOSTILE)
    escaped = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain(HOSTILE)},
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*{escaped}*"}},
        {"type": "actions", "elements": [BUTTONS[0] | {"text": plain(HOSTILE[:70])}]},
        {"type": "markdown", "text": HOSTILE},
        {"type": "table", "rows": [[cell(HOSTILE)]]},
    ]
    await post(sandbox, blocks, escaped)
    card = page.get_by_test_id("message").last
    await expect(card.locator("[data-type]")).to_have_count(5)
    for kind in ("header", "section", "markdown", "table"):
        await expect(card.locator(f"[data-type={kind}]")).to_contain_text(HOSTILE)
    assert await card.locator("img, script").count() == 0
    assert await page.title() == title
    assert await card.locator("h3").get_attribute("dir") == "auto"
    await _the_worst_stays_text(sandbox, page)


async def _the_worst_stays_text(sandbox: Sandbox, page: Page) -> None:
    """As the words of an app and as those of a person; outside requests fail the visit."""
    dialogs: list[str] = []

    async def dismissed(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        await dialog.dismiss()

    blocks = [{"type": "section", "text": plain(text)} for text in WORST]
    blocks += [{"type": "section", "text": {"type": "mrkdwn", "text": escape(t)}} for t in WORST]
    with hearing(page, dialog=dismissed):
        await post(sandbox, blocks, escape(" ".join(WORST)))
        card = page.get_by_test_id("message").last
        await expect(card.locator("[data-type=section]")).to_have_count(2 * len(WORST))
        await page.get_by_label("Message #wg-group").fill("\n".join(WORST))
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("message").last).to_contain_text(WORST[-1])
        for shown in (card, page.get_by_test_id("message").last):
            assert await shown.locator(INJECTED).count() == 0
    assert dialogs == []


async def test_addresses_that_run_code_are_never_links(sandbox: Sandbox, visit: Visit) -> None:
    text = "<javascript:alert(1)|press> <data:text/html,x|me> [x](javascript:alert(2))"
    markdown = {"type": "markdown", "text": "[press](javascript:alert(1))"}
    await post(sandbox, [{"type": "section", "text": {"type": "mrkdwn", "text": text}}, markdown])
    page = await visit()
    assert "javascript:alert(1)" in await said(page)
    assert await page.get_by_test_id("message").locator(".blocks a").count() == 0


async def test_names_of_people_and_channels_stay_text(
    clock: Callable[[], datetime], page: Page
) -> None:
    name = " ".join(WORST)
    users = [user | {"name": name, "title": name} for user in SEED["users"]]
    channels = [channel | {"topic": name} for channel in SEED["channels"]]
    odd = new_sandbox(clock, seed=SEED | {"users": users, "channels": channels})
    await odd.start()
    asked: list[str] = []
    heard = hearing(
        page,
        request=lambda request: asked.append(request.url),
        dialog=lambda dialog: asked.append(dialog.message),
    )
    try:
        with heard:
            await page.goto(f"{odd.url}/#chair/wg-group")
            await page.locator("body[data-ready]").wait_for()
            await expect(page.get_by_text(WORST[0]).first).to_be_attached()
            odd_parts = page.locator("body *").locator("iframe, base, math, [onerror]")
            assert await odd_parts.count() == 0
        assert [url for url in asked if not url.startswith((f"{odd.url}/", "data:"))] == []
    finally:
        await odd.stop()


async def test_a_block_nobody_knows_is_a_red_box(clock: Callable[[], datetime], page: Page) -> None:
    message = {
        "type": "message",
        "user": "U0BOT",
        "bot_id": "B0BOT",
        "channel": "C0GROUP",
        "ts": "1803880000.000100",
        "text": "odd",
        "blocks": [{"type": "hologram", "block_id": "odd"}],
    }
    odd = new_sandbox(clock, seed=SEED | {"messages": [message]})
    await odd.start()
    try:
        await page.goto(f"{odd.url}/#chair/wg-group")
        await expect(page.get_by_test_id("unknown")).to_have_text("Unknown block: hologram")
    finally:
        await odd.stop()
