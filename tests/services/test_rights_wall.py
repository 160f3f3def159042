"""One group's affairs are said in its own channel and to its own people only."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.app import build
from bot.config import Settings
from bot.domain.decisions import NewDecision
from bot.domain.items import Due, NewItem, Source
from bot.domain.model import ChannelId, GroupKey, Membership, Role, UserId
from bot.domain.outbox import Message
from bot.errors import BadInput, Code
from bot.handlers.asides import request_of
from bot.handlers.captures import captured
from bot.handlers.registry import Invocation
from bot.handlers.surfaces import Surfaces
from bot.services import decisions, items
from bot.services.access import Ask, offered_to
from bot.services.inbox import ANSWER, Inbox, Reply, Request
from bot.storage.database import Store
from bot.views import errors
from bot.world import is_holiday, utc_now
from tests.services.conftest import (
    BOT,
    CHAIR,
    COCHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    STEERING,
    TRIALS,
    TRIALS_CHANNEL,
    Office,
)

COMMON, UNLINKED = ChannelId("C0COMMON1"), ChannelId("C0NOBODY1")
OF_MODELS = (
    "done EM-1",
    "done EM-1 EM-2",
    "note EM-1 waiting for site 3",
    "move EM-1 2026-12-18",
    f"give EM-1 <@{CHAIR}>",
    "add Draft it for models",
    "ACTION: Draft it for models",
    "ACTION: Draft it for models\nACTION: Draft more for models",
    "decide One template for models",
    "DECISION: One template for models",
    "withdraw DC-1 it is too long",
    f"role <@{OTHER}> cochair in models",
    f"remove <@{OTHER}> from models",
    "group rename models Early models",
    "group close models",
)


class TakenBack(Exception):
    """Ends a transaction with nothing saved."""


@pytest.fixture(scope="module")
def surfaces() -> Iterator[Surfaces]:
    """The doors of the whole bot; the database behind them here is never opened."""
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1-wall", "SLACK_APP_TOKEN": "xapp-1-wall"}
    bot = build(Settings.load(tokens | {"DATABASE_URL": "sqlite:///unopened.db"}), utc_now)
    yield bot.surfaces
    bot.db.close_now()


@pytest.fixture
def inbox(office: Office) -> Inbox:
    def common(ask: Ask) -> None:
        programme = replace(ask.world.programme, channel=COMMON)
        ask.store.groups.save_programme(programme)

    office.do(COORDINATOR, common)
    for number in (1, 2):
        office.add(CHAIR, MEMBER, due=date(2026, 12, 4), text=f"Draft the table {number}")
    agreed = NewDecision("One template", MODELS)
    office.do(CHAIR, lambda ask: decisions.add(ask, agreed, is_holiday))
    return Inbox(office.db, office.clock, lambda: None, "Europe/London")


def lanes(
    store: Store, inbox: Inbox, surfaces: Surfaces, line: str, channel: ChannelId
) -> set[str]:
    """Where the answers to a mention go."""
    by = Invocation(
        "message", f"{channel}:{line}", COORDINATOR, channel, line,
        command="@concerted", ts="1.1", by_outbox=True,
    )  # fmt: skip
    lines = captured(line)
    work = surfaces._capturing(by, lines) if lines else surfaces._running(by)
    inbox._inside(store, request_of(by), work)
    return {row.out.lane for row in store.outbox.recent(20) if row.out.key.endswith(by.key)}


@pytest.mark.parametrize("line", OF_MODELS)
def test_what_is_said_of_a_group_is_heard_in_its_own_channel_only(
    office: Office, inbox: Inbox, surfaces: Surfaces, line: str
) -> None:
    def heard(channel: ChannelId) -> set[str]:
        """Said, looked at, and taken back; whose role it is hears of it themselves."""
        found: set[str] = set()

        def said(store: Store) -> None:
            found.update(lanes(store, inbox, surfaces, line, channel))
            raise TakenBack

        with pytest.raises(TakenBack):
            office.db.write_now(said)
        return found

    assert heard(MODELS_CHANNEL) - {OTHER} == {MODELS_CHANNEL}
    for channel in (TRIALS_CHANNEL, COMMON, UNLINKED):
        assert heard(channel) - {OTHER} == {COORDINATOR}, channel


def test_of_several_each_is_said_where_it_belongs(
    office: Office, inbox: Inbox, surfaces: Surfaces
) -> None:
    line = "ACTION: Draft it for models\nACTION: Plan it for trials"
    told = office.db.write_now(
        lambda store: (lanes(store, inbox, surfaces, line, MODELS_CHANNEL), store.outbox.recent(20))
    )
    answers = [row.out for row in told[1] if row.out.kind == ANSWER]
    aloud = [out.message.text for out in answers if out.lane == MODELS_CHANNEL]
    aside = [out.message.text for out in answers if out.lane == COORDINATOR]
    assert ["EM-3" in text and "PC-1" not in text for text in aloud] == [True]
    assert ["PC-1" in text and "EM-3" not in text for text in aside] == [True]


def test_a_reply_that_says_of_no_group_what_it_is_about_is_private(
    office: Office, inbox: Inbox
) -> None:
    by = Invocation("message", "1", CHAIR, MODELS_CHANNEL, "x", ts="1.1", by_outbox=True)
    about: tuple[frozenset[GroupKey], ...] = (
        frozenset(), frozenset({TRIALS}), frozenset({MODELS, TRIALS}), frozenset({MODELS})
    )  # fmt: skip
    for number, groups in enumerate(about):
        reply = Reply(Message("Said"), private=False, about=groups)
        put(office, inbox, replace(request_of(by), key=str(number)), reply)
    rows = office.db.read_now(lambda store: store.outbox.recent(4))
    assert [row.out.lane for row in reversed(rows)] == [CHAIR, CHAIR, CHAIR, MODELS_CHANNEL]


def test_how_all_groups_stand_is_said_by_a_coordinator_where_no_single_group_is(
    office: Office, inbox: Inbox
) -> None:
    everybodys = ChannelId("C0COORDIN")
    lanes_of = []
    for number, (user, channel, of_several) in enumerate(
        (
            (COORDINATOR, everybodys, True),
            (COORDINATOR, everybodys, False),
            (COORDINATOR, MODELS_CHANNEL, True),
            (CHAIR, everybodys, True),
            (STEERING, everybodys, True),
        )
    ):
        by = Invocation("message", "1", user, channel, "x", ts="1.1", by_outbox=True)
        reply = Reply(Message("Said"), private=False, of_several=of_several)
        put(office, inbox, replace(request_of(by), key=str(number)), reply)
        lanes_of += [office.db.read_now(lambda store: store.outbox.recent(1))[0].out.lane]
    assert lanes_of == [everybodys, COORDINATOR, COORDINATOR, CHAIR, STEERING]


def put(office: Office, inbox: Inbox, request: Request, reply: Reply) -> None:
    office.db.write_now(lambda store: inbox._inside(store, request, lambda _: reply))


def test_who_is_a_partner_is_never_said_before_others(
    office: Office, inbox: Inbox, surfaces: Surfaces
) -> None:
    def heard(store: Store) -> set[str]:
        line = f"role <@{OTHER}> partner in models"
        return lanes(store, inbox, surfaces, line, MODELS_CHANNEL)

    assert office.db.write_now(heard) == {COORDINATOR, OTHER}


def test_a_message_made_into_anothers_action_is_not_told_to_outsiders(office: Office) -> None:
    source = Source(TRIALS_CHANNEL, "1.1")
    new = NewItem("Draft it", MODELS, Due(date(2026, 12, 4)), (MEMBER,), source=source)
    office.do(CHAIR, lambda ask: items.add(ask, new))
    assert office.do(MEMBER, lambda ask: items.captured(ask, source)) is not None
    assert office.do(OUTSIDER, lambda ask: items.captured(ask, source)) is None


def test_pickers_offer_a_person_their_own_groups_and_no_strangers(office: Office) -> None:
    office.do(
        COORDINATOR, lambda ask: ask.store.groups.set_role(Membership(GUEST, MODELS, Role.OBSERVER))
    )
    world = office.db.read_now(lambda store: store.groups.world())
    offered = {user: offered_to(world, user) for user in (GUEST, MEMBER, COORDINATOR, BOT)}
    assert list(offered[GUEST].groups) == [MODELS]
    assert OUTSIDER not in offered[GUEST].people
    assert MEMBER in offered[GUEST].people
    assert OUTSIDER in offered[MEMBER].people
    assert {m.group for m in offered[MEMBER].memberships} == {MODELS, None}
    assert set(offered[COORDINATOR].groups) == {MODELS, TRIALS}
    assert (offered[BOT].groups, offered[BOT].memberships) == ({}, ())


def test_who_cannot_be_found_is_picked_from_ones_own_groups(office: Office) -> None:
    world = office.db.read_now(lambda store: store.groups.world())
    error = BadInput(Code.PERSON_UNKNOWN, "owner", "@nobody")
    said = errors.words(error, "give EM-1 @nobody", "/wg", world, offered_to(world, MEMBER))
    shown = str(said.blocks)
    assert MEMBER in shown
    assert CHAIR in shown
    assert OUTSIDER not in shown
    unknown = BadInput(Code.GROUP_UNKNOWN, "group", "nowhere")
    said = errors.words(unknown, "list nowhere", "/wg", world, offered_to(world, MEMBER))
    assert "Models" in str(said.blocks)
    assert "Trials" not in str(said.blocks)


def test_no_form_offers_everybody_of_the_workspace() -> None:
    views = Path(__file__).parents[2] / "bot" / "views"
    texts = {path.name: path.read_text("utf-8") for path in views.glob("*.py")}
    assert "static_select" in "".join(texts.values()) or "StaticSelect" in "".join(texts.values())
    wide = ("users_select", "UserSelect", "conversations_select", "ConversationSelect",
            "external_select", "ExternalDataSelect")  # fmt: skip
    assert [(name, word) for name, text in texts.items() for word in wide if word in text] == []


def helped(office: Office, surfaces: Surfaces, user: UserId, word: str = "") -> frozenset[str]:
    """The parts of the help page."""
    message = helping(office, surfaces, user, word)
    parts = {str(block.get("block_id")).split(":")[1] for block in message.blocks}
    return frozenset(parts & {"member", "chair", "coordinator", "word", "what"})


def help_text(office: Office, surfaces: Surfaces, user: UserId, word: str) -> str:
    return helping(office, surfaces, user, word).text


def helping(office: Office, surfaces: Surfaces, user: UserId, word: str) -> Message:
    by = Invocation("command", "1", user, MODELS_CHANNEL, f"help {word}", command="/wg")
    outcome = office.do(user, surfaces._running(by))
    assert isinstance(outcome, Reply)
    return outcome.message


def test_help_tells_each_their_own_words_and_who_has_the_others(
    office: Office, surfaces: Surfaces
) -> None:
    assert helped(office, surfaces, MEMBER) == {"member"}
    assert helped(office, surfaces, COCHAIR) == {"member", "chair"}  # They hold meetings.
    assert helped(office, surfaces, CHAIR) == {"member", "chair"}
    assert helped(office, surfaces, COORDINATOR) == {"member", "chair", "coordinator"}
    for word, who in (
        ("setup", "For coordinators: ask @coordinator."),
        ("role", "For chairs and coordinators: ask @models-chair."),
    ):
        assert helped(office, surfaces, MEMBER, word) == {"word"}
        assert who in help_text(office, surfaces, MEMBER, word)
    assert helped(office, surfaces, GUEST) == {"what", "member"}
