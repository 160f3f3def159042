"""Help and set-up: who reads what, and the words to type next."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as trying
from hypothesis import settings

from bot.domain.model import Group, GroupKey, GroupState, Programme, Role, World
from bot.views import reports as view
from bot.views.blocks import parse_value
from bot.views.roles import role_named
from tests.unit.screens import (
    CHAIR,
    TARGETS,
    TRIALS,
    WORLD,
    as_list,
    element,
    kept,
    kept_view,
    labels,
    shown,
    texts,
)

ENTRIES = (
    view.HelpEntry("add <what> @owner by <when>", "notes an action", "add Send it @x by Fri"),
    view.HelpEntry("role @person chair in <group>", "names a role", "", "chair"),
    view.HelpEntry("setup", "sets up groups & channels", "", "coordinator"),
)
NOTHING = World(Programme("New", "UTC"))


def help_for(*roles: Role) -> Any:
    return kept(view.help_page(ENTRIES, frozenset(roles), WORLD, (TARGETS,)))


def test_a_member_reads_member_words_and_their_own_groups_only() -> None:
    said = help_for(Role.MEMBER)
    assert "notes an action" in said.text
    assert "`add &lt;what&gt; @owner by &lt;when&gt;`" in shown(said)
    assert "names a role" not in said.text + shown(said)
    assert "sets up" not in said.text + shown(said)
    assert "Targets and Repurposing" in shown(said)
    assert "Trials" not in shown(said)
    assert labels(said) == ["New action", "My actions"]
    assert "Please, no patient data." in said.text


def test_chairs_and_coordinators_read_theirs_too() -> None:
    assert "names a role" in help_for(Role.CHAIR).text
    assert "sets up" not in help_for(Role.CHAIR).text
    assert "names a role" in help_for(Role.COORDINATOR).text
    assert "sets up groups &amp; channels" in help_for(Role.COORDINATOR).text


def test_the_label_of_a_re_enactment_stands_in_help() -> None:
    world = replace(WORLD, programme=replace(WORLD.programme, label="A re-enactment <2012>"))
    said = kept(view.help_page(ENTRIES, frozenset(), world))
    assert "A re-enactment &lt;2012&gt;" in shown(said)


def test_the_first_set_up_says_how_to_begin() -> None:
    said = kept(view.setup_state(NOTHING))
    assert said.text == "Nothing to change. 1 thing left to do."
    assert labels(said) == ["Make the groups"]
    assert "`/wg group add KEY PREFIX Name`" in shown(said)


def test_the_checklist_names_what_is_missing_with_the_words_to_type() -> None:
    said = kept(view.setup_state(WORLD, ("Group Trials added.",)))
    assert said.text.startswith("Group Trials added. 2 things left to do.")
    assert "Targets has no channel" not in shown(said)
    assert "`/wg link trials`" in shown(said)
    assert "`/wg role @person chair in trials`" in shown(said)


def test_a_second_run_says_nothing_had_to_change() -> None:
    world = replace(WORLD, groups={TARGETS.key: TARGETS})
    said = kept(view.setup_state(world)).text
    assert said.startswith("Nothing to change. All is set up. 1 group; people with a role: 11.")


def test_closed_groups_are_not_asked_about() -> None:
    world = replace(WORLD, groups={TRIALS.key: replace(TRIALS, state=GroupState.CLOSED)})
    assert "no channel" not in shown(view.setup_state(world))


def test_the_set_up_form_starts_with_the_groups_given() -> None:
    made = kept_view(view.setup_form("targets TR Targets", "Europe/London"))
    assert made.payload["callback_id"] == "setup.form"
    boxes = [block["element"] for block in as_list(made.payload["blocks"])]
    assert [box["initial_value"] for box in boxes] == ["targets TR Targets", "Europe/London"]


def test_a_group_is_shown_with_its_channel_and_chair() -> None:
    assert view.group_line(TARGETS, WORLD) == (
        "*Targets and Repurposing* (targets, TR)\n<#C0TARGETS> · chair @targets-chair"
    )


@pytest.mark.parametrize("group", [TARGETS, None])
def test_a_linked_channel_is_told_whose_it_is(group: Group | None) -> None:
    name = "Targets and Repurposing" if group else "all groups"
    assert f"now belongs to {name}" in kept(view.linked(group, "C0TARGETS", WORLD)).text
    assert f"does not belong to {name}" in kept(view.unlinked(group, "C0TARGETS", WORLD)).text


def test_who_links_a_shared_channel_hears_who_else_reads_there() -> None:
    said = kept(view.linked(TARGETS, "C0TARGETS", WORLD, shared=True))
    assert "shared with another organisation" in said.text
    assert "its people see the cards" in shown(said)
    assert "shared" not in kept(view.linked(TARGETS, "C0TARGETS", WORLD)).text


def test_a_role_is_told_in_words() -> None:
    said = kept(role_named(CHAIR, Role.COCHAIR, TARGETS, WORLD))
    assert said.text == "@targets-chair is now a co-chair of Targets."
    said = kept(role_named(CHAIR, Role.COORDINATOR, None, WORLD))
    assert said.text == "@targets-chair is now a coordinator."


def test_the_message_to_pin_offers_every_way_in_without_a_command() -> None:
    said = kept(view.welcome(TARGETS, WORLD))
    assert labels(said) == ["New action", "My actions"]
    assert parse_value(element(said, "item.new")["value"]).get("group") == "targets"
    assert "pin" in shown(said)


def test_an_unlinked_channel_asks_which_group_it_is() -> None:
    picker = element(kept(view.link_question("C0NEW", (TARGETS, TRIALS))), "group.pick")
    picked = [parse_value(option["value"]) for option in picker["options"]]
    assert [(one.get("group"), one.get("channel")) for one in picked] == [
        ("targets", "C0NEW"),
        ("trials", "C0NEW"),
        ("all", "C0NEW"),
    ]


@trying(texts, texts, texts)
@settings(max_examples=40, deadline=None)
def test_every_name_and_word_is_taken_by_slack(name: str, usage: str, says: str) -> None:
    group = replace(TARGETS, name=name or "x", short=name or "x")
    groups = {GroupKey(f"g{n}"): replace(group, key=GroupKey(f"g{n}")) for n in range(40)}
    world = replace(WORLD, groups=groups)
    entries = tuple(view.HelpEntry(usage, says, usage, role) for role in view.AUDIENCES * 20)
    kept(view.help_page(entries, frozenset({Role.COORDINATOR}), world, tuple(groups.values())))
    kept(view.setup_state(world, (name,)))
    for verb in ("add", "rename", "close"):
        kept(view.group_changed(group, verb, world))
    kept(view.linked(group, "C0TARGETS", world))
    kept(view.unlinked(group, "C0TARGETS", world))
    kept(role_named(CHAIR, Role.CHAIR, group, world))
    kept(view.welcome(group, world))
    kept(view.link_question("C0NEW", tuple(groups.values())))
    kept_view(view.setup_form(usage, says))


def test_each_audience_has_one_heading_and_every_line_one_full_stop() -> None:
    entries = tuple(view.HelpEntry(f"word{n}", "Says it" + "." * (n % 2)) for n in range(20))
    said = kept(view.help_page(entries, frozenset({Role.MEMBER}), WORLD))
    assert shown(said).count("*Everyone*") == 1
    assert shown(said).count("Says it.") == said.text.count("Says it.") == 20
    assert ".." not in said.text + shown(said)
