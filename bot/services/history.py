"""Remembering who changed what, from what to what, with the change itself."""

from bot.domain.history import Change
from bot.domain.meetings import Meeting
from bot.domain.model import Ref
from bot.domain.things import Thing
from bot.services.access import Ask


def remember(
    ask: Ask,
    before: Thing | None,
    after: Thing,
    verb: str,
    detail: str = "",
    *,
    undone: bool = False,
) -> None:
    """A change of an action or deadline; `before` None: it was added; `undone`: no Undo of it."""
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
            undone=undone,
        )
    )


def remember_meeting(
    ask: Ask,
    meeting: Meeting,
    verb: str,
    detail: str = "",
    *,
    version: int | None = None,
    undone: bool = False,
) -> None:
    """A change of a meeting or of what belongs to it, of which `version` counts the changes."""
    ask.store.audit.add(
        Change(
            ref=meeting.ref,
            version=meeting.version if version is None else version,
            at=ask.now,
            by=ask.actor.user,
            verb=verb,
            request=ask.key,
            detail=detail,
            undone=undone,
        )
    )


def remember_shape(ask: Ask, what: str, verb: str, detail: str = "") -> None:
    """A change of groups, roles or channels: things without versions and without Undo."""
    ask.store.audit.add(Change(Ref(what), 0, ask.now, ask.actor.user, verb, ask.key, detail))
