"""The door out: post, rewrite, react, ask about people and channels; what each refusal means."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isfinite
from typing import NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.model import Channel, ChannelId, UserId
from bot.domain.outbox import Message, Sent, Way
from bot.errors import DeliveryError, Halted, Refused, TryAgain, Unknown
from bot.services.delivery import Posted
from bot.services.people import Profile
from bot.telemetry import get_logger
from bot.views.blocks import chartless

log = get_logger(__name__)

METADATA = "concerted_notice"
NO_RETRY_AFTER = 30.0
LONGEST_WAIT = 86_400.0
PAGE = 200

# reliability.md 7. What is in none of these may have been posted.
HALTING = frozenset(
    {"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"}
    | {"missing_scope"}
)
REFUSING = frozenset(
    {"channel_not_found", "is_archived", "not_in_channel", "ekm_access_denied", "cannot_dm_bot"}
    | {"messages_tab_disabled", "message_limit_exceeded", "user_disabled", "user_not_found"}
    | {"users_not_found", "invalid_user_combination", "team_access_not_granted"}
    | {"msg_too_long", "msg_blocks_too_long", "no_text", "too_many_attachments"}
    | {"metadata_too_large", "message_not_found", "cant_update_message", "edit_window_closed"}
    | {
        "invalid_attachments",
        "invalid_arguments",
        "thread_not_found",
        "invalid_metadata_format",
        "bad_timestamp",
        "no_reaction",
    }
)
BAD_BLOCKS = "invalid_blocks"
REFUSING_STARTS = ("restricted_action", BAD_BLOCKS)
DONE_BEFORE = frozenset({"already_reacted"})


@dataclass(frozen=True, slots=True)
class Signature:
    """Marks our messages: `db` is this database's id, the mac proves that the id is ours."""

    db: str
    key: bytes

    def metadata(self, row: str, channel: str, thread: str | None) -> dict[str, object]:
        words = f"{row}|{channel}|{thread or ''}".encode()
        mac = hmac.new(self.key, words, hashlib.sha256).hexdigest()[:32]
        return {"event_type": METADATA, "event_payload": {"id": row, "db": self.db, "mac": mac}}


@dataclass(slots=True)
class Sender:
    """Posts rows of the outbox. `client` must not retry by itself: that posts twice (B10)."""

    client: AsyncWebClient
    signature: Signature

    async def __call__(self, row: Sent, dm: ChannelId | None) -> Posted:
        try:
            return await self._sent_or_plainer(row, dm)
        except SlackApiError as error:
            _raise(error, row.out.way)
        except aiohttp.ClientConnectorError as error:
            raise TryAgain(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError, SlackClientError) as error:
            raise _unclear(type(error).__name__, row.out.way) from error

    async def _sent_or_plainer(self, row: Sent, dm: ChannelId | None) -> Posted:
        """What Slack refuses to show once more without charts, and at last as its text alone."""
        for plainer in _plainer(row.out.message):
            try:
                return await self._send(row, dm)
            except SlackApiError as error:
                if not _word(error).startswith(BAD_BLOCKS):
                    raise
                log.warning("notice.plainer", key=row.out.key, blocks=len(plainer.blocks))
            row = replace(row, out=replace(row.out, message=plainer))
        return await self._send(row, dm)

    async def _send(self, row: Sent, dm: ChannelId | None) -> Posted:
        if row.out.way is Way.EDIT:
            return await self._edit(row)
        channel = await self._channel(row.out.lane, dm)
        if row.out.way is Way.REACT:
            return await self._react(row, channel)
        answer = await self.client.chat_postMessage(
            channel=channel,
            text=row.out.message.text,
            blocks=[dict(block) for block in row.out.message.blocks] or None,
            thread_ts=row.out.thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            link_names=False,
            metadata=self.signature.metadata(row.id, channel, row.out.thread_ts),
        )
        return Posted(str(answer["channel"]), str(answer["ts"]))

    async def _edit(self, row: Sent) -> Posted:
        if row.channel is None or row.ts is None:
            raise Refused("message_not_found")
        await self.client.chat_update(
            channel=row.channel,
            ts=row.ts,
            text=row.out.message.text,
            blocks=[dict(block) for block in row.out.message.blocks],
        )
        return Posted(row.channel, row.ts)

    async def _react(self, row: Sent, channel: str) -> Posted:
        timestamp = row.out.thread_ts or ""
        try:
            await self.client.reactions_add(
                channel=channel, timestamp=timestamp, name=row.out.message.text
            )
        except SlackApiError as error:
            if _word(error) not in DONE_BEFORE:
                raise
        return Posted(channel, timestamp)

    async def _channel(self, lane: str, dm: ChannelId | None) -> str:
        """The `D…` channel of a person is opened once and then remembered."""
        if not lane.startswith(("U", "W")):
            return lane
        if dm is not None:
            return dm
        try:
            answer = await self.client.conversations_open(users=lane)
        except (TimeoutError, aiohttp.ClientError) as error:
            raise TryAgain(type(error).__name__) from error  # nothing was posted yet
        return str(answer["channel"]["id"])


