"""The only file that reads Slack's dictionaries.

Tolerant: what may be missing is missing somewhere; what makes no request gives None.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.model import ChannelId, UserId
from bot.handlers.captures import captured
from bot.handlers.gestures import Chosen, Happening, Place
from bot.handlers.registry import Click, Form, Invocation
from bot.handlers.tokens import mentioned
from bot.services.inbox import COMMAND
from bot.views.blocks import Field, parse_value, which
from bot.views.item_forms import origin
from bot.views.text import storable

Body = Mapping[str, Any]

NOUNS = {"/wg": "", "/action": "action", "/meeting": "meeting", "/deadline": "deadline"}
MESSAGE, ACTION = "message", "action"
VIEW, SHORTCUT, EVENT = "view", "shortcut", "event"
TYPED = frozenset({"message", "app_mention"})
HEARD = frozenset({None, "", "thread_broadcast", "file_share"})


def storable_body(part: Any) -> Any:
    """The same, its texts without what no database keeps."""
    if isinstance(part, str):
        return storable(part)
    if isinstance(part, dict):
        return {name: storable_body(value) for name, value in part.items()}
    return [storable_body(one) for one in part] if isinstance(part, list) else part


def kind_of(body: Body) -> str:
    """`command`, `event`, or Slack's `type` of an interaction."""
    if "command" in body:
        return COMMAND
    return str(EVENT if "event" in body else body.get("type") or "")


def invocation(body: Body, bot_user: str | None) -> Invocation | None:
    """The gesture, whatever door it came by; None for events that nobody typed."""
    kind = kind_of(body)
    if kind == COMMAND:
        return slash(body)
    if kind == EVENT:
        typed = (body.get("event") or {}).get("type") in TYPED
        return message(body, bot_user) if typed else None
    if kind in ("view_submission", "view_closed"):
        return _in_view(body)
    if kind in ("shortcut", "message_action"):
        return shortcut(body).by
    return _gesture(body, _pressed(body))


def slash(body: Body) -> Invocation:
    name = str(body.get("command") or "")
    channel = str(body.get("channel_id") or "")
    return Invocation(
        source=COMMAND,
        key=str(body.get("trigger_id") or ""),
        actor=UserId(str(body.get("user_id") or "")),
        channel=ChannelId(channel),
        text=str(body.get("text") or "").strip(),
        noun=NOUNS.get(name, ""),
        command=name,
        trigger=_text(body, "trigger_id"),
        speaks=True,
        direct=channel.startswith("D"),
        mentioned=mentioned(str(body.get("text") or "")),
    )


def message(body: Body, bot_user: str | None) -> Invocation | None:
    """A message for the bot or to be looked at for capture lines; None: to be passed over."""
    event = body.get("event") or {}
    user, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    ours = event.get("bot_id") or user == bot_user or event.get("hidden")
    if ours or event.get("subtype") not in HEARD or not (user and channel and ts):
        return None
    typed = str(event.get("text") or "")
    direct = event.get("channel_type") == "im" or str(channel).startswith("D")
    to_us = event.get("type") == "app_mention" or _names(typed, bot_user)
    said = _without(typed, bot_user)
    thread = _text(event, "thread_ts")
    return Invocation(
        source=MESSAGE,
        key=f"{channel}:{ts}",
        alt=_text(event, "client_msg_id"),
        actor=UserId(str(user)),
        channel=ChannelId(str(channel)),
        text=said if to_us or direct else typed,
        command="@concerted" if to_us and not direct else "",
        ts=str(ts),
        thread_ts=None if thread == ts else thread,
        speaks=not direct,
        by_outbox=True,
        direct=direct,
        mentioned=mentioned(said),
    )


def is_heard(said: Invocation | None) -> bool:
    """Whether there is anything to do: most of what is said in a channel is for others."""
    return said is not None and (not said.by_outbox or said.addressed or bool(captured(said.text)))


def click(body: Body) -> Click | None:
    """None: an id that is not ours, or nothing pressed."""
    pressed = _pressed(body)
    id_ = which(str(pressed.get("action_id") or ""))
    if id_ is None:
        return None
    option = pressed.get("selected_option") or {}
    carried = str(pressed.get("value") or option.get("value") or "")
    block = str(pressed.get("block_id") or "")
    return Click(
        by=_gesture(body, pressed),
        id=id_,
        value=parse_value(carried),
        picked=_picked(pressed) or carried,
        block=block,
    )


def form(body: Body) -> Form | None:
    view = body.get("view") or {}
    id_ = which(str(view.get("callback_id") or ""))
    if id_ is None:
        return None
    fields: dict[str, str] = {}
    picks: dict[str, tuple[str, ...]] = {}
    for block, inputs in ((view.get("state") or {}).get("values") or {}).items():
        if block.partition("#")[0] not in set(Field):
            continue
        for given in (inputs or {}).values():
            fields[block] = _picked(given) or str(given.get("value") or "")
            picks[block] = _all_picked(given)
    return Form(_in_view(body), id_, str(view.get("private_metadata") or ""), fields, picks)


def inputs_of(body: Body) -> tuple[str, ...]:
    """The block_ids of a form's inputs: an error can be shown at these."""
    blocks = (body.get("view") or {}).get("blocks") or ()
    return tuple(str(b.get("block_id")) for b in blocks if b.get("type") == "input")


