"""How much of a long enumeration one run takes: a share of it, or all with `make fuzz`."""

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Case = TypeVar("Case")
FULL = os.environ.get("SCALE") == "full"


def share(cases: Iterable[Case], of: int) -> Iterator[Case]:
    """Every one of so many, from the first on; all of them at full scale."""
    return islice(cases, 0, None, 1 if FULL else of)


def scaled(number: int, of: int) -> int:
    return number if FULL else number // of
