"""Logs in one voice, with no secret in them."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_HIDDEN = "[hidden]"
_SECRETS = (
    re.compile(r"\bxox[a-z](?:\.xox[a-z])?-[\w-]+"),
    re.compile(r"\bxapp-[\w-]+"),
    re.compile(r"(?<=hooks\.slack\.com/)[\w/-]+"),
    re.compile(r"(?<=[?&]ticket=)[^&\s\"']+"),
    re.compile(r"(?<=://)(?P<user>[^\s/:@]*):[^\s/@]+(?=@)"),
)
_NAMES = re.compile(r"token|secret|password|authorization|cookie|database_url", re.IGNORECASE)
_NOISY = ("slack_sdk", "slack_bolt", "aiohttp", "asyncio", "alembic", "sqlalchemy")


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    return structlog.stdlib.get_logger(name)


def set_up(level: str, log_format: str, stream: TextIO | None = None) -> None:
    """Everything said through structlog or the standard library goes to one stream, redacted.

    `log_format` "auto" is pretty on a terminal and JSON elsewhere.
    """
    stream = stream or sys.stderr
    pretty = log_format == "console" or (log_format == "auto" and stream.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.StackInfoRenderer(),
                structlog.processors.format_exc_info,
                redact,
                _renderer(pretty, stream),
            ],
        )
    )
    handler.addFilter(_speaks_of_itself)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # It warns of each tick that is still running; that one is waited for by design.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def _speaks_of_itself(record: logging.LogRecord) -> bool:
    """Below WARNING the libraries print whole payloads, people's words, at a level of their own."""
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] not in _NOISY


def _renderer(pretty: bool, stream: TextIO) -> Processor:
    if pretty:
        # The traceback is text already, for redaction has to see it.
        return structlog.dev.ConsoleRenderer(
            colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    return structlog.processors.JSONRenderer(sort_keys=True, default=str, ensure_ascii=False)


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hide what looks like a secret, by the field's name or the value's shape, at any depth."""
    return {key: _clean(key, value) for key, value in event.items()}


def _clean(key: str, value: object) -> object:
    if _NAMES.search(key) and value is not None:
        return _HIDDEN
    if isinstance(value, bool | int | float | None):
        return value
    if isinstance(value, Mapping):
        return {str(name): _clean(str(name), inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(key, inner) for inner in value]
    return hide(str(value))


def hide(text: str) -> str:
    """For what is printed rather than logged."""
    for secret in _SECRETS:
        text = secret.sub(
            lambda found: f"{found['user']}:{_HIDDEN}" if found.re.groups else _HIDDEN, text
        )
    return text
