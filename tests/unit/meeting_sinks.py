"""The places where meetings are shown, each by one line."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.domain.explanations import Fate, Told
from bot.domain.feeds import Feed
from bot.domain.foretold import Word
from bot.domain.local_times import Clock, Facts, Overlap, Shift
from bot.domain.meetings import (
    Meeting,
    MeetingId,
    MeetingKind,
    OwnerRole,
    PrepItem,
    PrepState,
    Upcoming,
)
from bot.domain.model import Ref
from bot.domain.outbox import Message
from bot.domain.preparation_notices import Duty
from bot.domain.recurrence import Rule
from bot.domain.rescheduling import Series
from bot.errors import BadInput, Code
from bot.views import (
    calendar_answers,
    errors,
    meeting_answers,
    meeting_details,
    meeting_explanations,
    meeting_forms,
    meeting_news,
    meetings,
    preparation_notices,
)
from bot.views.blocks import View
from bot.views.series import Course
from tests.unit.hostile_world import DAY, Given
from tests.unit.screens import CHAIR, NOW, OWNER

WAS = datetime.combine(DAY, time(9))


def upcoming(it: Given) -> Upcoming:
    hour = time(14)
    return Upcoming(
        Meeting(
            MeetingId(1), Ref("MT-1"), it.text, (it.group.key,), MeetingKind.CALL, None,
            DAY, hour, DAY, time(15), "Europe/Rome", NOW, CHAIR, place=it.text, why=it.text,
        )
    )  # fmt: skip


def _meeting(it: Given) -> Meeting:
    return upcoming(it).meeting


def _facts(it: Given) -> Facts:
    clocks = (Clock("America/New_York", NOW),)
    shifts = (Shift(DAY, "America/New_York", NOW, timedelta(hours=1)),)
    other = replace(_meeting(it), ref=Ref("MT-2"))
    return Facts(
        clocks,
        shifts,
        inconvenient=clocks,
        holidays=((DAY, (("XX", "YY"),)),),
        weekends=(DAY,),
        overlaps=(Overlap(_meeting(it), 2, other), Overlap(_meeting(it), 1)),
        doubled=True,
        notice=0,
    )


def _duty(it: Given, state: PrepState = PrepState.TODO) -> Duty:
    item = PrepItem(1, "", it.text, OwnerRole.COORDINATOR, DAY, CHAIR, True, state, it.text, CHAIR)
    return Duty(_meeting(it), item)


def _planned(it: Given) -> Message:
    made = (_meeting(it), _meeting(it))
    facts, countries = _facts(it), {"XX": "Country"}
    return meeting_answers.planned(
        made, facts, it.world, "r", countries, (it.text,), cut=True, skipped=2
    )


def _moved(it: Given) -> Message:
    made = (_meeting(it), _meeting(it))
    facts = _facts(it)
    return meeting_answers.moved(made, made, facts, NOW, it.world, "r", {}, dates=1, done=1)


def _course() -> Course:
    return Course(Series("series-1", Rule(nth=1), DAY, time(14), "Europe/Rome"), 2)


def _feed(it: Given) -> Feed:
    return Feed("0", CHAIR, it.group.key, NOW)


def _over(it: Given) -> Message:
    error = BadInput(Code.RULE_WRONG, "rule", it.text, why="unreadable")
    return errors.words(error, f"meeting plan {it.text}", "/wg", it.world)


MEETING_SINKS: dict[str, Callable[[Given], Message | View | str]] = {
    "meetings": lambda it: meetings.listing((upcoming(it),), it.world, OWNER, it.text),
    "meeting": lambda it: meeting_details.detail(_meeting(it), (), (), (), it.world, OWNER, NOW),
    "meeting planned": _planned,
    "meeting moved": _moved,
    "meeting cancelled": lambda it: meeting_answers.cancelled(
        (_meeting(it),), None, 2, it.world, "r"
    ),
    "meeting refused": _over,
    "channel, meeting moved": lambda it: meeting_news.moved(
        _meeting(it), WAS, 2, _facts(it).clocks, it.world
    ),
    "channel, meeting cancelled": lambda it: meeting_news.cancelled(_meeting(it), WAS, 1, it.world),
    "channel, meeting after all": lambda it: meeting_news.back(
        _meeting(it), 1, _facts(it).clocks, it.world
    ),
    "channel, clocks change": lambda it: meeting_news.clocks_change(
        _meeting(it), _facts(it).shifts, _facts(it).holidays, {}, it.world
    ),
    "calendar sent": lambda it: calendar_answers.sent(
        "MT-1.ics", calendar_answers.one(_meeting(it)), (_feed(it),), it.world
    ),
    "calendar link": lambda it: calendar_answers.secret("https://example.org/cal/x.ics", it.text),
    "calendar link made": lambda it: calendar_answers.feed_made(it.text),
    "calendar without links": lambda it: calendar_answers.no_feeds("models.ics", it.text),
    "meeting of a series": lambda it: meeting_details.detail(
        _meeting(it), (), (), (), it.world, OWNER, NOW, _course(), changes=True
    ),
    "meeting changed": lambda it: meeting_answers.edited(
        (_meeting(it), _meeting(it)), _facts(it), NOW, it.world, "r", {}, heard=True
    ),
    "meeting so already": lambda it: meeting_answers.so_already(_meeting(it)),
    "channel, meeting changed": lambda it: meeting_news.edited(_meeting(it), 2, it.world),
    "form, plan a meeting": lambda it: meeting_forms.plan_form(
        meeting_forms.Start("UTC", it.text), (it.group,), for_all=True
    ),
    "form, move a meeting": lambda it: meeting_forms.move_form(_meeting(it), _course()),
    "form, cancel a meeting": lambda it: meeting_forms.cancel_form(_meeting(it), _course()),
    "meeting form offered": lambda it: meeting_forms.offer(it.text),
    "reminder, meeting task": lambda it: preparation_notices.reminder(
        _duty(it), it.world, OWNER, NOW
    ),
    "reminder, meeting task late": lambda it: preparation_notices.told(
        _duty(it), it.world, OWNER, NOW
    ),
    "reminder, meeting task left out": lambda it: preparation_notices.settled(
        _duty(it, PrepState.SKIPPED), it.world
    ),
    "why of a meeting": lambda it: meeting_explanations.why(
        _meeting(it),
        ((_duty(it), Told(Fate.SENT, OWNER, "remind", ("0d",), NOW)),),
        it.world,
        OWNER,
        NOW,
        [Word("its minutes", lane, NOW, Fate.REFUSED, it.text) for lane in (OWNER, "C0")],
    ),
}
