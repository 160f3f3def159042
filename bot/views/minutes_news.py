"""What is said of minutes unasked: to who minds them, to the group, to those who steer."""

from bot.domain.meetings import Meeting
from bot.domain.minutes import Comment, Content, Minutes
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.views import facts
from bot.views.blocks import Element, Id, actions, button, context, message, section, value
from bot.views.dates import count, day_words
from bot.views.meetings import groups, title_text, titled
from bot.views.minutes import approve_button, counts, publish_button
from bot.views.minutes_parts import called, given_part
from bot.views.tables import table
from bot.views.text import bare, clip, escape, plain

DECISIONS = 5
SHOWN = 200


def drafted(meeting: Meeting, minutes: Minutes) -> Message:
    """To who takes notes and who minds the meeting, as soon as it has ended."""
    out = day_words(minutes.publish_on)
    said = (
        f"The draft minutes of {meeting.ref} {title_text(meeting)} are there. "
        f"They go to the group on {out} by themselves."
    )
    return message(
        said,
        section(
            f"minutes:{meeting.ref}",
            f"📝 Draft minutes: {titled(meeting)}\nThey go to the group on {out} by themselves.",
        ),
        actions(
            f"minutes:{meeting.ref}:do",
            button("Correct", Id.MINUTES_CORRECT, value(meeting.ref)),
            publish_button(meeting.ref),
            button("Read in full", Id.WORD_RUN, value(line=f"meeting minutes {meeting.ref}")),
        ),
    )


def outcome(meeting: Meeting, content: Content, world: World) -> Message:
    """To the channel: the actions and decisions, in one message."""
    head = f"{meeting.ref} {title_text(meeting)}: {counts(content)}"
    spoken = [
        *(f"{one.ref}: {facts.reason_text(one.text)}" for one in content.decisions),
        *(
            f"{one.ref}: {facts.reason_text(one.text)}, "
            f"{plain(', '.join(called(u, world) for u in one.owners)) or 'nobody yet'}, "
            f"due {day_words(one.due)}"
            for one in content.actions
        ),
    ]
    decided = [f"• *{one.ref}* {escape(clip(bare(one.text), SHOWN))}" for one in content.decisions]
    rows = given_part(content.actions, world).table
    return message(
        clip(f"{head}. " + " ".join(f"{words}." for words in spoken), 3700),
        section("outcome:head", f"{titled(meeting)}\nWhat came out: {counts(content)}"),
        *(
            section(f"outcome:decisions{at}", "\n".join(decided[at : at + 8]))
            for at in range(0, min(len(decided), 160), 8)
        ),
        *([table("outcome:actions", rows.heading, rows.rows)] if rows else []),
        context("outcome:hint", "Who was given an action is asked to accept it."),
    )


def steering(meeting: Meeting, content: Content, world: World) -> Message:
    """One paragraph, in the daily message of those who steer."""
    agreed = [
        f"{one.ref} {facts.reason_text(clip(bare(one.text), SHOWN))}"
        for one in content.decisions[:DECISIONS]
    ]
    more = len(content.decisions) - DECISIONS
    listed = f" Decided: {'; '.join(agreed)}{f' and {more} more' if more > 0 else ''}."
    said = (
        f"{meeting.ref} {title_text(meeting)} ({plain(groups(meeting, world))}): "
        f"{count(len(content.present), 'person').replace('persons', 'people')} there, "
        f"{counts(content)}.{listed if agreed else ''} "
        "The draft minutes are out, unconfirmed."
    )
    return message(said, section(f"steering:{meeting.ref}", said))


def commented(meeting: Meeting, comment: Comment, world: World) -> Message:
    """To who minds the meeting."""
    said = (
        f"{plain(called(comment.by, world))} comments on the minutes of {meeting.ref} "
        f"{title_text(meeting)}: {facts.reason_text(comment.text)}."
    )
    correct = button("Correct", Id.MINUTES_CORRECT, value(meeting.ref))
    return _line(meeting, "comment", said, [correct])


def objected(meeting: Meeting, minutes: Minutes, comment: Comment, world: World) -> Message:
    """To who minds the meeting: the minutes wait for their word."""
    said = (
        f"{plain(called(comment.by, world))} objects to the minutes of {meeting.ref} "
        f"{title_text(meeting)}: {facts.reason_text(comment.text)}. "
        "They are not accepted by themselves any more."
    )
    return _waiting(meeting, "objection", said)


def undecided(meeting: Meeting, minutes: Minutes, world: World) -> Message:
    """On the day on which they would have been accepted."""
    said = (
        f"The minutes of {meeting.ref} {title_text(meeting)} were to be accepted today, but "
        f"{count(len(minutes.objections), 'objection')} stands. Correct them, or approve them as "
        "they are."
    )
    return _waiting(meeting, "undecided", said)


def _waiting(meeting: Meeting, kind: str, said: str) -> Message:
    correct = button("Correct", Id.MINUTES_CORRECT, value(meeting.ref))
    read = button("Read in full", Id.WORD_RUN, value(line=f"meeting minutes {meeting.ref}"))
    return _line(meeting, kind, said, [approve_button(meeting.ref), correct, read])


def _line(meeting: Meeting, kind: str, said: str, buttons: list[Element]) -> Message:
    """A part of the daily message."""
    return message(
        said,
        section(f"minutes:{meeting.ref}:{kind}", said),
        actions(f"minutes:{meeting.ref}:{kind}:do", *buttons),
    )
