"""What Slack tells of a gesture beside the request itself."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.domain.model import ChannelId, UserId
from bot.handlers.registry import Invocation
from bot.services.inbox import Met
from bot.views.blocks import Id

Meet = Callable[[UserId, Iterable[UserId], ChannelId | None], Awaitable[Met]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a gesture was made, for the answer: `view` is `modal`, `home` or empty."""

    response_url: str = ""
    ephemeral: bool = False
    view: str = ""
    view_id: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A shortcut; of a message its `text` and, in `by.thread_ts` and `by.ts`, where it is."""

    by: Invocation
    id: Id | None
    text: str = ""
    of_message: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that nobody typed. `actor` is whom it is about, `inviter` who brought them.

    `channel_now` is the new id of a channel that got one; `profile` is Slack's `user` object;
    `team` whose event it is; `ours`: it is about the bot itself.
    """

    kind: str
    key: str
    actor: UserId
    channel: ChannelId
    inviter: UserId | None = None
    name: str = ""
    channel_now: ChannelId | None = None
    tab: str = ""
    profile: Mapping[str, object] | None = None
    team: str = ""
    ours: bool = False
