"""A line with a gap where words could not be read, and what fills it."""

import re
from datetime import date, datetime

from bot.domain.model import Group, Person
from bot.errors import BadInput, UserError
from bot.views.blocks import parse_value
from bot.views.text import mention

GAP = "\ue000"
"""Stands in a carried line for what a picker will fill in."""


def mended(carried: str, picked: str) -> str:
    """The line to run: `carried` is the picker's block_id, `picked` a date, user id or key."""
    line = parse_value(carried).get("line")
    return line.replace(GAP, words_of(picked))


def with_gap(error: UserError, line: str, lead: str) -> str:
    """The line with a gap where the words were that could not be read, or at its end."""
    bad = error.typed if isinstance(error, BadInput) else ""
    bad = bad or str(error.facts.get("typed") or "")
    token = re.compile(rf"<@{re.escape(bad)}(?:\|[^>]*)?>") if bad else None
    if token and token.search(line):
        return token.sub(GAP, line, count=1)
    for words_ in (f"@{bad}", bad) if bad else ():
        head, found, tail = line.rpartition(words_)
        if found:
            return f"{head}{GAP}{tail}"
    return f"{line} {lead}{GAP}"


def filled(error: UserError, line: str, words: str) -> str:
    """The line with these words where those were that could not be read, else at its end.

    `words` may begin with `by` or `for`, which stands in the line already where they replace.
    """
    gapped = with_gap(error, line, "")
    bare = words if gapped.endswith(f" {GAP}") else re.sub(r"^(?:by|for)\s+", "", words)
    return gapped.replace(GAP, bare)


def words_of(choice: object) -> str:
    if isinstance(choice, datetime):
        return f"{choice:%Y-%m-%d %H:%M}"
    if isinstance(choice, date):
        return choice.isoformat()
    if isinstance(choice, Person):
        return mention(choice.user)
    if isinstance(choice, Group):
        return choice.key
    text = str(choice)
    return mention(text) if mention(text) != "someone" else text
