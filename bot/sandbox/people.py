"""What a person can do, and what they then see."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from bot.sandbox import chat, forms, payloads, responses, screen, typed
from bot.sandbox.desk import Desk
from bot.sandbox.hooks import Hook
from bot.sandbox.sockets import Delivery
from bot.sandbox.whereabouts import ControlError, Whereabouts
from bot.sandbox.workspace import Row

Done = dict[str, Any]


@dataclass(slots=True)
class Gesture:
    """Something done: what is known at once, what the bot still has to say to it."""

    answer: Done = field(default_factory=dict)
    work: Callable[[], Awaitable[Done]] | None = None
    finish: Callable[[], Done] | None = None


def outcome(delivery: Delivery | None) -> Done:
    if delivery is None:
        return {"acked": True, "ack_ms": None, "seq": None}
    told = {"acked": delivery.acked, "ack_ms": delivery.ms, "seq": delivery.seq}
    return told | ({"error": delivery.error} if delivery.error else {})


class People:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._where = Whereabouts(desk)

    # Saying and reacting

    def say(self, body: Mapping[str, Any]) -> Gesture:
        user = self._where.actor(body)
        channel = self._where.channel_to_write(body, user)
        text, thread_ts = str(body.get("text") or ""), body.get("thread_ts")
        self._check_typed(text, thread_ts)
        message = self._typed_message(user, channel, text)
        if thread_ts:
            parent = self._where.message(channel, str(thread_ts))
            message["thread_ts"] = parent.get("thread_ts", parent["ts"])
        workspace = self._desk.workspace
        workspace.put_message(channel["id"], message)
        workspace.mark_read(user["id"], channel["id"], message["ts"])
        told = {"thread_ts": message["thread_ts"]} if thread_ts else {}
        self._desk.journal.change("message", channel=channel["id"], ts=message["ts"], **told)

        async def tell() -> Done:
            return outcome(await self._desk.events.said(channel, message))

        return Gesture({"ts": message["ts"], "channel": channel["id"]}, tell)

    def _typed_message(self, user: Row, channel: Row, text: str) -> Row:
        workspace, name = self._desk.workspace, self._desk.manifest.bot_name
        if channel.get("is_im") and self._desk.manifest.read_only_tab:
            raise ControlError(409, "not_available", "The app's Messages tab is read-only.")
        marked = typed.message_text(workspace, text, name)
        return {
            "type": "message",
            "user": user["id"],
            "ts": workspace.next_ts(),
            "client_msg_id": str(uuid4()),
            "text": marked,
            "team": user["team_id"],
            "blocks": typed.rich_text(marked),
        }

    def _check_typed(self, text: str, thread_ts: Any) -> None:
        if not text.strip():
            raise ControlError(422, "invalid_input", "Slack sends no empty message.")
        first = text.split(maxsplit=1)[0]
        if first.startswith("/") and self._desk.manifest.command(first):
            if thread_ts:
                raise ControlError(409, "not_available", f"{first} does not work in threads.")
            raise ControlError(422, "invalid_input", f"{first} is a command: POST it as one.")

    def react(self, body: Mapping[str, Any]) -> Gesture:
        user = self._where.actor(body)
        channel = self._where.channel(body, user)
        message = self._where.message(channel, str(body.get("message_ts")))
        name, on = str(body.get("name") or "").strip(":"), body.get("present", True) is not False
        changed = chat.react(self._desk, channel["id"], message, user["id"], name, on)
        kind = "reaction_added" if on else "reaction_removed"
        event = {
            "type": kind,
            "user": user["id"],
            "reaction": name,
            "item": {"type": "message", "channel": channel["id"], "ts": message["ts"]},
            "item_user": message.get("user"),
        }

        async def tell() -> Done:
            return outcome(await self._desk.events.emit(kind, event) if changed else None)

        return Gesture({"changed": changed}, tell)

    # Commands and shortcuts

    def command(self, body: Mapping[str, Any]) -> Gesture:
        user = self._where.actor(body)
        self._where.refuse_external(user, "Slash commands")
        channel = self._where.channel_to_write(body, user)
        name, text = str(body.get("command") or ""), str(body.get("text") or "")
        if body.get("thread_ts"):
            raise ControlError(409, "not_available", "Slash commands do not work in threads.")
        registered = self._desk.manifest.command(name)
        if registered is None:
            raise ControlError(404, "no_such_command", f"{name} is not a command of this app.")
        escaped = bool(registered.get("should_escape"))
        told = typed.command_text(
            self._desk.workspace, text, escaped, self._desk.manifest.bot_name
        ).strip()
        payload = payloads.command(self._desk, user["id"], channel, name, told)
        before = self._desk.workspace.next_ts()
        hook = Hook(user["id"], channel["id"], self._desk.workspace.now())

        async def work() -> Done:
            delivery = await self._desk.sockets.deliver("slash_commands", payload)
            done = outcome(delivery) | {"response": responses.as_body(delivery.body)}
            return done | self._show_ack(delivery, hook, name, text)

        return Gesture({}, work, lambda: {"seen": self._seen(user, channel, before)})

    def _show_ack(self, delivery: Delivery, hook: Hook, name: str, text: str) -> Done:
        failure = delivery.error
        body = responses.as_body(delivery.body)
        if body and not failure:
            if body.get("response_type") == "in_channel":
                self._echo(hook, f"{name} {text}".strip())
            failure = responses.show(self._desk, hook, body)
            if failure:
                self._desk.journal.log("ack", "slash_commands", body, error=failure)
        if not failure:
            return {}
        words = f'{name} failed with the error "{failure}"'
        responses.notice(self._desk, hook.channel, hook.user, words)
        return {"error": failure}

    def _echo(self, hook: Hook, words: str) -> None:
        """Slack shows the channel what was typed when the answer is for the channel."""
        user = self._desk.workspace.users[hook.user]
        channel = self._desk.workspace.channels[hook.channel]
        message = self._typed_message(user, channel, words)
        self._desk.workspace.put_message(hook.channel, message)
        self._desk.journal.change("message", channel=hook.channel, ts=message["ts"])

    def _seen(self, user: Row, channel: Row, after: str) -> list[Row]:
        rows = self._desk.workspace.seen_by(user["id"], channel["id"])
        return [forms.shown_message(self._desk, channel["id"], m) for m in rows if m["ts"] > after]

    def shortcut(self, body: Mapping[str, Any]) -> Gesture:
        user = self._where.actor(body)
        self._where.refuse_external(user, "Shortcuts")
        callback = str(body.get("callback_id") or "")
        registered = self._desk.manifest.shortcut(callback)
        if registered is None:
            raise ControlError(404, "no_such_shortcut", f"No shortcut has the id {callback}.")
        if registered.get("type") == "message":
            channel = self._where.channel(body, user)
            message = self._where.message(channel, str(body.get("message_ts")))
            payload = payloads.message_shortcut(self._desk, user["id"], callback, channel, message)
        else:
            payload = payloads.global_shortcut(self._desk, user["id"], callback)
        return Gesture({}, lambda: self._interactive(payload))

    async def _interactive(self, payload: dict[str, Any]) -> Done:
        return outcome(await self._desk.sockets.deliver("interactive", payload))

    # Pressing things

    def interact(self, body: Mapping[str, Any]) -> Gesture:
        user = self._where.actor(body)
        if body.get("view_id"):
            view = self._where.view(user, str(body["view_id"]))
            forms.note(self._desk, view, body.get("values") or {})
            action = self._press(body, view["blocks"], view["id"])
            shown = forms.view_state(self._desk, view)
            payload = payloads.view_action(self._desk, user["id"], shown, action)
        else:
            channel = self._where.channel(body, user)
            message = self._where.message(channel, str(body.get("message_ts")), user)
            place = f"{user['id']}:{channel['id']}:{message['ts']}"
            action = self._press(body, message.get("blocks", []), place)
            drafts = self._desk.workspace.drafts.get(place, {})
            state = screen.state(message.get("blocks", []), drafts)
            payload = payloads.message_action(
                self._desk, user["id"], channel, message, action, state
            )
        return Gesture({}, lambda: self._interactive(payload))

    def _press(self, body: Mapping[str, Any], blocks: list[Row], place: str) -> Row:
        """The action as Slack reports it; a choice stays on the screen where it was made."""
        name = str(body.get("action") or "")
        found = screen.find(blocks, name, body.get("block_id"))
        if found is None:
            raise ControlError(404, "no_such_element", f"{name} is not on the screen now.")
        block, element = found
        if element.get("confirm") and not body.get("confirmed"):
            raise ControlError(
                409, "confirm_required", "Slack asks first.", confirm=element["confirm"]
            )
        value = forms.chosen(body, element)
        if value.get("type") in forms.KEPT_BY_SCREEN:
            key = f"{block['block_id']}/{element['action_id']}"
            self._desk.workspace.drafts.setdefault(place, {})[key] = value
        kept: Row = {k: element[k] for k in ("text", "placeholder", "url") if k in element}
        if element["type"] == "button" and "value" in element:
            kept["value"] = element["value"]
        return (
            kept
            | value
            | {
                "action_id": element["action_id"],
                "block_id": block["block_id"],
                "action_ts": self._desk.workspace.next_ts(),
            }
        )

    # Home

    def open_home(self, body: Mapping[str, Any]) -> Gesture:
        user = self._where.actor(body)
        self._where.refuse_external(user, "The Home tab")
        desk = self._desk
        event: Done = {
            "type": "app_home_opened",
            "user": user["id"],
            "channel": desk.workspace.im(user["id"])["id"],
            "tab": "home",
        }
        home = desk.workspace.homes.get(user["id"])
        if home:
            event["view"] = forms.view_state(desk, home)

        async def tell() -> Done:
            return outcome(await desk.events.emit("app_home_opened", event))

        return Gesture({}, tell, lambda: {"view": desk.workspace.homes.get(user["id"])})
