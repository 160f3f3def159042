"""Remembering who changed what, from what to what, with the change itself."""

from bot.domain.items import Change, Item
from bot.domain.model import Ref
from bot.services.access import Ask


def remember(ask: Ask, before: Item | None, after: Item, verb: str, detail: str = "") -> None:
    """A change of an action; `before` None: it was added."""
    ask.store.audit.add(
        Change(
            ref=after.ref,
            version=after.version,
            at=ask.now,
            by=ask.actor.user,
            verb=verb,
            request=ask.key,
            detail=detail,
            before=before,
            after=after,
        )
    )


def remember_shape(ask: Ask, what: str, verb: str, detail: str = "") -> None:
    """A change of groups, roles or channels: things without versions and without Undo."""
    ask.store.audit.add(Change(Ref(what), 0, ask.now, ask.actor.user, verb, ask.key, detail))
