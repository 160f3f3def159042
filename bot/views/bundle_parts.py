"""Parts of the one message of a day: its rows, what is only named, and how often it comes."""

from collections.abc import Sequence

from bot.domain.outbox import Block, Message
from bot.views.blocks import Id, Piece, actions, button, section
from bot.views.text import bare, clip, escape

HOW_OFTEN = "Reminders come in at most one message a day, on your working mornings."
NAMED = 12
"""Of those for which there is no room in full."""
LINE = 180


def distinct(blocks: tuple[Block, ...], seen: set[str]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        name = str(block["block_id"])
        while name in seen:
            name = f"{name}+"
        seen.add(name)
        kept.append({**block, "block_id": name})
    return kept


def rest(lines: Sequence[Message]) -> list[Piece]:
    """What else there is, by name and date; their buttons are in the list."""
    if not lines:
        return []
    named = [f"• {escape(clip(bare(one.text), LINE))}" for one in lines[:NAMED]]
    said = "\n".join([f"And {len(lines)} more.", *named])
    return [
        section("bundle:rest", said),
        actions("bundle:all", button("Open my list", Id.ITEM_MINE)),
    ]


def how_often(lines: Sequence[Message]) -> str:
    """A menu is spoken of only where there is one."""
    with_menu = sum(any(_has_menu(block) for block in one.blocks) for one in lines)
    if not with_menu:
        return HOW_OFTEN
    one = "one" if with_menu == len(lines) else "one that has a menu"
    return f"{HOW_OFTEN} To stop {one}, use its menu."


def _has_menu(block: Block) -> bool:
    inside = block.get("elements")
    elements = [block.get("accessory"), *(inside if isinstance(inside, list) else [])]
    return any(isinstance(one, dict) and one.get("type") == "overflow" for one in elements)
