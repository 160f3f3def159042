"""Minutes as messages: in full for one reader, and in short for the group's channel."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.minutes import Comment, Content, Correction, Minutes, MinutesState
from bot.domain.model import Ref, World
from bot.domain.outbox import Block, Message
from bot.views import tables
from bot.views.blocks import (
    SECTION_LIMIT,
    Element,
    Id,
    Piece,
    actions,
    button,
    context,
    header,
    message,
    nth,
    section,
    value,
)
from bot.views.buttons import undo
from bot.views.dates import count
from bot.views.lists import spelled
from bot.views.minutes_parts import (
    Line,
    Part,
    decided_part,
    given_part,
    heading,
    next_part,
    open_part,
    parts,
    standing,
)
from bot.views.text import bare, clip, escape, instant, plain

MOST = 40
"""Blocks for what the minutes say; the rest is in the file."""
_LINE = 900
"""Characters of one line, as escaped."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What its reader may do about them as they stand."""

    commenting: bool = False
    publishing: bool = False
    accepting: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """`clipped`: not everything found room."""

    message: Message
    clipped: bool = False


def full(content: Content, minutes: Minutes, world: World, offers: Offers) -> Shown:
    """Private: all of them, as far as a message goes."""
    found = parts(content, minutes, world)
    blocks, clipped = _blocks(found)
    rest = [context("minutes:rest", "The rest is in the file.")] if clipped else []
    said = standing(minutes, world, content.zone)
    return Shown(
        message(
            spelled(f"Minutes of {plain(heading(content))}. {plain(said)}", _spoken(found)),
            header("minutes:head", f"Minutes: {heading(content)}"),
            section("minutes:standing", escape(said)),
            *blocks,
            *rest,
            *_buttons(content.ref, minutes, offers),
            actions("minutes:files", *_files(content.ref)),
        ),
        clipped,
    )


def posted(content: Content, minutes: Minutes, world: World) -> Message:
    """For the channel: what was agreed and given, what is open, and when it goes on."""
    found = tuple(
        part
        for part in (
            decided_part(content, world),
            given_part(content.actions, world),
            open_part(content),
            next_part(content.next),
        )
        if part.lines or part.table
    )
    blocks, _ = _blocks(found)
    said = standing(minutes, world, content.zone)
    offers = Offers(commenting=True, accepting=True)
    return message(
        spelled(f"Minutes of {plain(heading(content))}. {plain(said)}", _spoken(found)),
        header("minutes:head", f"Minutes of {heading(content)}"),
        section("minutes:standing", escape(said)),
        *blocks,
        *_buttons(content.ref, minutes, offers),
        actions(
            "minutes:files",
            _run(1, "Read in full", f"meeting minutes {content.ref}"),
            *_files(content.ref),
        ),
    )


def changed(
    content: Content, minutes: Minutes, world: World, said: str, request: str = ""
) -> Message:
    """After what somebody did to them; `said` is whole sentences for `text`."""
    words = f"{said} {plain(standing(minutes, world, content.zone))}"
    return message(
        words,
        section(f"minutes:{content.ref}:said", words),
        actions(
            f"minutes:{content.ref}:then",
            *([undo(request)] if request else []),
            _run(1, "Read in full", f"meeting minutes {content.ref}"),
        ),
    )


def corrected(
    content: Content,
    minutes: Minutes,
    correction: Correction,
    times: int,
    things: Sequence[str],
    world: World,
    request: str,
) -> Message:
    """Words of an action or decision change in the minutes alone: it says how to mend the thing."""
    where = "" if times == 1 else f" in {times} places"
    said = (
        f'Corrected in the minutes of {content.ref}{where}: "{plain(correction.old)}" now reads '
        f'"{plain(correction.new)}".'
    )
    for ref in things[:3]:
        if ref.startswith("DC-"):
            said += f" {ref} itself keeps its words; to change what holds, decide it anew."
        elif ref.startswith("DL-"):
            said += f" {ref} itself keeps its words."
        else:
            said += f" {ref} itself keeps its words; to change those too: edit {ref} and the words."
    return changed(content, minutes, world, said, request)


