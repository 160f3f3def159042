"""What a reminder says once somebody is at its action, or says what it waits for."""

from datetime import datetime

from bot.domain.items import Item, ItemState
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.views import facts
from bot.views.blocks import Id, actions, message, section
from bot.views.buttons import deciding_buttons, press, undo
from bot.views.dates import day_words, today
from bot.views.lists import row_menu
from bot.views.notices import OWN, SETTLED_WORDS, TOLD, due_since
from bot.views.people import group_of, name, shown
from bot.views.text import escape, plain


def still_open(
    item: Item, verb: str, by: UserId, world: World, now: datetime, request: str, *, own: bool
) -> Message:
    """What replaces it after a word that leaves it to be done; `own`: in its owner's message."""
    day = day_words(today(item.updated_at or now, group_of(item, world).zone))
    due = facts.due(item, world)
    late = facts.is_late(item, world, now)
    since = f"still overdue since {due} ({facts.distance(item, world, now)})"
    rest = since if late else f"due {due}"
    blocked = item.state is ItemState.BLOCKED and bool(item.why)
    head = SETTLED_WORDS.get(verb, "Changed")
    text = f"{plain(head)} by {plain(name(by, world))}, {day}"
    said = f"{head} by {escape(name(by, world))}, {day}"
    text += f" ({facts.reason_text(item.why)}); {rest}" if blocked else f"; {rest}"
    said += f": {facts.reason(item.why)}" if blocked else ""
    due_now = due_since(item, verb, world, now)
    said += f"\n{due_now[0].upper()}{due_now[1:]} · {shown(item.owners, world)}"
    extend = press("Need more time", Id.ITEM_EXTEND, item)
    buttons = [press("Mark done", Id.ITEM_DONE, item), extend] if own else deciding_buttons(item)
    kind = OWN if own else TOLD
    menu = undo(request) if request else row_menu(item)
    return message(
        f"{item.ref}, {facts.title_text(item)}: {text}.",
        section(f"{kind}:{item.ref}", f"{facts.titled(item)}\n{said}", menu),
        actions(f"{kind}:{item.ref}:do", *buttons),
    )
