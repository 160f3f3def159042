"""The words of `erase`, the sentences around it, and how long things are kept."""

from datetime import timedelta

import pytest

from bot.config import Settings
from bot.domain.model import Group, GroupKey, Role
from bot.domain.privacy import Pseudonym
from bot.errors import BadInput, Code, SetupError
from bot.handlers.files import PART, _parts
from bot.handlers.privacy import PrivacyHandlers, read_erase, read_wish
from bot.handlers.registry import Registry
from bot.services.retention import Periods
from bot.views import files
from bot.views import privacy as view
from bot.views.text import escape
from bot.world import is_holiday
from tests.unit.programme import COCHAIR, reading
from tests.unit.screens import (
    CHAIR,
    OTHERS,
    OWNER,
    TARGETS,
    WORLD,
    action,
    element,
    kept,
    labels,
    shown,
)

KEPT = {
    "requests": ("KEEP_REQUESTS_DAYS", "keep_requests_days"),
    "messages": ("KEEP_MESSAGES_DAYS", "keep_messages_days"),
    "leavers": ("KEEP_LEAVERS_DAYS", "keep_leavers_days"),
    "replies": ("KEEP_REPLIES_DAYS", "keep_replies_days"),
    "ended_groups": ("KEEP_ENDED_GROUPS_DAYS", "keep_ended_groups_days"),
}


@pytest.mark.parametrize("line", ["<@U0COCHAIR>", "<@U0COCHAIR|x>.", "@models-cochair"])
def test_erase_takes_one_person(line: str) -> None:
    assert read_erase(line, reading()) == COCHAIR


@pytest.mark.parametrize("line", ["", "me", " Me ", "myself."])
def test_nobody_asks_for_their_own_erasing_by_leaving_out_a_word(line: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_erase(line, reading())
    assert refused.value.code is Code.WRONG_WORDS
    assert str(refused.value.facts["usage"]).startswith("me erase,")


@pytest.mark.parametrize(("line", "wished"), [("", True), ("no", False), ("No!", False)])
def test_the_wish_to_be_erased_can_be_taken_back(line: str, wished: bool) -> None:
    assert read_wish(line, reading()) is wished
    with pytest.raises(BadInput):
        read_wish("@sherpa", reading())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("@nobody", Code.PERSON_UNKNOWN),
        ("EM-2", Code.PERSON_UNKNOWN),
        ("@models-cochair and @sherpa", Code.WRONG_WORDS),
        ("@models-cochair from trials", Code.WRONG_WORDS),
    ],
)
def test_what_is_not_one_person_is_refused(line: str, code: Code) -> None:
    with pytest.raises(BadInput) as refused:
        read_erase(line, reading())
    assert refused.value.code is code


@pytest.mark.parametrize(
    ("line", "usage", "rest"),
    [
        ("me export", "me export", ""),
        ("me erase", "me erase [no]", ""),
        ("me erase no", "me erase [no]", "no"),
        ("erase <@U0COCHAIR>", "erase @person", "<@U0COCHAIR>"),
    ],
)
def test_each_word_has_its_command(line: str, usage: str, rest: str) -> None:
    route = Registry(PrivacyHandlers(is_holiday).commands()).route(line)
    assert (route.command.usage, route.rest) == (usage, rest)


def test_words_about_oneself_need_their_noun_and_what_ends_something_is_no_guess() -> None:
    table = Registry(PrivacyHandlers(is_holiday).commands())
    for line in ("export", "Export my data"):
        with pytest.raises(BadInput) as refused:
            table.route(line)
        assert refused.value.code is Code.WRONG_WORDS
        assert refused.value.facts["usage"] == "me export"
    for line, near in (("erse", ()), ("exprt", ("me export",))):
        with pytest.raises(BadInput) as refused:
            table.route(line)
        assert refused.value.facts["nearest"] == near


@pytest.mark.parametrize("kind", KEPT)
def test_a_period_can_be_shortened_and_never_lengthened(kind: str) -> None:
    name, field = KEPT[kind]
    usual = getattr(Periods(), kind)
    assert timedelta(days=getattr(Settings.load({}), field)) == usual
    assert getattr(Settings.load({name: "1"}), field) == 1
    for wrong in (str(usual.days + 1), "0", "x"):
        with pytest.raises(SetupError) as refused:
            Settings.load({name: wrong})
        assert refused.value.problems == (
            f"{name} must be a whole number of days from 1 to {usual.days}:"
            " it can be shortened, not lengthened.",
        )


def test_who_asks_to_be_erased_reads_what_goes_what_stays_and_what_comes_first() -> None:
    items = tuple(action() for _ in range(7))
    message = kept(view.asked(items, ((Role.CHAIR, TARGETS),), (CHAIR,), WORLD))
    for said in (
        "I have asked @targets-chair.",
        "Messages in Slack itself are the workspace owner's to delete.",
        "Backups made before keep what they hold",
        "7 open actions to hand over (TR-14, TR-14, TR-14, TR-14, TR-14 and 2 more)",
        "as in: give TR-14 @name.",
        "Another chair of Targets has to be named.",
    ):
        assert said in message.text
    alone = kept(view.asked((), (), (), WORLD))
    assert "your request is not kept. Ask whoever set me up." in alone.text
    assert labels(message) == ["Take back"]
    assert labels(alone) == []


def test_a_coordinator_erases_by_a_button_that_asks_once_more() -> None:
    for user in (OWNER, OTHERS[0]):
        person = WORLD.people[user]
        for message in (view.request(person, WORLD), view.ready(person, WORLD)):
            button = element(kept(message), "person.erase")
            assert "cannot be brought back" in button["confirm"]["text"]["text"]
            assert "First take them out of the channels in Slack" in message.text


def test_what_is_said_after_erasing_names_nobody() -> None:
    message = kept(view.erased(Pseudonym(3)))
    assert message.text.startswith("Erased. The record says former member 3 now.")


def test_a_long_file_comes_in_parts_that_slack_takes() -> None:
    lines = ['{"text": "' + "<&>" * n + '"}\n' for n in (1, 50, 900, 2, 3)]
    content = "".join(lines)
    parts = list(_parts(content))
    assert "".join(parts) == content
    assert len(parts) > 2
    for number, part in enumerate(parts, start=1):
        assert len(escape(part)) <= PART
        message = kept(files.part("Your data", number, len(parts), part))
        assert "<&>" not in shown(message)


def test_a_person_of_a_group_without_a_short_name_is_told_its_name() -> None:
    group = Group(GroupKey("new"), "NW", "", "The new group")
    message = view.asked((), ((Role.CHAIR, group),), (), WORLD)
    assert "Another chair of The new group has to be named." in message.text
