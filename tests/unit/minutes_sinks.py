"""The places where minutes are shown, and decisions that come back, each by one line."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.minutes import Comment, Correction, MinutesState
from bot.domain.model import Ref
from bot.domain.outbox import Message
from bot.errors import BadInput, Code
from bot.views import errors, minutes, minutes_files, minutes_forms, minutes_news, reviews
from bot.views.blocks import View
from bot.views.item_forms import Origin
from tests.unit.decision_sinks import proposed_decision
from tests.unit.hostile_world import HERE, Given
from tests.unit.meeting_sinks import upcoming
from tests.unit.screens import CHAIR, NOW, OWNER
from tests.unit.test_minutes_files import THEM, content

ORIGIN = Origin(HERE, "1.2")
OFFERS = minutes.Offers(commenting=True, publishing=True, accepting=True)


def _comment(it: Given) -> Comment:
    return Comment(it.text, OWNER, NOW, objects=True)


def _correction(it: Given) -> Correction:
    return Correction(it.text, it.text, CHAIR, NOW)


def _said(it: Given) -> Message:
    them = replace(THEM, corrections=(_correction(it),), comments=(_comment(it),))
    return minutes.full(content(it.text), them, it.world, OFFERS).message


def _refused(code: Code, **facts: object) -> Callable[[Given], Message]:
    def words(it: Given) -> Message:
        said = {name: it.text if fact == "text" else fact for name, fact in facts.items()}
        error = BadInput(code, "text", it.text, ref=Ref("MT-9"), **said)
        return errors.words(error, f"correct MT-9 s/{it.text}/x/", "/wg", it.world)

    return words


MINUTES_SINKS: dict[str, Callable[[Given], Message | View | str]] = {
    "minutes": _said,
    "channel, minutes": lambda it: minutes.posted(content(it.text), THEM, it.world),
    "channel, accepted minutes": lambda it: minutes.posted(
        content(it.text), replace(THEM, state=MinutesState.ACCEPTED, accepted_by=CHAIR), it.world
    ),
    "minutes corrected": lambda it: minutes.corrected(
        content(it.text), THEM, _correction(it), 2, ("TR-14", "DC-1", "DL-3"), it.world, "r"
    ),
    "minutes' file name": lambda it: minutes_files.file_name(content(it.text), "md"),
    "correction form": lambda it: minutes_forms.correct_form(Ref("MT-9"), ORIGIN),
    "objection form, minutes": lambda it: minutes_forms.object_form(Ref("MT-9"), ORIGIN),
    "draft minutes": lambda it: minutes_news.drafted(upcoming(it).meeting, THEM),
    "channel, what came out": lambda it: minutes_news.outcome(
        upcoming(it).meeting, content(it.text), it.world
    ),
    "minutes to who steers": lambda it: minutes_news.steering(
        upcoming(it).meeting, content(it.text), it.world
    ),
    "comment on minutes": lambda it: minutes_news.commented(
        upcoming(it).meeting, _comment(it), it.world
    ),
    "objection to minutes": lambda it: minutes_news.objected(
        upcoming(it).meeting, THEM, _comment(it), it.world
    ),
    "minutes undecided": lambda it: minutes_news.undecided(upcoming(it).meeting, THEM, it.world),
    "decision due for review": lambda it: reviews.due(proposed_decision(it), it.world),
    "keep form": lambda it: reviews.keep_form(proposed_decision(it), ORIGIN),
    "decision kept": lambda it: reviews.kept(proposed_decision(it)),
    "decision on an agenda": lambda it: reviews.on_agenda(
        proposed_decision(it), Ref("MT-9"), again=True
    ),
    "error, no such words": _refused(Code.NO_SUCH_WORDS, near="text"),
    "error, words twice": _refused(Code.WORDS_TWICE, times=2, old="text", new="text"),
}
