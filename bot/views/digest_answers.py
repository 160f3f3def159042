"""What is answered about weekly digests: when they come, that one went, or went before."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.digests import Wish
from bot.domain.model import Group, UserId, World
from bot.domain.outbox import Message
from bot.views.blocks import Id, actions, button, message, section, value
from bot.views.digests import number, short
from bot.views.people import named, shown
from bot.views.text import escape, moment, plain

_ALL = "all groups"
_NO_DAYS = "in the next six weeks you have no working day"
_COMES = {
    Wish.ON: "comes to you every week",
    Wish.NEWS: "comes to you only in weeks in which there is something to say",
}


def wished(
    group: Group | None, wish: Wish, next_: datetime | None, zone: str, *, leads: bool = False
) -> Message:
    """`next_`: when it comes next; None: nothing is due to the person as things stand.

    `leads`: it goes to the person as long as they work.
    """
    of = _of(group)
    if wish is Wish.OFF:
        said = f"✅ Done: no more weekly digests of {of} for you."
        return _said(said, f"See it at any time: digest {_key(group)}.", "on", group)
    said = f"✅ Done: the weekly digest of {of} {_COMES[wish]}."
    if next_ is None:
        why = _NO_DAYS if leads else f"it goes to whoever leads {of} and is not away"
        return _said(said, f"None is due to you now: {why}.", "off", group)
    first = "The next one" if wish is Wish.ON else "The next one, if there is something"
    return _said(said, f"{first}: {moment(next_, zone)}.", "off", group)


def sent(group: Group, week: str, to: Sequence[UserId], reader: UserId, world: World) -> Message:
    """`to`: who gets it, besides those who had it."""
    others = [user for user in to if user != reader]
    you = ["you"] if reader in to else []
    text = [*you, *([named(others, world)] if others else [])]
    said = [*you, *([shown(others, world)] if others else [])]
    head = f"✅ Done: the digest of week {number(week)} of {short(group)} goes to"
    hours = " now; outside of their working hours, when these begin." if others else " now."
    hours += f" {_only(week)}"
    return message(
        f"{plain(head)} {' and '.join(text)}{hours}",
        section("digest:said", f"{escape(head)} {' and '.join(said)}{hours}"),
    )


def sent_of_all(week: str) -> Message:
    said = f"✅ Done: the digest of week {number(week)} of {_ALL} goes to you now. {_only(week)}"
    return message(said, section("digest:said", said))


def sent_before(
    group: Group | None,
    week: str,
    at: datetime,
    next_: datetime | None,
    zone: str,
    *,
    ahead: bool = False,
) -> Message:
    """Once a week is enough: what else there is to see it; `next_`: when the asker's comes.

    `ahead`: it waits for the hours of its readers.
    """
    goes = "goes" if ahead else "went"
    said = (
        f"The digest of week {number(week)} of {_of(group)} {goes} on {moment(at, zone)}. "
        "It goes once a week."
    )
    said += f" Your next one: {moment(next_, zone)}." if next_ else ""
    line = value(line=f"digest {_key(group)}")
    return message(
        f"{plain(said)} To see how it stands now, type digest {plain(_key(group))}.",
        section("digest:said", escape(said)),
        actions("digest:do", button("As it stands now", Id.WORD_RUN, line)),
    )


def unwanted(group: Group, users: Sequence[UserId], world: World) -> Message:
    wants = "wants" if len(users) == 1 else "want"
    rest = f"{wants} no digest of {short(group)} this week, so none was sent."
    return message(
        f"{named(users, world)} {plain(rest)}",
        section("digest:said", f"{shown(users, world)} {escape(rest)}"),
    )


def nobody(group: Group) -> Message:
    said = f"Nobody is there to read the digest of {short(group)}. Name a chair:"
    words = f"role @name chair in {group.key}"
    return message(
        f"{plain(said)} {plain(words)}.",
        section("digest:said", f"{escape(said)} `{escape(words)}`."),
    )


def _said(said: str, rest: str, other: str, group: Group | None) -> Message:
    text = f"{said} {rest}"
    label = "Bring them back" if other == "on" else "No more of these"
    line = value(line=f"digest {other} {_key(group)}")
    return message(
        plain(text),
        section("digest:said", escape(text)),
        actions("digest:do", button(label, Id.WORD_RUN, line)),
    )


def _only(week: str) -> str:
    return f"It is the only one of week {number(week)}."


def _of(group: Group | None) -> str:
    return short(group) if group else _ALL


def _key(group: Group | None) -> str:
    return str(group.key) if group else "all"
