"""The workspace's clock: the real one, moved forward by an offset."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)


def duration(text: str) -> timedelta | None:
    """Read an ISO 8601 duration; years and months have no fixed length and are not read."""
    found = _DURATION.fullmatch(text)
    parts = {name: int(n) for name, n in found.groupdict().items() if n} if found else {}
    try:
        return timedelta(**parts) if parts else None
    except OverflowError:
        return None


def instant(text: str) -> datetime | None:
    """Read an ISO 8601 instant; without an offset from UTC it is not one."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo else None


class WorkspaceClock:
    def __init__(self, real: Callable[[], datetime], offset: timedelta) -> None:
        self._real = real
        self.offset = offset

    def now(self) -> datetime:
        return self._real().astimezone(UTC) + self.offset

    def real(self) -> datetime:
        return self._real().astimezone(UTC)

    def set(self, moment: datetime) -> None:
        self.offset += moment - self.now()
