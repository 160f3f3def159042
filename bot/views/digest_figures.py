"""The figures of a group's week beside those of the week before, and their lines over weeks."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.digests import Digest, Figures, Snapshot
from bot.views import charts
from bot.views.blocks import Piece, context, fields, line_chart, section
from bot.views.dates import count, day_words, today
from bot.views.digest_parts import Part

SHOWN = {
    "open": "Open",
    "new": "New last week",
    "closed": "Closed last week",
    "overdue": "Overdue",
    "due_soon": "Due in 7 days",
    "at_risk": "At risk",
    "blocked": "Blocked",
    "unowned": "Without an owner",
}
"""Of each figure that stands beside that of the week before, its heading."""
BECOME_LATE = frozenset({"due_soon", "at_risk"})
DRAWN = {"closed": "Closed", "overdue": "Overdue"}
DRAWN_AT_LEAST = 2
TREND_STARTS = "Trends start next week."
_AGES = ("up to 7 days", "up to 30 days", "up to 90 days", "longer")


def part(digest: Digest) -> Part:
    since = _since(digest)
    pairs = [(heading, *_figure(digest, name)) for name, heading in SHOWN.items()]
    title = f"Change since {day_words(since)}" if since else "Figures"
    week = f"Last week: {_days(*digest.week_before)}" if digest.week_before else ""
    beside = [*([week] if week else []), *_beside(digest.figures)]
    drawn, said = _trend(digest.trend)
    spoken = "; ".join(
        f"{heading} {number}" + (f" ({_words(change)})" if change is not None else "")
        for heading, number, change in pairs
    )
    pieces = [
        section("digest:figures", f"*{title}*"),
        fields("digest:counts", [_field(*pair) for pair in pairs]),
        *([context("digest:beside", " · ".join(beside))] if beside else []),
        drawn,
    ]
    also = [f"{'; '.join(beside)}."] if beside else []
    return Part((f"{title}: {spoken}.", *also, said), tuple(pieces))


def _days(first: date, last: date) -> str:
    return f"{day_words(first)} to {day_words(last)}"


def _since(digest: Digest) -> date | None:
    return today(digest.before.at, digest.group.zone) if digest.before else None


def _figure(digest: Digest, name: str) -> tuple[int, int | None]:
    """And by how much it changed, where that is known."""
    number: int = getattr(digest.figures, name)
    if digest.before is None:
        return number, None
    was = digest.before.figures
    before: int = getattr(was, name)
    if name in BECOME_LATE and number < before and digest.figures.overdue > was.overdue:
        return number, None  # Fewer may be no good news: some became overdue.
    return number, number - before


def _field(heading: str, number: int, change: int | None) -> str:
    if change is None:
        return f"*{heading}* {number}"
    arrow = "▲ " if change > 0 else "▼ " if change else ""
    return f"*{heading}* {number} ({arrow}{_words(change)})"


def _words(change: int) -> str:
    if not change:
        return "same"
    return f"{abs(change)} {'more' if change > 0 else 'fewer'}"


def _beside(figures: Figures) -> Iterator[str]:
    """What is said of the week without a comparison; nothing that is none."""
    if figures.dropped:
        yield f"Won't do: {figures.dropped} last week"
    if figures.unconfirmed:
        yield f"Not confirmed: {figures.unconfirmed}"
    if figures.moved:
        yield f"Moved: {figures.moved}"
    if figures.on_time is not None:
        yield f"On time: {figures.on_time} % of those closed"
    if figures.typical_age is not None:
        yield f"Typical age: {count(figures.typical_age, 'day')}"
        bars = [f"{n} {age}" for n, age in zip(figures.ages, _AGES, strict=True) if n]
        yield f"Open for: {', '.join(bars)}"


def _trend(weeks: Sequence[Snapshot]) -> tuple[Piece, str]:
    """The chart, and the same in words; before there are two weeks, that it will come."""
    if len(weeks) < DRAWN_AT_LEAST:
        return context("digest:trend", TREND_STARTS), TREND_STARTS
    names = _names(weeks)
    series = {
        name: [getattr(week.figures, figure) for week in weeks] for figure, name in DRAWN.items()
    }
    said = [
        f"{charts.line(name, list(zip(names, values, strict=True)))}."
        for name, values in series.items()
    ]
    return line_chart("digest:trend", "Closed and overdue, by week", names, series), " ".join(said)


def _names(weeks: Sequence[Snapshot]) -> list[str]:
    """`W48`; with its year where two weeks of different years have the same number."""
    short = [week.week.partition("-")[2] for week in weeks]
    return short if len(set(short)) == len(short) else [week.week for week in weeks]
