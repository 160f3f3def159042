"""What minutes say, in plain words under headings: a message, Markdown and HTML show the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.agendas import Purpose
from bot.domain.decisions import DecisionState
from bot.domain.items import ItemState
from bot.domain.minutes import Agreed, Content, Given, Minutes, MinutesState, Other, Topic
from bot.domain.model import UserId, World
from bot.domain.privacy import former
from bot.views.dates import count, day_words, today
from bot.views.people import name
from bot.views.text import bare, moment

NOBODY = "nobody yet"
PURPOSES = {Purpose.DECIDE: "to decide", Purpose.DISCUSS: "to discuss", Purpose.INFORM: "to inform"}
_STATES = {ItemState.DONE: "done since", ItemState.DROPPED: "dropped since"}


@dataclass(frozen=True, slots=True)
class Line:
    """`lead` is an id or what kind of thing it is; `at`: an instant, which `text` spells out."""

    text: str
    lead: str = ""
    at: datetime | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """`key` names it within one document; nothing in it is escaped."""

    key: str
    title: str
    lines: tuple[Line, ...] = ()
    table: Table | None = None


def heading(content: Content) -> str:
    return f"{content.ref} {bare(content.title)}".strip()


def standing(minutes: Minutes, world: World, zone: str) -> str:
    """Unconfirmed until accepted; one sentence."""
    if minutes.state is MinutesState.ACCEPTED:
        day = day_words(today(minutes.accepted_at or minutes.drafted_at, zone))
        by = f"by {called(minutes.accepted_by, world)}" if minutes.accepted_by else ""
        return f"Minutes, accepted on {day} {by or 'as nobody objected'}."
    if minutes.state is MinutesState.OBJECTED:
        objections = count(len(minutes.objections), "objection")
        return f"Draft minutes, unconfirmed: {objections}, the chair says how it goes on."
    if minutes.state is MinutesState.DRAFT:
        out = day_words(minutes.publish_on)
        return f"Draft minutes, unconfirmed: they go to the group on {out}."
    return (
        f"Draft minutes, unconfirmed: comments until {day_words(minutes.comments_until)}, "
        f"accepted on {day_words(minutes.accept_on)} unless somebody objects."
    )


def parts(content: Content, minutes: Minutes, world: World) -> tuple[Part, ...]:
    """Everything, in the order of such documents."""
    found = (
        _meeting(content, world),
        _attendance(content, world),
        Part("interests", "Declarations of interest", _interests(content, world)),
        Part("previous", "Previous minutes", _previous(content.previous)),
        *_topics(content.topics, world),
        given_part(content.actions, world),
        open_part(content),
        next_part(content.next),
        _corrections(minutes, world),
        _comments(minutes, world),
    )
    return tuple(part for part in found if part.lines or part.table)


def decided_part(content: Content, world: World) -> Part:
    """All that was agreed, whatever the topic."""
    lines = [line for one in content.decisions for line in _agreed(one, world)]
    return Part("decisions", "Decisions", tuple(lines))


def given_part(actions: Sequence[Given], world: World) -> Part:
    rows = tuple((one.ref, bare(one.text), _owners(one, world), _due(one)) for one in actions)
    table = Table(("Id", "What", "Who", "By when"), rows) if rows else None
    return Part("actions", "New actions", table=table)


def open_part(content: Content) -> Part:
    unreached = [Line(bare(topic), "Not reached") for topic in content.not_reached]
    held = [Line(bare(words), "Needs a look") for words in content.held]
    return Part("open", "Open points", (*unreached, *held))


def next_part(other: Other | None) -> Part:
    if other is None:
        return Part("next", "Next meeting", (Line("No date is set."),))
    when = moment(other.starts, other.zone)
    title = f"{other.ref} {bare(other.title)}"
    return Part("next", "Next meeting", (Line(when, title, other.starts, other.zone),))


def called(user: str, world: World) -> str:
    """The full name where there is one: a document is read without Slack."""
    person = world.people.get(UserId(user))
    if former(user) is None and person is not None and bare(person.name):
        return bare(person.name)
    return name(user, world)


def _meeting(content: Content, world: World) -> Part:
    groups = [world.groups[key] for key in content.groups if key in world.groups]
    names = ", ".join(bare(group.short or group.name) for group in groups) or "all groups"
    lines = [
        *_times(content),
        Line(names, "Working groups"),
    ]
    if bare(content.place):
        lines.append(Line(bare(content.place), "Place"))
    if content.note_taker is not None:
        lines.append(Line(called(content.note_taker, world), "Notes by"))
    return Part("meeting", "Meeting", tuple(lines))


def _times(content: Content) -> Iterator[Line]:
    """As it was held; as it was planned where that is not known, or was different."""
    began, ended = content.began or content.starts, content.ended
    yield _time("Began", began, content)
    if ended is not None:
        yield _time("Ended", ended, content)
    if _minute(began) != _minute(content.starts):
        yield _time("Planned for", content.starts, content)
    if ended is None or _minute(ended) != _minute(content.ends):
        yield _time("Planned until", content.ends, content)


def _time(lead: str, at: datetime, content: Content) -> Line:
    return Line(moment(at, content.zone), lead, at, content.zone)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _attendance(content: Content, world: World) -> Part:
    nobody = "nobody was written down as present"
    lines = [Line(_names(content.present, world) or nobody, "Present")]
    if content.promised:
        lines.append(Line(_names(content.promised, world), "Said they would come"))
    instead = dict(content.substitutes)
    regrets = [
        called(user, world)
        + (f" ({called(instead[user], world)} instead)" if user in instead else "")
        for user in content.regrets
    ]
    if regrets:
        lines.append(Line(", ".join(regrets), "Regrets"))
    if content.unknown:
        lines.append(Line(_names(content.unknown, world), "Not written down"))
    return Part("attendance", "Who was there", tuple(lines))


def _interests(content: Content, world: World) -> tuple[Line, ...]:
    """Whose declaration is missing is for who minds that: here stands how many."""
    without = len(content.undeclared)
    lines = [Line(f"{without} of those present", "No valid declaration")] if without else []
    for lead, found in (
        ("Stepped out", content.stepped_out),
        ("Was to step out", content.to_step_out),
    ):
        lines += [Line(f"{called(user, world)}, for {bare(topic)}", lead) for user, topic in found]
    return tuple(lines)


def _previous(other: Other | None) -> tuple[Line, ...]:
    if other is None:
        return ()
    said = {
        None: "no minutes are kept here",
        MinutesState.ACCEPTED: "accepted",
    }.get(other.state, "not accepted yet")
    day = day_words(today(other.starts, other.zone))
    return (Line(f"{bare(other.title)}, {day}: {said}", other.ref),)


def _topics(topics: Sequence[Topic], world: World) -> Iterator[Part]:
    number = 0
    for place, topic in enumerate(topics):
        title = "Said before the first topic"
        if topic.title:
            number += 1
            title = f"{number}. {bare(topic.title)}{_meant(topic, world)}"
        lines = tuple(_said(topic, world)) or (Line("Nothing was written down."),)
        yield Part(f"topic{place}", title, lines)


def _meant(topic: Topic, world: World) -> str:
    said = [called(topic.owner, world)] if topic.owner is not None else []
    said += [PURPOSES[topic.purpose]] if topic.purpose is not None else []
    return f" ({', '.join(said)})" if said else ""


def _said(topic: Topic, world: World) -> Iterator[Line]:
    yield from _plain(topic.notes)
    for agreed in topic.decisions:
        yield from _agreed(agreed, world)
    for one in topic.actions:
        words = f"{bare(one.text)} \N{EN DASH} {_owners(one, world)} \N{EN DASH} {_due(one)}"
        yield Line(words, f"Action {one.ref}")
    for deadline in topic.deadlines:
        yield Line(
            f"{bare(deadline.text)}, due {day_words(deadline.due)}", f"Deadline {deadline.ref}"
        )


def _agreed(one: Agreed, world: World) -> Iterator[Line]:
    """With who objects to it, and why."""
    yield Line(f"{bare(one.text)} ({_stands(one)})", f"Decision {one.ref}")
    for objection in one.objections:
        yield Line(f"{called(objection.by, world)} objects: {bare(objection.why)}", one.ref)


def _stands(one: Agreed) -> str:
    said = {
        DecisionState.PROPOSED: "proposed",
        DecisionState.RECORDED: "decided",
        DecisionState.OBJECTED: "not adopted, there are objections",
        DecisionState.WITHDRAWN: "withdrawn",
    }[one.state]
    if one.state is DecisionState.PROPOSED and one.objections_by is not None:
        said += f", stands after {day_words(one.objections_by)} unless somebody objects"
    if one.review is not None and one.state is not DecisionState.WITHDRAWN:
        said += f", comes back on {day_words(one.review)}"
    return said


def _owners(one: Given, world: World) -> str:
    return _names(one.owners, world) or NOBODY


def _due(one: Given) -> str:
    since = f", {_STATES[one.state]}" if one.state in _STATES else ""
    return f"{day_words(one.due)}{since}"


def _corrections(minutes: Minutes, world: World) -> Part:
    lines = tuple(
        Line(
            f'"{bare(one.old)}" to "{bare(one.new)}" ({called(one.by, world)}, {_day(one.at)})',
            "Corrected",
        )
        for one in minutes.corrections
    )
    return Part("corrections", "Corrections", lines)


def _comments(minutes: Minutes, world: World) -> Part:
    lines = tuple(
        Line(
            f"{called(one.by, world)}, {_day(one.at)}: {bare(one.text)}",
            "Objection" if one.objects else "Comment",
        )
        for one in minutes.comments
    )
    return Part("comments", "Comments on these minutes", lines)


def _day(at: datetime) -> str:
    return day_words(at.date())


def _plain(words: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(bare(said)) for said in words if bare(said))


def _names(users: Sequence[str], world: World) -> str:
    return ", ".join(called(user, world) for user in users)
