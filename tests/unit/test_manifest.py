"""The manifest is one Slack accepts, and asks for what the bot needs and no more."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]

# Slack's schema knows neither scopes nor events: an invented one would pass (platform.md F1).
SCOPES = {
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
}
OPTIONAL_SCOPES = {"files:read", "files:write", "reactions:write"}
EVENTS = {
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_rename",
    "channel_shared",
    "channel_unarchive",
    "channel_unshared",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "tokens_revoked",
    "user_change",
}


@pytest.fixture(name="manifest")
def _manifest() -> Json:
    loaded: Json = yaml.safe_load((ROOT / "manifest.yaml").read_text("utf-8"))
    return loaded


@pytest.fixture(name="schema")
def _schema() -> Json:
    loaded: Json = json.loads((Path(__file__).with_name("manifest.schema.json")).read_text("utf-8"))
    return loaded


def test_slack_accepts_it(manifest: Json, schema: Json) -> None:
    jsonschema.validate(manifest, schema)


SPOILERS: list[Callable[[Json], object]] = [
    lambda m: m["display_information"].update(name="x" * 36),
    lambda m: m["display_information"].update(long_description="Too short."),
    lambda m: m["features"]["slash_commands"][0].update(url="https://example.org"),
    lambda m: m["features"]["slash_commands"][0].update(command="/" + "x" * 32),
    lambda m: m["features"]["shortcuts"][0].update(name="x" * 25),
    lambda m: m["features"]["shortcuts"][0].pop("description"),
    lambda m: m["settings"]["interactivity"].clear(),
    lambda m: m["settings"].update(colour="red"),
    lambda m: m["_metadata"].update(major_version=3),
]


@pytest.mark.parametrize("spoil", SPOILERS)
def test_the_schema_refuses_what_slack_refuses(
    manifest: Json, schema: Json, spoil: Callable[[Json], object]
) -> None:
    spoilt = copy.deepcopy(manifest)
    spoil(spoilt)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoilt, schema)


def test_it_asks_for_exactly_the_scopes_the_bot_uses(manifest: Json) -> None:
    scopes = manifest["oauth_config"]["scopes"]
    assert set(scopes["bot"]) == SCOPES
    assert set(scopes["bot_optional"]) == OPTIONAL_SCOPES


def test_it_subscribes_to_exactly_the_events_the_bot_hears(manifest: Json) -> None:
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == EVENTS


def test_every_command_sends_mentions_as_ids(manifest: Json) -> None:
    assert all(command["should_escape"] for command in manifest["features"]["slash_commands"])


def test_people_can_write_to_the_bot(manifest: Json) -> None:
    home = manifest["features"]["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


def test_it_needs_no_public_address(manifest: Json) -> None:
    assert manifest["settings"]["socket_mode_enabled"]
