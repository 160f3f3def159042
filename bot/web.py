"""What an operator's monitor asks over HTTP: is it alive, and can it work?"""

import errno
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import SetupError

# What must hold for the bot to be of use, by name: {"database": True, "socket": False}.
Readiness = Callable[[], Awaitable[Mapping[str, bool]]]


def application(ready: Readiness) -> web.Application:
    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def readyz(_: web.Request) -> web.Response:
        facts = dict(await ready())
        well = all(facts.values())
        return web.json_response({"ok": well} | facts, status=200 if well else 503)

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    return app


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Yields the port, which the system chooses for 0; SetupError if it cannot be had."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise SetupError(_refusal(error, host, port)) from None
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _refusal(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: stop it or choose another HTTP_PORT."
    return f"Cannot listen on {host}:{port}: check HTTP_HOST and HTTP_PORT ({error.strerror})."
