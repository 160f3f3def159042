"""Minutes: the words for them, their buttons and forms."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.minutes import Comment
from bot.domain.model import GroupKey, Ref
from bot.domain.notices import Holiday
from bot.domain.outbox import Message
from bot.handlers import minutes_words as words
from bot.handlers.item_clicks import origin_of
from bot.handlers.minutes_words import Asked, Correcting
from bot.handlers.registry import CHAIR, Click, Clicked, Command, Form, Invocation, Submitted
from bot.services import minutes
from bot.services.access import Ask, Op, allowed
from bot.services.inbox import Attachment, OpenModal, Outcome, Reply
from bot.services.minutes import Opened
from bot.views import minutes as view
from bot.views import minutes_files as files
from bot.views import minutes_forms as forms
from bot.views.blocks import Field, Id, parse_value

NOUN = "meeting"


class MinutesHandlers:
    def __init__(self, holiday: Holiday) -> None:
        self._holiday = holiday

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            NOUN, ("minutes",), words.MINUTES,
            "Shows the minutes; as a file to print, or as Markdown",
            words.read_format, show, "meeting minutes MT-15",
        )  # fmt: skip
        yield Command(
            NOUN, ("correct",), words.CORRECT, "Puts words of the minutes right",
            words.read_correction, correct, "correct MT-15 s/14 mice/40 mice/",
        )  # fmt: skip
        yield Command(
            NOUN, ("comment",), words.COMMENT, "Says something about the minutes",
            lambda text, reading: words.read_words(text, reading, words.COMMENT), comment,
            "comment MT-15 The second vote is missing",
        )  # fmt: skip
        yield Command(
            NOUN, ("object",), words.OBJECT, "Says what is wrong in the minutes",
            lambda text, reading: words.read_reason(text, reading, words.OBJECT), object_to,
            "object MT-15 We agreed on no date",
        )  # fmt: skip
        yield Command(
            NOUN, ("publish",), words.PUBLISH, "Sends the draft minutes to the group now",
            lambda text, reading: words.read_alone(text, reading, words.PUBLISH), self.publish,
            "publish MT-15", CHAIR,
        )  # fmt: skip
        yield Command(
            NOUN, ("approve",), words.APPROVE, "Accepts the minutes: nothing changes them then",
            lambda text, reading: words.read_alone(text, reading, words.APPROVE), approve,
            "approve MT-15", CHAIR,
        )  # fmt: skip

    def publish(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        it = minutes.publish(ask, asked.ref, self._holiday)
        said = f"The draft minutes of {asked.ref} are with the group."
        return _told(by, it, view.changed(it.content, it.minutes, ask.world, said))

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.MINUTES_CORRECT: open_correction, Id.MINUTES_OBJECT: open_objection}

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.MINUTES_CORRECTED: corrected, Id.MINUTES_OBJECTED: objected}


def show(ask: Ask, by: Invocation, asked: Asked) -> Outcome:
    it = minutes.opened(ask, asked.ref)
    if asked.words:
        said = f"The minutes of {it.meeting.ref} come as a file, in your messages with me."
        message = view.changed(it.content, it.minutes, ask.world, said)
        return Reply(message, file=_file(ask, it, asked.words))
    shown = view.full(it.content, it.minutes, ask.world, _offers(ask, it))
    file = _file(ask, it, words.MARKDOWN) if shown.clipped else None
    return Reply(shown.message, rewrites=True, file=file)


def correct(ask: Ask, by: Invocation, asked: Correcting) -> Outcome:
    done = minutes.correct(ask, asked.ref, asked.old, asked.new, everywhere=asked.everywhere)
    return _told(by, done.opened, _corrected(ask, done))


def comment(ask: Ask, by: Invocation, asked: Asked) -> Outcome:
    it, new = minutes.comment(ask, asked.ref, asked.words)
    said = f"Your comment stands with the minutes of {asked.ref}; who chairs is told."
    if not new:
        said = f"You have said that of the minutes of {asked.ref} before: it stands once."
    return _told(by, it, view.changed(it.content, it.minutes, ask.world, said))


def object_to(ask: Ask, by: Invocation, asked: Asked) -> Outcome:
    it, before = minutes.object_to(ask, asked.ref, asked.words)
    return _told(by, it, _objected(ask, it, before))


def approve(ask: Ask, by: Invocation, asked: Asked) -> Outcome:
    it = minutes.approve(ask, asked.ref)
    said = f"The minutes of {asked.ref} are accepted and stay as they are."
    return _told(by, it, view.changed(it.content, it.minutes, ask.world, said, ask.key))


def open_correction(ask: Ask, click: Click) -> Outcome:
    it = minutes.for_comments(ask, Ref(click.value.ref))
    return OpenModal(forms.correct_form(it.meeting.ref, origin_of(click.by)).payload)


def corrected(ask: Ask, form: Form) -> Outcome:
    ref = Ref(parse_value(form.metadata).ref)
    done = minutes.correct(ask, ref, form.get(Field.TEXT), form.get(Field.NOTE))
    return _told(form.by, done.opened, _corrected(ask, done))


def open_objection(ask: Ask, click: Click) -> Outcome:
    it = minutes.for_objection(ask, Ref(click.value.ref))
    return OpenModal(forms.object_form(it.meeting.ref, origin_of(click.by)).payload)


def objected(ask: Ask, form: Form) -> Outcome:
    ref = Ref(parse_value(form.metadata).ref)
    it, before = minutes.object_to(ask, ref, form.get(Field.REASON))
    return _told(form.by, it, _objected(ask, it, before))


def _corrected(ask: Ask, done: minutes.Corrected) -> Message:
    it = done.opened
    return view.corrected(
        it.content, it.minutes, done.correction, done.times, done.things, ask.world, ask.key
    )


def _objected(ask: Ask, it: Opened, before: Comment | None) -> Message:
    return view.objected(it.content, it.minutes, before, ask.world)


def _told(by: Invocation, it: Opened, message: Message) -> Reply:
    about = frozenset(map(GroupKey, it.meeting.groups))
    return Reply(message, private=not by.aloud, about=about)


def _offers(ask: Ask, it: Opened) -> view.Offers:
    def may(op: Op) -> bool:
        return allowed(ask.world, ask.actor, op, it.meeting, ask.now)

    return view.Offers(may(Op.COMMENT_MINUTES), may(Op.HOLD_MEETING), may(Op.ACCEPT_MINUTES))


def _file(ask: Ask, it: Opened, kind: str) -> Attachment:
    made, ending = (files.html, "html") if kind == words.HTML else (files.markdown, "md")
    content = made(it.content, it.minutes, ask.world)
    return Attachment(files.file_name(it.content, ending), content, f"Minutes of {it.meeting.ref}")
