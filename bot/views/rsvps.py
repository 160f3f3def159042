"""Who comes to a meeting: the buttons that answer, what answering says, who said what."""

from collections.abc import Iterable, Sequence

from bot.domain.meetings import Meeting, Rsvp, RsvpAnswer
from bot.domain.model import Person, UserId, World
from bot.domain.outbox import Message
from bot.domain.quorum import Quorum, Standing, substitutes
from bot.views import quorum as counted
from bot.views.blocks import (
    Element,
    Field,
    Id,
    Piece,
    View,
    actions,
    button,
    context,
    input_,
    message,
    modal,
    nth,
    section,
    select,
    value,
)
from bot.views.buttons import undo
from bot.views.dates import day_words
from bot.views.people import name, named, shown, zone_of
from bot.views.text import bare, clip, escape, moment, plain

TITLE_SHOWN = 140
LABELS = {RsvpAnswer.YES: "Yes", RsvpAnswer.REMOTE: "Remote", RsvpAnswer.NO: "No"}
_SAID = {
    RsvpAnswer.YES: "you come",
    RsvpAnswer.REMOTE: "you come remotely",
    RsvpAnswer.NO: "you can't come",
}
NAMES = 30
CHOICES = 4


def buttons(meeting: Meeting) -> Piece:
    """One row; what is pressed is answered to who pressed it alone."""
    return actions(f"{meeting.ref}:rsvp", *elements(meeting))


def elements(meeting: Meeting) -> list[Element]:
    """For a row that has others beside them."""
    about = f"{meeting.ref} {meeting.title}"
    carries = value(meeting.ref)
    return [
        button("I'll come", Id.RSVP_YES, carries, names=about),
        button("Remote", Id.RSVP_REMOTE, carries, names=about),
        button("Can't come", Id.RSVP_NO, carries, names=about),
    ]


def question(meeting: Meeting, world: World, viewer: UserId) -> Message:
    text = f"Will you come to {_about(meeting, world, viewer)}?"
    return message(text, section(f"{meeting.ref}:ask", text), buttons(meeting))


def which(meetings: Sequence[Meeting], words: str, world: World, viewer: UserId) -> Message:
    """`words`: the answer, said of the one that is pressed."""
    offered = meetings[:CHOICES]
    listed = "; ".join(_about(meeting, world, viewer) for meeting in offered)
    text = f"Which meeting do you mean: {listed}?"
    row = [
        button(
            f"{meeting.ref} {day_words(meeting.start_day)}",
            nth(Id.WORD_RUN, number),
            value(line=f"rsvp {meeting.ref} {words}".strip()),
            names=meeting.title,
        )
        for number, meeting in enumerate(offered)
    ]
    return message(text, section("rsvp:which", text), actions("rsvp:pick", *row))


def none_ahead() -> Message:
    text = "No meeting of yours is ahead, so there is nothing to answer."
    return message(text, section("rsvp:none", text))


def answered(
    meeting: Meeting,
    rsvp: Rsvp | None,
    quorum: Quorum,
    world: World,
    viewer: UserId,
    request: str,
    *,
    standing: Standing | None = None,
    voter: bool = True,
    begun: bool = False,
    again: bool = False,
) -> Message:
    """`standing` is the substitute's; `voter` False: the reader does not count for the quorum."""
    about = _about(meeting, world, viewer)
    said = [f"{about}: {_answer(rsvp, again=again)}."]
    if rsvp is not None and rsvp.substitute is not None:
        said.append(_substitute(rsvp.substitute, standing, world))
    elif rsvp is not None and not voter and rsvp.answer is not RsvpAnswer.NO:
        said.append("Welcome; for the quorum only named members, partners and chairs count.")
    if quorum.voters:
        said.append(f"{counted.sentence(quorum)}.")
    text = " ".join(said)
    changing = elements(meeting) if rsvp is None else []
    offer = _offer(meeting, rsvp, begun=begun, voter=voter)
    back = [] if again else [undo(request)]
    details = button("Details", Id.WORD_RUN, value(line=meeting.ref), names=meeting.ref)
    return message(
        text,
        section(f"{meeting.ref}:said", text),
        actions(f"{meeting.ref}:then", *offer, *changing, *back, details),
    )


