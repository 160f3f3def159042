"""What is drawn is heard, what is heard is drawn, and nothing bypasses the rights."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import Bot, build
from bot.config import Settings
from bot.handlers.surfaces import NOUNS, RUNS
from bot.sandbox.refusals import METHODS
from bot.views.blocks import Id
from bot.world import utc_now

ROOT = Path(__file__).parents[1]
SERVICES = ROOT / "bot" / "services"
# Looking a thing up is no use case: whoever does it authorizes with what was found.
LOOKUPS = {"existing", "captured"}
# Nobody asks for it: it follows from what a request was allowed to do.
FOLLOWS = {"greet_counted_on"}
NOUN_FILES = {
    "groups", "handovers", "items", "links", "meetings", "privacy", "reports", "roles", "settings",
    "undo", "welcomes",
}  # fmt: skip


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    folder = tmp_path_factory.mktemp("wiring")
    built = build(
        Settings.load(
            {
                "SLACK_BOT_TOKEN": "xoxb-1-wiring",
                "SLACK_APP_TOKEN": "xapp-1-wiring",
                "DATABASE_URL": f"sqlite:///{folder / 'concerted.db'}",
            }
        ),
        utc_now,
    )
    yield built
    built.db.close_now()


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
    return read


def test_every_id_that_a_view_can_emit_has_a_listener(bot: Bot) -> None:
    heard = {*bot.surfaces.clicks, *bot.surfaces.forms, *RUNS}
    assert set(Id) - heard == set()


def test_every_listener_is_guarded(bot: Bot) -> None:
    listeners = [listener.ack_function for listener in bot.app._async_listeners]
    assert len(listeners) >= 5
    assert [name for name in listeners if not hasattr(name, "__wrapped__")] == []


def test_the_manifest_offers_just_what_is_listened_to(bot: Bot, manifest: dict[str, Any]) -> None:
    features = manifest["features"]
    assert {command["command"] for command in features["slash_commands"]} == set(NOUNS)
    shortcuts = {Id(shortcut["callback_id"]) for shortcut in features["shortcuts"]}
    assert shortcuts <= set(bot.surfaces.clicks)


def test_every_event_of_the_manifest_is_heard(bot: Bot, manifest: dict[str, Any]) -> None:
    subscribed = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    talk = {"app_home_opened", "app_mention", "message.im", "message.channels", "message.groups"}
    assert subscribed - talk == set(bot.surfaces.happened)


def test_the_sandbox_knows_every_method_that_the_bot_calls() -> None:
    called = set()
    for path in (ROOT / "bot").rglob("*.py"):
        if "sandbox" not in path.parts:
            called |= set(
                re.findall(r"\b(?<!socket\.)client\.([a-z]+_[a-z_A-Z]+)\(", path.read_text("utf-8"))
            )
    methods = {name.replace("_", ".") for name in called}
    assert "chat.postMessage" in methods
    assert methods - {name.replace("_", ".") for name in METHODS} == set()


def test_every_use_case_authorizes() -> None:
    """A public function of a service that takes an `ask` reaches authorize()."""
    calls: dict[str, set[str]] = {}
    public: set[str] = set()
    for path in SERVICES.glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                calls.setdefault(node.name, set()).update(_called(node))
                takes_ask = bool(node.args.args) and node.args.args[0].arg == "ask"
                if takes_ask and not node.name.startswith("_") and path.stem in NOUN_FILES:
                    public.add(node.name)
    reached = {"authorize"}
    while grown := {name for name, called in calls.items() if called & reached} - reached:
        reached |= grown
    assert public - reached - LOOKUPS == FOLLOWS
    assert {path.stem for path in SERVICES.glob("*.py")} >= NOUN_FILES


def _called(function: ast.FunctionDef) -> set[str]:
    return {
        call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
    }
