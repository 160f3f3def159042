"""What was written in the threads of meetings while nobody listened, read back from Slack."""

from collections.abc import AsyncIterator

from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers import payloads
from bot.handlers.registry import Invocation
from bot.services.sittings import Thread

PAGE = 200


async def missed(
    client: AsyncWebClient, thread: Thread, bot_user: str
) -> AsyncIterator[Invocation]:
    """As if each message had only now been brought; raises what Slack refuses."""
    channel = thread.sitting.channel
    cursor = ""
    while True:
        page = await client.conversations_replies(
            channel=channel, ts=thread.ts, oldest=thread.after, limit=PAGE, cursor=cursor
        )
        for said in page.get("messages") or ():
            if said.get("ts") == thread.ts:
                continue
            body = {"event": {**said, "type": payloads.MESSAGE, "channel": channel}}
            found = payloads.message(payloads.storable_body(body), bot_user)
            if found is not None:
                yield found
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
