"""What the words of digests and status mean; help and the documentation print them from here."""

from bot.domain.figures import AT_RISK, UNTOUCHED
from bot.domain.outbox import Message
from bot.domain.state import LATE_DAYS, NEAR, SILENT_DAYS
from bot.views.blocks import TEXT_LIMIT, Piece, clip, message, section
from bot.views.text import escape, plain

HEADING = "What the numbers mean"
DEFINITIONS = {
    "Open": "neither done nor dropped.",
    "New, Closed": "in the group's last whole week, Monday to Sunday on its clock.",
    "Won't do": "dropped in that week; it counts apart from what was closed.",
    "Overdue": "the due day is before today in the group's zone.",
    "Due in 7 days": "today or in the seven days after it.",
    "At risk": (
        f"due within {AT_RISK} working days, and blocked, untouched for {UNTOUCHED} days, "
        "or its owner is away over the date."
    ),
    "Blocked, Without an owner, Not confirmed": (
        "its owner waits for something; nobody has it; an owner has not answered yet."
    ),
    "Moved": "open, and its date was changed at least once.",
    "Typical age": "half of the open ones are at most so many days old.",
    "On time": "of those closed, the share that was closed by the date first agreed.",
    "Needs an update": f"no member of the group has changed an action for {SILENT_DAYS} days.",
    "Ready": "of what a meeting requires before its start, the share that is done.",
    "Late": (
        f"an action or deadline is overdue for more than {LATE_DAYS} days, or a deadline due "
        f"within {NEAR.days} days needs something overdue, blocked or due after it."
    ),
    "Needs a look": "something is overdue for less, or a required preparation is late.",
    "On track, No data": "none of these; nothing is noted yet.",
}
"""In the order in which a digest tells them."""
CHANGES = "Changes are those since a copy kept a week before, on Monday 00:00 on the group's clock."


DIGEST_WORDS = {
    "digest": "shows it as it stands now, to you alone; nothing is sent.",
    "digest now": (
        "sends the week's to its readers before its day, once a week; "
        "at a weekend that is the coming week's."
    ),
    "digest news": "you get it only in weeks in which there is something to say.",
    "digest off": "you get none.",
    "digest on": "you get each again.",
}
"""Each of them for a group, or behind it `all`: for the digest over all groups."""


def ways(page: Message) -> Message:
    """A page of help with what each word of digests does, before all else."""
    head, *others = page.blocks
    rows = "\n".join(f"`{word}`: {escape(does)}" for word, does in DIGEST_WORDS.items())
    said = " ".join(f"{word}: {plain(does)}" for word, does in DIGEST_WORDS.items())
    return message(f"{page.text} {said}", head, section("help:digest", rows), *others)


def pieces() -> list[Piece]:
    rows = [f"*{escape(word)}*: {escape(is_)}" for word, is_ in DEFINITIONS.items()]
    half = len(rows) // 2
    return [
        section("help:definitions:0", "\n".join([f"*{HEADING}*", *rows[:half]])),
        section("help:definitions:1", "\n".join([*rows[half:], CHANGES])),
    ]


def text() -> str:
    said = [f"{plain(word)}: {plain(is_)}" for word, is_ in DEFINITIONS.items()]
    return " ".join([f"{HEADING}.", *said, CHANGES])


def below(page: Message) -> Message:
    """A page of help with the definitions after what it tells."""
    *first, do, foot = page.blocks
    told = clip(f"{page.text} {text()}", TEXT_LIMIT)
    return message(told, *first, *pieces(), do, foot)
