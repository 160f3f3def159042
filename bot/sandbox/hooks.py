"""Response addresses: where each leads, and how often and how long it still works."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

MAX_USES = 5
LIFETIME = timedelta(minutes=30)


@dataclass(slots=True)
class Hook:
    user: str
    channel: str
    made: datetime
    source_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class Hooks:
    """Lifetime is counted on the workspace's clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._hooks: dict[str, Hook] = {}

    def make(
        self,
        kind: str,
        channel: str,
        user: str,
        source_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """A new path for `commands` or `actions`."""
        key = f"{kind}/{secrets.token_hex(12)}"
        self._hooks[key] = Hook(user, channel, self._now(), source_ts, thread_ts)
        return f"/hooks/{key}"

    def forget(self) -> None:
        """Drop the addresses of a world that is no more."""
        self._hooks.clear()

    def use(self, key: str) -> Hook | str:
        """The hook, counted as used once more, or Slack's word for why not."""
        hook = self._hooks.get(key)
        if hook is None:
            return "no_such_url"
        if self._now() - hook.made > LIFETIME:
            return "expired_url"
        if hook.uses >= MAX_USES:
            return "used_url"
        hook.uses += 1
        return hook
