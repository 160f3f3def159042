"""Forms and Homes: opened, changed, stacked, published."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Literal

from bot.sandbox import chat, refusals, screen
from bot.sandbox.desk import Args, Desk
from bot.sandbox.workspace import Row, SlackError, Workspace, new_id

MAX_STACK = 3


def keep(desk: Desk, view: Row, **more: Any) -> Row:
    """The view as Slack hands it back: with ids, hash and what people will type."""
    workspace = desk.workspace
    kept: Row = {
        "id": new_id("V"),
        "team_id": workspace.team["id"],
        "app_id": workspace.app["id"],
        "app_installed_team_id": workspace.team["id"],
        "bot_id": workspace.app["bot_id"],
        "hash": f"{workspace.next_ts()}.{secrets.token_hex(4)}",
        "callback_id": "",
        "external_id": "",
        "private_metadata": "",
        "title": None,
        "close": None,
        "submit": None,
        "clear_on_close": False,
        "notify_on_close": False,
        "previous_view_id": None,
    }
    kept |= {key: value for key, value in view.items() if value is not None} | more
    kept["blocks"] = chat.with_ids(list(view["blocks"]))
    kept.setdefault("root_view_id", kept["id"])
    kept["state"] = {"values": {}}
    return kept


def shown(workspace: Workspace, view: Row) -> Row:
    """The view with the state of its inputs now."""
    typed = workspace.drafts.get(view["id"], {})
    return view | {"state": {"values": screen.state(view["blocks"], typed)}}


def stack(desk: Desk, user: str) -> list[Row]:
    return desk.workspace.modals.setdefault(user, [])


def _told(desk: Desk, user: str, view: Row) -> dict[str, Any]:
    desk.journal.change("view", user=user, view_id=view["id"])
    return {"view": shown(desk.workspace, view)}


def _fresh(desk: Desk, args: Args) -> Row:
    view = args["view"]
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments")
    chat.refuse(refusals.view(view, "modal"))
    external = view.get("external_id")
    if external and _find(desk, lambda kept: kept["external_id"] == external):
        raise SlackError("duplicate_external_id")
    return view


def _find(desk: Desk, fits: Callable[[Row], bool]) -> tuple[str, int, Row] | None:
    """Whose stack, where in it, and the view; homes are not looked at."""
    for user, views in desk.workspace.modals.items():
        for place, view in enumerate(views):
            if fits(view):
                return user, place, view
    return None


def open_view(desk: Desk, args: Args) -> dict[str, Any]:
    view = _fresh(desk, args)
    trigger = desk.workspace.use_trigger(_trigger_id(args))
    kept = keep(desk, view)
    for gone in stack(desk, trigger.user):
        desk.workspace.drafts.pop(gone["id"], None)
    desk.workspace.modals[trigger.user] = [kept]
    return _told(desk, trigger.user, kept)


def push_view(desk: Desk, args: Args) -> dict[str, Any]:
    view = _fresh(desk, args)
    trigger = desk.workspace.use_trigger(_trigger_id(args))
    if not stack(desk, trigger.user):
        raise SlackError("not_found")
    kept = push(desk, trigger.user, view)
    return _told(desk, trigger.user, kept)


def _trigger_id(args: Args) -> str:
    return str(args.get("trigger_id") or args.get("interactivity_pointer") or "")


def push(desk: Desk, user: str, view: Row) -> Row:
    views = stack(desk, user)
    if len(views) >= MAX_STACK:
        raise SlackError("push_limit_reached")
    kept = keep(desk, view, root_view_id=views[0]["root_view_id"], previous_view_id=views[-1]["id"])
    views.append(kept)
    return kept


def update_view(desk: Desk, args: Args) -> dict[str, Any]:
    view = args["view"]
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments")
    surface: Literal["modal", "home"] = "home" if view.get("type") == "home" else "modal"
    chat.refuse(refusals.view(view, surface))
    view_id, external = args.get("view_id"), args.get("external_id")
    if surface == "home":
        return _update_home(desk, view, str(view_id), args.get("hash"))
    found = _find(desk, lambda kept: kept["id"] == view_id or kept["external_id"] == external)
    if found is None:
        raise SlackError("not_found")
    user, _, before = found
    _check_hash(before, args.get("hash"))
    return _told(desk, user, replace(desk, user, before, view))


def _update_home(desk: Desk, view: Row, view_id: str, told: str | None) -> dict[str, Any]:
    for user, home in desk.workspace.homes.items():
        if home["id"] == view_id:
            _check_hash(home, told)
            return _publish(desk, user, view)
    raise SlackError("not_found")


def _check_hash(before: Row | None, told: str | None) -> None:
    if told and (before is None or before["hash"] != told):
        raise SlackError("hash_conflict")


def replace(desk: Desk, user: str, before: Row, view: Row) -> Row:
    """Change a form in place; what was typed into inputs that stay is kept."""
    same = {key: before[key] for key in ("id", "root_view_id", "previous_view_id")}
    kept = keep(desk, view, **same)
    views = stack(desk, user)
    views[views.index(before)] = kept
    return kept


def publish_view(desk: Desk, args: Args) -> dict[str, Any]:
    user, view = str(args["user_id"]), args["view"]
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments")
    if user not in desk.workspace.users or desk.workspace.users[user].get("is_bot"):
        raise SlackError("user_not_found")
    if not desk.manifest.home_tab:
        raise SlackError("not_enabled")
    chat.refuse(refusals.view(view, "home"))
    _check_hash(desk.workspace.homes.get(user), args.get("hash"))
    return _publish(desk, user, view)


def _publish(desk: Desk, user: str, view: Row) -> dict[str, Any]:
    before = desk.workspace.homes.get(user)
    same = {"id": before["id"], "root_view_id": before["id"]} if before else {}
    kept = keep(desk, view, **same)
    desk.workspace.homes[user] = kept
    desk.workspace.store.put("home", user, kept)
    desk.journal.change("home", user=user, view_id=kept["id"])
    return {"view": shown(desk.workspace, kept)}


METHODS: dict[str, Callable[[Desk, Args], dict[str, Any]]] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
}
