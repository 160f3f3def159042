"""The server answers on loopback, to its own name and to its own page."""

from __future__ import annotations

import inspect

import pytest

from bot.sandbox.pages import FOLDER
from bot.sandbox.server import HOST, Sandbox
from tests.sandbox.conftest import MANIFEST, SEED, Clock, Hands


async def test_it_listens_on_loopback_and_takes_no_other_host(sandbox: Sandbox) -> None:
    assert HOST == "127.0.0.1"
    assert sandbox.url.startswith("http://127.0.0.1:")
    assert set(inspect.signature(sandbox.start).parameters) == {"port"}
    assert sandbox._runner is not None
    assert [address[0] for address in sandbox._runner.addresses] == ["127.0.0.1"]


async def test_a_taken_port_is_an_error_of_the_system(sandbox: Sandbox, clock: Clock) -> None:
    second = Sandbox(seed=SEED, manifest=MANIFEST, now=clock)
    with pytest.raises(OSError, match="address already in use"):
        await second.start(int(sandbox.url.rpartition(":")[2]))
    await second.stop()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
    ],
)
async def test_foreign_names_and_sites_are_refused(hands: Hands, headers: dict[str, str]) -> None:
    for path in ("/", "/_control/state", "/api/auth.test", "/link"):
        async with hands.session.get(hands.sandbox.url + path, headers=headers) as answer:
            assert answer.status == 403, path


async def test_the_page_may_load_nothing_from_elsewhere(hands: Hands) -> None:
    async with hands.session.get(hands.sandbox.url + "/") as answer:
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "http" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_only_the_pages_own_files_are_served(hands: Hands) -> None:
    script = next(FOLDER.glob("*.js")).name
    async with hands.session.get(f"{hands.sandbox.url}/{script}") as answer:
        assert (answer.status, answer.content_type) == (200, "text/javascript")
    for path in ("/none.js", "/..%2fserver.py", "/%2e%2e/server.py"):
        async with hands.session.get(hands.sandbox.url + path) as answer:
            assert answer.status == 404
