"""What whoever plans, moves or cancels a meeting hears."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.local_times import Facts
from bot.domain.meetings import Meeting, MeetingKind
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.views import local_times
from bot.views.blocks import Id, Piece, actions, button, context, message, section, value
from bot.views.buttons import undo
from bot.views.dates import count, day_words
from bot.views.local_times import Countries
from bot.views.meetings import groups, title_text
from bot.views.text import bare, clip, escape, moment, plain

DATES = 5
REASON_SHOWN = 300


def planned(
    meetings: Sequence[Meeting],
    facts: Facts,
    world: World,
    request: str,
    countries: Countries,
    notes: Sequence[str] = (),
    *,
    cut: bool = False,
    skipped: int = 0,
) -> Message:
    """`notes` are whole sentences; `skipped`: items of the preparation that come too late."""
    first = meetings[0]
    head = f"{_refs(meetings)} planned: {_facts(first, world)}."
    said = [*_series(meetings, cut), *notes]
    said += local_times.sentences(facts, first, countries)
    if skipped:
        said.append(f"Of the preparation {_skipped(skipped)}.")
    both = " With all as its last word, those after it too." if len(meetings) > 1 else ""
    way_back = f"To cancel it later: meeting cancel {first.ref} and the reason.{both}"
    return _said(first, head, said, request, way_back)


def moved(
    before: Sequence[Meeting],
    after: Sequence[Meeting],
    facts: Facts,
    told: datetime | None,
    world: World,
    request: str,
    countries: Countries,
    notes: Sequence[str] = (),
    *,
    dates: int = 0,
    done: int = 0,
) -> Message:
    first, was = after[0], before[0]
    old = f"{day_words(was.start_day)}, {was.start_at:%H:%M}"
    head = f"{first.ref} moved: {_facts(first, world)}, instead of {old}."
    said = [*_rest(len(after) - 1, f"{_are(len(after) - 1)} moved as well"), *notes]
    said.append(f"{_count(dates, 'date')} of the preparation moved along, {_done(done)}.")
    said += local_times.sentences(facts, first, countries)
    said.append(_told(told, first, world))
    return _said(first, head, said, request, "")


def edited(
    after: Sequence[Meeting],
    facts: Facts,
    told: datetime | None,
    world: World,
    request: str,
    countries: Countries,
    *,
    heard: bool,
) -> Message:
    """`heard`: it is something of which the channel is told."""
    first = after[0]
    head = f"{first.ref} changed: {_facts(first, world)}."
    said = _rest(len(after) - 1, f"{_are(len(after) - 1)} changed as well")
    said += [f"{count(len(after), 'meeting')} in all."] if len(after) > 1 else []
    said += local_times.sentences(facts, first, countries)
    said += [_told(told, first, world)] if heard else []
    return _said(first, head, said, request, "")


def so_already(meeting: Meeting) -> Message:
    said = f"{meeting.ref} {title_text(meeting)} is so already: nothing was changed."
    return message(said, section(f"{meeting.ref}:said", said))


def cancelled(
    after: Sequence[Meeting], told: datetime | None, later: int, world: World, request: str
) -> Message:
    """`later`: how many of its series still take place."""
    first = after[0]
    when = moment(first.starts, first.zone)
    why = clip(bare(first.why), REASON_SHOWN).rstrip(" .")
    head = f"{first.ref} {title_text(first)} on {when} is cancelled: {plain(why)}."
    said = _rest(len(after) - 1, f"{_are(len(after) - 1)} cancelled as well")
    if later:
        takes = "takes" if later == 1 else "take"
        said.append(f"{_count(later, 'meeting')} after it in the series {takes} place.")
    said.append(_told(told, first, world))
    return _said(first, head, said, request, "")


def linked(meeting: Meeting, more: int, request: str, *, changed: bool = True) -> Message:
    """`more`: how many after it in its series have it as well."""
    none = "has no link any more" if changed else "had no link, so nothing was changed"
    what = f"is joined by {plain(meeting.link)} now" if meeting.link else none
    said = _rest(more, "has it as well" if more == 1 else "have it as well")
    if meeting.link:
        said.append("Who comes gets it the day before, and at the start.")
    return _said(meeting, f"{meeting.ref} {title_text(meeting)} {what}.", said, request, "")


def _refs(meetings: Sequence[Meeting]) -> str:
    first, more = meetings[0].ref, len(meetings) - 1
    if not more:
        return f"{first} is"
    return f"{first} to {meetings[-1].ref} are"


def _facts(meeting: Meeting, world: World) -> str:
    length = meeting.ends - meeting.starts
    kind = ", face to face" if meeting.kind is MeetingKind.FACE_TO_FACE else ""
    until = f" until {day_words(meeting.end_day)}, {meeting.end_at:%H:%M}"
    lasts = f" for {_length(length)}" if meeting.start_day == meeting.end_day else until
    where = f", {plain(meeting.place)}" if meeting.place else ""
    return (
        f"{title_text(meeting)}, {moment(meeting.starts, meeting.zone)}{lasts}{kind}{where}, "
        f"{plain(groups(meeting, world))}"
    )


def _length(length: timedelta) -> str:
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    said = [count(hours, "hour")] if hours else []
    return " ".join([*said, *([count(minutes, "minute")] if minutes or not hours else [])])


def _series(meetings: Sequence[Meeting], cut: bool) -> list[str]:
    if len(meetings) == 1:
        return []
    days = [day_words(meeting.start_day) for meeting in meetings[:DATES]]
    if len(meetings) > DATES:
        days.append(f"… the last on {day_words(meetings[-1].start_day)}")
    said = [f"{count(len(meetings), 'meeting')}: {', '.join(days)}."]
    return [*said, *(["That is as far ahead as a series is planned."] if cut else [])]


def _rest(more: int, verb: str) -> list[str]:
    if not more:
        return []
    return [f"{'The one' if more == 1 else f'The {more}'} after it in the series {verb}."]


def _skipped(number: int) -> str:
    return (
        f"{count(number, 'item')} could only be done after the start, and {_are(number)} left out"
    )


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _count(number: int, noun: str) -> str:
    return count(number, noun) if number else f"No {noun}"


def _done(number: int) -> str:
    return (
        f"{count(number, 'item')} stay{'s' if number == 1 else ''} done"
        if number
        else ("nothing was done yet")
    )


def _told(told: datetime | None, meeting: Meeting, world: World) -> str:
    if told is None:
        return "No channel is told."
    group = world.groups.get(meeting.groups[0]) if meeting.groups else None
    zone = group.zone if group else world.programme.zone
    which = "channels are" if len(meeting.groups) > 1 else "channel is"
    return f"The {which} told once, {moment(told, zone)}."


def _said(first: Meeting, head: str, said: Sequence[str], request: str, way_back: str) -> Message:
    lines = [*map(plain, said)]
    text = " ".join([head, *lines])
    pieces: list[Piece] = [section(f"{first.ref}:said", head)]
    if said:
        pieces.append(section(f"{first.ref}:facts", "\n".join(f"• {escape(s)}" for s in said)))
    if way_back:
        pieces.append(context(f"{first.ref}:back", way_back))
    details = button("Details", Id.WORD_RUN, value(line=first.ref), names=first.ref)
    return message(text, *pieces, actions(f"{first.ref}:then", undo(request), details))
