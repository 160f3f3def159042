"""The command line: `python -m bot run`, `sandbox`, `migrate`; errors in one sentence."""

import asyncio
import fcntl
import os
import signal
import sys
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
import yaml
from dotenv import dotenv_values

from bot import telemetry
from bot.app import SANDBOX, build, keep_what_is_loaded, running
from bot.config import Settings
from bot.demo.seeds import DEMO, fill, seeds
from bot.demo.world import World
from bot.errors import SetupError
from bot.sandbox.server import Sandbox
from bot.services.delivery import Said
from bot.storage import upkeep
from bot.storage.database import Store
from bot.world import require_fresh_zones, utc_now

ROOT = Path(__file__).resolve().parents[1]
BOT_TOKEN, APP_TOKEN = "xoxb-sandbox", "xapp-sandbox"

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def concerted() -> None:
    """Concerted keeps working groups in concert: action items, deadlines, meetings."""


@cli.command()
def run() -> None:
    """Start the bot in your Slack workspace, with the tokens in .env."""
    settings = _settings()
    settings.for_bot()
    upkeep.migrate(settings.database)
    asyncio.run(_until_told(_run(settings)))


@cli.command()
def sandbox() -> None:
    """Start bot and a Slack-like workspace on this computer; no account is needed."""
    settings = _settings()
    asyncio.run(_until_told(_sandbox(settings)))


@cli.command()
def migrate() -> None:
    """Bring the database to this version's schema; a SQLite file is copied first."""
    copy = upkeep.migrate(_settings().database)
    _say(f"The database is up to date.{f' Its copy of before: {copy}' if copy else ''}")


async def _run(settings: Settings) -> None:
    async with running(build(settings, utc_now)):
        keep_what_is_loaded()
        _say("Concerted is running. Ctrl-C ends it.")
        await asyncio.Event().wait()


async def _sandbox(settings: Settings) -> None:
    home = settings.data_dir / "sandbox"
    with _alone_in(home):
        await _open(settings, home)


async def _open(settings: Settings, home: Path) -> None:
    demo = World.load()
    worlds = seeds(demo)
    state = _fresh_pair(home / "concerted.db", home / "workspace.db")
    workspace = Sandbox(
        seed=worlds[DEMO],
        seeds=worlds,
        manifest=yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8")),
        now=utc_now,
        state_file=state,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
    )
    try:
        await workspace.start(settings.sandbox_port)
    except OSError as error:
        port = settings.sandbox_port
        raise SetupError(
            f"Port {port} is taken ({error.strerror}): stop what uses it, or choose another,"
            f" such as SANDBOX_PORT={port + 1} make run."
        ) from error
    try:
        await _live_in(workspace, settings, demo)
    finally:
        await workspace.stop()


async def _live_in(workspace: Sandbox, settings: Settings, demo: World) -> None:
    own = settings.for_sandbox(f"{workspace.url}/api/", BOT_TOKEN, APP_TOKEN)
    bot = build(own, workspace.now, world=SANDBOX)
    said: list[Said] = []
    bot.delivery.observe = said.append

    async def tick() -> list[dict[str, Any]]:
        said.clear()  # What was said before the clock moved is not news.
        await bot.work()
        return [_event(one) for one in said]

    async def reseed(name: str, seed: Mapping[str, Any]) -> bool:
        await bot.db.write(lambda store: _refill(store, demo, name), wait=10)
        await bot.keep()
        return True

    workspace.attach(next_due=bot.next_due, tick=tick, settle=bot.settled, reseed=reseed)
    async with running(bot, prepare=lambda store: _fill_once(store, demo)):
        keep_what_is_loaded()
        _say(f"Concerted's sandbox is at {workspace.url}  (Ctrl-C ends it)")
        await asyncio.Event().wait()


@contextmanager
def _alone_in(home: Path) -> Iterator[None]:
    """Two sandboxes in one folder would write over each other. Raises SetupError."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / "lock").open("w")
    except OSError as error:
        raise SetupError(f"The folder {home} cannot be written: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SetupError(
                f"Another sandbox runs in {home}: end that one, or give this one a folder of its"
                " own with DATA_DIR."
            ) from None
        yield


def _fill_once(store: Store, demo: World) -> None:
    if store.groups.programme() is None and not store.groups.people():
        fill(store, demo)


def _refill(store: Store, demo: World, name: str) -> None:
    store.empty()
    fill(store, demo, name)


def _event(said: Said) -> dict[str, Any]:
    return {
        "at": said.at.isoformat(),
        "kind": said.kind,
        "key": said.key,
        "channel": said.channel,
        "ts": said.ts,
    }


def _fresh_pair(database: Path, state: Path) -> Path:
    """The two files tell of each other: without one, the other is of no use."""
    if database.exists() != state.exists():
        for path in (database, state):
            for file in path.parent.glob(f"{path.name}*"):
                file.unlink()
    upkeep.migrate(f"sqlite:///{database}")
    return state


async def _until_told(life: Coroutine[Any, Any, None]) -> None:
    """Ctrl-C and SIGTERM end it cleanly."""
    task = asyncio.create_task(life)
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        _say("Ended; everything is kept.")


def _settings() -> Settings:
    require_fresh_zones()
    try:
        written = dotenv_values(".env")
    except (OSError, ValueError) as error:
        raise SetupError(
            ".env cannot be read: save it as plain text in UTF-8 that this user may read,"
            " as .env.example shows."
        ) from error
    settings = Settings.load({**written, **os.environ})
    telemetry.set_up(settings.log_level, settings.log_format)
    return settings


def _say(words: str) -> None:
    typer.echo(words)


def main() -> None:
    try:
        cli()
    except SetupError as error:
        for problem in error.problems:
            typer.echo(f"Concerted cannot start: {problem}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
