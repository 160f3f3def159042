"""Rich text, tables and charts, as Slack takes or refuses them."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.refusals import blocks
from tests.sandbox.block_kit import Json


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def rich(*elements: Json, **more: Any) -> Json:
    return {"type": "rich_text", "elements": list(elements), **more}


def run(*leaves: Json, kind: str = "rich_text_section", **more: Any) -> Json:
    return {"type": kind, "elements": list(leaves), **more}


def bullets(*items: Json, **more: Any) -> Json:
    return {"type": "rich_text_list", "style": "bullet", "elements": list(items), **more}


def leaf(kind: str = "text", **more: Any) -> Json:
    return {"type": kind, **more}


def table(*rows: list[Json], **more: Any) -> Json:
    return {"type": "table", "rows": list(rows), **more}


def data_table(*rows: list[Json], **more: Any) -> Json:
    return {"type": "data_table", "caption": "Actions", "rows": list(rows), **more}


def chart(kind: str = "bar", *series: Json, categories: Any = ("A",), **more: Any) -> Json:
    """A chart whose categories are those given."""
    axes = {"categories": list(categories), **more}
    body = {"type": kind, "series": list(series), "axis_config": axes}
    return {"type": "data_visualization", "title": "Open", "chart": body}


def series(name: str = "Open", labels: Any = ("A",)) -> Json:
    return {"name": name, "data": [{"label": label, "value": 1} for label in labels]}


def pie(*segments: tuple[str, Any], title: str = "Open") -> Json:
    parts = [{"label": label, "value": value} for label, value in segments]
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {"type": "pie", "segments": parts},
    }


def names(count: int) -> list[str]:
    return [f"L{i}" for i in range(count)]


HEADING = [raw("Group"), raw("Open")]
ROW = [raw("Imaging"), {"type": "raw_number", "value": 3}]

LIMITS = [
    pytest.param(lambda n: table(*[[raw("x")]] * n), 100, id="100 rows"),
    pytest.param(lambda n: table([raw("x")] * n), 20, id="20 cells"),
    pytest.param(lambda n: table([raw("x")], column_settings=[{}] * n), 20, id="20 settings"),
    pytest.param(lambda n: table([raw("x" * n)]), 10_000, id="10,000 characters in a table"),
    pytest.param(
        lambda n: table([rich(run(leaf(text="x" * (n - 1)))), raw("y")]),
        10_000,
        id="10,000 characters, rich text counted",
    ),
    pytest.param(lambda n: data_table(*[HEADING] * n), 101, id="100 rows and the header"),
    pytest.param(lambda n: data_table(*[[raw("x")] * n] * 2), 20, id="20 columns"),
    pytest.param(lambda n: data_table(HEADING, ROW, page_size=n), 100, id="page of 100"),
    pytest.param(
        lambda n: data_table(HEADING, ROW, row_header_column_index=n), 1, id="column that exists"
    ),
    pytest.param(
        lambda n: data_table([raw("x")], [raw("x" * (n - 1))]), 10_000, id="10,000 in a data table"
    ),
    pytest.param(lambda n: pie(("A", 1), title="x" * n), 50, id="title 50"),
    pytest.param(lambda n: pie(*[("A", 1)] * n), 6, id="6 segments"),
    pytest.param(lambda n: pie(("x" * n, 1)), 20, id="segment label 20"),
    pytest.param(lambda n: chart("bar", *map(series, names(n))), 6, id="6 series"),
    pytest.param(lambda n: chart("line", series("x" * n)), 20, id="series name 20"),
    pytest.param(
        lambda n: chart("area", series(labels=names(n)), categories=names(n)),
        20,
        id="20 categories",
    ),
    pytest.param(
        lambda n: chart("bar", series(labels=["x" * n]), categories=["x" * n]),
        20,
        id="category 20",
    ),
    pytest.param(lambda n: chart("bar", series(), x_label="x" * n), 50, id="axis label 50"),
    pytest.param(lambda n: rich(bullets(run(), indent=n)), 8, id="indent 8"),
    pytest.param(lambda n: rich(bullets(run(), border=n)), 1, id="border 1"),
    pytest.param(lambda n: rich(run(leaf("emoji", name="wave", skin_tone=n))), 6, id="skin tone 6"),
]


@pytest.mark.parametrize(("build", "limit"), LIMITS)
def test_at_its_limit_a_table_or_chart_passes(build: Callable[[int], Json], limit: int) -> None:
    assert blocks([build(limit)], "message") == []


@pytest.mark.parametrize(("build", "limit"), LIMITS)
def test_one_beyond_its_limit_a_table_or_chart_is_refused(
    build: Callable[[int], Json], limit: int
) -> None:
    assert blocks([build(limit + 1)], "message")


SHAPES = [
    pytest.param(table([raw("x")]), table(), "no fewer than 1", id="table has rows"),
    pytest.param(table([raw("x")]), table([]), "no fewer than 1", id="row has cells"),
    pytest.param(table([raw("x")]), table([raw("")]), "more than 0", id="cell says something"),
    pytest.param(table([raw("x")]), table(["x"]), "an object", id="cell is an object"),  # type: ignore[list-item]  # the wrong type is the case
    pytest.param(
        table([raw("x")], column_settings=[None, {"align": "right", "is_wrapped": True}]),
        table([raw("x")], column_settings=[{"align": "top"}]),
        "one of",
        id="alignment",
    ),
    pytest.param(
        data_table(HEADING, ROW), table(HEADING, ROW), "raw_number", id="no numbers in a table"
    ),
    pytest.param(
        data_table(HEADING, ROW),
        {"type": "data_table", "rows": [HEADING, ROW]},
        "missing required field: caption",
        id="caption",
    ),
    pytest.param(data_table(HEADING, ROW), data_table(HEADING), "no fewer than 2", id="a header"),
    pytest.param(
        data_table(HEADING, ROW), data_table(HEADING, ROW[:1]), "same number", id="rows are equal"
    ),
    pytest.param(
        data_table(HEADING, [rich(run(leaf(text="x"))), raw("x")]),
        data_table([rich(run(leaf(text="x"))), raw("x")], ROW),
        "header row",
        id="no rich text in the header",
    ),
    pytest.param(pie(("A", 1)), pie(("A", 0)), "more than 0", id="pie value above 0"),
    pytest.param(pie(("A", 0.5)), pie(("A", "1")), "number", id="pie value is a number"),
    pytest.param(pie(("A", 1)), pie(), "no fewer than 1", id="pie has segments"),
    pytest.param(chart("bar", series()), chart("radar", series()), "type: radar", id="kind"),
    pytest.param(chart("bar", series()), chart("bar"), "no fewer than 1", id="chart has series"),
    pytest.param(
        chart("bar", series(labels="AB"), categories="AB"),
        chart("bar", series(labels="A"), categories="AB"),
        "exactly one value",
        id="one value per category",
    ),
    pytest.param(
        chart("bar", series("Open"), series("Done")),
        chart("bar", series("Open"), series("Open")),
        "different names",
        id="series differ",
    ),
    pytest.param(
        chart("bar", series(labels="AB"), categories="AB"),
        chart("bar", series(labels="AA"), categories="AA"),
        "categories must differ",
        id="categories differ",
    ),
    pytest.param(rich(), {"type": "rich_text"}, "field: elements", id="rich text has elements"),
    pytest.param(
        rich(run(leaf(text="x", style={"bold": True}))),
        rich(run(leaf(text="x", style={"loud": True}))),
        "property: loud",
        id="styles",
    ),
    pytest.param(
        rich(run(leaf("user", user_id="U1"), leaf("emoji", name="tada"))),
        rich(run(leaf("user"))),
        "field: user_id",
        id="mention names a user",
    ),
    pytest.param(
        rich(run(leaf("link", url="https://example.org"))),
        rich(run(leaf("link", url="here"))),
        "valid URL",
        id="link is a URL",
    ),
    pytest.param(
        rich(run(leaf("broadcast", range="here"))),
        rich(run(leaf("broadcast", range="all"))),
        "one of",
        id="broadcasts",
    ),
    pytest.param(
        rich(run(leaf("date", timestamp=1_795_348_800, format="{date}"))),
        rich(run(leaf("date", timestamp="now", format="{date}"))),
        "integer",
        id="date is an instant",
    ),
    pytest.param(
        rich(bullets(run(leaf(text="x")), border=1)),
        rich(bullets()),
        "no fewer than 1",
        id="list has items",
    ),
    pytest.param(
        rich(run(leaf(text="x"), kind="rich_text_quote")),
        rich(bullets(run(kind="rich_text_quote"))),
        "type: rich_text_quote",
        id="lists hold sections",
    ),
    pytest.param(
        rich(run(leaf(text="x"), kind="rich_text_preformatted", language="python")),
        rich(leaf(text="x")),
        "type: text",
        id="words are in sections",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "words"), SHAPES)
def test_a_wrong_table_or_chart_is_refused_and_the_right_one_is_not(
    right: Json, wrong: Json, words: str
) -> None:
    assert blocks([right], "message") == []
    assert any(words in found for found in blocks([wrong], "message"))


def test_two_tables_share_ten_thousand_characters() -> None:
    found = blocks([table([raw("x" * 6000)]), data_table([raw("x")], [raw("x" * 6000)])], "message")
    assert any("10001 characters together" in words for words in found)
