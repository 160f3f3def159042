"""What every screen must keep, and the people, actions and words to try them with."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.domain.history import Change
from bot.domain.items import Answer, Assignment, Due, Item, ItemState, Move, Note, Source
from bot.domain.model import (
    ChannelId,
    Group,
    GroupKey,
    ItemId,
    Membership,
    Person,
    Programme,
    Ref,
    Role,
    UserId,
    World,
)
from bot.domain.outbox import Message
from bot.sandbox import refusals
from bot.views.blocks import View, parse_value, which

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OWNER, GIVER, CHAIR = UserId("U0OWNER1"), UserId("U0GIVER1"), UserId("U0CHAIR1")
OTHERS = tuple(UserId(f"U0OTHER{number:02}") for number in range(8))
TARGETS = Group(
    key=GroupKey("targets"),
    prefix="TR",
    short="Targets",
    name="Targets and Repurposing",
    zone="Europe/London",
    channel=ChannelId("C0TARGETS"),
)
TRIALS = Group(key=GroupKey("trials"), prefix="PC", short="Trials", name="Trials <&> Strategies")


def person(user: UserId, handle: str, zone: str = "Europe/London") -> Person:
    return Person(user=user, name=handle.replace("-", " ").title(), handle=handle, zone=zone)


WORLD = World(
    programme=Programme(name="Progressive MS", zone="Europe/London"),
    groups={TARGETS.key: TARGETS, TRIALS.key: TRIALS},
    people={
        OWNER: person(OWNER, "targets-cochair", "America/New_York"),
        GIVER: person(GIVER, "coordinator"),
        CHAIR: person(CHAIR, "targets-chair", "Pacific/Auckland"),
        **{user: person(user, f"member-{user[-2:]}_*<!here>") for user in OTHERS},
    },
    memberships=(
        Membership(OWNER, TARGETS.key, Role.COCHAIR),
        Membership(CHAIR, TARGETS.key, Role.CHAIR),
        Membership(GIVER, None, Role.COORDINATOR),
        *(Membership(user, TARGETS.key, Role.MEMBER) for user in OTHERS),
    ),
)


def given(user: UserId, by: UserId = GIVER, answer: Answer = Answer.ACCEPTED) -> Assignment:
    return Assignment(user, by, NOW - timedelta(days=2), answer)


def action(text: str = "Send consent template v3", **changes: Any) -> Item:
    facts: dict[str, Any] = {
        "id": ItemId(14),
        "ref": Ref("TR-14"),
        "group": TARGETS.key,
        "text": text,
        "due": Due(date(2026, 12, 4)),
        "first_due": date(2026, 12, 4),
        "created_at": NOW - timedelta(days=10),
        "created_by": GIVER,
        "set_at": NOW - timedelta(days=10),
        "assignments": (given(OWNER),),
    }
    return Item(**{**facts, **changes})


NASTY = (
    "<!channel> & <!here|x> <https://evil.example|your bank> <@U0OWNER1>",
    "*bold* _it_ ~no~ `code` :tada: :100: 10:30:45 a:b:c",
    "\u202eright to left\u2066 \x00\x07\x1b[0m",
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "\U0001f469\u200d\U0001f52c\U0001f1ee\U0001f1f9" * 40,
    "x" * 3000,
    "&" * 3000,
    "line\nbreak\r\n> quote\n```\nblock",
    "   ",
    "|".join(["<<<>>>"] * 200),
)
texts = st.sampled_from(NASTY) | st.text(max_size=400)
zones = st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"])
days = st.dates(date(2012, 1, 1), date(2031, 12, 31))
instants = st.integers(0, 6000).map(lambda hours: NOW - timedelta(hours=hours))
owners = st.lists(st.sampled_from([OWNER, GIVER, CHAIR, *OTHERS]), max_size=8, unique=True)
dues = st.builds(Due, days, st.none() | st.just(time(17)), st.none() | zones)
moves = st.builds(Move, days, days, st.just(OWNER), instants, texts)
sources = st.builds(
    Source,
    st.just(ChannelId("C0TARGETS")),
    st.just("1.2"),
    st.sampled_from(["", "https://x.slack.com/archives/C0/p1?a=1&b=2", "javascript:alert(1)"]),
    texts,
    st.sampled_from(["", "MT-7"]),
)


@st.composite
def items(draw: st.DrawFn, number: int | None = None) -> Item:
    number = draw(st.integers(1, 9999)) if number is None else number
    asked = st.sampled_from(Answer)
    return action(
        draw(texts),
        id=ItemId(number),
        ref=Ref(f"TR-{number}"),
        due=draw(dues),
        first_due=draw(days),
        state=draw(st.sampled_from(ItemState)),
        why=draw(texts),
        evidence=draw(texts | st.just("https://x.example/a_b?c=1&d=2")),
        closed_at=draw(st.none() | instants),
        closed_by=draw(st.none() | st.just(OWNER)),
        assignments=tuple(given(user, answer=draw(asked)) for user in draw(owners)),
        moves=tuple(draw(st.lists(moves, max_size=3))),
        needs=tuple(Ref(f"TR-{n}") for n in range(draw(st.integers(0, 30)))),
        notes=tuple(Note(OWNER, NOW, note) for note in draw(st.lists(texts, max_size=7))),
        source=draw(st.none() | sources),
        taken_back=draw(st.booleans()),
        updated_at=draw(st.none() | instants),
        updated_by=OWNER,
    )


@st.composite
def changes(draw: st.DrawFn) -> Change:
    before, after = draw(st.none() | items(7)), draw(items(7))
    verb = draw(
        st.sampled_from(["add", "done", "move", "give", "take", "undo", "note", "quiet", "odd"])
    )
    return Change(
        Ref("TR-7"), 2, draw(instants), OWNER, verb, "k", draw(texts), before, after, True
    )


_EMOJI_WORD = re.compile(r"[🔴🟡🟢⚪✅⏳🔔](?! \w)")
_TOKEN = re.compile(r"<[^>]*>?|>")
_OURS = re.compile(
    r"<@[UW][A-Z0-9]{5,}>|<#[CG][A-Z0-9]+>|<!date\^\d+\^\{date_short_pretty\} \{time\}\|[^<>|*]+>"
    r"|<https?://[^<>| ]+\|(?:evidence|a message|Paper)>"
)
_EMOJI_NAME = re.compile(r":[a-z0-9_+'-]*[a-z_+-][a-z0-9_+'-]*:", re.IGNORECASE)


def kept(message: Message) -> Message:
    """The message, once Slack would take it and R1 to R4, R8, R11 and R12 hold."""
    args = {"channel": "C1", "text": message.text, "blocks": list(message.blocks)}
    for update in (False, True):
        assert refusals.message(args, update=update) is None
    assert message.text.strip()
    assert not re.search(r"[*<>\n]", message.text)
    assert not _EMOJI_NAME.search(message.text)
    assert not _EMOJI_WORD.search(message.text)
    _rows(message.blocks)
    return message


def kept_view(view: View, surface: Any = "modal") -> View:
    assert refusals.view(view.payload, surface) is None
    blocks = view.payload["blocks"]
    assert isinstance(blocks, list)
    _rows(tuple(blocks))
    return view


def _rows(blocks: tuple[Mapping[str, Any], ...]) -> None:
    ids = [block["block_id"] for block in blocks]
    assert len(ids) == len(set(ids))
    said = [text for block in blocks for text in mrkdwn(block)]
    for text in said:
        assert not _EMOJI_WORD.search(text), text
        for token in _TOKEN.findall(text):
            assert _OURS.fullmatch(token), token
    assert sum(len(re.findall("<@", text)) for text in said) <= 5
    assert len([i for i in ids if str(i).startswith("row:")]) <= 50
    for block in blocks:
        _elements(block)


def _elements(block: Mapping[str, Any]) -> None:
    if block["type"] == "input":
        assert block["element"]["action_id"]
        return
    found = [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]
    found = [element for element in found if element["type"] not in ("mrkdwn", "plain_text")]
    assert len([e for e in found if e.get("style") == "primary"]) <= 1
    for element in found:
        assert which(element["action_id"]), element
        if element["type"] == "button":
            assert len(element["text"]["text"]) <= 30
            assert "value" not in element or parse_value(element["value"]).extra is not None
    action_ids = [element["action_id"] for element in found]
    assert len(action_ids) == len(set(action_ids))


def mrkdwn(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if node.get("type") == "mrkdwn":
            yield str(node["text"])
        for part in node.values():
            yield from mrkdwn(part)
    elif isinstance(node, list | tuple):
        for part in node:
            yield from mrkdwn(part)


def shown(message: Message) -> str:
    """All that the blocks say."""
    return "\n".join(text for block in message.blocks for text in mrkdwn(block))


def labels(message: Message) -> list[str]:
    """The buttons, in order."""
    return [
        element["text"]["text"]
        for block in message.blocks
        if block["type"] == "actions"
        for element in as_list(block["elements"])
        if element["type"] == "button"
    ]


def as_list(value: object) -> list[dict[str, Any]]:
    assert isinstance(value, list)
    return value


def element(message: Message, id_: str) -> dict[str, Any]:
    """The element with this action_id, `#n` left out."""
    for block in message.blocks:
        found = as_list(block.get("elements", []))
        accessory = block.get("accessory")
        for one in [*found, *([accessory] if isinstance(accessory, dict) else [])]:
            if str(one.get("action_id", "")).partition("#")[0] == id_:
                return one
    raise AssertionError(f"no {id_} in {labels(message)}")
