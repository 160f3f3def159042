"""An agenda as Markdown, to be copied or passed on."""

from datetime import datetime

from bot.domain.agendas import Sheet
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.views import agenda_rows as rows
from bot.views import markdown
from bot.views.agendas import minutes_words
from bot.views.blocks import context, message, section
from bot.views.meetings import groups
from bot.views.people import name
from bot.views.text import bare, escape, moment, plain

TITLE = "The agenda as Markdown"


def file_name(it: Sheet) -> str:
    return f"agenda-{it.meeting.ref}-{it.meeting.start_day.isoformat()}.md"


def file(it: Sheet, world: World, zone: str, now: datetime) -> str:
    meeting = it.meeting
    head = f"Agenda: {bare(meeting.title)} ({meeting.ref})"
    when = f"{moment(meeting.starts, zone)}, {groups(meeting, world)}. {minutes_words(it)}."
    parts = [f"# {markdown.escaped(head)}", markdown.escaped(when)]
    lines = []
    for n, item in enumerate(it.items, 1):
        owner = [name(item.owner, world)] if item.owner else []
        paper = [item.link] if item.link else []
        minutes = [f"{item.minutes} min"] if item.minutes is not None else []
        said = [rows.PURPOSES[item.purpose], *minutes, *owner, *paper]
        said += filter(None, [rows.carried(item)])
        line = f"{bare(item.topic)} ({', '.join(said)})"
        lines.append(f"{n}. {markdown.escaped(line)}")
        known = [it.matters[ref] for ref in item.refs if ref in it.matters]
        lines += [f"   - {markdown.escaped(rows.matter_text(m, world, now))}" for m in known]
    parts.append("\n".join(lines))
    if world.programme.label:
        parts.append(markdown.escaped(world.programme.label))
    return "\n\n".join(parts) + "\n"


def answer(it: Sheet) -> Message:
    """To who asked for it; the file comes beside."""
    coming = f"I am sending you {file_name(it)} in our direct message."
    said = f"The agenda of {it.meeting.ref}: {len(it.items)} items, {minutes_words(it)}."
    return message(
        plain(f"{coming} {said}"),
        section("agenda:file", escape(said)),
        context("agenda:where", coming, "Only you see this."),
    )
