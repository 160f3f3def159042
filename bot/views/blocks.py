"""Block Kit within Slack's limits: safe text, and one builder a piece."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import slackblocks as kit

from bot.domain.outbox import Block, Message
from bot.views import charts, tables
from bot.views.carried import Value, parse_value, value
from bot.views.ids import Field, Id, More, nth, which
from bot.views.text import bare, clip, clip_middle, escape, instant, mention, plain

__all__ = [
    "Confirm", "Element", "Field", "Id", "More", "Piece", "Value", "View", "actions", "bare",
    "button", "chartless", "clip", "clip_middle", "confirm", "context", "datepicker", "escape",
    "fields", "header", "home_view", "input_", "instant", "line_chart", "mention", "message",
    "modal", "multi_select", "nth", "overflow", "parse_value", "plain", "section", "select",
    "text_input", "value", "which",
]  # fmt: skip

# Five per cent below Slack's limits: its counting unit is not documented.
TEXT_LIMIT = 3800
SECTION_LIMIT = 2850
FIELD_LIMIT = 1900
VALUE_LIMIT = 1900
OPTION_VALUE_LIMIT = 142
BLOCK_ID_LIMIT = 242
OPTION_LIMIT = 71
TITLE_SHOWN = 140
CHOICES = 100
LINES_A_SECTION = 8
CHART_TITLE_LIMIT = 47

Element = kit.Element
Confirm = kit.ConfirmationDialogue
Piece = kit.Block


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a Home tab as Slack's JSON."""

    payload: Mapping[str, object]


def _mrkdwn(text: str, size: int) -> kit.Text:
    # Verbatim: Slack is not to turn `@here` or `#general` inside people's words into links.
    return kit.Text(clip(text, size) or " ", verbatim=True)


def _plain_text(text: str, size: int) -> kit.Text:
    return kit.Text(clip(bare(text), size) or "…", kit.TextType.PLAINTEXT)


def section(block_id: str, text: str, accessory: Element | None = None) -> Piece:
    words = _mrkdwn(text, SECTION_LIMIT)
    return kit.SectionBlock(words, block_id=block_id, accessory=accessory)


def fields(block_id: str, texts: Sequence[str]) -> Piece:
    shown: list[str | kit.Text] = [_mrkdwn(text, FIELD_LIMIT) for text in texts[:10]]
    return kit.SectionBlock(block_id=block_id, fields=shown)


def header(block_id: str, text: str) -> Piece:
    return kit.HeaderBlock(_plain_text(text, TITLE_SHOWN), block_id=block_id)


def context(block_id: str, *texts: str) -> Piece:
    return kit.ContextBlock([_mrkdwn(text, FIELD_LIMIT) for text in texts], block_id=block_id)


def actions(block_id: str, *elements: Element) -> Piece:
    return kit.ActionsBlock(list(elements), block_id=block_id)


def button(
    label: str,
    id_: Id | str,
    carries: str = "",
    *,
    primary: bool = False,
    asks: Confirm | None = None,
    names: str = "",
) -> Element:
    """`names` tells a screen reader what the button is about: its label alone does not."""
    return kit.Button(
        _plain_text(label, 30),
        action_id=str(id_),
        value=carries or None,
        style="primary" if primary else None,
        confirm=asks,
        accessibility_label=clip(bare(f"{label}: {names}"), OPTION_LIMIT) if names else None,
    )


def confirm(title: str, text: str, yes: str, no: str = "Keep") -> Confirm:
    words = _plain_text(text, 280)
    return kit.ConfirmationDialogue(
        _plain_text(title, 95), words, _plain_text(yes, 28), _plain_text(no, 28)
    )


def _options(choices: Sequence[tuple[str, str]]) -> list[kit.Option]:
    return [
        kit.Option(_plain_text(label, OPTION_LIMIT), carries)
        for label, carries in choices[:CHOICES]
    ]


def overflow(id_: Id | str, choices: Sequence[tuple[str, str]]) -> Element:
    """`choices`: label and value, at most five."""
    return kit.OverflowMenu(str(id_), _options(choices))


def select(
    id_: Id | str, choices: Sequence[tuple[str, str]], shown: str, chosen: str = ""
) -> Element:
    """A static_select; `choices`: label and value, of which the first hundred are offered."""
    options = _options(choices)
    initial = next((option for option in options if option.value == chosen), None)
    return kit.StaticSelectMenu(
        str(id_), options, initial_option=initial, placeholder=_plain_text(shown, 140)
    )


def multi_select(
    id_: Id | str, choices: Sequence[tuple[str, str]], shown: str, chosen: Sequence[str] = ()
) -> Element:
    options = _options(choices)
    initial = [option for option in options if option.value in chosen]
    return kit.StaticMultiSelectMenu(
        str(id_), options, initial_options=initial or None, placeholder=_plain_text(shown, 140)
    )


