"""Monitors are told the truth, and a port that cannot be had is a sentence."""

from collections.abc import Mapping

import aiohttp
import pytest

from bot.errors import SetupError
from bot.web import Readiness, application, serving


def saying(**facts: bool) -> Readiness:
    async def ready() -> Mapping[str, bool]:
        return facts

    return ready


async def answer(ready: Readiness, path: str) -> tuple[int, object]:
    async with (
        serving(application(ready), "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as client,
        client.get(f"http://127.0.0.1:{port}{path}") as response,
    ):
        return response.status, await response.json()


async def test_a_running_process_is_healthy_even_when_not_ready() -> None:
    assert await answer(saying(database=False), "/healthz") == (200, {"ok": True})


async def test_it_is_ready_when_everything_holds() -> None:
    said = await answer(saying(database=True, socket=True), "/readyz")
    assert said == (200, {"ok": True, "database": True, "socket": True})


async def test_what_does_not_hold_is_named() -> None:
    said = await answer(saying(database=True, socket=False), "/readyz")
    assert said == (503, {"ok": False, "database": True, "socket": False})


async def test_a_taken_port_is_told_with_its_remedy() -> None:
    app = application(saying())
    async with serving(app, "127.0.0.1", 0) as port:
        with pytest.raises(SetupError, match=rf"Port {port} is taken .* another HTTP_PORT\."):
            async with serving(application(saying()), "127.0.0.1", port):
                pytest.fail("two servers on one port")


async def test_a_host_that_is_not_ours_is_told_with_its_remedy() -> None:
    with pytest.raises(SetupError, match=r"Cannot listen on 192\.0\.2\.1:0: check HTTP_HOST"):
        async with serving(application(saying()), "192.0.2.1", 0):
            pytest.fail("listening on a stranger's address")
