"""Who is who: the token's own identity, people, the bot, the team, blocks on trial."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox import chat, refusals
from bot.sandbox.conversations import page
from bot.sandbox.desk import Args, Desk
from bot.sandbox.workspace import Row, SlackError


def auth_test(desk: Desk, args: Args) -> dict[str, Any]:
    team, app = desk.workspace.team, desk.workspace.app
    return {
        "url": f"{desk.url}/",
        "team": team["name"],
        "user": app["name"],
        "team_id": team["id"],
        "user_id": app["bot_user"],
        "bot_id": app["bot_id"],
        "is_enterprise_install": False,
    }


def connections_open(desk: Desk, args: Args) -> dict[str, Any]:
    host = desk.url.removeprefix("http://")
    ticket = desk.sockets.ticket()
    return {"url": f"ws://{host}/link?ticket={ticket}&app_id={desk.workspace.app['id']}"}


def user_object(desk: Desk, user: Row) -> dict[str, Any]:
    """Slack's description of a person: partial for another workspace's, zoneless when gone."""
    workspace = desk.workspace
    profile = {
        "title": user.get("title", ""),
        "real_name": user["name"],
        "real_name_normalized": user["name"],
        "display_name": user["handle"],
        "display_name_normalized": user["handle"],
        "status_text": "",
        "status_emoji": "",
        "team": user["team_id"],
    }
    shown = {
        "id": user["id"],
        "team_id": user["team_id"],
        "name": user["handle"],
        "deleted": bool(user.get("deleted")),
        "real_name": user["name"],
        "profile": profile,
        "is_bot": bool(user.get("is_bot")),
        "is_app_user": False,
        "updated": int(user.get("updated", 0)),
    }
    if not user.get("deleted"):
        shown |= _zone(desk, user)
    if workspace.is_external(user["id"]):
        return shown | {"is_stranger": not workspace.shares_channel(user["id"])}
    return shown | {
        "is_admin": bool(user.get("is_admin") or user.get("is_owner")),
        "is_owner": bool(user.get("is_owner")),
        "is_primary_owner": bool(user.get("is_owner")),
        "is_restricted": bool(user.get("is_restricted")),
        "is_ultra_restricted": bool(user.get("is_ultra_restricted")),
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }


def _zone(desk: Desk, user: Row) -> dict[str, Any]:
    """The offset is today's, in seconds: wrong for a date after the clocks change, as in Slack."""
    local = desk.workspace.now().astimezone(ZoneInfo(user["tz"]))
    offset = local.utcoffset()
    return {
        "tz": user["tz"],
        "tz_label": local.strftime("%Z"),
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
    }


def users_info(desk: Desk, args: Args) -> dict[str, Any]:
    user = desk.workspace.users.get(str(args["user"]))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": user_object(desk, user)}


def users_list(desk: Desk, args: Args) -> dict[str, Any]:
    ours = [u for u in desk.workspace.users.values() if not desk.workspace.is_external(u["id"])]
    found, cursor = page(ours, args)
    return {
        "members": [user_object(desk, user) for user in found],
        "cache_ts": int(desk.workspace.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def bots_info(desk: Desk, args: Args) -> dict[str, Any]:
    app = desk.workspace.app
    if str(args.get("bot") or app["bot_id"]) != app["bot_id"]:
        raise SlackError("bot_not_found")
    return {
        "bot": {
            "id": app["bot_id"],
            "deleted": False,
            "name": app["name"],
            "updated": 0,
            "app_id": app["id"],
            "user_id": app["bot_user"],
            "icons": {},
        }
    }


def team_info(desk: Desk, args: Args) -> dict[str, Any]:
    team = desk.workspace.team
    if args.get("team") not in (None, "", team["id"]):
        raise SlackError("team_not_found")
    shown = {"id": team["id"], "name": team["name"], "domain": team["domain"]}
    return {"team": shown | {"email_domain": "", "icon": {"image_default": True}}}


def validate_blocks(desk: Desk, args: Args) -> dict[str, Any]:
    chat.refuse(refusals.validate(args))
    return {}


METHODS: dict[str, Callable[[Desk, Args], dict[str, Any]]] = {
    "apps.connections.open": connections_open,
    "auth.test": auth_test,
    "blocks.validate": validate_blocks,
    "bots.info": bots_info,
    "team.info": team_info,
    "users.info": users_info,
    "users.list": users_list,
}
