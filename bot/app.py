"""The composition root: the only place that knows every part, and the bot's whole life."""

import asyncio
import gc
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Settings
from bot.domain.model import Membership, Role, TeamId, UserId
from bot.errors import Busy, SetupError
from bot.handlers.atlas import Atlas
from bot.handlers.doors import open_doors
from bot.handlers.replies import drained
from bot.handlers.surfaces import Surfaces
from bot.pulse import Pulse
from bot.scheduler import Liveness, ticks
from bot.services import calendars, checklist, decisions, privacy
from bot.services.changes import AtOnce
from bot.services.delivery import PACE, Delivery, Said
from bot.services.inbox import PATIENCE, Inbox
from bot.services.looks import look
from bot.services.notices import Planner
from bot.services.people import People
from bot.services.retention import Periods, forget
from bot.slack import Directory, Sender, Signature, profile
from bot.storage.database import UNHURRIED, Database, Store
from bot.telemetry import get_logger
from bot.web import application, serving
from bot.world import (
    Clock,
    country_name,
    country_named,
    country_of,
    find_zone,
    is_holiday,
    near_zones,
    region_named,
)

log = get_logger(__name__)

SLACK_SECONDS = 10
CONNECT_SECONDS = 3
DRAIN_SECONDS = 5
PLAN_SILENCE = 120
"""Seconds without a plan tick after which a monitor should look (experience.md 10)."""
LIVE, SANDBOX = "live", "sandbox"
WORLD, IDENTITY = "world", "db"
ATLAS = Atlas(
    find_zone, near_zones, country_of, country_named, country_name, region_named, is_holiday
)


@dataclass(frozen=True, slots=True)
class Bot:
    """Every part, made but not opened."""

    settings: Settings
    clock: Clock
    world: str
    db: Database
    client: AsyncWebClient
    directory: Directory
    sender: Sender
    people: People
    planner: Planner
    delivery: Delivery
    pulse: Pulse
    surfaces: Surfaces
    app: AsyncApp
    alive: Liveness

    async def plan(self) -> int:
        await self.surfaces.threads.settle(self.client)
        return await look(self.db, self.planner, self.clock())

    async def keep(self) -> None:
        """Forget what was kept long enough, refresh what is known of people."""
        now, periods = self.clock(), _periods(self.settings)
        await self.db.write(lambda store: forget(store, now, periods), wait=UNHURRIED)
        await privacy.scrub(self.db, now)
        await self.people.sync()

    async def work(self) -> list[Said]:
        await self.plan()
        return await self.delivery.deliver()

    async def next_due(self) -> datetime | None:
        """When something is to be said next, however far ahead."""
        first, now = self.planner.next_at, self.clock()
        return await self.db.read(lambda store: decisions.next_at(store, first(store, now)))

    async def settled(self) -> None:
        """Until nothing is being handled, planned or sent."""
        await drained(seconds=DRAIN_SECONDS)
        await self.pulse.settled()


def _periods(settings: Settings) -> Periods:
    return Periods(
        requests=timedelta(days=settings.keep_requests_days),
        messages=timedelta(days=settings.keep_messages_days),
        leavers=timedelta(days=settings.keep_leavers_days),
        replies=timedelta(days=settings.keep_replies_days),
        ended_groups=timedelta(days=settings.keep_ended_groups_days),
    )


def build(
    settings: Settings,
    clock: Clock,
    *,
    world: str = LIVE,
    pace: timedelta = PACE,
    patience: float = PATIENCE,
) -> Bot:
    """Make the parts and join them. No network, no disk, no threads yet."""
    tokens = settings.for_bot()
    db = Database(settings.database, pool=settings.database_pool)
    client = AsyncWebClient(
        token=tokens.bot.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=SLACK_SECONDS,
        retry_handlers=[],
    )
    app = AsyncApp(
        client=client,
        name="concerted",  # Not given, Bolt reads the source of every caller to find one: 0.1 s.
        process_before_response=True,
        logger=logging.getLogger("slack_bolt"),
    )
    directory = Directory(client, team="")
    sender = Sender(client, Signature("", b""))
    people = People(db, directory, clock, country_of, settings.default_zone)
    delivery = Delivery(db, sender, clock, is_holiday, pace)
    planner = Planner(is_holiday, country_name)
    pulse = Pulse(AtOnce(people, planner, delivery))
    inbox = Inbox(db, clock, pulse.poke, settings.default_zone, patience)
    url = settings.public_url
    doors = open_doors(
        inbox, people, find_zone, country_of, lambda it: profile(it, directory.team), ATLAS, url
    )
    doors.listen(app)
    return Bot(
        settings=settings,
        clock=clock,
        world=world,
        db=db,
        client=client,
        directory=directory,
        sender=sender,
        people=people,
        planner=planner,
        delivery=delivery,
        pulse=pulse,
        surfaces=doors,
        app=app,
        alive=Liveness(),
    )


