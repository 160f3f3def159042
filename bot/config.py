"""Settings from a mapping: every problem told at once, every secret kept out of sight."""

import difflib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import SetupError

SLACK = "https://slack.com/api/"

_PORT = "must be a whole number from 1 to 65535"
# What pydantic finds by itself, in words of ours; the rest is said by the validators below.
_REMEDIES = {
    "HTTP_PORT": f"{_PORT}; leave it out for no web server",
    "SANDBOX_PORT": f"{_PORT}; leave it out for 8080",
    "DATABASE_POOL": "must be a whole number from 1 to 64; leave it out for 8",
    "LOG_LEVEL": "must be DEBUG, INFO, WARNING or ERROR",
    "LOG_FORMAT": "must be auto, console or json",
}
# The longest that each may be kept, in days (domain.md 8).
_KEPT = {
    "KEEP_REQUESTS_DAYS": 14,
    "KEEP_MESSAGES_DAYS": 90,
    "KEEP_LEAVERS_DAYS": 30,
    "KEEP_REPLIES_DAYS": 365,
    "KEEP_ENDED_GROUPS_DAYS": 2192,
}
_REMEDIES |= {
    name: f"must be a whole number of days from 1 to {most}: it can be shortened, not lengthened"
    for name, most in _KEPT.items()
}
_UNSERVED = (
    "PUBLIC_URL needs HTTP_PORT: the web server that others shall reach has no port; set one,"
    " or leave PUBLIC_URL out."
)
# Near enough for SLACK_TOKEN, too far for HTTP_PROXY.
_NEAR = 0.82


class Tokens(NamedTuple):
    """What `python -m bot run` cannot do without."""

    bot: SecretStr
    app: SecretStr


class Settings(BaseSettings):
    """What the operator decides; the names in capitals are those of `.env`."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        alias_generator=str.upper,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = SLACK
    coordinators: tuple[str, ...] = ()
    database_url: SecretStr | None = None
    database_pool: int = Field(8, ge=1, le=64)
    data_dir: Path = Path("data")
    http_host: str = "127.0.0.1"
    http_port: int | None = Field(None, ge=1, le=65535)
    sandbox_port: int = Field(8080, ge=1, le=65535)
    public_url: str | None = None
    default_zone: str = "UTC"
    keep_requests_days: int = Field(14, ge=1, le=14)
    keep_messages_days: int = Field(90, ge=1, le=90)
    keep_leavers_days: int = Field(30, ge=1, le=30)
    keep_replies_days: int = Field(365, ge=1, le=365)
    keep_ended_groups_days: int = Field(2192, ge=1, le=2192)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "console", "json"] = "auto"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)

    @classmethod
    def load(cls, mapping: Mapping[str, str | None]) -> Self:
        """Raise SetupError with a sentence for each thing that is wrong; blank means unset."""
        given: dict[str, Any] = {
            key: value.strip() for key, value in mapping.items() if value and value.strip()
        }
        problems = [*_misspelt(given), *_misplaced_tokens(given)]
        try:
            settings = cls(**given)
        except ValidationError as error:
            problems += [_sentence(str(found["loc"][0]), found) for found in error.errors()]
            raise SetupError(*problems) from None
        if settings.public_url and settings.http_port is None:
            problems.append(_UNSERVED)
        if problems:
            raise SetupError(*problems)
        return settings

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_a_slash(cls, url: str) -> str:
        if not _is_web_address(url):
            raise _problem(f"must be a web address such as {SLACK}; leave it out for Slack's own")
        return url.rstrip("/") + "/"

    @field_validator("public_url")
    @classmethod
    def _ends_without_a_slash(cls, url: str | None) -> str | None:
        if url is not None and not (_is_web_address(url) and _is_safe(url)):
            raise _problem("must be a web address such as https://concerted.example.org")
        return url.rstrip("/") if url else url

    @field_validator("coordinators", mode="before")
    @classmethod
    def _split(cls, typed: object) -> object:
        if not isinstance(typed, str):
            return typed
        ids = tuple(word for word in re.split(r"[,\s]+", typed) if word)
        if not all(re.fullmatch(r"[UW][A-Z0-9]+", word) for word in ids):
            raise _problem(
                "must be Slack user ids such as U012AB3CD, with commas between them"
                ' (in Slack: profile, three dots, "Copy member ID")'
            )
        return ids

    @field_validator("database_url")
    @classmethod
    def _names_a_driver_we_have(cls, url: SecretStr | None) -> SecretStr | None:
        return url and SecretStr(_database_url(url.get_secret_value()))

    @field_validator("default_zone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise _problem("must be a zone name such as Europe/London or UTC") from None

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, typed: object) -> object:
        return typed.upper() if isinstance(typed, str) else typed

    @field_validator("log_format", mode="before")
    @classmethod
    def _lower(cls, typed: object) -> object:
        return typed.lower() if isinstance(typed, str) else typed

    @property
    def database(self) -> str:
        """The URL to open; it may carry a password, so it is never logged."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'concerted.db'}"

    def for_bot(self) -> Tokens:
        """Raise SetupError unless both tokens for a real workspace are there."""
        wanted = {
            "SLACK_BOT_TOKEN": "install the app in your workspace and copy the Bot User OAuth"
            ' Token (xoxb-) from "OAuth & Permissions"',
            "SLACK_APP_TOKEN": "make an app-level token (xapp-) with the scope connections:write"
            ' under "Basic Information"',
        }
        bot, app = self.slack_bot_token, self.slack_app_token
        if bot is not None and app is not None:
            return Tokens(bot, app)
        absent = [name for name, token in zip(wanted, (bot, app), strict=True) if token is None]
        raise SetupError(
            *(f"{name} is missing: {wanted[name]}, then put it in .env." for name in absent)
        )

    def for_sandbox(self, api_url: str, bot_token: str, app_token: str) -> Self:
        """The same settings in a world of their own: the operator's tokens and rows stay away."""
        return self.model_copy(
            update={
                "slack_api_url": api_url.rstrip("/") + "/",
                "slack_bot_token": SecretStr(bot_token),
                "slack_app_token": SecretStr(app_token),
                "slack_signing_secret": None,
                "coordinators": (),
                "database_url": None,
                "data_dir": self.data_dir / "sandbox",
            }
        )


