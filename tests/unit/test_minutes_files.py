"""Minutes as Markdown, as a page and as messages: every fact in each, and nothing that acts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from bot.domain.agendas import Purpose
from bot.domain.decisions import DecisionState, Objection
from bot.domain.meetings import MeetingId
from bot.domain.minutes import (
    Agreed,
    Comment,
    Content,
    Correction,
    Given,
    Minutes,
    MinutesState,
    Other,
    Set,
    Topic,
)
from bot.domain.model import Ref, World
from bot.views import minutes as view
from bot.views.minutes_files import html, markdown
from tests.unit.hostile import AROUND, FOREIGN, HALVES
from tests.unit.hostile_world import given
from tests.unit.screens import CHAIR, GIVER, OWNER, TARGETS, WORLD

AT = datetime(2026, 11, 26, 15, tzinfo=UTC)
DAY = date(2026, 12, 4)
LONDON = "Europe/London"
THEM = Minutes(
    MeetingId(1), AT, date(2026, 11, 27), date(2026, 11, 28), date(2026, 12, 5), date(2026, 12, 8),
    MinutesState.PUBLISHED, published_at=AT,
    corrections=(Correction("14 mice", "40 mice", OWNER, AT),),
    comments=(Comment("A vote is missing", GIVER, AT), Comment("Not so", OWNER, AT, objects=True)),
)  # fmt: skip


def content(text: str = "") -> Content:
    """With `text` everywhere that somebody typed."""
    objection = Objection(GIVER, AT, text or "Carers are left out")
    topic = Topic(
        text or "Shared protocol",
        OWNER,
        Purpose.DECIDE,
        (text or "40 mice were lost",),
        (
            Agreed(
                Ref("DC-1"), text or "Use one template", DecisionState.PROPOSED, DAY,
                objections=(objection,),
            ),
        ),
        (Given(Ref("TR-14"), text or "Send the table", (OWNER,), DAY),),
        (Set(Ref("DL-3"), text or "Data ready", DAY),),
    )  # fmt: skip
    return Content(
        Ref("MT-9"), text or "Targets call", (TARGETS.key,), AT, AT, LONDON, text or "Room 2",
        GIVER, (CHAIR, GIVER), (OWNER,), (), ((OWNER, GIVER),), (CHAIR,),
        ((GIVER, text or "Funds"),),
        Other(Ref("MT-8"), text or "Old call", AT, LONDON, MinutesState.ACCEPTED),
        (topic,), (text or "Any other business",), (text or "do it @nobody",),
        Other(Ref("MT-10"), text or "New call", datetime(2026, 12, 10, 15, tzinfo=UTC), LONDON),
        to_step_out=((CHAIR, text or "Travel"),),
    )  # fmt: skip


FACTS = (
    "MT-9 Targets call", "Thu 26 Nov 2026, 15:00 London", "Room 2", "Shared protocol",
    "to decide", "40 mice were lost", "DC-1", "Use one template", "Fri 4 Dec 2026",
    "Carers are left out", "TR-14", "Send the table", "DL-3", "Data ready", "MT-8", "accepted",
    "Any other business", "do it @nobody", "MT-10 New call", "Thu 10 Dec 2026", "Stepped out",
    "Funds", "Was to step out", "Travel", "No valid declaration", "1 of those present",
    "unconfirmed", "14 mice", "A vote is missing", "Not so",
)  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "section", "ul",
    "li", "strong", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "class", "scope"}


def read(source: str) -> str:
    """The words of a Markdown text, and of nothing that does something."""
    found = []
    for token in MarkdownIt("commonmark", {"linkify": False}).enable("table").parse(source):
        assert token.type not in ("html_block", "fence", "code_block"), token.content
        for child in token.children or ():
            assert child.type in ("text", "strong_open", "strong_close", "softbreak"), child
            found.append(child.content)
    return "".join(found)


def test_every_fact_stands_in_the_file_the_page_and_the_message() -> None:
    page = Page(html(content(), THEM, WORLD))
    shown = view.full(content(), THEM, WORLD, view.Offers(commenting=True, accepting=True))
    whole = "".join(page.words)
    plain = read(markdown(content(), THEM, WORLD))
    for fact in FACTS:
        assert fact in whole, fact
        assert fact in plain, fact
        assert fact in shown.message.text, fact
    assert not shown.clipped
    assert ("lang", "en") in page.attributes
    assert "@page" in whole
    assert "@media print" in whole


@pytest.mark.parametrize("around", AROUND)
def test_nothing_that_anybody_typed_acts_in_a_file(around: str) -> None:
    typed = [around.replace("{}", text) for text in (*FOREIGN, *HALVES)]
    text = typed[AROUND.index(around)]
    it, world = content(text), given(text).world
    (topic,) = it.topics
    rows = tuple(Given(Ref("TR-1"), one, (OWNER,), DAY) for one in typed[::2])
    topics = (replace(topic, notes=tuple(typed), actions=rows),)
    it = replace(it, topics=topics, held=tuple(typed[1::2]))
    page = Page(html(it, THEM, world))
    assert set(page.tags) <= TAGS
    assert {name for name, _ in page.attributes} <= ATTRIBUTES
    read(markdown(it, THEM, world))


def test_the_page_fetches_nothing() -> None:
    source = html(content(), THEM, WORLD)
    assert "default-src 'none'" in source
    assert "url(" not in source
    assert "@import" not in source
    assert "://" not in source


def test_what_does_not_fit_into_a_message_is_said_to_be_in_the_file() -> None:
    topic = replace(content().topics[0], notes=("word " * 150,) * 50)
    long = replace(content(), topics=(topic,) * 3)
    shown = view.full(long, THEM, WORLD, view.Offers())
    assert shown.clipped
    assert len(shown.message.blocks) <= 50
    assert "The rest is in the file." in str(shown.message.blocks)


def state_of(world: World, **more: object) -> tuple[str, set[str]]:
    """How the channel's message begins, and its buttons."""
    message = view.posted(content(), replace(THEM, **more), world)  # type: ignore[arg-type]  # fields of minutes
    elements = [e for b in message.blocks for e in b.get("elements", [])]  # type: ignore[attr-defined]  # Slack's JSON
    return message.text, {e["text"]["text"] for e in elements if e["type"] == "button"}


def test_they_are_unconfirmed_until_accepted_and_offer_nothing_any_more_then() -> None:
    text, buttons = state_of(WORLD)
    assert "comments until Sat 5 Dec 2026, accepted on Tue 8 Dec 2026 unless somebody" in text
    assert {"Correct", "Object", "Approve"} <= buttons
    assert (
        "1 objection, the chair says how it goes on"
        in state_of(WORLD, state=MinutesState.OBJECTED)[0]
    )
    text, buttons = state_of(WORLD, state=MinutesState.ACCEPTED, accepted_at=AT)
    assert "Minutes, accepted on Thu 26 Nov 2026 as nobody objected." in text
    assert "unconfirmed" not in text
    assert buttons == {"Read in full", "Printable page", "Markdown"}