def _plainer(message: Message) -> tuple[Message, ...]:
    """Each needs less of Slack than the one before; the text says all that matters."""
    if not message.blocks:
        return ()
    without = chartless(message)
    return (*([without] if without != message else []), Message(message.text))


def _raise(error: SlackApiError, way: Way) -> NoReturn:
    word, status = _word(error), getattr(error.response, "status_code", 0)
    if status == 429 or word in ("ratelimited", "rate_limited"):
        raise TryAgain("ratelimited", after=_retry_after(error)) from error
    if word in HALTING:
        optional = way is Way.REACT and word == "missing_scope"
        raise (Refused(word) if optional else Halted(word)) from error
    if word in REFUSING or word.startswith(REFUSING_STARTS):
        raise Refused(word) from error
    raise _unclear(word or f"http_{status}", way) from error


def _unclear(reason: str, way: Way) -> DeliveryError:
    """A rewrite or a reaction said twice is said once, so those may simply be tried again."""
    return Unknown(reason) if way is Way.POST else TryAgain(reason)


def _word(error: SlackApiError) -> str:
    data = getattr(error.response, "data", error.response)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _retry_after(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", {}) or {}
    found = next((v for k, v in headers.items() if k.lower() == "retry-after"), "")
    try:
        wait = float(found)
    except ValueError:
        return NO_RETRY_AFTER
    return min(max(1.0, wait), LONGEST_WAIT) if isfinite(wait) else NO_RETRY_AFTER


@dataclass(slots=True)
class Directory:
    """Who and what is in the workspace. Answers None where Slack will not tell."""

    client: AsyncWebClient
    team: str

    async def person(self, user: UserId) -> Profile | None:
        try:
            facts = (await self.client.users_info(user=user))["user"]
        except SlackApiError as error:
            if _word(error) in ("user_not_found", "users_not_found", "user_not_visible"):
                return None
            raise
        return profile(facts, self.team)

    async def channel(self, channel: ChannelId) -> Channel | None:
        try:
            facts = (await self.client.conversations_info(channel=channel))["channel"]
        except SlackApiError as error:
            if _word(error) in ("channel_not_found", "missing_scope"):
                return None
            raise
        return _channel(facts)

    async def members(self, channel: ChannelId) -> tuple[UserId, ...]:
        found: list[UserId] = []
        cursor = ""
        while True:
            page = await self.client.conversations_members(
                channel=channel, limit=PAGE, cursor=cursor
            )
            found += [UserId(user) for user in page["members"]]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return tuple(found)

    async def channels(self) -> tuple[Channel, ...]:
        """Those the bot is in."""
        found: list[Channel] = []
        cursor = ""
        while True:
            page = await self.client.conversations_list(
                types="public_channel,private_channel", limit=PAGE, cursor=cursor
            )
            found += [channel for facts in page["channels"] if (channel := _channel(facts)).bot_in]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return tuple(found)


def profile(facts: Mapping[str, object], team: str) -> Profile:
    """From the `user` object of users.info and of user_change."""
    details = facts.get("profile")
    shown = details if isinstance(details, dict) else {}
    # The whole name first: the one they show is often no more than their handle.
    names = (shown.get("real_name"), facts.get("real_name"), shown.get("display_name"))
    name = next((str(n) for n in names if n), str(facts.get("name") or facts["id"]))
    home = facts.get("team_id")
    return Profile(
        user=UserId(str(facts["id"])),
        name=name,
        handle=str(facts.get("name") or ""),
        zone=_zone(str(facts.get("tz") or "")),
        admin=bool(facts.get("is_admin") or facts.get("is_owner")),
        external=bool(facts.get("is_stranger")) or bool(home and team and home != team),
        home_team=str(home) if home else None,
        guest=bool(facts.get("is_restricted") or facts.get("is_ultra_restricted")),
        bot=bool(facts.get("is_bot")) or facts["id"] == "USLACKBOT",
        left=bool(facts.get("deleted")),
        updated=_moment(facts.get("updated")),
    )


def _moment(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) and seconds else None


def _zone(name: str) -> str | None:
    """None too for a zone that this computer's list does not have: nothing could be timed by it."""
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _channel(facts: Mapping[str, object]) -> Channel:
    return Channel(
        id=ChannelId(str(facts["id"])),
        name=str(facts.get("name") or ""),
        private=bool(facts.get("is_private")),
        archived=bool(facts.get("is_archived")),
        bot_in=bool(facts.get("is_member")),
        shared=bool(facts.get("is_ext_shared")),
    )
