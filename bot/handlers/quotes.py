"""The message an action comes from: its link and its words, as Slack tells them."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.items import Source
from bot.domain.model import ChannelId
from bot.handlers.guard import without_patients
from bot.handlers.payloads import quoted_text
from bot.handlers.registry import Form
from bot.telemetry import get_logger
from bot.views.item_forms import origin

log = get_logger(__name__)
SECONDS = 0.5
"""What a request may wait for a link; without one it is as good."""


async def of(client: AsyncWebClient, channel: str, ts: str, text: str | None = None) -> Source:
    """The quote is as Slack escapes it. `text` None: Slack is asked for the words too."""
    words = asyncio.ensure_future(_text(client, channel, ts)) if text is None else None
    link = await _within(client.chat_getPermalink(channel=channel, message_ts=ts))
    said = text if words is None else await words
    return Source(
        channel=ChannelId(channel),
        ts=ts,
        permalink=str((link or {}).get("permalink") or ""),
        quote=said or "",
    )


async def with_source(client: AsyncWebClient, form: Form) -> Form:
    """A form made from a message knows where that is."""
    where = origin(form.metadata)
    if not (where.channel and where.ts):
        return form
    quote = await _text(client, where.channel, where.ts)
    source = Source(ChannelId(where.channel), where.ts, where.permalink, quote)
    return replace(form, by=replace(form.by, quoted=source))


async def _text(client: AsyncWebClient, channel: str, ts: str) -> str:
    found = await _within(client.conversations_replies(channel=channel, ts=ts, limit=1))
    return without_patients(quoted_text(found or {}, ts))


async def _within(call: Awaitable[Any]) -> Any:
    """Slack's answer, None where it does not come in time or not at all."""
    try:
        return await asyncio.wait_for(call, SECONDS)
    except Exception as error:  # noqa: BLE001 - a convenience: the action is made without it
        log.info("quote.missing", reason=type(error).__name__)
        return None
