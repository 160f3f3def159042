"""Whether enough people with a vote are coming; it warns, it never blocks (domain.md 3)."""

from dataclasses import dataclass

from bot.domain.model import UserId


@dataclass(frozen=True, slots=True)
class Quorum:
    """`coming`: voting people who said yes or remote, and those whom substitutes stand in for."""

    coming: tuple[UserId, ...]
    voters: tuple[UserId, ...]
    needed: int

    @property
    def reached(self) -> bool:
        return len(self.coming) >= self.needed
