"""Forms people fill in, and messages and views as they are shown to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox import chat, payloads, refusals, responses, screen, views
from bot.sandbox.conversations import thread_summary
from bot.sandbox.desk import Desk
from bot.sandbox.sockets import Delivery
from bot.sandbox.whereabouts import ControlError
from bot.sandbox.workspace import Row, SlackError

KEPT_BY_SCREEN = frozenset(
    kind
    for kind in (
        "static_select", "external_select", "radio_buttons", "users_select", "datepicker",
        "timepicker", "datetimepicker", "checkboxes", "conversations_select", "channels_select",
        "multi_static_select", "multi_users_select", "multi_conversations_select",
        "multi_channels_select", "plain_text_input", "email_text_input", "url_text_input",
        "number_input", "rich_text_input",
    )
)  # fmt: skip


def chosen(body: Mapping[str, Any], element: Row) -> Row:
    """What the person gave to this element, as Slack reports it."""
    names = (
        "selected_option", "selected_options", "selected_date", "selected_time",
        "selected_date_time", "selected_user", "selected_users", "selected_channel",
        "selected_conversation", "value",
    )  # fmt: skip
    given = next((body[name] for name in names if body.get(name) is not None), None)
    held = screen.held(element, given)
    if held is None or (element["type"] == "overflow" and given is None):
        raise ControlError(422, "invalid_input", f"{element['action_id']} offers no {given!r}.")
    return held


def view_state(desk: Desk, view: Row) -> Row:
    return views.shown(desk.workspace, view)


def shown_message(desk: Desk, channel: str, message: Row) -> Row:
    """A message as the page draws it."""
    hidden = ("ephemeral_for", "is_ephemeral", "from_response", "metadata")
    shown = {key: value for key, value in message.items() if key not in hidden}
    if message.get("is_ephemeral"):
        shown["ephemeral"] = True
    else:
        shown["permalink"] = chat.permalink(desk, channel, message)
    return shown | {"channel": channel} | thread_summary(desk, channel, message)


def fill(desk: Desk, view: Row, values: Mapping[str, Any]) -> Row:
    """The view with what was typed; 422 where Slack's own form would not let it go."""
    inputs = {
        block["block_id"]: (block, element)
        for block, element in screen.elements(view["blocks"])
        if block["type"] == "input" or screen.value_field(element["type"])
    }
    drafts = dict(desk.workspace.drafts.get(view["id"], {}))
    for block_id, given in values.items():
        if block_id not in inputs:
            detail = f"The form has no input {block_id}; it has {', '.join(inputs) or 'none'}."
            raise ControlError(422, "invalid_input", detail)
        _, element = inputs[block_id]
        held = screen.held(element, given)
        if held is None:
            raise ControlError(422, "invalid_input", f"{block_id} offers no {given!r}.")
        drafts[f"{block_id}/{element['action_id']}"] = held
    state = screen.state(view["blocks"], drafts)
    problems = refusals.submission(view, state)
    if problems:
        detail = " ".join(f"{block}: {words}" for block, words in problems.items())
        raise ControlError(422, "invalid_input", detail, errors=problems)
    desk.workspace.drafts[view["id"]] = drafts
    return view_state(desk, view)


def note(desk: Desk, view: Row, values: Mapping[str, Any]) -> None:
    """Keep what stands in the inputs while something else of the form is pressed."""
    drafts = desk.workspace.drafts.setdefault(view["id"], {})
    for block, element in screen.elements(view["blocks"]):
        if block["block_id"] in values and screen.value_field(element["type"]):
            held = screen.held(element, values[block["block_id"]])
            if held is not None:
                drafts[f"{block['block_id']}/{element['action_id']}"] = held


async def submit(desk: Desk, user: str, view: Row) -> dict[str, Any]:
    payload = payloads.view_submission(desk, user, view)
    delivery = await desk.sockets.deliver("interactive", payload)
    told = {"acked": delivery.acked, "ack_ms": delivery.ms, "seq": delivery.seq}
    if delivery.error:
        return told | {"error": delivery.error, "response_action": None}
    return told | _obey(desk, user, view, delivery)


def _obey(desk: Desk, user: str, view: Row, delivery: Delivery) -> dict[str, Any]:
    """Do with the form what the acknowledgement says."""
    body = responses.as_body(delivery.body)
    refusal = refusals.view_ack(body, view)
    if refusal is not None:
        desk.journal.log("ack", "view_submission", body, error=refusal.error)
        return {"error": refusal.error, "detail": " ".join(refusal.messages)}
    action = body.get("response_action")
    stack = views.stack(desk, user)
    on_screen = next((kept for kept in stack if kept["id"] == view["id"]), None)
    if action == "errors":
        desk.journal.change("view", user=user, view_id=view["id"], errors=body["errors"])
        return {"response_action": "errors", "errors": body["errors"]}
    if on_screen is None:
        return {"response_action": action}
    return {"response_action": action} | _move(desk, user, on_screen, body)


def _move(desk: Desk, user: str, view: Row, body: Row) -> dict[str, Any]:
    action, new = body.get("response_action"), view
    try:
        if action == "update":
            new = views.replace(desk, user, view, body["view"])
        elif action == "push":
            new = views.push(desk, user, body["view"])
        else:
            take_away(desk, user, view, everything=action == "clear")
            return {"view": None}
    except SlackError as error:
        desk.journal.log("ack", "view_submission", body, error=error.code)
        return {"error": error.code}
    desk.journal.change("view", user=user, view_id=new["id"])
    return {"view": view_state(desk, new)}


def take_away(desk: Desk, user: str, view: Row, everything: bool = False) -> None:
    stack = views.stack(desk, user)
    gone = [*stack] if everything else [kept for kept in stack if kept["id"] == view["id"]]
    for kept in gone:
        stack.remove(kept)
        desk.workspace.drafts.pop(kept["id"], None)
        desk.journal.change("view_closed", user=user, view_id=kept["id"])


async def close(desk: Desk, user: str, view: Row, everything: bool = False) -> dict[str, Any]:
    """Close a form, or all; the bot hears of it only if it asked to."""
    cleared = everything or bool(view["clear_on_close"])
    payload = payloads.view_closed(desk, user, view_state(desk, view), cleared)
    take_away(desk, user, view, everything=cleared)
    if not view["notify_on_close"]:
        return {"acked": True, "ack_ms": None, "seq": None}
    delivery = await desk.sockets.deliver("interactive", payload)
    return {"acked": delivery.acked, "ack_ms": delivery.ms, "seq": delivery.seq}
