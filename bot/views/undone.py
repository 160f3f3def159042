"""What people hear after they took something back."""

import re

from bot.domain.deadlines import Deadline
from bot.domain.history import Change
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.views import deadlines, facts, history
from bot.views.answers import Line, rows
from bot.views.blocks import message


def undone(lines: tuple[Line, ...]) -> Message:
    """Each line from `undone_line`."""
    return message(" ".join(one.words for one in lines), *rows("undone", lines))


def undone_line(change: Change, world: World) -> Line:
    """What was taken back and how it stands now: `change.before` is the present again."""
    now_is = change.before
    if change.verb in _MEETING:
        return Line(f"Taken back: {_meetings(change)}.")
    if change.verb == "rsvp":
        return Line(f"Taken back: your answer to {change.ref}. What you said before stands again.")
    if change.verb in _AGENDA:
        return Line(f"Taken back: {_AGENDA[change.verb]} of {change.ref}.")
    if change.verb in _PREPARATION:
        return Line(f"Taken back: {_items(change)}.")
    if now_is is None:
        was = f": {history.title_text(change.after)}" if change.after else ""
        return Line(f"Taken back: {change.ref} was not added{was}.")
    verb = _UNDONE.get(change.verb, "the last change")
    if isinstance(now_is, Deadline):
        again = f"{deadlines.sentence(now_is, world)}, {deadlines.state(now_is)}"
    else:
        again = f"{facts.state_text(now_is, world)} again, {facts.sentence(now_is, world)}"
    return Line(f"Taken back: {verb} of {change.ref}. It is {again}.")


_UNDONE = {
    "done": "closing",
    "drop": "dropping",
    "reopen": "reopening",
    "start": "starting",
    "block": "blocking",
    "unblock": "unblocking",
    "give": "the handing over",
    "take": "the taking",
    "accept": "the acceptance",
    "decline": "the refusal",
    "move": "the new date",
    "edit": "the new text",
    "note": "the note",
    "quiet": "the quiet",
    "met": "closing",
    "stage": "the new stage",
    "needs": "the change of needs",
}
_MEETING = {
    "plan meeting": ("is not planned", "are not planned"),
    "move meeting": (
        "is where it was before, with its preparation",
        "are where they were before, with their preparation",
    ),
    "cancel meeting": ("takes place after all", "take place after all"),
    "edit meeting": ("is as it was before", "are as they were before"),
    "link meeting": ("has the link that it had", "have the links that they had"),
    "correct minutes": (
        "reads in its minutes as before",
        "read in their minutes as before",
    ),
    "approve minutes": (
        "has its minutes unconfirmed again",
        "have their minutes unconfirmed again",
    ),
    "review": ("is looked at again when it was to be before", "are looked at again as before"),
    "end meeting": ("is not ended", "are not ended"),
    "note-taker": ("has the note-taker that it had", "have the note-takers that they had"),
    "paste notes": (
        "is without the notes that were pasted",
        "are without the notes that were pasted",
    ),
}


def _meetings(change: Change) -> str:
    """One, or several of a series: `detail` names all that were planned, or counts the others."""
    one, several = _MEETING[change.verb]
    refs = change.detail.split() if change.verb == "plan meeting" else []
    if len(refs) > 1:
        return f"{refs[0]} to {refs[-1]} {several}"
    more = _MORE.search(change.detail)
    return f"{change.ref} and {more[1]} more {several}" if more else f"{change.ref} {one}"


_AGENDA = {
    "add topic": "the new topic on the agenda",
    "edit topic": "the change of a topic on the agenda",
    "drop topic": "the dropping of a topic from the agenda",
    "order agenda": "the new order of the agenda",
    "carry topic": "the carrying of a topic to the next agenda from that",
    "draft agenda": "the draft of the agenda",
}
_PREPARATION = {
    "tick preparation": ("is to be done again", "are to be done again"),
    "untick preparation": ("is as it was before", "are as they were before"),
    "skip preparation": ("is to be done after all", "are to be done after all"),
    "add preparation": ("is not on the checklist", "are not on the checklist"),
}


def _items(change: Change) -> str:
    """`detail` begins with their numbers."""
    numbers = change.detail.partition(":")[0].split()
    one, several = _PREPARATION[change.verb]
    if len(numbers) == 1:
        return f"number {numbers[0]} of {change.ref} {one}"
    return f"numbers {', '.join(numbers)} of {change.ref} {several}"


_MORE = re.compile(r"\(and (\d+) more\)$")
