"""Agendas: the words for them, the buttons below them, and the form for one topic."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.agendas import (
    LONGEST,
    AgendaItem,
    AgendaItemId,
    Edits,
    NewAgendaItem,
    Purpose,
    Sheet,
)
from bot.domain.meetings import Meeting
from bot.domain.model import GroupKey, Ref
from bot.domain.preparation import takes_part
from bot.errors import BadInput, Code, NotFound
from bot.handlers.agenda_words import ADD, SHOW, Asked, Verb, read_agenda
from bot.handlers.item_clicks import origin_of, owners_for
from bot.handlers.registry import Click, Clicked, Command, Form, Invocation, Submitted
from bot.services import agenda_drafts, agendas, late_papers
from bot.services.access import Ask
from bot.services.agendas import Changed
from bot.services.inbox import Attachment, OpenModal, Outcome, Reply
from bot.views import agenda_answers as answers
from bot.views import agenda_files as files
from bot.views import agendas as view
from bot.views.agenda_forms import TopicDraft, topic_form
from bot.views.blocks import Field, Id, parse_value
from bot.views.people import zone_of

NOUN = "meeting"


class AgendaHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            NOUN, ("agenda",), SHOW,
            f"Shows the agenda. `{ADD}` proposes a topic; `agenda edit` and `drop` with "
            "`<ID> <n>` change your own. For who runs the meeting: `agenda draft <ID>` gathers "
            "what is open, `order <ID> 3,1,2` sorts, `carry <ID> <n>` puts off to the next, "
            "`post <ID>` shows it to the group",
            read_agenda, self.run, "agenda add Shared protocol 10 min decide",
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {
            Id.AGENDA_ADD: open_add,
            Id.AGENDA_MORE: more,
            Id.AGENDA_ACCEPT: accept,
            Id.AGENDA_NEXT: put_off,
        }

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.AGENDA_ADDED: added, Id.AGENDA_EDITED: edited}

    def run(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        ref = asked.ref or agendas.meant(ask, asked.group)
        if asked.verb is Verb.SHOW:
            return shown(ask, ref, asked)
        if asked.verb is Verb.ADD:
            return add(ask, by, ref, asked.said)
        if asked.verb is Verb.EDIT:
            return edit(ask, by, ref, asked.numbers[0], asked.said)
        if asked.verb is Verb.ORDER:
            return ordered(ask, by, ref, asked.numbers)
        if asked.verb is Verb.DRAFT:
            return drafted(ask, by, ref)
        if asked.verb is Verb.POST:
            return posted(ask, by, ref)
        return _one(ask, by, ref, asked.numbers[0], asked.verb)


def shown(ask: Ask, ref: Ref, asked: Asked) -> Outcome:
    sheet = agendas.opened(ask, ref)
    user = ask.actor.user
    if not asked.as_file:
        message = view.shown(sheet, ask.world, user, ask.now, asked.page)
        return Reply(message, rewrites=True)
    content = files.file(sheet, ask.world, zone_of(user, ask.world), ask.now)
    file = Attachment(files.file_name(sheet), content, files.TITLE)
    return Reply(files.answer(sheet), file=file)


def add(ask: Ask, by: Invocation, ref: Ref, said: Edits) -> Outcome:
    """Without a topic the form opens, where one can."""
    if said.topic is None and by.trigger is not None:
        meeting = agendas.for_adding(ask, ref)
        draft = TopicDraft("", said.minutes, said.owner, said.purpose or Purpose.DISCUSS)
        return _form(ask, by, meeting, draft)
    new = NewAgendaItem(
        topic=said.topic or "",
        minutes=said.minutes,
        owner=said.owner,
        purpose=said.purpose or Purpose.DISCUSS,
        link=said.link or "",
    )
    return _added(ask, by, agendas.add(ask, ref, new))


def edit(ask: Ask, by: Invocation, ref: Ref, n: int, said: Edits) -> Outcome:
    if said.none:
        meeting, _, item = agendas.for_edit(ask, ref, n)
        if by.trigger is None:
            raise BadInput(Code.TEXT_EMPTY, "text", noun="topic")
        return _form(ask, by, meeting, _draft(item), str(item.id))
    told = agendas.edit(ask, ref, n, said)
    return _reply(ask, by, told.sheet, answers.edited(told.sheet.meeting, told.item))


def ordered(ask: Ask, by: Invocation, ref: Ref, numbers: tuple[int, ...]) -> Outcome:
    sheet = agendas.order(ask, ref, numbers)
    return _reply(ask, by, sheet, answers.ordered(sheet.meeting))


def drafted(ask: Ask, by: Invocation, ref: Ref) -> Outcome:
    made = agenda_drafts.draft(ask, ref)
    said = answers.drafted(
        made.sheet.meeting, made.over, made.could_wait, made.left_out, same=made.same
    )
    return _reply(ask, by, made.sheet, said, undoes=not made.same)


def posted(ask: Ask, by: Invocation, ref: Ref) -> Outcome:
    made = agenda_drafts.post(ask, ref)
    said = answers.posted(made.sheet.meeting, len(made.lanes), again=made.again)
    return _reply(ask, by, made.sheet, said, undoes=False)


def open_add(ask: Ask, click: Click) -> Outcome:
    meeting = agendas.for_adding(ask, Ref(click.value.ref))
    return _form(ask, click.by, meeting, TopicDraft())


def added(ask: Ask, form: Form) -> Outcome:
    edits = _filled(form)
    new = NewAgendaItem(
        form.get(Field.TEXT),
        edits.minutes,
        edits.owner,
        edits.purpose or Purpose.DISCUSS,
        edits.link or "",
    )
    return _added(ask, form.by, agendas.add(ask, _ref(form), new))


def edited(ask: Ask, form: Form) -> Outcome:
    """The form has every field, so what is empty in it is to be empty."""
    ref, number = _ref(form), parse_value(form.metadata).get("id")
    n = _number(ask, ref, number)
    told = agendas.rewrite(ask, ref, n, _filled(form))
    return _reply(ask, form.by, told.sheet, answers.edited(told.sheet.meeting, told.item))


def more(ask: Ask, click: Click) -> Outcome:
    ref = Ref(click.value.ref)
    n = _number(ask, ref, click.value.get("id"))
    do = click.value.get("do")
    if do == "edit":
        return edit(ask, click.by, ref, n, Edits())
    if do == "first":
        return ordered(ask, click.by, ref, (n,))
    return _one(ask, click.by, ref, n, Verb.CARRY if do == "carry" else Verb.DROP)


def accept(ask: Ask, click: Click) -> Outcome:
    meeting, item = late_papers.accept(ask, Ref(click.value.ref), _late_id(click))
    return _decided(ask, click, meeting, item, None)


def put_off(ask: Ask, click: Click) -> Outcome:
    meeting, item, onto = late_papers.put_off(ask, Ref(click.value.ref), _late_id(click))
    return _decided(ask, click, meeting, item, onto)


def _decided(
    ask: Ask, click: Click, meeting: Meeting, item: AgendaItem, onto: Meeting | None
) -> Reply:
    sheet = agendas.opened(ask, onto.ref if onto else meeting.ref)
    said = answers.settled(meeting, item, onto, ask.world)
    return Reply(view.brief(sheet, said, ""))


def _one(ask: Ask, by: Invocation, ref: Ref, n: int, verb: Verb) -> Outcome:
    if verb is Verb.CARRY:
        told = agendas.carry(ask, ref, n)
        assert told.onto is not None
        said = answers.carried(told.sheet.meeting, told.item, told.onto)
    else:
        told = agendas.drop(ask, ref, n)
        said = answers.dropped(told.sheet.meeting, told.item)
    return _reply(ask, by, told.sheet, said)


def _added(ask: Ask, by: Invocation, told: Changed) -> Reply:
    meeting, item = told.sheet.meeting, told.item
    if told.there:
        n = next((n for n, one in enumerate(told.sheet.items, 1) if one.id == item.id), None)
        said = answers.there_already(meeting, item, n)
    elif told.deciders:
        said = answers.waits(meeting, item, told.deciders, ask.world)
    else:
        n = next(n for n, one in enumerate(told.sheet.items, 1) if one.id == item.id)
        said = answers.added(meeting, item, n)
    return _reply(ask, by, told.sheet, said, undoes=not told.there)


def _reply(ask: Ask, by: Invocation, sheet: Sheet, said: str, *, undoes: bool = True) -> Reply:
    """Before others only what has changed."""
    request = ask.key if undoes else ""
    about = frozenset(map(GroupKey, sheet.meeting.groups))
    if by.aloud:
        return Reply(view.brief(sheet, said, request), private=False, about=about)
    user = ask.actor.user
    message = view.shown(sheet, ask.world, user, ask.now, said=said, request=request)
    return Reply(message, rewrites=True)


def _form(
    ask: Ask, by: Invocation, meeting: Meeting, draft: TopicDraft, item: str = ""
) -> OpenModal:
    groups = [ask.world.groups[key] for key in takes_part(meeting.groups, ask.world)]
    people = (*owners_for(ask, groups), *meeting.guests)
    view_ = topic_form(meeting, draft, people, ask.world, origin_of(by), item)
    return OpenModal(view_.payload)


def _draft(item: AgendaItem) -> TopicDraft:
    return TopicDraft(item.topic, item.minutes, item.owner, item.purpose, item.link)


def _filled(form: Form) -> Edits:
    return Edits(
        topic=form.get(Field.TEXT),
        minutes=_minutes(form.get(Field.MINUTES)),
        owner=next(iter(form.people), None),
        purpose=_purpose(form.get(Field.PURPOSE)),
        link=_link(form.get(Field.LINK)),
    )


def _minutes(typed: str) -> int | None:
    words = typed.casefold().removesuffix("minutes").removesuffix("min").strip()
    if not words:
        return None
    if not words.isdecimal() or not words.isascii():
        raise BadInput(Code.AGENDA_MINUTES, Field.MINUTES, typed, most=LONGEST)
    return int(words)


def _purpose(picked: str) -> Purpose:
    return Purpose(picked) if picked in set(Purpose) else Purpose.DISCUSS


def _link(typed: str) -> str:
    if typed and not typed.startswith(("https://", "http://")):
        raise BadInput(Code.LINK_WRONG, Field.LINK, typed)
    return typed


def _number(ask: Ask, ref: Ref, item: str) -> int:
    """The place on the agenda of what a button names; raises NotFound where it has none."""
    sheet = agendas.opened(ask, ref)
    found = (n for n, one in enumerate(sheet.items, 1) if str(one.id) == item)
    if (n := next(found, None)) is None:
        raise NotFound(Code.AGENDA_NO_ITEM, ref=ref)
    return n


def _late_id(click: Click) -> AgendaItemId:
    typed = click.value.get("id")
    return AgendaItemId(int(typed) if typed.isdecimal() and len(typed) < 10 else 0)


def _ref(form: Form) -> Ref:
    return Ref(parse_value(form.metadata).ref)
