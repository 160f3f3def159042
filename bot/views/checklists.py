"""The checklist that a group's meetings are planned by, numbered, with who owes what when."""

from collections.abc import Sequence

from bot.domain.model import Group
from bot.domain.outbox import Message
from bot.domain.templates import CALL, FACE_TO_FACE, STEERING_CALL, Anchor, TemplateItem
from bot.views.blocks import (
    TITLE_SHOWN,
    Element,
    Id,
    actions,
    button,
    context,
    message,
    nth,
    section,
    value,
)
from bot.views.dates import count
from bot.views.lists import spelled
from bot.views.text import bare, clip, escape, plain

LINES = 8
ROWS = 60
NAMES = {CALL: "calls", STEERING_CALL: "steering calls", FACE_TO_FACE: "meetings face to face"}
WORDS = {CALL: "call", STEERING_CALL: "steering", FACE_TO_FACE: "face to face"}
FROM_NOW = "Meetings planned from now on follow it; those planned already stay as they are."


def template(
    group: Group | None,
    name: str,
    items: Sequence[TemplateItem],
    *,
    own: bool,
    may: bool,
    changed: bool = False,
) -> Message:
    """`own`: adjusted by them; `changed`: just now."""
    whose = plain(group.short) if group else "all groups"
    kind = "adjusted" if own else "as usual"
    head = f"Checklist for {NAMES[name]} of {whose}, {kind}, {count(len(items), 'item')}"
    note = FROM_NOW if changed else _how(group, name) if may else ""
    spoken = [f"{n}. {plain(_item(item))}." for n, item in enumerate(items, 1)]
    lines = [f"*{n}.* {escape(_item(item))}" for n, item in enumerate(items[:ROWS], 1)]
    whose_shown = escape(group.short) if group else "all groups"
    shown = f"*Checklist for {NAMES[name]} of {whose_shown}*\n{kind}"
    return message(
        spelled(f"{head}. {plain(note)}".strip(), spoken),
        section("checklist:head", shown),
        *(
            section(f"checklist:{start}", "\n".join(lines[start : start + LINES]))
            for start in range(0, len(lines), LINES)
        ),
        *([context("checklist:note", escape(note))] if note else []),
        actions("checklist:do", *_buttons(group, name, own=own and may)),
    )


def _item(item: TemplateItem) -> str:
    text = clip(bare(item.text), TITLE_SHOWN).rstrip(" .")
    return f"{text}: {_when(item)}, {item.role.value.replace('-', ' ')}"


def _when(item: TemplateItem) -> str:
    kind = "working day" if item.working_days else "day"
    end = "the end" if item.anchor is Anchor.END else "the start"
    if not item.offset:
        return "on the last day" if item.anchor is Anchor.END else "on the day"
    side = "before" if item.offset < 0 else "after"
    return f"{count(abs(item.offset), kind)} {side} {end}"


def _how(group: Group | None, name: str) -> str:
    line = _line(group, name)
    return (
        f"To change it: {line} move 3 -9 days; {line} drop 3; "
        f"{line} add Book interpreters -5 days coordinator; {line} reset."
    )


def _line(group: Group | None, name: str) -> str:
    return f"checklist {group.key if group else 'all'} {WORDS[name]}"


def _buttons(group: Group | None, name: str, *, own: bool) -> list[Element]:
    others = [other for other in WORDS if other != name]
    shown = [
        button(f"For {NAMES[other]}", nth(Id.WORD_RUN, n), value(line=_line(group, other)))
        for n, other in enumerate(others)
    ]
    line = value(line=f"{_line(group, name)} reset")
    return [*shown, *([button("As usual again", nth(Id.WORD_RUN, 5), line)] if own else [])]
