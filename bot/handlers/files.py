"""A file for one person, brought into their DM; where Slack takes no file, as messages."""

from collections.abc import Iterator

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.model import UserId
from bot.domain.outbox import Message
from bot.services.inbox import Attachment
from bot.telemetry import get_logger
from bot.views import files as view
from bot.views.text import escape

log = get_logger(__name__)

PART = 2700
"""Characters of a message, counted as they are escaped."""
SECONDS = aiohttp.ClientTimeout(total=30)


async def share(client: AsyncWebClient, user: UserId, file: Attachment) -> None:
    """Raises what Slack refuses; whoever asked for the file can ask again."""
    channel = await _dm(client, user)
    try:
        await _upload(client, channel, file)
    except (SlackApiError, aiohttp.ClientResponseError) as error:
        log.info("file.as_messages", reason=type(error).__name__)
        await _in_parts(client, channel, file)


async def whisper(client: AsyncWebClient, user: UserId, message: Message) -> None:
    """What is to stand in no row of ours; raises what Slack refuses."""
    await _post(client, await _dm(client, user), message)


async def _dm(client: AsyncWebClient, user: UserId) -> str:
    opened = await client.conversations_open(users=user)
    return str(opened["channel"]["id"])


async def _upload(client: AsyncWebClient, channel: str, file: Attachment) -> None:
    body = file.content.encode()
    place = await client.files_getUploadURLExternal(filename=file.name, length=len(body))
    async with (
        aiohttp.ClientSession(timeout=SECONDS, raise_for_status=True) as session,
        session.post(str(place["upload_url"]), data=body),
    ):
        pass
    await client.files_completeUploadExternal(
        files=[{"id": str(place["file_id"]), "title": file.name}], channel_id=channel
    )


async def _in_parts(client: AsyncWebClient, channel: str, file: Attachment) -> None:
    parts = list(_parts(file.content))
    for number, part in enumerate(parts, start=1):
        await _post(client, channel, view.part(file.title, number, len(parts), part))


async def _post(client: AsyncWebClient, channel: str, message: Message) -> None:
    await client.chat_postMessage(
        channel=channel,
        text=message.text,
        blocks=[dict(block) for block in message.blocks],
        unfurl_links=False,
        unfurl_media=False,
    )


def _parts(content: str) -> Iterator[str]:
    """Whole lines where they are short enough."""
    while content:
        size = PART
        while len(escape(content[:size])) > PART:
            size //= 2
        end = len(content) if size >= len(content) else content.rfind("\n", 0, size) + 1
        yield content[: end or size]
        content = content[end or size :]
