"""What brings a deadline on or changes it: the buttons of its card and of what is said of it."""

from collections.abc import Sequence

from bot.domain.deadlines import Deadline, Kind, Stage
from bot.views.blocks import Element, Id, More, button, nth, overflow, value
from bot.views.buttons import LABELS

_NEXT = {Stage.OPEN: "draft", Stage.DRAFT: "review", Stage.REVIEW: "approved"}
_LABELS = {"draft": "In draft", "review": "In review", "approved": "Approved"}


def card(deadline: Deadline) -> list[Element]:
    """Of the card of one that is open: three, and a menu."""
    everything = run(3, "All deadlines", "deadline list all")
    forward = [*forwards(deadline), press("New date", Id.DEADLINE_MOVE, deadline), everything]
    return [*forward[:3], menu(deadline, [More.GIVE, More.DROP, More.HISTORY, More.MUTE])]


def forwards(deadline: Deadline) -> list[Element]:
    """What brings it on: met; or of a deliverable submitted, and the stage before that."""
    ref, names = deadline.ref, f"{deadline.ref} {deadline.text}"
    if deadline.kind is Kind.MILESTONE:
        return [run(1, "Met", f"deadline met {ref}", names)]
    found = [run(1, "Submitted", f"deadline stage {ref} submitted", names)]
    if word := _NEXT.get(deadline.stage):
        found.append(run(2, _LABELS[word], f"deadline stage {ref} {word}", names))
    return found


def menu(deadline: Deadline, verbs: Sequence[More]) -> Element:
    return overflow(
        Id.DEADLINE_MORE,
        [(LABELS[verb], value(deadline.ref, deadline.version, do=verb)) for verb in verbs],
    )


def press(label: str, id_: Id, deadline: Deadline) -> Element:
    carried = value(deadline.ref, deadline.version)
    return button(label, id_, carried, names=f"{deadline.ref} {deadline.text}")


def run(number: int, label: str, line: str, names: str = "") -> Element:
    """A button that says the line; `number` keeps those of one row apart."""
    return button(label, nth(Id.WORD_RUN, number), value(line=line), names=names)
