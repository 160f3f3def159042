"""The report for a steering committee: one paragraph, and a file with it and the table."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.meetings import Meeting
from bot.domain.model import Programme, Ref
from bot.domain.outbox import Message
from bot.domain.state import Standing, Status, Why
from bot.domain.steering import Report
from bot.views import markdown
from bot.views.blocks import context, escape, message, plain, section
from bot.views.dates import count, day_words, today
from bot.views.standing import WORDS, cause, reason, remarks
from bot.views.status import (
    HEADING,
    LINE,
    cells,
    due_verb,
    is_bad,
    percent,
    short,
    totals,
    worst_first,
)
from bot.views.tables import At
from bot.views.text import bare, clip, moment

TITLE = "The status as Markdown"
NAMED = 10
"""Of one sort, in the paragraph."""
LONGEST = 80
NO_RISK = "no deadline is at risk"
_STATES = {Standing.LATE: "is late", Standing.LOOK: "needs a look"}
WHY = {
    Why.UNOWNED: "has no owner",
    Why.OVERDUE: "is overdue",
    Why.SILENT: "is not confirmed by its owner",
    Why.BLOCKED: "is blocked for more than a week",
    Why.MOVED: "was moved three times or more",
}


def file_name(report: Report, zone: str) -> str:
    return f"status-{today(report.now, zone).isoformat()}.md"


def file(report: Report, programme: Programme, zone: str) -> str:
    """Markdown: the paragraph, the table, and each reason in full."""
    rows = worst_first(report.statuses)
    parts = [
        f"# {markdown.escaped(_title(rows, report.now, zone))}",
        markdown.escaped(paragraph(report, programme, zone)),
        markdown.table(HEADING, [list(_cells(row, zone)) for row in rows]),
    ]
    why = [f"{short(row.group)}: {reason(row.judged)}" for row in rows if is_bad(row)]
    also = [f"{short(row.group)}: {remarks(row.remarks)}" for row in rows if row.remarks]
    for title, lines in (("Why not green", why), ("Also to know", also)):
        if lines:
            parts += [f"## {title}", markdown.bullets(lines)]
    if programme.label:
        parts.append(markdown.escaped(programme.label))
    return "\n\n".join(parts) + "\n"


def answer(report: Report, programme: Programme, zone: str) -> Message:
    """To who asked for it; the file comes beside."""
    name = file_name(report, zone)
    coming = f"I am sending you {name} in our direct message: this paragraph, and the table."
    said = paragraph(report, programme, zone)
    return message(
        plain(f"{coming} {said}"),
        section("steering:paragraph", escape(said)),
        context("steering:file", coming, "Only you see this."),
    )


def paragraph(report: Report, programme: Programme, zone: str) -> str:
    """Unescaped, in whole sentences; `zone` is that of all, or of the one group."""
    return " ".join(_sentences(report, programme, zone))


def _sentences(report: Report, programme: Programme, zone: str) -> Iterator[str]:
    rows = worst_first(report.statuses)
    of = f"{clip(bare(programme.name), LONGEST)}, status" if programme.name else "Status"
    groups = short(rows[0].group) if len(rows) == 1 else f"{len(rows)} groups"
    yield f"{of} of {groups} as of {moment(report.now, zone)}: {totals(rows)}."
    bad = [row for row in rows if is_bad(row)]
    for row in bad[:NAMED]:
        yield f"{short(row.group)} {_STATES[row.judged.standing]}: {_reason(row)}."
    if len(bad) > NAMED:
        yield f"{count(len(bad) - NAMED, 'more group')} not on track, named below."
    for standing in (Standing.ON_TRACK, Standing.NO_DATA):
        same = [row for row in rows if row.judged.standing is standing]
        if same:
            word = WORDS[standing].partition(" ")[2]
            names = _some([short(row.group) for row in same])
            yield f"{word}: {names} ({reason(same[0].judged)})."
    yield from _next(rows, zone)
    yield from for_event(report)
    yield _decide([pair for row in rows for pair in report.decide.get(row.group.key, ())])


def _title(rows: Sequence[Status], now: datetime, zone: str) -> str:
    of = short(rows[0].group) if len(rows) == 1 else f"{len(rows)} groups"
    return f"Status of {of} on {day_words(today(now, zone))}"


def _reason(row: Status) -> str:
    return clip(reason(row.judged), LINE)


def _next(rows: Sequence[Status], zone: str) -> Iterator[str]:
    ahead = [(row.meeting, percent(row)) for row in rows if row.meeting]
    if ahead:
        meeting, ready = min(ahead, key=lambda pair: pair[0].starts)
        prepared = f", {ready} ready" if ready else ""
        yield f"Next meeting: {_met(meeting)} on {moment(meeting.starts, zone)}{prepared}."
    else:
        yield "No next meeting is set."
    due = {row.deadline.ref: (row.deadline, due_verb(row)) for row in rows if row.deadline}
    if due:
        (first, verb), *others = sorted(due.values(), key=lambda pair: pair[0].due)
        same = sum(other.due == first.due for other, _ in others)
        more = f" ({same} more that day)" if same else ""
        title = clip(bare(first.text), LONGEST)
        yield f"Next deadline: {title} ({first.ref}), {verb} {day_words(first.due)}{more}."


def for_event(report: Report) -> Iterator[str]:
    """How what all groups meet for next stands; one sentence, or none."""
    said = _some([cause(risk) for risk in report.risks], "; ")
    if report.event is None:
        if said:
            yield f"Deadlines at risk: {said}."
        return
    day = day_words(report.event.start_day)
    ready = "" if report.ready is None else f" ({report.ready} % ready)"
    verb = "is" if len(report.risks) == 1 else "are"
    risk = f"{count(len(report.risks), 'deadline')} {verb} at risk: {said}" if said else NO_RISK
    yield f"For {_met(report.event)}, {day}{ready}: {risk}."


def _decide(decide: Sequence[tuple[Ref, Why]]) -> str:
    if not decide:
        return "Nothing waits for a decision."
    return f"To be decided: {_some([f'{ref} {WHY[why]}' for ref, why in decide], '; ')}."


def _met(meeting: Meeting) -> str:
    return f"{clip(bare(meeting.title), LONGEST)} ({meeting.ref})"


def _some(said: Sequence[str], between: str = ", ") -> str:
    more = [f"and {len(said) - NAMED} more"] if len(said) > NAMED else []
    return between.join([*said[:NAMED], *more])


def _cells(row: Status, zone: str) -> Iterator[object]:
    """As in the message; nobody's Slack turns an instant into the reader's own."""
    for cell in cells(row, zone):
        yield f"{cell.lead} {moment(cell.at, cell.zone)}" if isinstance(cell, At) else cell
