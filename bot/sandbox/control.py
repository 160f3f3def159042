"""The control API: JSON over HTTP for the page, tests and scripts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from bot.sandbox import forms
from bot.sandbox.clock import instant
from bot.sandbox.desk import Desk
from bot.sandbox.glance import Glance
from bot.sandbox.people import Gesture, People
from bot.sandbox.timemachine import TimeMachine
from bot.sandbox.whereabouts import ControlError, Whereabouts
from bot.sandbox.world import World

Body = Mapping[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Control:
    def __init__(
        self, desk: Desk, machine: TimeMachine, seeds: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self._desk, self._machine, self._seeds = desk, machine, seeds
        self._people, self._world = People(desk), World(desk)
        self._where, self._glance = Whereabouts(desk), Glance(desk, machine)

    def routes(self) -> list[web.RouteDef]:
        gestures: dict[str, Callable[[Body], Gesture]] = {
            "message": self._people.say,
            "command": self._command,
            "interact": self._people.interact,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._people.shortcut,
            "open-home": self._people.open_home,
            "reaction": self._people.react,
            "world": lambda body: Gesture(self._world.change(body)),
            "read": self._read,
        }
        routes = [
            web.post(f"/_control/{name}", self._gesture(act)) for name, act in gestures.items()
        ]
        return [
            *routes,
            web.post("/_control/clock", self._posted(self._machine.move)),
            web.post("/_control/faults", self._posted(self._faults)),
            web.post("/_control/reset", self._posted(self._reset)),
            web.get("/_control/state", self._asked(lambda r: self._glance.state(r.query))),
            web.get("/_control/messages/{channel}", self._messages),
            web.get(
                "/_control/view/{user}",
                self._asked(lambda r: self._glance.views(r.match_info["user"])),
            ),
            web.get(
                "/_control/home/{user}",
                self._asked(lambda r: self._glance.home(r.match_info["user"])),
            ),
            web.get("/_control/log", self._asked(lambda r: self._glance.log(r.query))),
            web.get("/_control/events", self._glance.follow),
        ]

    # Ways of answering

    def _gesture(self, act: Callable[[Body], Gesture]) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            body = await _body(request)
            wait = body.get("wait", "idle")
            if wait not in ("idle", "ack", "none"):
                raise ControlError(400, "bad_request", "wait is idle, ack or none.")
            return _ok(await self._carry_out(act(body), str(wait)))

        return handle

    async def _carry_out(self, gesture: Gesture, wait: str) -> dict[str, Any]:
        answer = dict(gesture.answer)
        if gesture.work is not None:
            work = self._desk.sockets.spawn(_coroutine(gesture.work))
            if wait != "none":
                answer |= await work
        if wait == "idle":
            answer["idle"] = await self._machine.idle()
        if gesture.finish is not None and wait != "none":
            answer |= gesture.finish()
        return answer

    def _posted(self, act: Callable[[Body], Awaitable[dict[str, Any]]]) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            return _ok(await act(await _body(request)))

        return handle

    def _asked(self, look: Callable[[web.Request], dict[str, Any]]) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            return _ok(look(request))

        return handle

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        return _ok(await self._glance.messages(request.match_info["channel"], request.query))

    # Gestures that are more than one thing

    def _command(self, body: Body) -> Gesture:
        """`/invite @name` is Slack's own command; all others are the app's."""
        if body.get("command") != "/invite":
            return self._people.command(body)
        actor = self._where.actor(body)
        channel = self._where.channel_to_write(body, actor)
        invited = self._where.user(str(body.get("text") or "").strip().lower())
        if invited["id"] not in channel["members"]:
            self._world.join(channel, invited["id"], actor["id"])
            self._desk.journal.change("world", channel=channel["id"])
        return Gesture({"response": {}, "seen": []})

    def _submit(self, body: Body) -> Gesture:
        user = self._where.actor(body)
        view = self._where.form(user, str(body.get("view_id") or ""))
        filled = forms.fill(self._desk, view, body.get("values") or {})
        return Gesture({}, lambda: forms.submit(self._desk, user["id"], filled))

    def _close(self, body: Body) -> Gesture:
        user = self._where.actor(body)
        view = self._where.form(user, str(body.get("view_id") or ""))
        told, everything = {"view_closed": bool(view["notify_on_close"])}, bool(body.get("all"))
        return Gesture(told, lambda: forms.close(self._desk, user["id"], view, everything))

    def _read(self, body: Body) -> Gesture:
        user = self._where.user(body.get("user"))
        channel = self._where.channel(body, user)
        self._desk.workspace.mark_read(user["id"], channel["id"], str(body.get("ts") or "0"))
        return Gesture({"unread": self._desk.workspace.unread(user["id"], channel["id"])})

    # The machinery around

    async def _faults(self, body: Body) -> dict[str, Any]:
        if body.get("clear"):
            self._desk.faults.clear()
        rules = body.get("set") or []
        if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
            raise ControlError(400, "bad_request", "set is a list of objects.")
        problem = self._desk.faults.set(rules)
        if problem:
            raise ControlError(400, "bad_request", problem)
        for rule in rules:
            if rule["kind"] == "disconnect":
                await self._desk.sockets.disconnect(rule.get("error") or "refresh_requested")
        self._desk.faults.served()
        self._desk.journal.change("faults")
        return {"faults": [fault.shown() for fault in self._desk.faults.active]}

    async def _reset(self, body: Body) -> dict[str, Any]:
        name = str(body.get("seed") or "demo")
        if name not in self._seeds:
            known = ", ".join(self._seeds)
            raise ControlError(404, "no_such_seed", f"There is no seed {name}; known: {known}.")
        seed = self._seeds[name]
        start = instant(str(body.get("as_of") or seed["now"]))
        if start is None:
            raise ControlError(400, "bad_request", "as_of needs a date, a time and an offset.")
        self._desk.sockets.forget()
        self._desk.hooks.forget()
        workspace = self._desk.workspace
        workspace.clock.offset += start - workspace.now()
        workspace.reseed(seed)
        self._desk.faults.clear()
        attached = self._machine.attached
        done = await attached.reseed(name, seed) if attached is not None else False
        idle = await self._machine.idle()
        self._desk.journal.change("reset", seed=name)
        return {"seed": name, "now": workspace.now().isoformat(), "bot_reset": done, "idle": idle}


async def _coroutine(work: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    return await work()


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except (ValueError, RecursionError) as error:
        raise ControlError(400, "bad_request", "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise ControlError(400, "bad_request", "The body is not a JSON object.")
    if not isinstance(body.get("values") or {}, dict):
        raise ControlError(400, "bad_request", "values is an object: block_id to value.")
    return body


def _ok(answer: Mapping[str, Any]) -> web.Response:
    return web.json_response({"ok": True} | dict(answer))
