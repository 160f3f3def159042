"""Calendar feeds: secret addresses at which calendar programs read meetings and deadlines."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.domain.model import GroupKey, UserId

PATH = "/cal/"
_BYTES = 16
"""128 bits (reliability.md 9)."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Of its token only the hash is known once it was given; `group` None: the person's own."""

    hash: str
    user: UserId
    group: GroupKey | None
    at: datetime


def new_token() -> str:
    return secrets.token_urlsafe(_BYTES)


def hash_of(token: str) -> str:
    """No salt: 128 random bits cannot be guessed from it."""
    return sha256(token.encode()).hexdigest()
