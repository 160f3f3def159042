"""What is said back: outcomes by the way the request came, and errors turned into words."""

import asyncio
import functools
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from time import monotonic
from typing import Protocol, TypeVar

import structlog
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.domain.model import Programme, World
from bot.domain.outbox import Message
from bot.errors import BadInput, Busy, Code, NotFound, UserError
from bot.handlers import payloads
from bot.handlers.asides import request_of, say
from bot.handlers.captures import as_command, captured
from bot.handlers.registry import Invocation
from bot.handlers.sentence import is_add
from bot.handlers.thread_words import recorded
from bot.services import receipts
from bot.services.access import offered_to
from bot.services.inbox import COMMAND, Inbox, OpenModal, Outcome, Reply
from bot.telemetry import get_logger
from bot.views import errors
from bot.views.blocks import Field, chartless
from bot.views.item_forms import detail_modal

log = get_logger(__name__)
_NAMES_A_GROUP = re.compile(r"\bfor\s", re.IGNORECASE)
_ADDS_DEADLINE = re.compile(r"deadline\s+add\b", re.IGNORECASE)
TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired"})
CHOPPED = 1900
"""What a field of a form shows of an error at most."""


class Door(Protocol):
    @property
    def inbox(self) -> Inbox: ...


Owner = TypeVar("Owner", bound=Door)
Listener = Callable[[Owner, AsyncArgs], Awaitable[None]]
Guarded = Callable[[Owner, AsyncArgs], Awaitable[BoltResponse | None]]

_at_work: set[asyncio.Task[object]] = set()  # Bolt keeps no hold of its own tasks (B5)


def guarded(listener: Listener[Owner]) -> Guarded[Owner]:
    """Let nothing out of a listener: what goes wrong is said where the person is.

    An event that could not be stored is refused with 500, so that Slack brings it again.
    """

    @functools.wraps(listener)
    async def safe(self: Owner, args: AsyncArgs) -> BoltResponse | None:
        task = asyncio.current_task()
        if task is not None:
            _at_work.add(task)
        began = monotonic()
        args.body = payloads.storable_body(args.body)
        try:
            with structlog.contextvars.bound_contextvars(**_context(args)):
                return await _answered(listener(self, args), self.inbox, args, began)
        finally:
            if task is not None:
                _at_work.discard(task)

    return safe


async def _answered(
    work: Awaitable[None], inbox: Inbox, args: AsyncArgs, began: float
) -> BoltResponse | None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - the last door before Bolt
        return await _confessed(error, inbox, args, began)
    said = payloads.invocation(args.body, args.context.bot_user_id)
    level = logging.INFO if payloads.is_heard(said) else logging.DEBUG
    log.log(level, "request.done", ms=_ms(began))
    return None


async def drained(seconds: float) -> None:
    """Wait for the listeners that are still at work, but not for ever."""
    waiting = {task for task in _at_work if task is not asyncio.current_task()}
    if waiting:
        await asyncio.wait(waiting, timeout=seconds)


def later(work: Coroutine[object, object, None]) -> None:
    """After the ack: what Slack need not wait for. It must not matter if it is lost."""
    task: asyncio.Task[object] = asyncio.ensure_future(_quietly(work))
    _at_work.add(task)
    task.add_done_callback(_at_work.discard)


