"""What every method and every gesture needs at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.hooks import Hooks
from bot.sandbox.journal import Journal
from bot.sandbox.manifest import Manifest
from bot.sandbox.sockets import Sockets
from bot.sandbox.workspace import Workspace

Args = dict[str, Any]


@dataclass(slots=True)
class Desk:
    workspace: Workspace
    journal: Journal
    faults: Faults
    manifest: Manifest
    sockets: Sockets
    events: Events
    hooks: Hooks
    url: str = ""


def truthy(value: Any) -> bool:
    """Forms say booleans as words."""
    return value in (True, 1, "1", "true", "True")