def datepicker(id_: Id | str, initial: date | None = None) -> Element:
    return kit.DatePicker(
        str(id_), initial.isoformat() if initial else None, placeholder="Pick a date"
    )


def text_input(name: str, initial: str = "", *, lines: bool = False, limit: int) -> Element:
    return kit.PlainTextInput(name, clip(initial, limit) or None, multiline=lines, max_length=limit)


def input_(
    name: Field | str, label: str, element: Element, *, hint: str = "", optional: bool = False
) -> Piece:
    return kit.InputBlock(
        _plain_text(label, 150),
        element,
        block_id=name,
        hint=_plain_text(hint, 300) if hint else None,
        optional=optional,
    )


def line_chart(
    block_id: str, title: str, categories: Sequence[str], series: Mapping[str, Sequence[int]]
) -> Piece:
    """`categories`: at most twenty, all different; of each series one value for each."""
    return kit.DataVisualizationBlock(
        clip(bare(title), CHART_TITLE_LIMIT),
        kit.LineChart(
            [
                kit.DataSeries(
                    name, [kit.DataPoint(*point) for point in zip(categories, values, strict=True)]
                )
                for name, values in series.items()
            ],
            kit.AxisConfig(list(categories)),
        ),
        block_id=block_id,
    )


class _Made(kit.Block):
    """A block of a message, ready to be shown again on another surface."""

    def __init__(self, block: Block) -> None:
        super().__init__(kit.blocks.BlockType(block["type"]), str(block["block_id"]))
        self.block = dict(block)

    def _resolve(self) -> dict[str, object]:
        return self.block


def _pieces(blocks: Sequence[Piece | Block], most: int) -> list[Piece]:
    """Raises ValueError where Slack would refuse: a defect of ours, never of what was typed."""
    pieces = [block if isinstance(block, Piece) else _Made(block) for block in blocks]
    ids = [piece.block_id for piece in pieces]
    if len(ids) > most or len(set(ids)) != len(ids):
        raise ValueError(f"{len(ids)} blocks with ids {ids}")
    return pieces


class _StandIn(kit.Block):
    """For a block whose JSON is made: a view would make all of it three times to read its type."""

    def __init__(self, block: Block) -> None:
        super().__init__(kit.blocks.BlockType(block["type"]), str(block["block_id"]))

    def _resolve(self) -> dict[str, object]:
        return {"type": self.type.value}


def _made(blocks: Sequence[Piece | Block], most: int) -> list[Block]:
    return [piece._resolve() for piece in _pieces(blocks, most)]


def message(text: str, *blocks: Piece | Block) -> Message:
    return Message(clip(text, TEXT_LIMIT), tuple(_made(blocks, 50)))


def chartless(said: Message) -> Message:
    """The same with each chart as lines; itself where there is none."""
    if not any(str(block["type"]).startswith(charts.NEW_BLOCKS) for block in said.blocks):
        return said
    return Message(said.text, tuple(_made(list(_plainer(said.blocks)), 50)))


def _plainer(blocks: Sequence[Piece | Block]) -> Iterator[Piece | Block]:
    for block in blocks:
        if isinstance(block, Piece) or not str(block["type"]).startswith(charts.NEW_BLOCKS):
            yield block
        elif block["type"] == charts.CHART:
            said = [f"*{escape(str(block['title']))}*", *charts.lines(block)]
            yield section(str(block["block_id"]), "\n".join(said))


def _tableless(blocks: Sequence[Piece | Block]) -> Iterator[Piece | Block]:
    """Tables and charts may stand in messages only."""
    for block in _plainer(blocks):
        if isinstance(block, Piece) or block["type"] != "table":
            yield block
            continue
        rows = list(tables.lines(block))
        for start in range(0, len(rows), LINES_A_SECTION):
            some = rows[start : start + LINES_A_SECTION]
            yield section(f"{block['block_id']}:{start}", "\n".join(some))


def modal(
    title: str,
    blocks: Sequence[Piece | Block],
    *,
    callback: Id,
    submit: str = "",
    carries: str = "",
) -> View:
    """`carries` (made by `value`) comes back as private_metadata: ids only."""
    made = _made(list(_tableless(blocks)), 100)
    shell = kit.ModalView(
        _plain_text(title, 24),
        [_StandIn(block) for block in made],
        close=_plain_text("Cancel" if submit else "Close", 24),
        submit=_plain_text(submit, 24) if submit else None,
        private_metadata=carries or None,
        callback_id=callback,
    )
    return View(shell.to_dict() | {"blocks": made})


def home_view(blocks: Sequence[Piece | Block]) -> View:
    made = _made(blocks, 100)
    shell = kit.HomeTabView([_StandIn(block) for block in made])
    return View(shell.to_dict() | {"blocks": made})
