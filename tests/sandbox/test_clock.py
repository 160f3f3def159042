"""The workspace's clock: forward only, everything due on the way in its order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.clock import duration, instant
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import START, Clock, Hands


class Bot:
    """A bot of due instants: each is said once, when the clock has reached it."""

    def __init__(self, sandbox: Sandbox, due: list[datetime]) -> None:
        self.sandbox, self.due = sandbox, due
        self.reseeded: list[str] = []
        self.settled = 0
        sandbox.attach(
            next_due=self.next_due, tick=self.tick, settle=self.settle, reseed=self.reseed
        )

    async def next_due(self) -> datetime | None:
        return min(self.due, default=None)

    async def tick(self) -> list[dict[str, Any]]:
        now = self.sandbox.now()
        said = sorted(at for at in self.due if at <= now)
        self.due = [at for at in self.due if at > now]
        return [{"at": now.isoformat(), "kind": "reminder", "key": at.isoformat()} for at in said]

    async def settle(self) -> None:
        self.settled += 1

    async def reseed(self, name: str, seed: Mapping[str, Any]) -> bool:
        self.reseeded.append(name)
        return True


def later(**parts: float) -> datetime:
    return START + timedelta(**parts)


async def test_the_clock_starts_where_the_seed_says(sandbox: Sandbox, clock: Clock) -> None:
    assert sandbox.now() == START
    clock.pass_(90)
    assert sandbox.now() == later(seconds=90)


async def test_what_is_due_on_the_way_happens_in_its_order_at_its_instant(
    sandbox: Sandbox, hands: Hands
) -> None:
    bot = Bot(sandbox, [later(days=2), later(hours=1), later(days=8)])
    moved = await hands.post("clock", advance="P1W")
    assert [event["at"] for event in moved["events"]] == [
        later(hours=1).isoformat(),
        later(days=2).isoformat(),
    ]
    assert (moved["from"], moved["now"]) == (START.isoformat(), later(days=7).isoformat())
    assert moved["truncated"] is False
    assert bot.due == [later(days=8)]
    assert sandbox.now() == later(days=7)


async def test_next_moves_to_the_next_event_and_stays_when_there_is_none(
    sandbox: Sandbox, hands: Hands
) -> None:
    Bot(sandbox, [later(days=2), later(days=3)])
    moved = await hands.post("clock", to="next")
    assert moved["now"] == later(days=2).isoformat()
    assert len(moved["events"]) == 1
    await hands.post("clock", to="next")
    still = await hands.post("clock", to="next")
    assert (still["from"], still["events"]) == (still["now"], [])


async def test_more_than_500_events_stop_the_clock_on_the_way(
    sandbox: Sandbox, hands: Hands
) -> None:
    Bot(sandbox, [later(minutes=minute) for minute in range(1, 502)])
    moved = await hands.post("clock", advance="P1D")
    assert moved["truncated"] is True
    assert len(moved["events"]) == 500
    assert moved["now"] == later(minutes=500).isoformat()


async def test_what_stays_due_for_ever_does_not_hold_the_clock(
    sandbox: Sandbox, hands: Hands
) -> None:
    bot = Bot(sandbox, [])

    async def stuck() -> datetime | None:
        return later(minutes=1)

    sandbox.attach(next_due=stuck, tick=bot.tick, settle=bot.settle, reseed=bot.reseed)
    moved = await hands.post("clock", advance="P1D")
    assert moved["now"] == later(days=1).isoformat()


async def test_the_clock_goes_forward_only(sandbox: Sandbox, hands: Hands) -> None:
    Bot(sandbox, [])
    refused = await hands.post("clock", 409, to=later(days=-1).isoformat())
    assert refused["error"] == "clock_backwards"
    moved = await hands.post("clock", to=later(days=1).isoformat())
    assert moved["now"] == later(days=1).isoformat()


async def test_the_clock_of_a_bot_elsewhere_cannot_be_moved(hands: Hands) -> None:
    assert (await hands.post("clock", 409, advance="P1D"))["error"] == "clock_not_attached"


@pytest.mark.parametrize(
    "body",
    [{}, {"advance": "P1M"}, {"advance": "1 day"}, {"advance": "P"}, {"to": "2027-03-02T09:00"}],
)
async def test_an_unreadable_time_is_refused(
    sandbox: Sandbox, hands: Hands, body: dict[str, str]
) -> None:
    Bot(sandbox, [])
    assert (await hands.post("clock", 400, **body))["error"] == "bad_request"


def test_durations_and_instants_are_read_as_iso_writes_them() -> None:
    assert duration("P1W") == timedelta(weeks=1)
    assert duration("P1DT2H30M5S") == timedelta(days=1, hours=2, minutes=30, seconds=5)
    assert duration("PT90M") == timedelta(minutes=90)
    assert duration("P1Y") is None
    assert instant("2027-03-01T10:00:00+01:00") == START
    assert instant("2027-03-01T10:00:00") is None


async def test_an_unanswered_event_comes_again_while_the_clock_is_moved(
    sandbox: Sandbox, hands: Hands
) -> None:
    Bot(sandbox, [])
    await hands.post("message", user="ann", channel="#open", text="Hi.")
    assert [e["error"] for e in await hands.log("events_api")] == ["dispatch_failed"] * 2
    await hands.post("clock", advance="PT1H")
    assert len(await hands.log("events_api")) == 4


async def test_reset_starts_anew_in_workspace_and_bot(sandbox: Sandbox, hands: Hands) -> None:
    bot = Bot(sandbox, [])
    await hands.post("clock", advance="P1D")
    await hands.api("chat.postMessage", channel="C0OPEN", text="Old.")
    told = await hands.post("reset", seed="structure")
    assert (told["bot_reset"], bot.reseeded) == (True, ["structure"])
    assert told["now"] == START.isoformat()
    assert await hands.texts("#open", "ann") == []
    told = await hands.post("reset", seed="demo", as_of=later(days=-30).isoformat())
    assert sandbox.now() == later(days=-30)
    assert (await hands.post("reset", 404, seed="other"))["error"] == "no_such_seed"


async def test_reset_without_an_attached_bot_says_so(hands: Hands) -> None:
    assert (await hands.post("reset"))["bot_reset"] is False
