"""What a declaration of interests may be: a day that has come, and a link or nothing."""

from datetime import date

from bot.domain.days import day_in
from bot.errors import BadInput, Code
from bot.services.access import Ask

LINK_LIMIT = 500


def require_declaration(ask: Ask, declared: date | None, link: str) -> None:
    if declared is not None and declared > day_in(ask.now, ask.actor.zone):
        raise BadInput(Code.DATE_AHEAD, "declared", declared.isoformat(), day=declared)
    if not link:
        return
    if len(link) > LINK_LIMIT:
        raise BadInput(Code.TEXT_LONG, "declaration", link, length=len(link), limit=LINK_LIMIT)
    if not link.startswith(("https://", "http://")) or any(c in link for c in "<>| \n"):
        raise BadInput(Code.LINK_WRONG, "declaration", link)
