"""Settings come from one mapping, and every problem is told at once without its secret."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import Settings
from bot.errors import SetupError

BOT = "xoxb-1-2-secretpart"
APP = "xapp-1-A-2-secretpart"


def problems(**given: str) -> tuple[str, ...]:
    with pytest.raises(SetupError) as caught:
        Settings.load(given)
    return caught.value.problems


def test_nothing_need_be_set() -> None:
    settings = Settings.load({})
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database == "sqlite:///data/concerted.db"
    assert settings.sandbox_port == 8080
    assert settings.http_port is None
    assert settings.default_zone == "UTC"


def test_the_environment_is_not_read_behind_the_mapping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_PORT", "9")
    assert Settings.load({}).sandbox_port == 8080


def test_a_blank_value_is_an_unset_one() -> None:
    assert Settings.load({"HTTP_PORT": " ", "SLACK_BOT_TOKEN": "", "DATA_DIR": None}) == (
        Settings.load({})
    )


def test_what_is_set_arrives_in_its_own_type() -> None:
    settings = Settings.load(
        {
            "HTTP_PORT": "9000",
            "DATA_DIR": "/srv/concerted",
            "COORDINATORS": "U01AB, W2CD",
            "PUBLIC_URL": "https://concerted.example.org/",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "JSON",
            "DEFAULT_ZONE": "Europe/Rome",
        }
    )
    assert settings.http_port == 9000
    assert settings.database == "sqlite:////srv/concerted/concerted.db"
    assert settings.coordinators == ("U01AB", "W2CD")
    assert settings.public_url == "https://concerted.example.org"
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")


@pytest.mark.parametrize("url", ["http://concerted.example.org", "ftp://localhost", "concerted"])
def test_calendars_are_served_over_no_address_that_others_can_listen_to(url: str) -> None:
    (told,) = problems(PUBLIC_URL=url, HTTP_PORT="9000")
    assert told.startswith("PUBLIC_URL must be a web address such as https://")


def test_calendars_can_be_tried_out_on_this_computer() -> None:
    settings = Settings.load({"PUBLIC_URL": "http://localhost:9000", "HTTP_PORT": "9000"})
    assert settings.public_url == "http://localhost:9000"


def test_a_public_address_without_a_web_server_is_told() -> None:
    (told,) = problems(PUBLIC_URL="https://concerted.example.org")
    assert told.startswith("PUBLIC_URL needs HTTP_PORT:")


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings.load({}).sandbox_port = 1  # type: ignore[misc]  # The refusal is the point.


def test_all_problems_are_told_at_once() -> None:
    told = problems(
        SLACK_BOT_TOKEN=APP, HTTP_PORT="x", DEFAULT_ZONE="Atlantis", COORDINATOR="U1", LOG_LEVEL="?"
    )
    assert len(told) == 5
    for name in ("SLACK_BOT_TOKEN", "HTTP_PORT", "DEFAULT_ZONE", "COORDINATORS", "LOG_LEVEL"):
        assert any(name in sentence for sentence in told)
    assert all(sentence.endswith((".", "?")) for sentence in told)


@pytest.mark.parametrize(
    "given",
    [
        {"SLACK_BOT_TOKEN": "xoxp-secretpart"},
        {"SLACK_APP_TOKEN": "secretpart"},
        {"HTTP_PORT": "secretpart"},
        {"DATABASE_URL": "mysql://u:secretpart@h/d"},
        {"DATABASE_URL": "postgresql+asyncpg://u:secretpart@h/d"},
        {"SLACK_API_URL": "secretpart"},
        {"COORDINATORS": "secretpart"},
        {"DEFAULT_ZONE": "../secretpart"},
    ],
)
def test_a_problem_never_repeats_what_was_typed(given: dict[str, str]) -> None:
    assert "secretpart" not in " ".join(problems(**given))


def test_printing_the_settings_shows_no_secret() -> None:
    settings = Settings.load(
        {
            "SLACK_BOT_TOKEN": BOT,
            "SLACK_APP_TOKEN": APP,
            "SLACK_SIGNING_SECRET": "secretpart",
            "DATABASE_URL": "postgresql://u:secretpart@h/d",
        }
    )
    assert "secretpart" not in repr(settings) + str(settings) + settings.model_dump_json()


def test_swapped_tokens_are_recognised() -> None:
    assert problems(SLACK_BOT_TOKEN=APP, SLACK_APP_TOKEN=BOT) == (
        "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: exchange the two.",
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SLACK_BOT_TOKEN": APP}, "SLACK_BOT_TOKEN holds an app-level token"),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "holds a user token"),
        ({"SLACK_BOT_TOKEN": "hello"}, "holds something that is no Slack token"),
        ({"SLACK_APP_TOKEN": BOT}, "SLACK_APP_TOKEN holds a bot token"),
    ],
)
def test_a_token_in_the_wrong_place_is_named(given: dict[str, str], said: str) -> None:
    (told,) = problems(**given)
    assert said in told


def test_another_implementation_may_give_its_tokens_any_shape() -> None:
    settings = Settings.load(
        {
            "SLACK_API_URL": "http://localhost:9999/api",
            "SLACK_BOT_TOKEN": "test",
            "SLACK_APP_TOKEN": "test",
        }
    )
    assert settings.slack_api_url == "http://localhost:9999/api/"
    assert settings.for_bot().bot.get_secret_value() == "test"


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("COORDINATOR", "COORDINATORS"),
        ("SLACK_TOKEN", "SLACK_BOT_TOKEN"),
        ("SANDBOX_PROT", "SANDBOX_PORT"),
        ("slack_bot_token", "SLACK_BOT_TOKEN"),
    ],
)
def test_a_misspelt_name_gets_the_nearest_one(key: str, meant: str) -> None:
    assert problems(**{key: "x"}) == (f"{key} is no setting: did you mean {meant}?",)


def test_other_programs_names_are_left_alone() -> None:
    Settings.load({"HTTP_PROXY": "http://p:1", "LOGNAME": "me", "PATH": "/bin", "DATA": "x"})


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ("sqlite:///x.db", "sqlite:///x.db"),
        ("sqlite:////srv/x.db", "sqlite:////srv/x.db"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h/d?a=b", "postgresql+psycopg://u:p@h/d?a=b"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
    ],
)
def test_database_urls_lead_to_the_one_driver(typed: str, opened: str) -> None:
    assert Settings.load({"DATABASE_URL": typed}).database == opened


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("sqlite+aiosqlite:///x.db", 'leave "+aiosqlite" out'),
        ("postgresql+asyncpg://h/d", 'leave "+asyncpg" out'),
        ("postgresql+psycopg2://h/d", 'leave "+psycopg2" out'),
        ("sqlite://", "must name a SQLite file"),
        ("sqlite:///:memory:", "must name a SQLite file"),
        ("mysql://h/d", "must look like"),
        ("x.db", "must look like"),
    ],
)
def test_other_databases_are_refused_with_the_remedy(typed: str, said: str) -> None:
    (told,) = problems(DATABASE_URL=typed)
    assert said in told


@pytest.mark.parametrize("url", ["slack.com/api", "ftp://h/", "http://", "http://h:port/"])
def test_an_address_must_be_one(url: str) -> None:
    (told,) = problems(SLACK_API_URL=url)
    assert told.startswith("SLACK_API_URL must be a web address")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        ({"SLACK_BOT_TOKEN": BOT}, ["SLACK_APP_TOKEN"]),
        ({"SLACK_APP_TOKEN": APP}, ["SLACK_BOT_TOKEN"]),
    ],
)
def test_a_real_workspace_needs_both_tokens(given: dict[str, str], missing: list[str]) -> None:
    with pytest.raises(SetupError) as caught:
        Settings.load(given).for_bot()
    assert [told.split()[0] for told in caught.value.problems] == missing


def test_the_sandbox_keeps_away_from_the_operators_world() -> None:
    real = Settings.load(
        {
            "SLACK_BOT_TOKEN": BOT,
            "DATABASE_URL": "postgresql://h/d",
            "COORDINATORS": "U1",
            "LOG_LEVEL": "ERROR",
        }
    )
    sandbox = real.for_sandbox("http://127.0.0.1:8080/api", "xoxb-s", "xapp-s")
    assert sandbox.slack_api_url == "http://127.0.0.1:8080/api/"
    assert sandbox.for_bot().bot.get_secret_value() == "xoxb-s"
    assert sandbox.data_dir == Path("data/sandbox")
    assert sandbox.database == "sqlite:///data/sandbox/concerted.db"
    assert sandbox.coordinators == ()
    assert sandbox.log_level == "ERROR"
