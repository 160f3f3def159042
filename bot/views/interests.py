"""Declarations of interest: the question before a meeting, its answers, who steps out of what."""

from collections.abc import Callable, Sequence

from bot.domain.interests import last_day
from bot.domain.meetings import Meeting
from bot.domain.model import Person, UserId, World
from bot.domain.outbox import Message
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
    text_input,
    value,
)
from bot.views.buttons import link
from bot.views.dates import day_words
from bot.views.meetings import title_text, titled
from bot.views.notices import SETTLED
from bot.views.people import named, shown
from bot.views.text import bare, clip, escape, plain

LINK_SHOWN, TOPIC_SHOWN = 500, 140
TOPIC = "Declarations of interest; who steps out of what"
"""On the agenda, where one is missing."""
ONLY_STATUS = "I keep its date and link, never what is in it."
WORDS = "Or type `declare` and its link, or `declare none`."


def question(person: Person, meeting: Meeting) -> Message:
    """A part of a daily message."""
    day = day_words(meeting.start_day)
    about = f"{meeting.ref} {title_text(meeting)}"
    text = f"{_ends(person)} before {about} on {day}. Is it still right? {plain(WORDS)}"
    return message(
        text,
        section("interests:ask", f"{_ends(person)} before {titled(meeting)} on {day}."),
        actions("interests:do", *_answers(person)),
        context("interests:how", f"{WORDS} {ONLY_STATUS}"),
    )


def _ends(person: Person) -> str:
    if person.declared is None:
        return "Your declaration of interests is missing, and is needed"
    ends = day_words(last_day(person.declared))
    of = day_words(person.declared)
    return f"Your declaration of {of} holds until {ends}: it has to be renewed"


def _answers(person: Person) -> list[Element]:
    if person.declared is None:
        return [_run("Nothing to declare", "declare none", 1), _run("Give the link", "declare", 2)]
    return [_run("Still right", "declare same", 1), _run("Update", "declare", 2)]


def _run(label: str, line: str, number: int) -> Element:
    return button(label, nth(Id.WORD_RUN, number), value(line=line), primary=number == 1)


def declared(person: Person) -> Message:
    """Also what takes the place of the question."""
    assert person.declared is not None
    what = "your link" if person.declaration else "nothing to declare"
    text = (
        f"Declared on {day_words(person.declared)}: {what}. "
        f"It holds until {day_words(last_day(person.declared))}."
    )
    return message(text, section(f"{SETTLED}:interests", f"✅ {text}"))


def standing(person: Person) -> Message:
    """For who asks how it stands."""
    if person.declared is None:
        return message(
            f"You have not declared your interests yet. {plain(WORDS)}",
            section("interests:ask", "You have not declared your interests yet."),
            actions("interests:do", *_answers(person)),
            context("interests:how", f"{WORDS} {ONLY_STATUS}"),
        )
    there = link(person.declaration, "the declaration")
    what = person.declaration or "nothing to declare"
    until = day_words(last_day(person.declared))
    said = f"You declared on {day_words(person.declared)}; that holds until {until}"
    return message(
        f"{said}: {plain(what)}. {plain(WORDS)}",
        section("interests:ask", f"{said}: {there or escape(what)}."),
        actions("interests:do", *_answers(person)),
        context("interests:how", f"{WORDS} {ONLY_STATUS}"),
    )


def form(person: Person) -> View:
    """Callback interests.form."""
    field = input_(
        Field.DECLARATION,
        "Where can your declaration be read?",
        text_input(Field.DECLARATION, person.declaration, limit=LINK_SHOWN),
        hint="A link. Empty: you have nothing to declare.",
        optional=True,
    )
    words = section("interests:what", f"It counts from today, for twelve months. {ONLY_STATUS}")
    return modal("Interests", [words, field], callback=Id.INTERESTS_FORM, submit="Declare")


def missing(meeting: Meeting, users: Sequence[UserId], world: World) -> Message:
    """To whoever minds the meeting, a part of their daily message."""
    said = "no declaration of interests that holds by then. They are asked."
    return message(
        f"{meeting.ref} {title_text(meeting)}: {named(users, world)}: {said}",
        section(f"interests:{meeting.ref}", f"{titled(meeting)}\n{shown(users, world)}: {said}"),
    )


def unanswered(meeting: Meeting, users: Sequence[UserId], world: World) -> Message:
    """To whoever chairs it: the agenda says it without names."""
    said = "It stands on the agenda."
    way = f"To have somebody step out of an item: meeting stepout {meeting.ref} 3 @name."
    return message(
        " ".join(
            [f"{meeting.ref} {title_text(meeting)}:", *_lacking(users, world, named), said, way]
        ),
        section(
            f"interests:{meeting.ref}",
            "\n".join([titled(meeting), *_lacking(users, world, shown), said]),
        ),
        context(f"interests:{meeting.ref}:how", way),
    )


def _lacking(
    users: Sequence[UserId], world: World, names: Callable[[Sequence[UserId], World], str]
) -> list[str]:
    """A sentence on who never declared, and one on each whose declaration ran out."""
    declared = {user: world.people[user].declared for user in users}
    never = [user for user, on in declared.items() if on is None]
    said = [f"{names(never, world)}: no declaration of interests yet."] if never else []
    for user, on in declared.items():
        if on is not None:
            out = day_words(last_day(on))
            whose = names([user], world)
            said.append(f"{whose}: the declaration of interests holds only until {out}.")
    return said


def stepped_out(meeting: Meeting, topic_: str, users: Sequence[UserId], world: World) -> Message:
    """To who arranged it."""
    what = clip(bare(topic_), TOPIC_SHOWN)
    each = "They are" if len(users) == 1 else "Each is"
    said = f"{each} told privately. The minutes will say so."
    return message(
        f"{named(users, world)} will step out of “{plain(what)}” of {meeting.ref}. {said}",
        section(
            "stepout:said",
            f"{shown(users, world)} will step out of “{escape(what)}” of *{meeting.ref}*. {said}",
        ),
    )


def stays(meeting: Meeting, topic_: str, users: Sequence[UserId], world: World) -> Message:
    what = clip(bare(topic_), TOPIC_SHOWN)
    return message(
        f"{named(users, world)} will stay for “{plain(what)}” of {meeting.ref}.",
        section(
            "stepout:said",
            f"{shown(users, world)} will stay for “{escape(what)}” of *{meeting.ref}*.",
        ),
    )


def told_to_step_out(meeting: Meeting, topic_: str, by: UserId, world: World) -> Message:
    """To the person alone."""
    what = clip(bare(topic_), TOPIC_SHOWN)
    why = "for your interests. Please leave when it comes up; you will be called back."
    pieces: list[Piece] = [
        section(
            f"stepout:{meeting.ref}",
            f"{titled(meeting)}\n{shown([by], world)} asks you to step out of “{escape(what)}”, "
            f"{why}",
        ),
        actions(
            f"stepout:{meeting.ref}:do",
            button("Details", Id.WORD_RUN, value(line=meeting.ref), names=meeting.ref),
        ),
    ]
    text = f"{meeting.ref} {title_text(meeting)}: {named([by], world)} asks you to step out of"
    return message(f"{text} “{plain(what)}”, {why}", *pieces)
