"""Something for everybody: seen by who wrote it first, then posted with one press."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.model import GroupKey, Ref
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.registry import (
    COORDINATOR,
    Click,
    Clicked,
    Command,
    Invocation,
    Submitted,
    as_ref,
)
from bot.handlers.tokens import plain
from bot.services import announcements
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import announcements as view
from bot.views.blocks import Id

USAGE = "announce [in <group>:] <text>"
_IN = re.compile(r"in\s+([^:\n]{1,80}):\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """`meeting`: not these words are announced, but that meeting."""

    text: str
    group: GroupKey | None = None
    meeting: Ref | None = None


class AnnouncementHandlers:
    def __init__(self, announce_meeting: Callable[[Ask, Ref], Outcome]) -> None:
        self._announce_meeting = announce_meeting

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("announce",), USAGE,
            "Shows you an announcement for everybody; one press posts it in the channel of all, "
            "or of the group.",
            read_announcement, self.announce,
            "announce London is hybrid: please say where you join", COORDINATOR,
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.ANNOUNCE_POST: posted}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}

    def announce(self, ask: Ask, by: Invocation, said: Said) -> Outcome:
        if said.meeting is not None:
            return self._announce_meeting(ask, said.meeting)
        shown = announcements.draft(ask, said.text, said.group)
        return Reply(view.preview(shown.announcement, shown.channel, ask.world))


def read_announcement(line: str, reading: Reading) -> Said:
    """An id of a meeting alone, else the text as it is, behind `in <group>:` if that names one."""
    ref = as_ref(line)
    if ref is not None and ref.startswith("MT-"):
        return Said("", meeting=ref)
    if not line.strip():
        raise BadInput(Code.WRONG_WORDS, None, usage=USAGE)
    text, group = line.strip(), None
    match = _IN.match(text)
    if match is not None and (named := sentence.group_named(match[1], reading)):
        group, text = reading.group(named, match[1]).key, text[match.end() :]
    return Said(plain(text, reading), group)


def posted(ask: Ask, click: Click) -> Outcome:
    shown = announcements.post(ask, click.value.get("request"))
    return Reply(view.posted(shown.channel, already=shown.already), rewrites=True)
