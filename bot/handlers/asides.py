"""What one person alone is told beneath what they look at, and by DM where that cannot be."""

from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError

from bot.domain.outbox import Message
from bot.handlers.gestures import Place
from bot.handlers.registry import Invocation
from bot.services.inbox import Inbox, Request
from bot.telemetry import get_logger
from bot.views.blocks import chartless

log = get_logger(__name__)
BAD_BLOCKS = "invalid_blocks"


def request_of(said: Invocation) -> Request:
    """For the inbox; an answer to a message goes under it."""
    thread = said.thread_ts or (None if said.direct else said.ts)
    return Request(
        source=said.source,
        key=said.key,
        actor=said.actor,
        channel=said.channel,
        alt=said.alt,
        thread_ts=thread,
        speaks=said.speaks,
        by_outbox=said.by_outbox,
        direct=said.direct,
    )


async def say(
    args: AsyncArgs,
    inbox: Inbox,
    said: Invocation,
    message: Message,
    place: Place,
    rewrites: bool,
) -> None:
    """Ephemeral, by the hook of the gesture or into the channel; where neither can be, a DM."""
    try:
        if await _shown(args, said, message, place, rewrites):
            return
    except Exception as error:  # noqa: BLE001 - there is another way
        log.info("answer.by_dm", reason=type(error).__name__)
    await inbox.tell(request_of(said), message)


async def _shown(
    args: AsyncArgs, said: Invocation, message: Message, place: Place, rewrites: bool
) -> bool:
    if place.response_url:
        return await _by_hook(args, message, rewrites and place.ephemeral)
    if not said.channel:
        return False
    try:
        await _beneath(args, said, message)
    except SlackApiError as error:
        plainer = chartless(message)
        if error.response.get("error") != BAD_BLOCKS or plainer == message:
            raise
        await _beneath(args, said, plainer)
    return True


async def _by_hook(args: AsyncArgs, message: Message, replaces: bool) -> bool:
    """What is refused with charts is tried without: a hook need not tell why."""
    plainer = chartless(message)
    for shown in [message] if plainer == message else [message, plainer]:
        answer = await args.respond(
            text=shown.text,
            blocks=[dict(block) for block in shown.blocks],
            response_type="ephemeral",
            replace_original=replaces,
            unfurl_links=False,
            unfurl_media=False,
        )
        if answer.status_code == 200:
            return True
    return False


async def _beneath(args: AsyncArgs, said: Invocation, message: Message) -> None:
    await args.client.chat_postEphemeral(
        channel=said.channel,
        user=said.actor,
        text=message.text,
        blocks=[dict(block) for block in message.blocks],
        thread_ts=said.thread_ts,
    )
