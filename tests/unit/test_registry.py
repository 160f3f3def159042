"""Every word finds its command, whichever way it is said."""

from dataclasses import replace

import pytest

from bot.app import ATLAS
from bot.domain.model import Role
from bot.errors import BadInput, Code
from bot.handlers.deadlines import DeadlineHandlers
from bot.handlers.greetings import greetings
from bot.handlers.items import ItemHandlers
from bot.handlers.registry import (
    COORDINATOR,
    EVERYBODY,
    MEMBER,
    Command,
    Registry,
    as_ref,
    audience_of,
)
from bot.handlers.reports import ReportHandlers
from bot.handlers.settings import SettingHandlers
from bot.services.inbox import Silent
from bot.views import errors
from bot.views.help import greeting
from bot.world import find_zone
from tests.unit.programme import reading
from tests.unit.screens import WORLD, kept, labels

ITEMS = ItemHandlers()
REPORTS = ReportHandlers([ITEMS])
REGISTRY = Registry([*ITEMS.commands(), *REPORTS.commands()])


def command(noun: str, *words: str, usage: str = "usage") -> Command[str]:
    return Command(noun, words, usage, "says", lambda text, _: text, lambda *_: Silent())


def found(line: str, noun: str = "") -> tuple[str, str]:
    route = REGISTRY.route(line, noun)
    return route.command.words[0], route.rest


@pytest.mark.parametrize(
    ("line", "word", "rest"),
    [
        ("add Draft the list", "add", "Draft the list"),
        ("action add Draft the list", "add", "Draft the list"),
        ("Action ADD Draft", "add", "Draft"),
        ("action: add Draft", "add", "Draft"),
        ("`add` Draft", "add", "Draft"),
        ("add\nDraft", "add", "Draft"),
        ("  add   Draft  ", "add", "Draft"),
        ("done EM-2", "done", "EM-2"),
        ("mine", "mine", ""),
        ("mine!", "mine", ""),
        ("action mine", "mine", ""),
        ("help", "help", ""),
        ("help add", "help", "add"),
        ("", "help", ""),
        ("action", "help", "action"),
        ("EM-2", "show", "EM-2"),
        ("em2", "show", "EM-2"),
        ("EM 2", "show", "EM-2"),
        ("EM-2?", "show", "EM-2"),
        ("action em-02", "show", "EM-2"),
        ("EM-2 done", "done", "EM-2"),
        ("EM-2 done with a link", "done", "EM-2 with a link"),
        ("em 2 move fri", "move", "EM-2 fri"),
        ("undo", "undo", ""),
    ],
)
def test_a_line_finds_its_command(line: str, word: str, rest: str) -> None:
    assert found(line) == (word, rest)


def test_a_noun_of_the_door_is_the_noun_of_the_line() -> None:
    assert found("add Draft", "action") == ("add", "Draft")
    assert found("action add Draft", "action") == ("add", "Draft")
    assert found("", "action") == ("help", "action")


@pytest.mark.parametrize(
    ("line", "first"),
    [("ad Draft", "add"), ("dnoe EM-2", "done"), ("lst", "list"), ("mien", "mine")],
)
def test_an_unknown_word_names_the_nearest(line: str, first: str) -> None:
    with pytest.raises(BadInput) as refusal:
        REGISTRY.route(line)
    nearest = refusal.value.facts["nearest"]
    assert isinstance(nearest, tuple)
    assert refusal.value.code is Code.UNKNOWN_WORD
    assert first in nearest
    assert len(nearest) <= 3


@pytest.mark.parametrize("line", ["zzzzz", "EM-2 zzzzz", "🧠", "<@U1>", "add:Draft", "12"])
def test_what_is_no_word_is_refused_in_words(line: str) -> None:
    with pytest.raises(BadInput) as refusal:
        REGISTRY.route(line)
    assert refusal.value.code is Code.UNKNOWN_WORD


@pytest.mark.parametrize(
    ("line", "example"),
    [
        ("how do I change my time zone?", "zone Calgary"),
        ("I am on holiday until Friday", "away until next Monday"),
        ("please remind me less", ""),
        ("Change the zone please", "zone Calgary"),
    ],
)
def test_a_sentence_gets_the_example_of_what_it_is_about(line: str, example: str) -> None:
    table = Registry([*ITEMS.commands(), *SettingHandlers(ATLAS).commands()], greetings())
    with pytest.raises(BadInput) as refusal:
        table.route(line)
    assert (refusal.value.facts["talk"], refusal.value.facts["example"]) == (True, example)
    said = errors.words(refusal.value, line, "", WORLD)
    assert labels(said)[-2:] == ["Help", "My actions"]
    assert example in said.text


