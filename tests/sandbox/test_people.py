"""What people can do, as the bot hears of it, and what their client refuses them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.sandbox.conftest import Hands, Socket

Plug = Callable[[], Awaitable[Socket]]


def words(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def option(value: str) -> dict[str, Any]:
    return {"text": words(value.upper()), "value": value}


CONFIRM = {"title": words("Sure?"), "text": words("For good."), "confirm": words("Yes")}
CONFIRM["deny"] = words("No")
ROW: dict[str, Any] = {
    "type": "actions",
    "block_id": "row",
    "elements": [
        {"type": "button", "action_id": "go", "value": "7", "text": words("Go")},
        {"type": "button", "action_id": "drop", "text": words("Drop"), "confirm": CONFIRM},
        {"type": "overflow", "action_id": "more", "options": [option("a"), option("b")]},
        {"type": "static_select", "action_id": "pick", "options": [option("x"), option("y")]},
        {"type": "datepicker", "action_id": "day"},
    ],
}
FORM = {
    "type": "modal",
    "callback_id": "form",
    "notify_on_close": True,
    "title": words("New"),
    "submit": words("Save"),
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": words("What?"),
            "element": {"type": "plain_text_input", "action_id": "what", "initial_value": "As is"},
        },
        {
            "type": "input",
            "block_id": "who",
            "optional": True,
            "label": words("Who?"),
            "element": ROW["elements"][3] | {"action_id": "who"},
        },
        {
            "type": "input",
            "block_id": "when",
            "label": words("When?"),
            "element": {"type": "datepicker", "action_id": "when"},
        },
    ],
}


async def card(hands: Hands) -> dict[str, Any]:
    posted = await hands.api("chat.postMessage", channel="C0OPEN", text="Card.", blocks=[ROW])
    return {"channel": "#open", "message_ts": posted["ts"]}


async def form(hands: Hands, view: dict[str, Any] = FORM) -> str:
    await hands.post("command", user="ann", channel="#open", command="/do", wait="none")
    trigger = (await hands.log("slash_commands"))[-1]["payload"]["trigger_id"]
    opened = await hands.api("views.open", trigger_id=trigger, view=view)
    return str(opened["view"]["id"])


async def answered(socket: Socket, doing: Awaitable[dict[str, Any]], payload: Any = None) -> Any:
    """Do something as a person and acknowledge what it brings; the payload and the answer."""
    task = asyncio.ensure_future(doing)
    envelope = await socket.next()
    await socket.ack(envelope, payload)
    return envelope["payload"], await task


class TestWho:
    async def test_unknown_people_and_channels_are_named_in_the_refusal(self, hands: Hands) -> None:
        refused = await hands.post("message", 404, user="zoe", channel="#open", text="Hi.")
        assert (refused["error"], '"zoe"' in refused["detail"]) == ("user_not_found", True)
        refused = await hands.post("message", 404, user="ann", channel="#none", text="Hi.")
        assert (refused["error"], '"#none"' in refused["detail"]) == ("channel_not_found", True)
        assert (await hands.get("view/zoe", 404))["error"] == "user_not_found"

    async def test_people_are_found_by_id_and_handle_and_write_where_they_are(
        self, hands: Hands
    ) -> None:
        for user in ("U0ANN", "ann", "@Ann"):
            await hands.post("message", user=user, channel="C0OPEN", text="Hi.", wait="none")
        refused = await hands.post("message", 409, user="ben", channel="#quiet", text="Hi.")
        assert refused["error"] == "not_in_channel"
        refused = await hands.post("message", 409, user="ann", channel="#old", text="Hi.")
        assert refused["error"] == "is_archived"
        refused = await hands.post("message", 404, user="ben", channel="#shut", text="Hi.")
        assert refused["error"] == "channel_not_found"

    async def test_the_deactivated_do_nothing(self, hands: Hands) -> None:
        refused = await hands.post("message", 409, user="gone", channel="#open", text="Hi.")
        assert refused["error"] == "account_inactive"

    async def test_people_of_another_workspace_have_no_commands_shortcuts_or_home(
        self, hands: Hands
    ) -> None:
        for call, more in (
            ("command", {"channel": "#open", "command": "/do"}),
            ("shortcut", {"callback_id": "new"}),
            ("open-home", {}),
        ):
            assert (await hands.post(call, 409, user="far", **more))["error"] == "not_available"

    async def test_commands_do_not_work_in_threads(self, hands: Hands) -> None:
        place: dict[str, Any] = {"user": "ann", "channel": "#open", "thread_ts": "1.000001"}
        refused = await hands.post("command", 409, **place, command="/do")
        assert refused["error"] == "not_available"
        refused = await hands.post("message", 409, **place, text="/do it")
        assert refused["error"] == "not_available"

    async def test_an_unknown_command_or_shortcut_is_refused(self, hands: Hands) -> None:
        refused = await hands.post("command", 404, user="ann", channel="#open", command="/no")
        assert refused["error"] == "no_such_command"
        refused = await hands.post("shortcut", 404, user="ann", callback_id="no")
        assert refused["error"] == "no_such_shortcut"

    async def test_invite_brings_the_bot_into_the_channel(self, hands: Hands) -> None:
        invite: dict[str, Any] = {
            "user": "ann",
            "channel": "#quiet",
            "command": "/invite",
            "text": "@Helper",
        }
        await hands.post("command", **invite)
        [entry, *_] = await hands.log("events_api")
        event = entry["payload"]["event"]
        assert (event["type"], event["user"], event["inviter"]) == (
            "member_joined_channel",
            "U0BOT",
            "U0ANN",
        )


class TestPressing:
    async def test_a_button_arrives_as_slack_sends_it(self, hands: Hands, plug: Plug) -> None:
        socket, place = await plug(), await card(hands)
        await socket.ack(await socket.next())
        doing = hands.post("interact", user="ben", **place, action="go")
        payload, done = await answered(socket, doing)
        [action] = payload["actions"]
        assert (action["type"], action["block_id"], action["value"]) == ("button", "row", "7")
        assert payload["container"]["message_ts"] == place["message_ts"]
        assert payload["channel"] == {"id": "C0OPEN", "name": "open"}
        assert payload["message"]["text"] == "Card."
        assert payload["user"]["team_id"] == "T0HOME"
        assert {"trigger_id", "response_url", "state", "api_app_id"} <= set(payload)
        assert done["acked"] is True

    async def test_what_is_not_on_the_screen_cannot_be_pressed(self, hands: Hands) -> None:
        place = await card(hands)
        for more in ({"action": "gone"}, {"action": "go", "block_id": "other"}):
            refused = await hands.post("interact", 404, user="ben", **place, **more)
            assert refused["error"] == "no_such_element"
        refused = await hands.post(
            "interact", 404, user="ben", view_id="V0", action="go", wait="ack"
        )
        assert refused["error"] == "view_not_found"

    async def test_slack_asks_first_where_the_button_says_so(self, hands: Hands) -> None:
        place = await card(hands)
        press: dict[str, Any] = {"user": "ben", "action": "drop", "wait": "ack"} | place
        refused = await hands.post("interact", 409, **press)
        assert refused["error"] == "confirm_required"
        assert refused["confirm"]["title"]["text"] == "Sure?"
        assert (await hands.post("interact", **press, confirmed=True))["ok"]

    @pytest.mark.parametrize(
        ("given", "field", "held"),
        [
            ({"action": "more", "selected_option": "b"}, "selected_option", option("b")),
            ({"action": "pick", "value": "y"}, "selected_option", option("y")),
            ({"action": "day", "selected_date": "2027-03-05"}, "selected_date", "2027-03-05"),
        ],
    )
    async def test_a_choice_is_sent_as_the_element_holds_it(
        self, hands: Hands, given: dict[str, Any], field: str, held: Any
    ) -> None:
        place = await card(hands)
        await hands.post("interact", user="ben", **place, **given, wait="ack")
        payload = (await hands.log("interactive"))[-1]["payload"]
        assert payload["actions"][0][field] == held

    async def test_a_choice_that_is_not_offered_is_refused(self, hands: Hands) -> None:
        place = await card(hands)
        for action in ("more", "pick"):
            refused = await hands.post(
                "interact", 422, user="ben", **place, action=action, selected_option="z"
            )
            assert refused["error"] == "invalid_input"


class TestForms:
    async def test_a_form_is_sent_with_what_it_started_with_and_what_was_typed(
        self, hands: Hands, plug: Plug
    ) -> None:
        view_id = await form(hands)
        socket = await plug()
        doing = hands.post(
            "submit",
            user="ann",
            view_id=view_id,
            values={"who": "y", "when": "2027-03-05"},
        )
        payload, done = await answered(socket, doing)
        values = payload["view"]["state"]["values"]
        assert values["what"]["what"] == {"type": "plain_text_input", "value": "As is"}
        assert values["who"]["who"]["selected_option"] == option("y")
        assert values["when"]["when"]["selected_date"] == "2027-03-05"
        assert (done["response_action"], done["view"]) == (None, None)
        assert (await hands.get("view/ann"))["views"] == []

    async def test_slacks_form_does_not_let_go_what_is_missing(self, hands: Hands) -> None:
        place: dict[str, Any] = {"user": "ann", "view_id": await form(hands)}
        refused = await hands.post("submit", 422, **place, values={})
        assert set(refused["errors"]) == {"when"}
        for values in ({"where": "x"}, {"who": "z"}):
            refused = await hands.post("submit", 422, **place, values=values)
            assert refused["error"] == "invalid_input"

    @pytest.mark.parametrize(("action", "depth"), [("update", 1), ("push", 2), ("clear", 0)])
    async def test_the_answer_moves_the_form(
        self, hands: Hands, plug: Plug, action: str, depth: int
    ) -> None:
        view_id = await form(hands)
        socket = await plug()
        sent: dict[str, Any] = {"user": "ann", "view_id": view_id, "values": {"when": "2027-03-05"}}
        body = {"response_action": action} | ({} if action == "clear" else {"view": FORM})
        await answered(socket, hands.post("submit", **sent), body)
        views = (await hands.get("view/ann"))["views"]
        assert len(views) == depth
        if action == "push":
            assert views[0]["previous_view_id"] == view_id

    async def test_an_answer_slack_does_not_understand_is_red(
        self, hands: Hands, plug: Plug
    ) -> None:
        view_id = await form(hands)
        socket = await plug()
        sent: dict[str, Any] = {"user": "ann", "view_id": view_id, "values": {"when": "2027-03-05"}}
        body = {"response_action": "errors", "errors": {"nowhere": "No."}}
        _, done = await answered(socket, hands.post("submit", **sent), body)
        assert done["error"] == "invalid_arguments"
        assert (await hands.log("view_submission", way="ack"))[-1]["error"] == done["error"]
        assert len((await hands.get("view/ann"))["views"]) == 1

    async def test_closing_is_told_to_those_who_asked(self, hands: Hands, plug: Plug) -> None:
        view_id = await form(hands)
        socket = await plug()
        payload, done = await answered(socket, hands.post("close", user="ann", view_id=view_id))
        assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
        assert done["view_closed"] is True
        silent = await form(hands, FORM | {"notify_on_close": False})
        await socket.ack(await socket.next())
        done = await hands.post("close", user="ann", view_id=silent)
        assert done["view_closed"] is False


class TestShortcutsAndHome:
    async def test_a_message_shortcut_carries_the_message(self, hands: Hands) -> None:
        said = await hands.post("message", user="ben", channel="#open", text="Do!", wait="none")
        place = {"channel": "#open", "message_ts": said["ts"]}
        await hands.post("shortcut", user="ann", callback_id="keep", **place, wait="ack")
        payload = (await hands.log("interactive"))[-1]["payload"]
        assert (payload["type"], payload["message"]["text"]) == ("message_action", "Do!")
        assert {"response_url", "trigger_id", "message_ts", "action_ts"} <= set(payload)

    async def test_a_global_shortcut_has_no_channel(self, hands: Hands) -> None:
        await hands.post("shortcut", user="ann", callback_id="new", wait="ack")
        payload = (await hands.log("interactive"))[-1]["payload"]
        assert payload["type"] == "shortcut"
        assert {"channel", "response_url", "message"}.isdisjoint(payload)

    async def test_opening_the_home_tells_the_bot(self, hands: Hands, plug: Plug) -> None:
        socket = await plug()
        opening = asyncio.create_task(hands.post("open-home", user="ann"))
        envelope = await socket.next()
        event = envelope["payload"]["event"]
        assert (event["type"], event["tab"], event["user"]) == ("app_home_opened", "home", "U0ANN")
        home = {"type": "home", "blocks": [{"type": "divider"}]}
        await hands.api("views.publish", user_id="U0ANN", view=home)
        await socket.ack(envelope)
        assert (await opening)["view"]["type"] == "home"
