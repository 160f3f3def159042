"""A line as Slack escapes it: tokens of people, channels and links, entities, odd spaces."""

import re
from dataclasses import replace

from bot.domain.items import Source
from bot.domain.model import UserId
from bot.handlers.reading import Reading

_TOKEN = re.compile(r"<([@#!]?)([^<>|\n]+)(?:\|([^<>\n]*))?>")
_LABEL = re.compile(r"<([@#][A-Z0-9]+)\|[^<>\n]*>")
_SAME = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
    | dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u3000", " ")
    | dict.fromkeys("\u200b\u2060\ufeff", "")
)
_LINK = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WRITTEN = re.compile(r"(?:mailto|tel):", re.IGNORECASE)
QUOTED = 1000  # characters
EVERYBODY = frozenset({"channel", "here", "everyone", "group"})
MENTION = re.compile(r"<@([UW][A-Z0-9]+)>|(?<![\w@.<&/#|])@(\w[\w.'-]*)")


def tidy(line: str) -> str:
    """Odd spaces and quotes made plain, labels of mentions dropped."""
    return _LABEL.sub(r"<\1>", line.translate(_SAME)).strip()


def plain(line: str, reading: Reading | None = None) -> str:
    """The words as they were typed: tokens and entities decoded once."""

    def word(token: re.Match[str]) -> str:
        mark, target, label = token.groups()
        if mark == "@":
            person = reading.world.people.get(UserId(target)) if reading else None
            return f"@{label or (person and (person.handle or person.name)) or target}"
        if mark == "#":
            group = reading.linked(target) if reading else None
            return f"#{label or (group.short if group else target)}"
        if mark == "!":
            name = target.partition("^")[0]
            return label or (f"@{name}" if name in EVERYBODY else target)
        if _WRITTEN.match(target):
            return label or target.partition(":")[2]
        return target if _LINK.match(target) else token[0]

    text = _TOKEN.sub(word, line.translate(_SAME))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mentioned(line: str) -> tuple[UserId, ...]:
    """Everybody named by id."""
    found = [UserId(match[1]) for match in MENTION.finditer(tidy(line)) if match[1]]
    return tuple(dict.fromkeys(found))


def quoted(source: Source | None, reading: Reading) -> Source | None:
    """The message with its words as people see them, if they are many only the first."""
    if source is None:
        return None
    return replace(source, quote=plain(source.quote, reading).strip()[:QUOTED])