NAMES = tuple(name.upper() for name in Settings.model_fields)


def _problem(what: str) -> PydanticCustomError:
    # Braces would be taken for a template.
    return PydanticCustomError("setting", "{what}", {"what": what})


def _sentence(name: str, found: Mapping[str, Any]) -> str:
    said = found["msg"] if found["type"] == "setting" else _REMEDIES.get(name, "cannot be read")
    return f"{name} {said}."


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_safe(url: str) -> bool:
    """Calendars are read over it by a secret in the address, which no network is to see."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1", "::1"}


def _misspelt(given: Mapping[str, object]) -> list[str]:
    strangers = (key for key in given if key not in NAMES)
    guesses = ((key, difflib.get_close_matches(key.upper(), NAMES, 1, _NEAR)) for key in strangers)
    return [
        f"{key} is no setting: did you mean {near[0]}?"
        for key, near in guesses
        if near and near[0] not in given
    ]


def _misplaced_tokens(given: Mapping[str, str]) -> list[str]:
    bot, app = given.get("SLACK_BOT_TOKEN", ""), given.get("SLACK_APP_TOKEN", "")
    if bot.startswith("xapp-") and app.startswith("xoxb-"):
        return ["SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: exchange the two."]
    # Another implementation of Slack's APIs may give its tokens any shape.
    ours = given.get("SLACK_API_URL", SLACK).rstrip("/") == SLACK.rstrip("/")
    checks: list[tuple[str, str, str, Callable[[str], bool]]] = [
        (
            "SLACK_BOT_TOKEN",
            bot,
            'copy the Bot User OAuth Token (xoxb-) from "OAuth & Permissions"',
            lambda token: token.startswith("xoxb-"),
        ),
        (
            "SLACK_APP_TOKEN",
            app,
            'copy an app-level token (xapp-) from "Basic Information"',
            lambda token: token.startswith("xapp-"),
        ),
    ]
    return [
        f"{name} holds {_kind(token)}: {remedy}."
        for name, token, remedy, right in checks
        if token and not right(token) and (ours or re.match(r"xox|xapp-", token))
    ]


def _kind(token: str) -> str:
    kinds = {
        "xapp-": "an app-level token",
        "xoxb-": "a bot token",
        "xoxp-": "a user token",
        "xoxe": "a token for rotation",
    }
    return next(
        (kind for start, kind in kinds.items() if token.startswith(start)),
        "something that is no Slack token",
    )


def _database_url(url: str) -> str:
    scheme, found, rest = url.partition("://")
    dialect, _, driver = scheme.partition("+")
    if driver in {"aiosqlite", "asyncpg"}:
        raise _problem(f'must not name the driver: leave "+{driver}" out')
    if not found or dialect not in {"sqlite", "postgres", "postgresql"}:
        raise _problem(
            "must look like sqlite:///data/concerted.db or postgresql://user@host/database;"
            " leave it out for a SQLite file in DATA_DIR"
        )
    if dialect == "sqlite":
        if driver or not rest.removeprefix("/") or rest == "/:memory:":
            raise _problem("must name a SQLite file, such as sqlite:///data/concerted.db")
        return url
    if driver not in {"", "psycopg"}:
        raise _problem(f'must not name the driver: leave "+{driver}" out')
    return f"postgresql+psycopg://{rest}"
