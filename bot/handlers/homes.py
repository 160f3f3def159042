"""Home tabs that somebody has open: shown when looked at, and again when what they tell changed."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.model import ChannelId, UserId
from bot.domain.notices import Holiday
from bot.handlers.replies import later
from bot.services import overview
from bot.services.inbox import Inbox

PAUSE = 0.1
"""Seconds in which further changes are waited for: of a burst only the end is shown."""
BURSTS = 20
"""However long a burst lasts, something is shown after so many pauses."""


@dataclass(slots=True)
class _Tab:
    hash: str | None = None
    stale: bool = False
    busy: bool = False


class Homes:
    """Of those who have looked at their Home since the start."""

    def __init__(self, inbox: Inbox, holiday: Holiday, pause: float = PAUSE) -> None:
        self._inbox = inbox
        self._holiday = holiday
        self._pause = pause
        self._tabs: dict[UserId, _Tab] = {}

    @property
    def any_open(self) -> bool:
        return bool(self._tabs)

    def opened(self, client: AsyncWebClient, user: UserId) -> None:
        self._tabs.setdefault(user, _Tab())
        later(self._publish(client, user))

    def changed(self, client: AsyncWebClient, users: Iterable[UserId]) -> None:
        """Show anew, after the acknowledgement, what these people have open."""
        for user in users:
            tab = self._tabs.get(user)
            if tab is None:
                continue
            tab.stale = True
            if not tab.busy:
                tab.busy = True
                later(self._follow(client, user, tab))

    async def happened(self, client: AsyncWebClient, user: UserId, channel: ChannelId) -> None:
        """After an event that nobody typed, about the person or the channel."""
        if self.any_open:
            world = await self._inbox.world()
            person = world.people.get(user)
            if person is not None and person.left:
                self._tabs.pop(user, None)
            self.changed(client, overview.concerned_by_event(world, user, channel))

    async def _follow(self, client: AsyncWebClient, user: UserId, tab: _Tab) -> None:
        bursts = 0
        try:
            while tab.stale:
                tab.stale = False
                await asyncio.sleep(self._pause)
                bursts += 1
                if not tab.stale or bursts >= BURSTS:
                    bursts = 0
                    await self._publish(client, user)
        finally:
            tab.busy = False

    async def _publish(self, client: AsyncWebClient, user: UserId) -> None:
        """With the hash of what is there: where another was quicker, read and draw again."""
        tab = self._tabs.get(user)
        if tab is None:
            return  # They have left since.
        try:
            await self._show(client, user, tab, tab.hash)
        except SlackApiError as error:
            if error.response.get("error") != "hash_conflict":
                raise
            await self._show(client, user, tab, None)

    async def _show(
        self, client: AsyncWebClient, user: UserId, tab: _Tab, known: str | None
    ) -> None:
        inbox = self._inbox
        view = await overview.home(inbox.db, user, inbox.clock(), self._holiday)
        told = await client.views_publish(user_id=user, view=dict(view.payload), hash=known)
        shown = told.get("view") or {}
        tab.hash = str(shown["hash"]) if shown.get("hash") else None
