"""Calendars: the words and the button for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.meetings import PREFIX
from bot.domain.model import Group, Ref
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.meetings import read_id
from bot.handlers.reading import Reading
from bot.handlers.registry import Click, Clicked, Command, Submitted, as_ref
from bot.handlers.tokens import plain, tidy
from bot.services import calendars, meetings
from bot.services.access import Ask
from bot.services.inbox import Attachment, Outcome, Reply
from bot.views import calendar_answers as view
from bot.views.ids import Id

USAGE = "calendar [<group>|<meeting ID>|feed [<group>]|revoke]"
OWN = "your meetings and deadlines for a year ahead"
_FEED, _REVOKE = "feed", "revoke"
_MINE = frozenset({"", "me", "mine", "my"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of one meeting, of a group, or else the asker's own; `do`: what with it, beside a file."""

    ref: Ref | None = None
    group: Group | None = None
    do: str = ""


class CalendarHandlers:
    """`public_url`: where others reach this installation; None: it gives no links."""

    def __init__(self, public_url: str | None) -> None:
        self._public_url = public_url

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            noun="",
            words=("calendar",),
            usage=USAGE,
            says="Sends a calendar file: your own dates, a group's, or one meeting. `feed` gives "
            "a secret link that keeps itself up to date, `revoke` ends your links",
            parse=read,
            run=lambda ask, by, wanted: self.told(ask, wanted),
            example="calendar",
        )
        yield Command(
            noun="meeting",
            words=("calendar",),
            usage="meeting calendar <ID>",
            says="Sends one meeting as a calendar file",
            parse=read_id,
            run=lambda ask, by, ref: of_meeting(ask, ref),
            example="meeting calendar MT-15",
        )

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.CALENDAR_MEETING: pressed}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}

    def told(self, ask: Ask, wanted: Wanted) -> Outcome:
        if wanted.ref is not None:
            return of_meeting(ask, wanted.ref)
        if wanted.do == _REVOKE:
            return Reply(view.revoked(calendars.revoke(ask)))
        if wanted.do == _FEED:
            return self._feed(ask, wanted.group)
        file, what = _file(ask, wanted.group)
        live = self._public_url is not None
        given = calendars.feeds(ask)
        return Reply(view.sent(file.name, what, given, ask.world, live=live), file=file)

    def _feed(self, ask: Ask, group: Group | None) -> Outcome:
        if self._public_url is None:
            file, what = _file(ask, group)
            return Reply(view.no_feeds(file.name, what), file=file)
        address = calendars.new_feed(ask, group, self._public_url)
        what = _what(group)
        return Reply(view.feed_made(what), secret=view.secret(address, what))


def read(text: str, reading: Reading) -> Wanted:
    line = tidy(text)
    word, _, rest = line.partition(" ")
    if word.casefold() == _REVOKE:
        return Wanted(do=_REVOKE)
    if word.casefold() == _FEED:
        return Wanted(group=_group(rest, reading), do=_FEED)
    ref = as_ref(line)
    if ref is not None and ref.startswith(f"{PREFIX}-"):
        return Wanted(ref)
    return Wanted(group=_group(line, reading))


def _group(line: str, reading: Reading) -> Group | None:
    """None: the asker's own."""
    if line.casefold() in _MINE:
        return None
    named = sentence.group_named(line, reading)
    if not named:
        reading.refuse_ended(plain(line, reading))
        raise BadInput(Code.GROUP_UNKNOWN, "group", plain(line, reading))
    return reading.group(named, line)


def pressed(ask: Ask, click: Click) -> Outcome:
    return of_meeting(ask, Ref(click.value.ref))


def of_meeting(ask: Ask, ref: Ref) -> Outcome:
    file = calendars.file_of(ask, ref)
    return Reply(view.sent(file.name, view.one(meetings.find(ask, ref))), file=file)


def _file(ask: Ask, group: Group | None) -> tuple[Attachment, str]:
    file = calendars.own_file(ask) if group is None else calendars.group_file(ask, group)
    return file, _what(group)


def _what(group: Group | None) -> str:
    return OWN if group is None else f"the meetings and deadlines of {group.short} for a year ahead"