@pytest.mark.parametrize("line", ["hi", "Hello!", "thanks", "Thank you very much", "hi there"])
def test_a_greeting_is_answered_and_stands_in_no_help(line: str) -> None:
    table = Registry(ITEMS.commands(), greetings())
    route = table.route(line)
    route.command.parse(route.rest, reading())
    assert route.command not in table.commands
    with pytest.raises(BadInput):
        table.route("thanks, done EM-2").command.parse("done EM-2", reading())
    for thanked, said in ((True, "You are welcome!"), (False, "Hello!")):
        told = kept(greeting(thanked=thanked))
        assert told.text.startswith(said)
        assert labels(told) == ["Help", "My actions"]


def test_two_commands_never_share_a_word() -> None:
    with pytest.raises(ValueError, match="share 'move'"):
        Registry([command("action", "move", usage="one"), command("action", "move", usage="two")])


@pytest.mark.parametrize(
    ("line", "usage"),
    [
        ("done MT-5", "meeting tick MT-5 <number>, or meeting cancel MT-5 <reason>"),
        ("done dc1 all agreed", "decision adopt DC-1"),
    ],
)
def test_done_is_for_actions_and_deadlines_and_says_what_others_take(line: str, usage: str) -> None:
    table = Registry([*ITEMS.commands(), *DeadlineHandlers(find_zone).commands()])
    assert table.route("done DL-5 printed").command.words == ("met", "done")
    assert table.route("DL-5 done").rest == "DL-5"
    assert table.route("done EM-2").command.words == ("done",)
    with pytest.raises(BadInput) as refused:
        table.route(line)
    assert refused.value.facts["usage"] == usage


SHARED = Registry(
    [
        command("action", "move", usage="of actions"),
        command("meeting", "move", usage="of meetings"),
        command("meeting", "plan"),
        command("deadline", "met"),
    ]
)


@pytest.mark.parametrize(
    ("line", "usage"),
    [
        ("move EM-2 fri", "of actions"),
        ("move MT-4 fri", "of meetings"),
        ("move mt4 fri", "of meetings"),
        ("meeting move MT-4 fri", "of meetings"),
        ("move fri", "of actions"),
    ],
)
def test_the_id_decides_between_nouns(line: str, usage: str) -> None:
    assert SHARED.route(line).command.usage == usage


def test_an_id_of_a_third_noun_is_asked_about() -> None:
    with pytest.raises(BadInput) as refusal:
        SHARED.route("move DL-4 fri")
    assert refusal.value.facts["choices"] == ("action", "meeting")


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("EM-2", "EM-2"),
        ("em2", "EM-2"),
        ("EM 002", "EM-2"),
        ("EM\u20132", "EM-2"),
        (" TR-14 ", "TR-14"),
    ],
)
def test_an_id_is_understood_in_any_writing(typed: str, ref: str) -> None:
    assert as_ref(typed) == ref


@pytest.mark.parametrize("typed", ["", "EM", "2", "EM-0", "EM-2 done", "EM--2", "2-EM", "E M-2"])
def test_what_is_no_id_is_none(typed: str) -> None:
    assert as_ref(typed) is None


def test_help_is_for_the_roles_one_has() -> None:
    assert audience_of(()) == {"member"}
    assert audience_of([Role.CHAIR]) == audience_of([Role.COCHAIR]) == {"member", "chair"}
    assert audience_of([Role.OBSERVER]) == {"member"}
    assert audience_of([Role.COORDINATOR]) == {"member", "chair", "coordinator"}


def test_every_command_says_how_and_what() -> None:
    for entry in REGISTRY.entries():
        assert entry.usage
        assert entry.says
        assert not entry.says.endswith(".")


def test_every_example_is_understood() -> None:
    for command_ in REGISTRY.commands:
        assert REGISTRY.route(command_.example).command is command_


def test_only_words_that_the_person_may_use_are_guessed() -> None:
    registry = Registry(
        [
            command("", "setup"),
            replace(command("", "setups"), audience=COORDINATOR),
            replace(command("group", "close"), audience=COORDINATOR),
        ]
    )
    for may, guessed in ((frozenset({MEMBER}), ("setup",)), (EVERYBODY, ("setup", "setups"))):
        with pytest.raises(BadInput) as refusal:
            registry.route("setupz", may=may)
        assert refusal.value.facts["nearest"] == guessed
    with pytest.raises(BadInput) as refusal:
        registry.route("grup", may=frozenset({MEMBER}))
    assert refusal.value.facts["nearest"] == ("setup",)


def test_behind_a_noun_help_is_of_it_and_only_its_own_words_are_guessed() -> None:
    settings = SettingHandlers(ATLAS).commands()
    registry = Registry([*settings, *REPORTS.commands(), *DeadlineHandlers().commands()])
    for line, noun in (("help", "deadline"), ("deadline help", "")):
        assert registry.route(line, noun).rest == "deadline"
    assert registry.route("help", "action").rest == ""
    for line, near in (("zones DL-6", {"done", "needs", "move"}), ("stag DL-6", {"stage", "list"})):
        with pytest.raises(BadInput) as refusal:
            registry.route(line, "deadline")
        nearest = refusal.value.facts["nearest"]
        assert isinstance(nearest, tuple)
        assert near == set(nearest)
