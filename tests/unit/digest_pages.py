"""Weekly digests to be drawn: one in full, in which people may have written anything."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.deadlines import Deadline, DeadlineId, Kind
from bot.domain.decisions import Decision, DecisionId, DecisionState
from bot.domain.digests import Digest, Figures, Snapshot
from bot.domain.items import Due, Item, ItemState, Move
from bot.domain.meetings import OwnerRole, PrepItem, PrepState
from bot.domain.model import Group, ItemId, Ref
from bot.domain.state import Cause, Judged, Reason, Remark, Sign, Standing, Status, Why
from tests.unit.homes import MEETING
from tests.unit.screens import CHAIR, GIVER, OWNER, TARGETS, action

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
BEGAN = datetime(2026, 11, 16, tzinfo=UTC)
LATE = Cause(Standing.LATE, Reason.ACTION, Ref("TR-14"), 11)
FIGURES = Figures(
    open=14, new=3, closed=5, dropped=1, overdue=7, due_soon=2, at_risk=1, blocked=0, unowned=1,
    unconfirmed=1, moved=2, ages=(3, 4, 5, 2), typical_age=22, on_time=80,
)  # fmt: skip


def snapshot(week: int, closed: int, overdue: int) -> Snapshot:
    """Of 2026; that of week 46 ended on Monday 16 November."""
    at = BEGAN + timedelta(weeks=week - 46)
    figures = Figures(open=16, new=2, closed=closed, overdue=overdue)
    return Snapshot(TARGETS.key, f"2026-W{week}", at, figures)


TREND = tuple(
    snapshot(week, *counts)
    for week, counts in zip(
        range(40, 48),
        ((2, 0), (3, 1), (1, 1), (4, 2), (3, 3), (5, 2), (3, 8), (5, 7)),
        strict=True,
    )
)


def numbered(number: int, text: str = "Send consent template v3", **changes: object) -> Item:
    return action(text, id=ItemId(number), ref=Ref(f"TR-{number}"), **changes)


def page(
    text: str = "Send consent template v3", group: Group = TARGETS, item: Item | None = None
) -> Digest:
    """Everything that a digest can tell; all titles are `text`."""
    late = item or numbered(14, text, due=Due(date(2026, 11, 12)))
    unowned = numbered(15, text, assignments=(), due=Due(date(2026, 11, 30)))
    soon = numbered(16, text, due=Due(date(2026, 11, 27), time(17), "Europe/Rome"))
    done = numbered(3, text, state=ItemState.DONE, closed_by=OWNER, closed_at=MONDAY)
    slip = Move(date(2026, 11, 30), date(2026, 12, 18), GIVER, MONDAY, text)
    deadline = Deadline(
        DeadlineId(4), Ref("DL-4"), Kind.DELIVERABLE, text, date(2026, 12, 18),
        date(2026, 11, 7), MONDAY, GIVER, MONDAY, (group.key,), OWNER, moves=(slip, slip, slip),
    )  # fmt: skip
    prepared = PrepItem(1, "draft-agenda", text, OwnerRole.CHAIR, date(2026, 11, 20), required=True)
    papers = replace(prepared, n=2, key="papers-out", state=PrepState.DONE)
    because = (LATE, Cause(Standing.LOOK, Reason.PREPARATION, Ref("MT-15"), 3, text))
    meeting = replace(MEETING, title=text, groups=(group.key,))
    return Digest(
        group=group,
        week="2026-W48",
        now=MONDAY,
        reader=CHAIR,
        status=Status(
            group,
            Judged(Standing.LATE, because),
            (Remark(Sign.UNOWNED, Ref("TR-15")),),
            meeting=meeting,
            ready=50,
        ),
        figures=FIGURES,
        before=snapshot(46, 3, 8),
        trend=TREND,
        decide=((late, Why.OVERDUE), (unowned, Why.UNOWNED)),
        to_decide=6,
        overdue=(late,),
        due_soon=(soon,),
        deadlines=(deadline,),
        slipped=(deadline,),
        preparation=(prepared, papers),
        decisions=(
            Decision(
                DecisionId(1), Ref("DC-1"), group.key, text, MONDAY, CHAIR,
                DecisionState.PROPOSED, review=date(2027, 3, 1), objections_by=date(2026, 12, 7),
            ),
        ),
        closed=(done,),
    )  # fmt: skip
