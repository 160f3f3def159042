"""Files: asked for, sent in, shared in a channel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox import chat
from bot.sandbox.desk import Args, Desk
from bot.sandbox.workspace import Row, SlackError, new_id


def ask_for_upload(desk: Desk, args: Args) -> dict[str, Any]:
    name, length = str(args["filename"]), int(args["length"])
    if length <= 0:
        raise SlackError("invalid_arguments")
    file = {
        "id": new_id("F"),
        "name": name,
        "title": name,
        "size": length,
        "user": desk.workspace.bot,
        "created": int(desk.workspace.now().timestamp()),
        "received": 0,
        "channels": [],
    }
    _keep(desk, file)
    return {"upload_url": f"{desk.url}/upload/{file['id']}", "file_id": file["id"]}


def _keep(desk: Desk, file: Row) -> None:
    desk.workspace.files[file["id"]] = file
    desk.workspace.store.put("file", file["id"], file)


async def receive(desk: Desk, request: web.Request) -> web.Response:
    """Take the bytes at the address given out; only their number is kept."""
    file = desk.workspace.files.get(request.match_info["file"])
    if file is None:
        return web.Response(status=404, text="No upload is expected here.")
    body = await request.read()
    if request.content_type.startswith("multipart/"):
        return web.Response(status=400, text="Send the bytes themselves as the body.")
    _keep(desk, file | {"received": len(body)})
    return web.Response(text=f"OK - {len(body)}")


def complete_upload(desk: Desk, args: Args) -> dict[str, Any]:
    asked = args.get("files") or []
    files = [desk.workspace.files.get(str(item.get("id"))) for item in asked]
    if not files or any(file is None for file in files):
        raise SlackError("file_not_found")
    shared: list[Row] = []
    for item, file in zip(asked, files, strict=True):
        if file is not None:
            shared.append(file | {"title": item.get("title") or file["title"]})
    if any(file["received"] != file["size"] for file in shared):
        raise SlackError("file_update_failed")
    if args.get("channel_id"):
        _share(desk, shared, args)
    for file in shared:
        _keep(desk, file)
    return {"files": [_shown(file) for file in shared]}


def _share(desk: Desk, files: list[Row], args: Args) -> None:
    channel = chat.writable(desk, str(args["channel_id"]))
    more = chat.thread(desk.workspace, channel["id"], args)
    for file in files:
        file["channels"] = [*file["channels"], channel["id"]]
    said = {"text": args.get("initial_comment") or ""}
    shown = [_shown(file) for file in files]
    message = chat.compose(desk, said, subtype="file_share", files=shown, **more)
    chat.deliver(desk, channel, message)


def _shown(file: Row) -> dict[str, Any]:
    return {key: value for key, value in file.items() if key != "received"}


def file_info(desk: Desk, args: Args) -> dict[str, Any]:
    file = desk.workspace.files.get(str(args["file"]))
    if file is None:
        raise SlackError("file_not_found")
    return {"file": _shown(file)}


METHODS: dict[str, Callable[[Desk, Args], dict[str, Any]]] = {
    "files.completeUploadExternal": complete_upload,
    "files.getUploadURLExternal": ask_for_upload,
    "files.info": file_info,
}