def listing(meeting: Meeting, rsvps: Iterable[Rsvp], world: World, viewer: UserId) -> Message:
    """Who said what, and which substitutes count."""
    given = tuple(rsvps)
    stand = substitutes(meeting, given, world)
    groups = [(label, [r for r in given if r.answer is answer]) for answer, label in LABELS.items()]
    head = f"{_about(meeting, world, viewer)}: {counted.replies(meeting, given, world)}."
    said = [head, *(f"{label}: {_names(some, world)}." for label, some in groups if some)]
    lines = [f"*{label}:* {_shown(some, world)}" for label, some in groups if some]
    instead = [
        _substitute(r.substitute, stand.get(r.user), world, by=r.user)
        for r in given
        if r.substitute is not None and r.answer is RsvpAnswer.NO
    ][:NAMES]
    pieces = [section("replies:head", head)]
    if lines:
        pieces.append(section("replies:who", "\n".join([*lines, *instead])))
    pieces.append(context("replies:hint", "Only you can see this."))
    return message(" ".join([*said, *instead]), *pieces)


def substitute_form(meeting: Meeting, people: Sequence[Person], world: World) -> View:
    """Callback rsvp.substituted; the meeting's id comes back in private_metadata."""
    choices = [(f"{person.name} ({name(person.user, world)})", person.user) for person in people]
    about = section(
        "rsvp:about", f"*{meeting.ref}* {escape(clip(bare(meeting.title), TITLE_SHOWN))}"
    )
    if not choices:
        return modal(
            "Who comes instead?",
            [about, context("rsvp:nobody", "There is nobody to pick.")],
            callback=Id.RSVP_SUBSTITUTED,
        )
    hint = "They count for the quorum if they have no vote of their own. Please ask them first."
    return modal(
        "Who comes instead?",
        [
            about,
            input_(Field.OWNER, "Substitute", select(Field.OWNER, choices, "Pick one"), hint=hint),
        ],
        callback=Id.RSVP_SUBSTITUTED,
        submit="Name them",
        carries=value(meeting.ref),
    )


def _answer(rsvp: Rsvp | None, *, again: bool) -> str:
    if rsvp is None:
        return "you have not answered" if again else "your answer is withdrawn"
    said = _SAID[rsvp.answer]
    return f"{said}, as you had said" if again else said


def _substitute(
    user: UserId, standing: Standing | None, world: World, by: UserId | None = None
) -> str:
    """A sentence; `by`: who named them, None: the reader."""
    who, whom = named([user], world), named([by], world) if by else "you"
    said = f"{who} comes instead of {whom}"
    if standing is Standing.HAS_A_VOTE:
        return f"{said}; {who} has a vote of their own, and a voter counts once."
    if standing is Standing.STANDS_IN_ALREADY:
        return f"{said}; {who} stands in for somebody else already, and counts once."
    if standing is Standing.AFTER_THE_START:
        return f"{said}; named after the start, which does not count."
    if standing is Standing.GONE:
        return f"{who}, who was to come instead of {whom}, has left."
    if standing is Standing.COUNTS:
        return f"{said}, and counts for {'your' if by is None else 'their'} vote."
    return f"{said}."


def _offer(meeting: Meeting, rsvp: Rsvp | None, *, begun: bool, voter: bool) -> list[Element]:
    if begun or not voter or rsvp is None or rsvp.answer is not RsvpAnswer.NO:
        return []
    label = "Name a substitute" if rsvp.substitute is None else "Another substitute"
    return [button(label, Id.RSVP_SUBSTITUTE, value(meeting.ref), names=meeting.ref)]


def _about(meeting: Meeting, world: World, viewer: UserId) -> str:
    """For `text` and mrkdwn: id, title, and when it begins for the reader."""
    title = plain(clip(bare(meeting.title), TITLE_SHOWN)).rstrip(" .") or "…"
    return f"{meeting.ref} {title}, {moment(meeting.starts, zone_of(viewer, world))}"


def _names(rsvps: Sequence[Rsvp], world: World) -> str:
    return _listed([named([rsvp.user], world) for rsvp in rsvps])


def _shown(rsvps: Sequence[Rsvp], world: World) -> str:
    return _listed([shown([rsvp.user], world) for rsvp in rsvps])


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
    return f"{', '.join(names[:NAMES])}{more}"
