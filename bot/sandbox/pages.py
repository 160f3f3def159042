"""The page's files, and what keeps strangers and foreign sites out."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.whereabouts import ControlError

FOLDER = Path(__file__).parent / "page"
CONTENT_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".json": "application/json",
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        " img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_OWN_NAMES = frozenset(("127.0.0.1", "localhost", "::1"))


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse names and sites that are not this machine; put refusals into JSON."""
    if not _is_ours(request):
        raise web.HTTPForbidden(text="This workspace answers only on its own machine.")
    try:
        response = await handler(request)
    except ControlError as error:
        told = {"ok": False, "error": error.code, "detail": error.detail} | error.more
        response = web.json_response(told, status=error.status)
    if not response.prepared:
        response.headers.update(_HEADERS)
    return response


def _is_ours(request: web.Request) -> bool:
    if not _is_own_name(f"//{request.host}", request):
        return False
    origin = request.headers.get("Origin")
    return origin is None or _is_own_name(origin, request)


def _is_own_name(address: str, request: web.Request) -> bool:
    try:
        read = urlsplit(address)
        name, port = read.hostname, read.port
    except ValueError:
        return False
    bound = request.transport.get_extra_info("sockname")[1] if request.transport else None
    return name in _OWN_NAMES and port == bound


def routes() -> list[web.RouteDef]:
    return [
        web.get("/", _index),
        web.get("/archives/{channel}/{message}", _archive),
        web.get(r"/{path:.+\.[a-z0-9]+}", _file),
    ]


async def _index(request: web.Request) -> web.Response:
    return _serve("index.html" if (FOLDER / "index.html").exists() else "page.html")


async def _file(request: web.Request) -> web.Response:
    return _serve(request.match_info["path"])


def _serve(path: str) -> web.Response:
    file = (FOLDER / path.replace("\0", "")).resolve()
    content_type = CONTENT_TYPES.get(file.suffix)
    if content_type is None or not file.is_relative_to(FOLDER) or not file.is_file():
        raise web.HTTPNotFound(text="There is no such file here.")
    charset = None if content_type.startswith(("image/p", "image/x", "font/")) else "utf-8"
    return web.Response(body=file.read_bytes(), content_type=content_type, charset=charset)


async def _archive(request: web.Request) -> web.Response:
    """A permalink leads to the page, which scrolls to the message."""
    stamp = request.match_info["message"].removeprefix("p")
    ts = f"{stamp[:-6]}.{stamp[-6:]}"
    raise web.HTTPFound(f"/#/{request.match_info['channel']}@{ts}")
