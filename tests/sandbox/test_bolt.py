"""The real Bolt meets the workspace over HTTP and WebSocket."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Hands, bolt

FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "New"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What?"},
            "element": {"type": "plain_text_input", "action_id": "what"},
        }
    ],
}


def listeners(app: AsyncApp) -> None:
    async def do(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=body["channel_id"], text=f"Did {body['text']}.")
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack(text=f"Doing {body['text']}.")

    async def save(ack: Any, view: dict[str, Any]) -> None:
        value = view["state"]["values"]["what"]["what"]["value"]
        await (ack() if value != "bad" else ack(response_action="errors", errors={"what": "No."}))

    async def mention(event: dict[str, Any], say: Any, context: AsyncBoltContext) -> None:
        await say(text=f"You are {context.user_id}.", thread_ts=event["ts"])

    async def nothing(event: dict[str, Any]) -> None:
        assert event["type"]

    app.command("/do")(do)
    app.view("form")(save)
    app.event("app_mention")(mention)
    app.event("message")(nothing)


async def test_a_command_is_acked_with_text_posts_a_message_and_opens_a_form(
    sandbox: Sandbox, hands: Hands
) -> None:
    async with bolt(sandbox, listeners):
        done = await hands.post("command", user="ann", channel="#open", command="/do", text="it")
        assert done["acked"]
        assert done["response"] == {"text": "Doing it."}
        assert [m["text"] for m in done["seen"]] == ["Did it.", "Doing it."]
        assert [m.get("ephemeral", False) for m in done["seen"]] == [False, True]
        assert await hands.texts("#open", "ben") == ["Did it."]
        [view] = (await hands.get("view/ann"))["views"]
        assert view["callback_id"] == "form"


async def test_a_form_keeps_what_was_typed_when_refused_and_closes_when_taken(
    sandbox: Sandbox, hands: Hands
) -> None:
    async with bolt(sandbox, listeners):
        await hands.post("command", user="ann", channel="#open", command="/do", text="it")
        [view] = (await hands.get("view/ann"))["views"]
        form = {"user": "ann", "view_id": view["id"]}
        refused = await hands.post("submit", **form, values={"what": "bad"})
        assert refused["errors"] == {"what": "No."}
        [still] = (await hands.get("view/ann"))["views"]
        assert still["state"]["values"]["what"]["what"]["value"] == "bad"
        await hands.post("submit", **form, values={"what": "good"})
        assert (await hands.get("view/ann"))["views"] == []


async def test_a_mention_is_answered_in_its_thread(sandbox: Sandbox, hands: Hands) -> None:
    async with bolt(sandbox, listeners):
        said = await hands.post("message", user="ben", channel="#open", text="@helper who am I?")
        assert said["acked"]
        told = await hands.texts("#open", "ben", thread_ts=said["ts"])
        assert told == ["<@U0BOT> who am I?", "You are U0BEN."]
