"""What is asked over HTTP: is it alive, can it work, and calendars at secret addresses."""

import errno
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256

from aiohttp import ETag, web

from bot.domain.feeds import PATH
from bot.errors import Busy, SetupError

# What must hold for the bot to be of use, by name: {"database": True, "socket": False}.
Readiness = Callable[[], Awaitable[Mapping[str, bool]]]

Fetch = Callable[[str], Awaitable[str | None]]
"""The calendar at a token; None: there is none, or none any more. Raises Busy."""
KEEP = {"Cache-Control": "private, max-age=900", "X-Content-Type-Options": "nosniff"}
"""A quarter of an hour in the reader's own cache (experience.md 11)."""
FORGET = {"Cache-Control": "no-store"}
_PLACE = r"{token:[\w-]{22}}"


def application(ready: Readiness, fetch: Fetch | None = None) -> web.Application:
    """Without `fetch` there are no calendars."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def readyz(_: web.Request) -> web.Response:
        facts = dict(await ready())
        well = all(facts.values())
        return web.json_response({"ok": well} | facts, status=200 if well else 503)

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    if fetch is not None:
        app.router.add_get(f"{PATH}{_PLACE}.ics", _calendars(fetch))
    return app


def _calendars(fetch: Fetch) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def calendar(request: web.Request) -> web.Response:
        try:
            found = await fetch(request.match_info["token"])
        except Busy:
            return web.Response(status=503, headers=FORGET | {"Retry-After": "60"})
        if found is None:
            return web.Response(status=404, headers=FORGET, text="There is no calendar here.\n")
        body = found.encode()
        tag = sha256(body).hexdigest()
        known = request.if_none_match or ()
        if any(one.value in (tag, "*") for one in known):
            response = web.Response(status=304, headers=KEEP)
        else:
            response = web.Response(
                body=body, content_type="text/calendar", charset="utf-8", headers=KEEP
            )
        response.etag = ETag(tag)
        return response

    return calendar


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
