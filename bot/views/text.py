"""Words on their way to Slack: user text made harmless, clipped, and made plain for `text`."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.privacy import former

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_CONTROLS_IN_LINES = re.compile(_CONTROLS.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_PAIRED = re.compile(r"(?<!\w)([_~])(?=\S)(.+?)(?<=\S)\1(?!\w)")
_EMOJI = re.compile(r":([a-z0-9_+'-]*[a-z_+-][a-z0-9_+'-]*):", re.IGNORECASE)
_HOURS = re.compile(r"(?<=\d:\d\d)-(?=\d{1,2}:\d\d)")
"""The hyphen of 9:00-17:00, which with its colons would read as the name of an emoji."""
_USER = re.compile(r"[UW][A-Z0-9]{5,}")
_READABLE = str.maketrans({"*": "", "`": "'", "<": "\u2039", ">": "\u203a"})


def bare(text: str) -> str:
    """One line without control or direction characters: for plain_text elements."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def storable(text: str) -> str:
    """Without NUL and halves of surrogate pairs, which no database keeps."""
    return _UNKEPT.sub("", text)


def escape(text: str) -> str:
    """For mrkdwn; the only place where what people typed is made harmless."""
    kept = _CONTROLS_IN_LINES.sub("", text)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What Slack escaped on its way to us, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def clip(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1].rstrip() + "…"


def clip_middle(text: str, size: int) -> str:
    """Keeps both ends: what is wrong in a long line often stands at its end."""
    if len(text) <= size:
        return text
    head = (size - 1) * 2 // 3
    return text[:head] + "…" + text[len(text) - (size - 1 - head) :]


def plain(text: str) -> str:
    """For a message's `text`: one line, without mrkdwn, tokens or emoji names."""
    line = _PAIRED.sub(r"\2", bare(text).translate(_READABLE))
    line = _HOURS.sub("\u2013", line)
    while _EMOJI.search(line):
        line = _EMOJI.sub(r"\1", line)
    return line.replace("&", "&amp;")


def mention(user: str) -> str:
    """Who was erased is only named: there is nobody to ring."""
    if (name := former(user)) is not None:
        return name
    return f"<@{user}>" if _USER.fullmatch(user) else "someone"


def moment(at: datetime, zone: str) -> str:
    """An instant in words: day, wall time, city and UTC offset."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y}, {local:%H:%M} {place(local)}"


def place(local: datetime) -> str:
    """City and UTC offset of a zoned time, "New York (UTC\u22125)"; never an abbreviation."""
    city = str(local.tzinfo).rpartition("/")[2].replace("_", " ")
    offset = local.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "\u2212" if minutes < 0 else "+"
    return f"{city} (UTC{sign}{hours}{f':{rest:02}' if rest else ''})"


def instant(at: datetime, zone: str) -> str:
    """A token that Slack shows in the reader's zone; mrkdwn only."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{moment(at, zone)}>"