@asynccontextmanager
async def running(
    bot: Bot, *, ticking: bool = True, prepare: Callable[[Store], None] | None = None
) -> AsyncIterator[Bot]:
    """Connected to Slack and on time, until the block ends. Raises SetupError.

    `prepare` is done once the database is ours and before anything is said.
    """
    async with AsyncExitStack() as stack:
        stack.push_async_callback(bot.db.close)
        timeout = aiohttp.ClientTimeout(total=SLACK_SECONDS, sock_connect=CONNECT_SECONDS)
        bot.client.session = await stack.enter_async_context(aiohttp.ClientSession(timeout=timeout))
        await _introduce(bot)
        if prepare is not None:
            await bot.db.write(prepare, wait=UNHURRIED)
        beating = asyncio.create_task(bot.pulse.beat(), name="pulse")
        stack.push_async_callback(_ended, bot.pulse, beating)
        scheduler = ticks(bot.plan, bot.delivery.deliver, bot.keep, bot.alive)
        stack.callback(lambda: scheduler.running and scheduler.shutdown(wait=False))
        stack.push_async_callback(drained, seconds=DRAIN_SECONDS)
        socket = await _connected(bot)
        stack.push_async_callback(socket.close_async)
        await _watched(stack, bot, socket)
        await _kept_once(bot)
        await bot.surfaces.threads.read_back(bot.client)
        if ticking:
            scheduler.start()
            bot.pulse.poke()
        log.info("bot.running", world=bot.world, team=bot.db.team)
        yield bot
    log.info("bot.stopped")


def keep_what_is_loaded() -> None:
    """Once after the start: to sweep all that was loaded holds up the loop for 0.2 s each time."""
    gc.collect()
    gc.freeze()


async def _introduce(bot: Bot) -> None:
    """Who are we, and is this our database? Marks it as ours the first time."""
    try:
        me = await bot.client.auth_test()
    except SlackApiError as error:
        raise SetupError(
            f"Slack refuses SLACK_BOT_TOKEN ({error.response['error']}): copy the Bot User OAuth"
            ' Token again from "OAuth & Permissions" of your app.'
        ) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SetupError(
            f"Slack cannot be reached at {bot.settings.slack_api_url}: see that this computer is"
            " online, and SLACK_API_URL if you set it."
        ) from error
    team = TeamId(str(me["team_id"]))
    bot.db.bind(team)
    bot.directory.team = team
    bot.sender.signature = await bot.db.write(lambda store: _claim(store, bot))


def _claim(store: Store, bot: Bot) -> Signature:
    now = bot.clock()
    world = store.marks.get(WORLD)
    if world is not None and world.value != bot.world:
        raise SetupError(
            f"This database belongs to the {world.value} world, not to the {bot.world} one: give"
            " DATABASE_URL or DATA_DIR a place of its own."
        )
    store.marks.set(WORLD, now, bot.world)
    identity = store.marks.get(IDENTITY)
    if identity is None:
        value = f"{secrets.token_hex(8)}:{secrets.token_hex(32)}"
        store.marks.set(IDENTITY, now, value)
    else:
        value = identity.value
    checklist.begin(store, map(UserId, bot.settings.coordinators), now)
    for user in bot.settings.coordinators:
        store.groups.set_role(Membership(UserId(user), None, Role.COORDINATOR))
    name, _, key = value.partition(":")
    return Signature(name, bytes.fromhex(key))


async def _connected(bot: Bot) -> AsyncSocketModeHandler:
    """Bolt would try a bad app token for ever, so it is tried once here (B8)."""
    token = bot.settings.for_bot().app.get_secret_value()
    try:
        await bot.client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        raise SetupError(
            f"Slack refuses SLACK_APP_TOKEN ({error.response['error']}): make an app-level token"
            ' with the scope connections:write under "Basic Information" of your app.'
        ) from error
    socket = AsyncSocketModeHandler(bot.app, token, ping_interval=5)
    await socket.connect_async()
    return socket


async def _kept_once(bot: Bot) -> None:
    """Before the first word, if it goes well; else the tick does it."""
    try:
        await bot.keep()
    except (Busy, SlackClientError, aiohttp.ClientError, TimeoutError) as error:
        log.warning("keep.postponed", reason=str(error))


async def _watched(stack: AsyncExitStack, bot: Bot, socket: AsyncSocketModeHandler) -> None:
    """Health and calendars over HTTP, if a port for it is set."""
    if bot.settings.http_port is not None:
        fetch = calendars.reader(bot.db, bot.clock) if bot.settings.public_url else None
        site = application(lambda: _readiness(bot, socket), fetch)
        address = bot.settings.http_host, bot.settings.http_port
        await stack.enter_async_context(serving(site, *address))


async def _readiness(bot: Bot, socket: AsyncSocketModeHandler) -> dict[str, bool]:
    planned_at = bot.alive.age("plan")
    return {
        "database": await bot.db.read(lambda store: store.marks.get(WORLD) is not None),
        "socket": await socket.client.is_connected(),
        "planning": planned_at is not None and planned_at < PLAN_SILENCE,
    }


async def _ended(pulse: Pulse, beating: "asyncio.Task[None]") -> None:
    """What is being posted is posted; what hangs is given up, its row will be `unknown`."""
    pulse.stop()
    await asyncio.wait({beating}, timeout=SLACK_SECONDS)
    beating.cancel()
