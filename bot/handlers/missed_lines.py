"""Threads of meetings read in Slack: their openings looked for, and lines nobody heard caught."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.outbox import Sent, State
from bot.domain.proceedings import Sitting
from bot.errors import Busy, UserError
from bot.handlers import guard, payloads, quotes, thread_words
from bot.handlers.asides import request_of
from bot.handlers.captures import captured
from bot.handlers.gestures import Meet
from bot.handlers.reading import FindZone, reading_of
from bot.handlers.registry import Invocation
from bot.handlers.thread_lines import ThreadLines
from bot.services import sittings
from bot.services.inbox import Inbox, Work
from bot.services.sittings import Thread
from bot.telemetry import get_logger
from bot.views.errors import words

log = get_logger(__name__)

PAGE = 200
EARLY = timedelta(seconds=60)
"""Slack's clock may be so far behind ours."""
ABSENT_AFTER = timedelta(seconds=90)
"""Slack's history lags: what is not in it for so long was not posted (reliability.md 5.1)."""
UNREAD = (SlackClientError, aiohttp.ClientError, TimeoutError)


@dataclass(frozen=True, slots=True)
class ThreadReader:
    inbox: Inbox
    meet: Meet
    lines: ThreadLines
    find_zone: FindZone

    async def sitting(self, client: AsyncWebClient, said: Invocation) -> Sitting | None:
        """The meeting in whose thread it is said, while lines of it are taken.

        Raises Busy when Slack does not tell now whether the thread is one whose opening we miss.
        """
        channel, thread, now = said.channel, said.thread_ts, self.inbox.clock()
        if thread is None or said.direct:
            return None
        db = self.inbox.db
        known = await db.read(lambda store: sittings.heard_in(store, channel, thread, now))
        if known is not None or not is_line(said, None):
            return known
        for sitting, row in await db.read(sittings.unheard):
            since = (row.first_sent or sitting.started_at) - EARLY
            if sitting.channel != channel or float(thread) < since.timestamp():
                continue
            try:
                if await self._opens(client, channel, thread, row):
                    await self._adopt(client, sitting, row, thread)
                    return sitting
            except UNREAD as error:
                raise Busy("Slack does not show the thread.") from error
        return None

    async def on_record(self, client: AsyncWebClient, said: Invocation) -> Invocation | None:
        """Without what is not to be recorded, and with its link if something is made of it."""
        said = replace(said, text=thread_words.recorded(said.text))
        if not said.text.strip():
            return None
        if not captured(said.text):
            return said
        return replace(said, quoted=await quotes.of(client, said.channel, said.ts or "", said.text))

    def noting(self, said: Invocation, sitting: Sitting) -> Work:
        return lambda ask: self.lines.catch(
            ask, said, sitting.meeting, reading_of(ask, self.find_zone)
        )

    async def read_back(self, client: AsyncWebClient) -> None:
        """What was written meanwhile; else it stands in Slack alone."""
        await self.settle(client)
        try:
            for thread in await self.inbox.db.read(sittings.threads):
                await self._read_back(client, thread)
        except (Busy, *UNREAD) as error:
            log.warning("threads.unread", reason=str(error))

    async def settle(self, client: AsyncWebClient) -> None:
        """Openings of which nobody knows whether they arrived: found, or posted once more."""
        for sitting, row in await self.inbox.db.read(sittings.unheard):
            try:
                await self._settle(client, sitting, row)
            except (Busy, *UNREAD) as error:
                log.warning("opening.unread", key=row.out.key, reason=str(error))

    async def _settle(self, client: AsyncWebClient, sitting: Sitting, row: Sent) -> None:
        ts = await self._found(client, sitting, row)
        sent = row.last_sent or sitting.started_at
        if ts is not None:
            await self._adopt(client, sitting, row, ts)
        elif row.state is State.UNKNOWN and self.inbox.clock() - sent >= ABSENT_AFTER:
            until = max(row.out.until, self.inbox.clock() + ABSENT_AFTER)
            await self.inbox.db.write(lambda store: store.outbox.again(row.out.key, until))
            log.info("opening.again", key=row.out.key)
            self.inbox.poke()

    async def _found(self, client: AsyncWebClient, sitting: Sitting, row: Sent) -> str | None:
        me = str((await client.auth_test())["user_id"])
        oldest = (row.first_sent or sitting.started_at) - EARLY
        cursor = ""
        while True:
            page = await client.conversations_history(
                channel=sitting.channel,
                oldest=str(oldest.timestamp()),
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor,
            )
            for message in page.get("messages") or ():
                if _is_ours(message, row, me):
                    return str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None

    async def _opens(self, client: AsyncWebClient, channel: str, thread: str, row: Sent) -> bool:
        me = str((await client.auth_test())["user_id"])
        page = await client.conversations_replies(
            channel=channel, ts=thread, limit=1, include_all_metadata=True
        )
        return any(_is_ours(message, row, me) for message in page.get("messages") or ())

    async def _adopt(self, client: AsyncWebClient, sitting: Sitting, row: Sent, ts: str) -> None:
        """It stands there: so does all that was written under it."""
        key, channel = row.out.key, sitting.channel
        await self.inbox.db.write(lambda store: store.outbox.adopt(key, channel, ts))
        log.info("opening.found", key=key)
        await self._read_back(client, Thread(sitting, ts, ts))

    async def _read_back(self, client: AsyncWebClient, thread: Thread) -> None:
        me = str((await client.auth_test())["user_id"])
        async for said in missed(client, thread, me):
            if not said.addressed or thread_words.is_word(said.text):
                await self._caught_up(client, said, thread.sitting)

    async def _caught_up(self, client: AsyncWebClient, said: Invocation, sitting: Sitting) -> None:
        noted = await self.on_record(client, said)
        if noted is None:
            return
        met = await self.meet(noted.actor, noted.mentioned, noted.channel)
        request = replace(request_of(noted), met=met)
        try:
            guard.check(noted)
            await self.inbox.once(request, self.noting(noted, sitting))
        except UserError as error:
            message = words(error, "", "", await self.inbox.world())
            await self.inbox.tell(request, message)


def is_line(said: Invocation, sitting: Sitting | None) -> bool:
    """And not a command; once the meeting has ended, only what makes something."""
    if sitting is not None and sitting.ended_at is not None:
        return bool(captured(said.text))
    return not said.addressed or thread_words.is_word(said.text)


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


def _is_ours(message: Mapping[str, Any], row: Sent, bot_user: str) -> bool:
    """Posted by us as that row, whose id nobody else knows."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return message.get("user") == bot_user and payload.get("id") == row.id
