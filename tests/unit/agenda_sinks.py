"""The places where agendas are shown, each by one line."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.agendas import Agenda, AgendaItem, AgendaItemId, NewAgendaItem, Sheet
from bot.domain.items import Item
from bot.domain.meetings import MeetingId
from bot.domain.model import Ref
from bot.domain.outbox import Message
from bot.errors import Code, Conflict
from bot.views import agenda_answers as answers
from bot.views import agenda_files, agendas, errors
from bot.views.agenda_forms import TopicDraft, topic_form
from bot.views.blocks import View
from bot.views.item_forms import Origin
from tests.unit.hostile_world import Given
from tests.unit.meeting_sinks import upcoming
from tests.unit.screens import CHAIR, NOW, OWNER


def agenda_item(item: Item, new: NewAgendaItem, n: int = 1) -> AgendaItem:
    fields = {name: getattr(new, name) for name in NewAgendaItem.__dataclass_fields__}
    return AgendaItem(
        id=AgendaItemId(n), meeting=MeetingId(1), position=n, created_at=NOW, created_by=CHAIR,
        **fields,
    )  # fmt: skip


def _item(it: Given) -> AgendaItem:
    new = NewAgendaItem(it.text, 10, OWNER, link=it.text, source="carried:MT-8:1", carried=1)
    return agenda_item(it.item, replace(new, refs=(it.item.ref,)))


def _sheet(it: Given) -> Sheet:
    items = (_item(it), _item(it))
    agenda = Agenda(MeetingId(1), NOW, NOW, None)
    matters = {Ref(it.item.ref): it.item}
    return Sheet(upcoming(it).meeting, agenda, items, items, matters, True, True)


def _posted(it: Given) -> Message:
    sheet, agenda = _sheet(it), Agenda(MeetingId(1), None, None, NOW)
    meeting, items, zone = sheet.meeting, sheet.items, "Europe/London"
    return agendas.posted(meeting, agenda, items, sheet.matters, it.world, zone)


def _said(it: Given, said: str) -> Message:
    return agendas.shown(_sheet(it), it.world, OWNER, NOW, said=said, request="r")


def _form(it: Given) -> View:
    draft = TopicDraft(it.text, 10, OWNER, link=it.text)
    return topic_form(upcoming(it).meeting, draft, [OWNER], it.world, Origin(), "1")


def _refused(it: Given) -> Message:
    error = Conflict(Code.AGENDA_SETTLED, ref="MT-1", topic=it.text, state="carried")
    return errors.words(error, f"agenda add {it.text}", "/wg", it.world)


AGENDA_SINKS: dict[str, Callable[[Given], Message | View | str]] = {
    "agenda": lambda it: agendas.shown(_sheet(it), it.world, OWNER, NOW),
    "channel, agenda": _posted,
    "agenda, topic added": lambda it: _said(it, answers.added(upcoming(it).meeting, _item(it), 1)),
    "agenda, topic carried": lambda it: _said(
        it, answers.carried(upcoming(it).meeting, _item(it), upcoming(it).meeting)
    ),
    "agenda, topic waits": lambda it: _said(
        it, answers.waits(upcoming(it).meeting, _item(it), (CHAIR,), it.world)
    ),
    "agenda drafted": lambda it: agendas.brief(
        _sheet(it), answers.drafted(upcoming(it).meeting, 5, (_item(it),), (_item(it),)), "r"
    ),
    "agenda, late topic": lambda it: answers.late(upcoming(it).meeting, _item(it), it.world),
    "agenda, late topic settled": lambda it: answers.late_settled(
        upcoming(it).meeting, _item(it), upcoming(it).meeting, CHAIR, it.world
    ),
    "agenda as file, told": lambda it: agenda_files.answer(_sheet(it)),
    "agenda form": _form,
    "agenda refused": _refused,
}
