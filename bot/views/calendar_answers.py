"""What people read when they ask for a calendar."""

from collections.abc import Sequence

from bot.domain.feeds import Feed
from bot.domain.meetings import Meeting
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.views.blocks import TITLE_SHOWN, context, message, section
from bot.views.dates import count, day_words, today
from bot.views.people import zone_of
from bot.views.text import bare, clip, escape, plain

SLOW = (
    "Calendars look again when they like: Google every 8 to 24 hours, Outlook about every 3. "
    "What changes on the day is said here in Slack too."
)
ANEW = "A file shows what is known now. When something changes, ask again: your calendar updates."
LIVE = "For a link that keeps itself up to date, type `calendar feed`."


def sent(
    file_name: str,
    what: str,
    feeds: Sequence[Feed] = (),
    world: World | None = None,
    *,
    live: bool = False,
) -> Message:
    """`what` the file holds; `feeds` are the asker's, `live`: there can be some."""
    text = f"I am sending you {plain(file_name)} in our direct message: {plain(what)}."
    notes = [ANEW]
    if feeds and world is not None:
        notes = [f"{_have(feeds, world)} To end them, type `calendar revoke`.", ANEW]
    elif live:
        notes.append(LIVE)
    said = " ".join([text, *notes]).replace("`", "")
    return message(
        said,
        section("calendar:said", escape(f"I am sending you {file_name} here: {what}.")),
        context("calendar:note", *notes),
    )


def one(meeting: Meeting) -> str:
    title = clip(bare(meeting.title), TITLE_SHOWN)
    return f"{meeting.ref} {title}, with a reminder 30 minutes before"


def feed_made(what: str) -> Message:
    said = "The secret link to {} is in our direct message. I show it only once."
    note = "If it does not come, type `calendar feed` again; the link before it ends."
    return message(
        f"{said.format(plain(what))} {note.replace('`', '')}",
        section("calendar:said", said.format(escape(what))),
        context("calendar:note", note),
    )


def secret(address: str, what: str) -> Message:
    """The one place where the address stands."""
    head = "Your calendar link, {}:"
    how = "In your calendar, choose to subscribe or to add from a URL, and paste it there."
    guard = (
        "Whoever has this link can read these dates, so keep it to yourself. "
        "`calendar revoke` ends it at once."
    )
    return message(
        f"{head.format(plain(what))} {address} {how} {guard.replace('`', '')} {SLOW}",
        section("calendar:link", f"{head.format(escape(what))}\n`{escape(address)}`\n{how}"),
        context("calendar:note", guard, SLOW),
    )


def no_feeds(file_name: str, what: str) -> Message:
    why = "There are no calendar links here: whoever runs me has not set a public address. "
    said = f"{why}So I am sending you {{}} in our direct message: {{}}."
    shown = said.format(escape(file_name), escape(what))
    return message(
        f"{said.format(plain(file_name), plain(what))} {ANEW}",
        section("calendar:said", shown),
        context("calendar:note", ANEW),
    )


def revoked(number: int) -> Message:
    if not number:
        return message(
            "You have no calendar link.", section("calendar:said", "You have no calendar link.")
        )
    ends = "ends" if number == 1 else "end"
    text = f"{count(number, 'calendar link')} of yours {ends} now: there is nothing to read there."
    return message(text, section("calendar:said", text))


def _have(feeds: Sequence[Feed], world: World) -> str:
    shown = [
        f"{_of(feed, world)} (since {day_words(today(feed.at, zone_of(feed.user, world)))})"
        for feed in feeds
    ]
    return f"You have {count(len(feeds), 'calendar link')}: {escape(', '.join(shown))}."


def _of(feed: Feed, world: World) -> str:
    if feed.group is None:
        return "your own dates"
    group = world.groups.get(feed.group)
    return group.short or group.name if group else feed.group