async def _quietly(work: Coroutine[object, object, None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - told in the log; nobody waits for it
        log.warning("answer.lost", reason=type(error).__name__)


async def deliver(args: AsyncArgs, inbox: Inbox, said: Invocation, outcome: Outcome) -> None:
    """Acknowledge with the outcome, by the way the request came."""
    if isinstance(outcome, OpenModal) and said.source == payloads.VIEW:
        await args.ack(response_action="update", view=dict(outcome.view))
    elif isinstance(outcome, OpenModal):
        await _open(args, outcome.view)
        await args.ack()
    elif isinstance(outcome, Reply) and said.source == COMMAND and not _charted(outcome):
        await _ack(args, outcome.message)
    else:
        await args.ack()
        if isinstance(outcome, Reply) and not said.by_outbox:
            await _privately(args, inbox, said, outcome.message, rewrites=outcome.rewrites)


def _charted(reply: Reply) -> bool:
    """Of an acknowledgement nobody hears whether Slack took its charts."""
    return chartless(reply.message) != reply.message


async def _ack(args: AsyncArgs, message: Message) -> None:
    blocks = [dict(block) for block in message.blocks] or None
    await args.ack(text=message.text, blocks=blocks, response_type="ephemeral")


async def _open(args: AsyncArgs, view: Mapping[str, object]) -> None:
    """Raises Busy when it took so long that Slack opens no form any more."""
    trigger = str(args.body.get("trigger_id") or "")
    modal = payloads.place(args.body).view == "modal"
    show = args.client.views_push if modal else args.client.views_open
    try:
        await show(trigger_id=trigger, view=dict(view))
    except SlackApiError as error:
        if str(error.response.get("error")) in TOO_LATE:
            raise Busy("Slack opens no form so long after the click.") from error
        raise


async def _privately(
    args: AsyncArgs, inbox: Inbox, said: Invocation, message: Message, *, rewrites: bool = False
) -> None:
    """For the asker's eyes: in the form or tab they look at, else beneath the message."""
    place = payloads.place(args.body)
    if place.view == "modal" and said.source == payloads.ACTION:
        await args.client.views_update(view_id=place.view_id, view=_shown(message))
    elif place.view == "home" and said.trigger:
        await _open(args, _shown(message))
    else:
        later(say(args, inbox, said, message, place, rewrites))


async def _confessed(
    error: Exception, inbox: Inbox, args: AsyncArgs, began: float
) -> BoltResponse | None:
    """Say what went wrong; our own faults with the reference that the log has."""
    reference = secrets.token_hex(3).upper()
    if isinstance(error, UserError):
        log.info("request.refused", **error.named, ms=_ms(began))
    elif isinstance(error, Busy):
        log.warning("request.busy", ms=_ms(began))
    else:
        log.error("request.failed", reference=reference, ms=_ms(began), exc_info=error)
    event = payloads.kind_of(args.body) == payloads.EVENT
    if event and isinstance(error, Busy):
        return BoltResponse(status=500, body="")
    try:
        await _say_error(error, reference, inbox, args)
    except Exception as second:
        log.error("request.unanswered", reference=reference, exc_info=second)
        if event:
            return BoltResponse(status=500, body="")
        await args.ack()
    return None


async def _say_error(error: Exception, reference: str, inbox: Inbox, args: AsyncArgs) -> None:
    said = payloads.invocation(args.body, args.context.bot_user_id)
    if said is None:
        await args.ack()
        return
    world = await _world(inbox)
    message = _words(error, reference, said, world)
    if said.source == payloads.VIEW:
        await _in_form(error, message, args, world, offered_to(world, said.actor))
    elif said.source == COMMAND:
        await _ack(args, message)
    elif said.by_outbox:
        await inbox.tell(request_of(said), message)
        await _mark(error, inbox, said)
    else:
        await args.ack()
        await _privately(args, inbox, said, message)


async def _mark(error: Exception, inbox: Inbox, said: Invocation) -> None:
    """At the message whose line was not taken down; not where it calls attention to a patient."""
    shy = isinstance(error, UserError) and error.code is Code.PATIENT_DATA
    if not (said.ts and captured(said.text)) or said.direct or shy:
        return
    channel, ts = said.channel, said.ts
    await inbox.db.write(lambda store: receipts.refuse(store, channel, ts, inbox.clock()))
    inbox.poke()


def _words(error: Exception, reference: str, said: Invocation, world: World) -> Message:
    typed = in_full(said, world)
    if isinstance(error, UserError | Busy):
        return errors.words(error, typed, said.command, world, offered_to(world, said.actor))
    return errors.our_fault(reference, typed, said.command)


def in_full(said: Invocation, world: World) -> str:
    """The line as it can be said elsewhere: a refusal is read in the DM, not in the channel."""
    here = next((g for g in world.groups.values() if g.channel == said.channel), None)
    text = as_command(recorded(said.text)) if said.by_outbox else said.text
    adds = is_add(text) or _ADDS_DEADLINE.match(text)
    if not (said.by_outbox and here and adds) or _NAMES_A_GROUP.search(text):
        return text
    return f"{text} for {here.key}"


async def _in_form(error: Exception, message: Message, args: AsyncArgs, *worlds: World) -> None:
    """At the field it is about, else at the first: what was typed stays."""
    inputs = payloads.inputs_of(args.body)
    field = error.field if isinstance(error, BadInput) else None
    if isinstance(error, NotFound):
        field = Field.NEEDS  # the only input that names other things
    block = field if field in inputs else next(iter(inputs), None)
    if block is None:
        await args.ack(response_action="update", view=_shown(message))
        return
    words = errors.field_words(error, *worlds) if isinstance(error, UserError) else message.text
    await args.ack(response_action="errors", errors={block: words[:CHOPPED]})


def _shown(message: Message) -> dict[str, object]:
    return dict(detail_modal("Concerted", message).payload)


async def _world(inbox: Inbox) -> World:
    """Names for the sentence; without a database there are none."""
    try:
        return await inbox.world()
    except Busy:
        return World(Programme("", inbox.default_zone))


def _context(args: AsyncArgs) -> dict[str, str]:
    """Ids only: no words, no names."""
    said = payloads.invocation(args.body, args.context.bot_user_id)
    if said is None:
        return {"door": payloads.kind_of(args.body)}
    return {
        "door": said.source, "user": said.actor, "channel": said.channel, "command": said.command,
    }  # fmt: skip


def _ms(began: float) -> int:
    return round((monotonic() - began) * 1000)
