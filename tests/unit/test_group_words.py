"""What is typed about groups, channels and roles is read in any sensible order."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.model import GroupState, Role, UserId
from bot.errors import BadInput, Code
from bot.handlers import group_words as words
from bot.handlers.group_words import GroupSaid
from bot.handlers.groups import GroupHandlers
from bot.handlers.items import ItemHandlers
from bot.handlers.reading import Reading
from bot.handlers.registry import CHAIR as FOR_CHAIRS
from bot.handlers.registry import COORDINATOR as FOR_COORDINATORS
from bot.handlers.registry import Registry
from tests.unit.programme import COCHAIR, MODELS, TRIALS, reading

CO = "<@U0COCHAIR>"

# line, role, group (None: the programme's)
ROLES = [
    (f"{CO} chair in trials", Role.CHAIR, "trials"),
    (f"{CO} chair in the trials group", Role.CHAIR, "trials"),
    (f"{CO} is chair of Trials.", Role.CHAIR, "trials"),
    (f"{CO} chair for PC", Role.CHAIR, "trials"),
    (f"{CO} co-chair in proof of concept", Role.COCHAIR, "trials"),
    (f"{CO} cochair", Role.COCHAIR, "models"),
    ("<@U0COCHAIR|models-cochair> Member", Role.MEMBER, "models"),
    (f"chair {CO} in trials", Role.CHAIR, "trials"),
    (f"to {CO} as a partner in outcomes", Role.PARTNER, "outcomes"),
    ("@models-cochair observer in symptoms", Role.OBSERVER, "symptoms"),
    (f"{CO} coordinator", Role.COORDINATOR, None),
    (f"{CO} steering", Role.STEERING, None),
]


@pytest.mark.parametrize(("line", "role", "group"), ROLES, ids=[line for line, *_ in ROLES])
def test_a_role_is_read_with_its_person_and_group(line: str, role: Role, group: str | None) -> None:
    said = words.read_role(line, reading())
    assert (said.user, said.role) == (COCHAIR, role)
    assert (said.group.key if said.group else None) == group


# line, code, what was not understood
NO_ROLES = [
    ("", Code.WRONG_WORDS, ""),
    (CO, Code.WRONG_WORDS, "@models-cochair"),
    (f"{CO} boss in trials", Code.WRONG_WORDS, "@models-cochair boss in trials"),
    (f"{CO} guest in trials", Code.GUEST_OF_GROUP, "@models-cochair guest in trials"),
    ("chair in trials", Code.WRONG_WORDS, ""),
    ("nobody chair in trials", Code.PERSON_UNKNOWN, "nobody"),
    ("@nobody chair in trials", Code.PERSON_UNKNOWN, "@nobody"),
    (f"{CO} <@U0MODELS1> chair in trials", Code.WRONG_WORDS, None),
    (f"{CO} chair in tea", Code.GROUP_UNKNOWN, "tea"),
    (f"{CO} chair in tr", Code.GROUP_WHICH, "tr"),
]


@pytest.mark.parametrize(("line", "code", "typed"), NO_ROLES, ids=[line for line, *_ in NO_ROLES])
def test_a_role_that_cannot_be_read_says_what_was_not_understood(
    line: str, code: Code, typed: str | None
) -> None:
    with pytest.raises(BadInput) as refusal:
        words.read_role(line, reading())
    assert refusal.value.code is code
    if typed is not None:
        assert refusal.value.typed.strip() == typed


def test_the_prefix_of_one_group_that_begins_another_is_asked_about() -> None:
    with pytest.raises(BadInput) as refusal:
        words.read_link("tr", reading())
    choices = refusal.value.facts["choices"]
    assert isinstance(choices, tuple)
    assert {group.key for group in choices} == {"targets", "trials"}


@pytest.mark.parametrize(
    ("line", "group"),
    [
        (f"{CO} from trials", "trials"),
        (f"{CO} from the trials group", "trials"),
        (CO, "models"),
        (f"{CO} from all", None),
    ],
)
def test_who_is_removed_leaves_the_group_said_else_this_channels(
    line: str, group: str | None
) -> None:
    said = words.read_remove(line, reading())
    assert said.user == COCHAIR
    assert (said.group.key if said.group else None) == group


def test_outside_a_groups_channel_all_groups_are_meant_only_when_said() -> None:
    outside = replace(reading(), here=None)
    assert words.read_remove(CO, outside) == words.RemoveSaid(COCHAIR, None)
    said = words.read_remove(f"{CO} from all", outside)
    assert said == words.RemoveSaid(COCHAIR, None, everything=True)


@pytest.mark.parametrize(
    ("line", "group"),
    [("trials", "trials"), ("to Trials", "trials"), ("PC", "trials"), ("all", None)],
)
def test_a_channel_is_linked_to_one_group_or_to_all(line: str, group: str | None) -> None:
    said = words.read_link(line, reading())
    assert (said.group.key if said.group else None) == group


def test_a_link_to_nothing_offers_every_group() -> None:
    with pytest.raises(BadInput) as refusal:
        words.read_link(" ", reading())
    assert (refusal.value.code, refusal.value.facts["choices"]) == (
        Code.GROUP_WHICH,
        reading().active,
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("imaging IM Imaging", GroupSaid("imaging", "IM", "Imaging")),
        ("Imaging im New Imaging &amp; MRI", GroupSaid("imaging", "IM", "New Imaging & MRI")),
        ('imaging IM "New Imaging"', GroupSaid("imaging", "IM", "New Imaging")),
    ],
)
def test_a_new_group_has_key_prefix_and_name(line: str, said: GroupSaid) -> None:
    assert words.read_added(line, reading()) == said


@pytest.mark.parametrize("line", ["", "imaging", "imaging IM"])
def test_a_new_group_without_one_of_them_is_refused(line: str) -> None:
    with pytest.raises(BadInput) as refusal:
        words.read_added(line, reading())
    assert refusal.value.facts["usage"] == words.ADD_USAGE


def test_the_form_reads_a_group_a_line_and_skips_empty_ones() -> None:
    assert words.read_lines("a1 AA One\n\n  b2 BB Two words \n", "groups") == (
        GroupSaid("a1", "AA", "One"),
        GroupSaid("b2", "BB", "Two words"),
    )


def test_a_wrong_line_of_the_form_is_told_at_its_field() -> None:
    with pytest.raises(BadInput) as refusal:
        words.read_lines("a1 AA One\njust this", "groups")
    assert (refusal.value.field, refusal.value.typed) == ("groups", "just this")
    assert "just this" in str(refusal.value.facts["usage"])


@pytest.mark.parametrize(
    "line", ["trials Early Trials", "trials to Early Trials", "PC 'Early Trials'"]
)
def test_a_group_is_renamed_by_its_key_and_the_new_name(line: str) -> None:
    said = words.read_renamed(line, reading())
    assert (said.group.key, said.name) == ("trials", "Early Trials")


@pytest.mark.parametrize("line", ["", "trials", "trials to "])
def test_a_new_name_is_needed(line: str) -> None:
    with pytest.raises(BadInput) as refusal:
        words.read_renamed(line, reading())
    assert refusal.value.code is Code.WRONG_WORDS


@pytest.mark.parametrize("line", ["trials into models", "Trials into the models group."])
def test_groups_are_merged_one_into_the_other(line: str) -> None:
    said = words.read_merged(line, reading())
    assert (said.group.key, said.into.key) == ("trials", "models")


@pytest.mark.parametrize("line", ["", "trials", "trials models", "trials into trials", "a into b"])
def test_a_merge_needs_two_different_groups(line: str) -> None:
    with pytest.raises(BadInput) as refusal:
        words.read_merged(line, reading())
    assert refusal.value.code in (Code.WRONG_WORDS, Code.GROUP_UNKNOWN)


def test_a_closed_group_can_be_named_again_to_hear_that_it_is() -> None:
    closed = replace(TRIALS, state=GroupState.CLOSED, channel=None)
    now = reading()
    world = replace(now.world, groups={**now.world.groups, TRIALS.key: closed})
    assert words.read_closed("trials", replace(now, world=world)) == closed


@pytest.mark.parametrize(
    ("line", "read", "instead"),
    [("EM-2", words.read_closed, "done"), ("em2 later", words.read_remove, "drop")],
)
def test_an_action_is_not_taken_for_a_group_or_a_person(
    line: str, read: Callable[[str, Reading], object], instead: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        read(line, reading())
    assert (refusal.value.code, refusal.value.facts["nearest"]) == (Code.UNKNOWN_WORD, (instead,))


def test_words_that_stand_alone_take_nothing_more() -> None:
    words.only("setup")("  ", reading())
    with pytest.raises(BadInput) as refusal:
        words.only("setup")("trials", reading())
    assert refusal.value.facts["usage"] == "setup"


# line, the usage it is routed to
ROUTES = [
    ("setup", "setup"),
    ("link trials", words.LINK_USAGE),
    ("unlink", "unlink"),
    (f"role {CO} chair", words.ROLE_USAGE),
    (f"remove {CO}", words.REMOVE_USAGE),
    ("group add imaging IM Imaging", words.ADD_USAGE),
    ("group rename trials Early", words.RENAME_USAGE),
    ("group close trials", words.CLOSE_USAGE),
    ("close trials", words.CLOSE_USAGE),
    ("group merge trials into models", words.MERGE_USAGE),
]


@pytest.mark.parametrize(("line", "usage"), ROUTES, ids=[line for line, _ in ROUTES])
def test_each_word_leads_to_its_command(line: str, usage: str) -> None:
    assert Registry(GroupHandlers().commands()).route(line).command.usage == usage


def test_words_of_actions_stay_words_of_actions() -> None:
    registry = Registry([*ItemHandlers().commands(), *GroupHandlers().commands()])
    assert registry.route("add Draft the list").command.noun == "action"
    assert registry.route("group add imaging IM Imaging").command.noun == "group"


def test_roles_are_for_chairs_and_structure_for_coordinators() -> None:
    audiences = {c.usage: c.audience for c in GroupHandlers().commands()}
    chairs = {usage for usage, audience in audiences.items() if audience == FOR_CHAIRS}
    assert chairs == {words.ROLE_USAGE, words.REMOVE_USAGE}
    assert set(audiences.values()) == {FOR_CHAIRS, FOR_COORDINATORS}


def test_every_example_is_understood() -> None:
    registry = Registry(GroupHandlers().commands())
    here = reading()
    for command in registry.commands:
        line = command.example.replace("@name", f"<@{UserId('U0COCHAIR')}>")
        route = registry.route(line)
        assert route.command is command
        route.command.parse(route.rest, here)
    assert here.here == MODELS