def shortcut(body: Body) -> Chosen:
    said = body.get("message") or {}
    channel = str((body.get("channel") or {}).get("id") or "")
    ts = _text(said, "ts") or _text(body, "message_ts")
    of_message = body.get("type") == "message_action"
    by = Invocation(
        source=SHORTCUT,
        key=str(body.get("trigger_id") or ""),
        actor=_user(body),
        channel=ChannelId(channel),
        trigger=_text(body, "trigger_id"),
        ts=ts,
        thread_ts=_text(said, "thread_ts"),
        direct=channel.startswith("D"),
    )
    return Chosen(
        by, which(str(body.get("callback_id") or "")), str(said.get("text") or ""), of_message
    )


def quoted_text(replies: Body, ts: str) -> str:
    """The words of one message in Slack's answer to conversations.replies."""
    found = (m for m in replies.get("messages") or () if m.get("ts") == ts)
    return str((next(found, None) or {}).get("text") or "")


def place(body: Body) -> Place:
    view = body.get("view") or {}
    container = body.get("container") or {}
    return Place(
        response_url=str(body.get("response_url") or ""),
        ephemeral=bool(container.get("is_ephemeral")),
        view=str(view.get("type") or ""),
        view_id=str(view.get("id") or container.get("view_id") or ""),
    )


def happening(body: Body, bot_user: str | None = None) -> Happening:
    event = body.get("event") or {}
    user, channel = event.get("user"), event.get("channel")
    profile = user if isinstance(user, dict) else None
    place_ = channel if isinstance(channel, dict) else {"id": channel}
    old = event.get("old_channel_id")
    return Happening(
        kind=str(event.get("type") or ""),
        key=str(body.get("event_id") or event.get("event_ts") or ""),
        actor=UserId(str((profile or {}).get("id") or "") if profile else str(user or "")),
        channel=ChannelId(str(old or place_.get("id") or "")),
        inviter=UserId(str(event["inviter"])) if event.get("inviter") else None,
        name=str(place_.get("name") or ""),
        channel_now=ChannelId(str(event["new_channel_id"]))
        if event.get("new_channel_id")
        else None,
        tab=str(event.get("tab") or ""),
        profile=profile,
        team=str(body.get("team_id") or ""),
        ours=bool(bot_user) and user == bot_user,
    )


def _in_view(body: Body) -> Invocation:
    view = body.get("view") or {}
    where = origin(str(view.get("private_metadata") or ""))
    return Invocation(
        source=VIEW,
        key=":".join(str(view[name]) for name in ("id", "callback_id") if view.get(name)),
        actor=_user(body),
        channel=ChannelId(where.channel),
        trigger=_text(body, "trigger_id"),
        thread_ts=where.thread_ts or None,
        direct=where.channel.startswith("D"),
    )


def _gesture(body: Body, pressed: Body) -> Invocation:
    container, view = body.get("container") or {}, body.get("view") or {}
    where = origin(str(view.get("private_metadata") or ""))
    said = body.get("message") or {}
    channel = str(
        (body.get("channel") or {}).get("id") or container.get("channel_id") or where.channel
    )
    ts = _text(container, "message_ts") or _text(said, "ts")
    thing = ts or view.get("id") or container.get("view_id") or ""
    user = _user(body)
    return Invocation(
        source=ACTION,
        key=f"{thing}:{pressed.get('action_id')}:{user}:{pressed.get('action_ts') or ''}",
        actor=user,
        channel=ChannelId(channel),
        trigger=_text(body, "trigger_id"),
        ts=ts,
        thread_ts=_text(container, "thread_ts") or _text(said, "thread_ts"),
        direct=channel.startswith("D"),
    )


def _pressed(body: Body) -> Body:
    actions = body.get("actions") or [{}]
    return dict(actions[0])


def _picked(given: Body) -> str:
    option = given.get("selected_option") or {}
    picks = ("selected_date", "selected_user", "selected_channel", "selected_conversation")
    return str(option.get("value") or next((given[p] for p in picks if given.get(p)), ""))


def _all_picked(given: Body) -> tuple[str, ...]:
    options = [str(option.get("value")) for option in given.get("selected_options") or ()]
    people = [str(user) for user in given.get("selected_users") or ()]
    return tuple(options or people or filter(None, [_picked(given)]))


def _user(body: Body) -> UserId:
    return UserId(str(_id(body)))


def _id(body: Body) -> str:
    user = body.get("user")
    return str(user.get("id") or "") if isinstance(user, dict) else str(user or "")


def _text(body: Body, name: str) -> str | None:
    return str(body[name]) if body.get(name) else None


def _names(text: str, bot_user: str | None) -> bool:
    return bool(bot_user) and f"<@{bot_user}" in text


def _without(text: str, bot_user: str | None) -> str:
    """What follows the bot's name, else what stands before it; its other mentions are dropped."""
    if not bot_user or not _names(text, bot_user):
        return text.strip()
    name = re.compile(rf"<@{re.escape(bot_user)}(?:\|[^>]*)?>[,:]?")
    before, *after = name.split(text)
    said = " ".join(part.strip() for part in after).strip()
    return said or before.strip()
