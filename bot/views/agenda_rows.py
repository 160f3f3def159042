"""The lines of an agenda: its items, and below each what it is about as that stands now."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.agenda_times import USUAL
from bot.domain.agendas import AgendaItem, AgendaState, Matter, Purpose
from bot.domain.deadlines import Deadline
from bot.domain.decisions import Decision
from bot.domain.items import Item, ItemState
from bot.domain.model import Ref, World
from bot.views import deadlines, decisions, facts
from bot.views.buttons import link
from bot.views.dates import day_words
from bot.views.people import named, shown
from bot.views.text import bare, clip, escape, plain

SHOWN = 300
BELOW = 10
"""Lines below one item."""
PURPOSES = {Purpose.DECIDE: "Decide", Purpose.DISCUSS: "Discuss", Purpose.INFORM: "Inform"}
_TIMES = {1: "", 2: ", 2nd time", 3: ", 3rd time"}


def row(
    n: int, item: AgendaItem, matters: Mapping[Ref, Matter], world: World, now: datetime | None
) -> str:
    """For mrkdwn, several lines; `now` None: nothing of what is late, as before others."""
    topic = escape(clip(bare(item.topic), SHOWN)) or "…"
    owner = [shown([item.owner], world)] if item.owner else []
    paper = link(item.link, "Paper")
    said = [_minutes(item), *owner, *filter(None, [paper, carried(item), _state(item)])]
    head = f"*{n}.* {topic} · *{PURPOSES[item.purpose]}*\n{' · '.join(said)}"
    known = [matters[ref] for ref in item.refs if ref in matters]
    below = [f"• {_matter(one, world, now)}" for one in known[:BELOW]]
    if len(known) > BELOW:
        below.append(f"• and {len(known) - BELOW} more")
    return "\n".join([head, *below])


def row_text(
    n: int, item: AgendaItem, matters: Mapping[Ref, Matter], world: World, now: datetime | None
) -> str:
    """For `text`: the same facts, no full stop."""
    owner = [named([item.owner], world)] if item.owner else []
    paper = [f"paper {plain(clip(item.link, SHOWN))}"] if item.link else []
    said = [PURPOSES[item.purpose].lower(), _minutes(item), *owner, *paper]
    said += filter(None, [carried(item), _state(item)])
    known = [matters[ref] for ref in item.refs if ref in matters]
    below = "; ".join(matter_text(one, world, now) for one in known)
    return f"{n}. {topic_text(item)} ({', '.join(said)}){f': {below}' if below else ''}"


def topic_text(item: AgendaItem) -> str:
    """For `text`."""
    return plain(clip(bare(item.topic), SHOWN)).rstrip(" .") or "…"


def carried(item: AgendaItem) -> str:
    """Such as "carried over from MT-8, 2nd time", or nothing."""
    if not item.carried_from:
        return ""
    from_ = plain(item.carried_from)
    if not item.carried:
        return f"put off from {from_}"
    return f"carried over from {from_}{_TIMES.get(item.carried, f', {item.carried}th time')}"


def matter_text(matter: Matter, world: World, now: datetime | None) -> str:
    """For `text` and files, no full stop."""
    if isinstance(matter, Decision):
        return f"{matter.ref} {decisions.first(matter)}, {decisions.stands_text(matter, world)}"
    if isinstance(matter, Deadline):
        return f"{matter.ref} {deadlines.title_text(matter)}, {_due(matter, world, now)}"
    who = facts.owners_text(matter, world)
    return f"{matter.ref} {facts.title_text(matter)}, {who}, {_due(matter, world, now)}"


def _matter(matter: Matter, world: World, now: datetime | None) -> str:
    """For mrkdwn, one line."""
    if isinstance(matter, Decision):
        words = f"*{matter.ref}* {decisions.words_of(matter)}"
        return f"{words}, {decisions.stands(matter, world)}"
    if isinstance(matter, Deadline):
        return f"{deadlines.titled(matter)}, {_due(matter, world, now)}"
    owner = f"for {shown(matter.owners, world)}" if matter.owners else "without an owner"
    return f"{facts.titled(matter)}, {owner}, {_due(matter, world, now)}"


def _due(thing: Item | Deadline, world: World, now: datetime | None) -> str:
    """How it stands: safe for mrkdwn and for `text`."""
    if isinstance(thing, Deadline):
        if thing.stage.closed:
            return deadlines.stage(thing)
        late = now is not None and deadlines.is_late(thing, world, now)
        due = day_words(thing.due)
    else:
        if thing.state.closed:
            return facts.ended(thing)
        late = now is not None and facts.is_late(thing, world, now)
        due = facts.due(thing, world)
    said = [f"🔴 Overdue: was due {due}" if late else f"due {due}", facts.slipped(thing)]
    if isinstance(thing, Item):
        if thing.state is ItemState.BLOCKED:
            said.append("⏳ Waiting: blocked")
        if facts.waiting_for(thing):
            said.append("not confirmed")
    return ", ".join(filter(None, said))


def _minutes(item: AgendaItem) -> str:
    return f"about {USUAL} min" if item.minutes is None else f"{item.minutes} min"


def _state(item: AgendaItem) -> str:
    return "✅ Talked about" if item.state is AgendaState.DISCUSSED else ""