def objected(content: Content, minutes: Minutes, before: Comment | None, world: World) -> Message:
    """`before`: the objection of the same person in whose place it stands."""
    said = f"Your objection stands with the minutes of {content.ref}; who chairs is asked."
    if before is not None:
        was = plain(clip(bare(before.text), _LINE))
        said += f' It replaces the one you made before: "{was}"; to keep both, say both in one.'
    return changed(content, minutes, world, said)


def counts(content: Content) -> str:
    """For `text`, no full stop."""
    decided, given = len(content.decisions), len(content.actions)
    found = (
        count(decided, "decision") if decided else "",
        count(given, "new action") if given else "",
    )
    return " and ".join(filter(None, found)) or "nothing decided, no new action"


def _buttons(ref: Ref, minutes: Minutes, offers: Offers) -> list[Piece]:
    if minutes.state is MinutesState.ACCEPTED:
        return []
    elements = []
    if offers.commenting:
        elements.append(button("Correct", Id.MINUTES_CORRECT, value(ref)))
        elements.append(button("Object", Id.MINUTES_OBJECT, value(ref)))
    if offers.publishing and minutes.state is MinutesState.DRAFT:
        elements.append(publish_button(ref))
    elif offers.accepting and minutes.state is not MinutesState.DRAFT:
        elements.append(approve_button(ref))
    return [actions("minutes:do", *elements)] if elements else []


def approve_button(ref: Ref) -> Element:
    return button(
        "Approve", nth(Id.WORD_RUN, 8), value(line=f"meeting approve {ref}"), primary=True
    )


def publish_button(ref: Ref) -> Element:
    return button(
        "Publish now", nth(Id.WORD_RUN, 9), value(line=f"meeting publish {ref}"), primary=True
    )


def _files(ref: Ref) -> list[Element]:
    return [
        _run(2, "Printable page", f"meeting minutes {ref} as html"),
        _run(3, "Markdown", f"meeting minutes {ref} as markdown"),
    ]


def _run(number: int, label: str, line: str) -> Element:
    return button(label, nth(Id.WORD_RUN, number), value(line=line))


def _spoken(found: Iterable[Part]) -> list[str]:
    """For `text`: a sentence for each line."""
    said = []
    for part in found:
        words = [_spoken_line(line) for line in part.lines]
        if part.table is not None:
            words += [plain(", ".join(row)) for row in part.table.rows]
        said.append(f"{plain(part.title)}: {'; '.join(words)}.")
    return said


def _spoken_line(line: Line) -> str:
    lead = f"{plain(line.lead)}: " if line.lead else ""
    return f"{lead}{plain(clip(line.text, _LINE))}".rstrip(" .")


def _blocks(found: Iterable[Part]) -> tuple[list[Piece | Block], bool]:
    """As many as there is room for, and whether something had to be left out."""
    made: list[Piece | Block] = []
    clipped = False
    for part in found:
        for number, words in enumerate(_sections(part)):
            made.append(section(f"minutes:{part.key}:{number}", words))
        if part.table is not None:
            rows = part.table.rows
            made.append(section(f"minutes:{part.key}:head", f"*{escape(part.title)}*"))
            made.append(tables.table(f"minutes:{part.key}:rows", part.table.heading, rows))
            clipped = clipped or tables.fitting(part.table.heading, rows) < len(rows)
        clipped = clipped or any(len(escape(line.text)) > _LINE for line in part.lines)
    return made[:MOST], clipped or len(made) > MOST


def _sections(part: Part) -> Iterator[str]:
    """Whole lines, as many to a section as fit."""
    if not part.lines:
        return
    words = f"*{_fitting(part.title)}*"
    for line in part.lines:
        said = _mrkdwn(line)
        if len(words) + len(said) + 1 > SECTION_LIMIT:
            yield words
            words = said
        else:
            words = f"{words}\n{said}"
    yield words


def _mrkdwn(line: Line) -> str:
    text = instant(line.at, line.zone) if line.at is not None else _fitting(line.text)
    return f"• *{_fitting(line.lead)}:* {text}" if line.lead else f"• {text}"


def _fitting(text: str) -> str:
    """Escaping may make it five times as long."""
    size = _LINE
    while len(said := escape(clip(text, size))) > _LINE:
        size -= max(1, (len(said) - _LINE) // 5)
    return said
