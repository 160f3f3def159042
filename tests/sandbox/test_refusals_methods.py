"""Methods: token, scopes and arguments that Slack asks for."""

import pytest

from bot.sandbox.refusals import METHODS, Kind, Refusal, conversation_scope, method
from tests.sandbox.block_kit import Json

BOT, APP = "bot", "app"
EVERYTHING = frozenset(scope for known in METHODS.values() for scope in known.scopes)
VIEW = {"type": "home", "blocks": []}

ENOUGH: dict[str, Json] = {
    "apps.connections.open": {},
    "auth.test": {},
    "blocks.validate": {"view": VIEW},
    "bots.info": {"bot": "B1"},
    "chat.delete": {"channel": "C1", "ts": "1"},
    "chat.getPermalink": {"channel": "C1", "message_ts": "1"},
    "chat.postEphemeral": {"channel": "C1", "user": "U1"},
    "chat.postMessage": {"channel": "C1"},
    "chat.update": {"channel": "C1", "ts": "1"},
    "conversations.history": {"channel": "C1"},
    "conversations.info": {"channel": "C1"},
    "conversations.join": {"channel": "C1"},
    "conversations.list": {},
    "conversations.members": {"channel": "C1"},
    "conversations.open": {"users": "U1"},
    "conversations.replies": {"channel": "C1", "ts": "1"},
    "files.completeUploadExternal": {"files": [{"id": "F1"}]},
    "files.getUploadURLExternal": {"filename": "a.csv", "length": 1},
    "files.info": {"file": "F1"},
    "reactions.add": {"channel": "C1", "name": "eyes", "timestamp": "1"},
    "team.info": {},
    "users.conversations": {},
    "users.info": {"user": "U1"},
    "users.list": {},
    "views.open": {"trigger_id": "1", "view": VIEW},
    "views.publish": {"user_id": "U1", "view": VIEW},
    "views.push": {"trigger_id": "1", "view": VIEW},
    "views.update": {"view_id": "V1", "view": VIEW},
}


def token(name: str) -> str:
    return APP if METHODS[name].app_level else BOT


def test_the_table_of_arguments_names_every_method() -> None:
    assert set(ENOUGH) == set(METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_a_complete_call_passes(name: str) -> None:
    assert method(name, ENOUGH[name], EVERYTHING, token(name)) is None


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        pytest.param(name, left_out, id=f"{name} {left_out}")
        for name, args in ENOUGH.items()
        for left_out in args
        if METHODS[name].required
    ],
)
def test_a_call_without_a_required_argument_is_refused(name: str, left_out: str) -> None:
    args = {key: value for key, value in ENOUGH[name].items() if key != left_out}
    refusal = method(name, args, EVERYTHING, token(name))
    assert refusal is not None
    assert refusal.error == "invalid_arguments"
    assert left_out in refusal.messages[0]


@pytest.mark.parametrize("name", [name for name, known in METHODS.items() if known.scopes])
def test_a_call_without_its_scope_is_refused(name: str) -> None:
    refusal = method(name, ENOUGH[name], frozenset({"commands", "app_x"}), token(name))
    assert refusal is not None
    assert refusal.error == "missing_scope"
    assert refusal.needed
    assert refusal.provided == "app_x,commands"


@pytest.mark.parametrize("name", METHODS)
def test_the_other_kind_of_token_is_refused(name: str) -> None:
    other = BOT if METHODS[name].app_level else APP
    assert method(name, ENOUGH[name], EVERYTHING, other) == Refusal("not_allowed_token_type")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [("", "not_authed"), ("invalid_auth", "invalid_auth"), ("user", "invalid_auth")],
)
def test_a_wrong_token_is_refused(wrong: str, error: str) -> None:
    assert method("auth.test", {}, EVERYTHING, wrong) == Refusal(error)


def test_a_method_nobody_knows_is_refused_before_anything_else() -> None:
    assert method("chat.shout", {}, frozenset(), "") == Refusal("unknown_method")


@pytest.mark.parametrize(
    ("name", "args", "needed"),
    [
        ("conversations.history", {"channel": "D1"}, "im:history"),
        ("conversations.info", {"channel": "D1"}, "im:read"),
        ("conversations.open", {"users": "U1"}, "im:write"),
        ("conversations.open", {"users": "U1,U2"}, "mpim:write"),
        ("conversations.open", {"users": ["U1", "U2"]}, "mpim:write"),
        ("chat.postMessage", {"channel": "D1"}, "chat:write"),
        ("files.info", {"file": "F1"}, "files:read"),
    ],
)
def test_the_scope_follows_the_conversation_as_far_as_it_shows(
    name: str, args: Json, needed: str
) -> None:
    assert method(name, args, frozenset({needed}), BOT) is None
    refusal = method(name, args, EVERYTHING - {needed}, BOT)
    assert refusal is not None
    assert refusal.needed == needed


def test_where_the_kind_does_not_show_any_of_the_scopes_is_enough() -> None:
    for scope in METHODS["conversations.history"].scopes:
        assert method("conversations.history", {"channel": "C1"}, frozenset({scope}), BOT) is None


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("public", "channels:history"),
        ("private", "groups:history"),
        ("im", "im:history"),
        ("mpim", "mpim:history"),
    ],
)
def test_once_the_kind_is_known_its_own_scope_is_asked_for(kind: Kind, needed: str) -> None:
    assert conversation_scope("conversations.history", kind, frozenset({needed})) is None
    refusal = conversation_scope("conversations.history", kind, EVERYTHING - {needed})
    assert refusal is not None
    assert (refusal.error, refusal.needed) == ("missing_scope", needed)


def test_the_kind_of_conversation_does_not_matter_to_posting() -> None:
    assert conversation_scope("chat.postMessage", "private", frozenset()) is None


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("conversations.history", 999),
        ("conversations.replies", 999),
        ("users.conversations", 999),
        ("conversations.list", 1000),
        ("conversations.members", 1000),
        ("users.list", 1000),
    ],
)
def test_a_page_has_a_largest_size(name: str, most: int) -> None:
    def asked(limit: object) -> Refusal | None:
        return method(name, {**ENOUGH[name], "limit": limit}, EVERYTHING, BOT)

    assert asked(most) is None
    assert asked(str(most)) is None
    assert asked(1) is None
    assert asked(most + 1) == asked(0) == asked("many") == Refusal("invalid_limit")
