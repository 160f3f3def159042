"""Groups come, are linked, renamed, closed and merged; each use case is safe to run twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.groups import FIVE
from bot.domain.items import Due, NewItem
from bot.domain.model import Channel, GroupKey, GroupState, Ref, UserId
from bot.errors import BadInput, Code, NotAllowed, NotFound
from bot.handlers.groups import GroupHandlers, opened
from bot.handlers.registry import Form, Invocation
from bot.services import groups, items, links
from bot.services.access import Ask
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.storage.database import Database, Store
from bot.views.blocks import Field, Id
from bot.world import country_of, find_zone
from tests.conftest import FakeClock
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OUTSIDER,
    PEOPLE,
    STEERING,
    TRIALS,
    TRIALS_CHANNEL,
    Office,
)
from tests.services.shape import FREE, group, refused

HANDLERS = GroupHandlers(find_zone, country_of)


@pytest.fixture
def empty(db: Database, clock: FakeClock) -> Office:
    """People, two channels that the bot is in, and nothing else."""

    def arrive(store: Store) -> None:
        for person in PEOPLE:
            store.groups.save_person(replace(person, admin=person.user == COORDINATOR))
        for id_, name in ((MODELS_CHANNEL, "wg-models"), (FREE, "wg-all")):
            store.groups.save_channel(Channel(id_, name, bot_in=True))
        store.groups.save_channel(Channel(TRIALS_CHANNEL, "wg-trials", bot_in=False))

    db.write_now(arrive)
    return Office(db, clock)


def test_the_first_admin_sets_up_the_five_groups_and_their_channels(empty: Office) -> None:
    done = empty.do(COORDINATOR, groups.set_up)
    assert done.coordinator
    assert [g.prefix for g in done.groups] == ["EM", "TR", "PC", "OM", "SR"]
    assert [g.key for g in done.linked] == ["models"]
    assert done.common
    assert group(empty, MODELS).channel == MODELS_CHANNEL
    assert group(empty, TRIALS).channel is None
    programme = empty.db.read_now(lambda store: store.groups.programme())
    assert programme is not None
    assert (programme.zone, programme.channel) == ("Europe/London", FREE)


def test_set_up_a_second_time_changes_nothing(empty: Office) -> None:
    empty.do(COORDINATOR, groups.set_up)
    before = empty.db.read_now(lambda store: store.groups.world())
    again = empty.do(COORDINATOR, groups.set_up)
    assert again == groups.SetUp(False, (), (), False)
    assert empty.db.read_now(lambda store: store.groups.world()) == before


def test_the_first_to_set_up_must_be_an_admin_and_later_a_coordinator(empty: Office) -> None:
    first = refused(empty, MEMBER, groups.set_up)
    assert isinstance(first, NotAllowed)
    assert first.who_can == ()
    empty.do(COORDINATOR, groups.set_up)
    later = refused(empty, MEMBER, groups.set_up)
    assert isinstance(later, NotAllowed)
    assert later.who_can == (COORDINATOR,)


ACTS: list[tuple[str, Callable[[Ask], object], tuple[UserId, ...]]] = [
    ("link", lambda ask: links.link(ask, TRIALS), (OUTSIDER,)),
    ("link all", lambda ask: links.link(ask, None), (COORDINATOR,)),
    ("unlink", links.unlink, (CHAIR,)),
    ("add", lambda ask: groups.add(ask, "imaging", "IM", "Imaging"), (COORDINATOR,)),
    ("rename", lambda ask: groups.rename(ask, MODELS, "New"), (COORDINATOR,)),
    ("close", lambda ask: groups.close(ask, MODELS), (COORDINATOR,)),
    ("merge", lambda ask: groups.merge(ask, MODELS, TRIALS), (COORDINATOR,)),
    ("setup", groups.set_up, (COORDINATOR,)),
    ("zone", lambda ask: groups.set_zone(ask, "Europe/Rome", "IT", None), (COORDINATOR,)),
]


@pytest.mark.parametrize(("act", "who"), [a[1:] for a in ACTS], ids=[a[0] for a in ACTS])
@pytest.mark.parametrize("user", [COCHAIR, STEERING])
def test_others_are_refused_and_told_who_can(
    office: Office, user: UserId, act: Callable[[Ask], object], who: tuple[UserId, ...]
) -> None:
    refusal = refused(office, user, act)
    assert isinstance(refusal, NotAllowed)
    assert refusal.who_can == who


def test_a_group_is_added_once(office: Office) -> None:
    first = office.do(COORDINATOR, lambda ask: groups.add(ask, "imaging", "IM", "Imaging"))
    again = office.do(COORDINATOR, lambda ask: groups.add(ask, "imaging", "IM", "Imaging"))
    assert (first.changed, again.changed) == (True, False)
    assert (first.group.short, first.group.zone) == ("Imaging", "Europe/London")


@pytest.mark.parametrize(
    ("key", "prefix", "name", "code"),
    [
        ("Trials!", "TT", "Name", Code.KEY_WRONG),
        ("2nd", "TT", "Name", Code.KEY_WRONG),
        ("all", "TT", "Name", Code.KEY_WRONG),
        ("imaging", "I", "Name", Code.PREFIX_WRONG),
        ("imaging", "IMAGE", "Name", Code.PREFIX_WRONG),
        ("imaging", "MT", "Name", Code.PREFIX_WRONG),
        ("imaging", "EM", "Name", Code.PREFIX_TAKEN),
        ("models", "IM", "Name", Code.GROUP_TAKEN),
        ("imaging", "IM", " ", Code.TEXT_EMPTY),
        ("imaging", "IM", "x" * 121, Code.TEXT_LONG),
    ],
)
def test_a_key_prefix_or_name_that_cannot_be_is_refused(
    office: Office, key: str, prefix: str, name: str, code: Code
) -> None:
    refusal = refused(office, COORDINATOR, lambda ask: groups.add(ask, key, prefix, name))
    assert refusal.code is code


def test_a_group_is_renamed_and_keeps_its_ids(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 4))
    first = office.do(COORDINATOR, lambda ask: groups.rename(ask, MODELS, "New name"))
    again = office.do(COORDINATOR, lambda ask: groups.rename(ask, MODELS, "New name"))
    assert (first.changed, again.changed) == (True, False)
    assert group(office, MODELS).name == "New name"
    assert office.add(CHAIR, CHAIR, due=date(2026, 12, 4)).ref == "EM-2"


def test_a_closed_group_takes_nothing_new_but_its_actions_can_be_ended(office: Office) -> None:
    item = office.add(CHAIR, CHAIR, due=date(2026, 12, 4))
    first = office.do(COORDINATOR, lambda ask: groups.close(ask, MODELS))
    again = office.do(COORDINATOR, lambda ask: groups.close(ask, MODELS))
    assert (first.changed, again.changed) == (True, False)
    assert (first.group.state, first.group.channel) == (GroupState.CLOSED, None)
    new = NewItem("Draft", MODELS, Due(date(2026, 12, 4)), (CHAIR,))
    assert refused(office, CHAIR, lambda ask: items.add(ask, new)).code is Code.GROUP_UNKNOWN
    assert office.do(CHAIR, lambda ask: items.done(ask, item.ref)).state.closed


def test_a_group_closed_by_mistake_is_added_again_with_its_ids(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 4))
    office.do(COORDINATOR, lambda ask: groups.close(ask, MODELS))
    again = office.do(COORDINATOR, lambda ask: groups.add(ask, "models", "EM", "Models"))
    assert (again.changed, group(office, MODELS).state) == (True, GroupState.ACTIVE)
    assert office.add(CHAIR, CHAIR, due=date(2026, 12, 4)).ref == "EM-2"


def test_a_merge_gives_open_actions_new_ids_and_the_old_ones_still_work(office: Office) -> None:
    open_ = office.add(CHAIR, MEMBER, due=date(2026, 11, 24))
    ended = office.add(CHAIR, CHAIR, due=date(2026, 11, 24))
    office.do(CHAIR, lambda ask: items.done(ask, ended.ref))
    office.do(MEMBER, lambda ask: items.accept(ask, open_.ref))
    office.clock.set("2026-11-24T10:00:00+00:00")
    office.plan()
    before = office.pending(MEMBER)
    done = office.do(COORDINATOR, lambda ask: groups.merge(ask, MODELS, TRIALS))
    assert done.moved == ((Ref("EM-1"), Ref("PC-1")),)
    found = office.do(OUTSIDER, lambda ask: items.find(ask, Ref("EM-1")))
    assert (found.ref, found.group, found.text) == ("PC-1", TRIALS, open_.text)
    assert office.do(COORDINATOR, lambda ask: items.find(ask, Ref("EM-2"))).ref == "EM-2"
    assert before
    assert not office.pending(MEMBER)
    office.plan()
    assert office.pending(MEMBER) == before
    said = office.db.read_now(lambda store: store.outbox.by_key(before[0]))
    assert said is not None
    assert "PC-1" in said.out.message.text


def test_a_merge_brings_people_along_and_keeps_the_chair_who_is_there(office: Office) -> None:
    office.do(COORDINATOR, lambda ask: groups.merge(ask, MODELS, TRIALS))
    members = office.db.read_now(lambda store: store.groups.members(TRIALS))
    assert {(m.user, m.role.value) for m in members} == {
        (OUTSIDER, "chair"),
        (CHAIR, "member"),
        (COCHAIR, "member"),
        (MEMBER, "member"),
    }
    old = group(office, MODELS)
    assert (old.state, old.merged_into, old.channel) == (GroupState.MERGED, TRIALS, None)


def test_a_merge_said_twice_changes_nothing_and_one_into_itself_is_refused(office: Office) -> None:
    office.do(COORDINATOR, lambda ask: groups.merge(ask, MODELS, TRIALS))
    again = office.do(COORDINATOR, lambda ask: groups.merge(ask, MODELS, TRIALS))
    assert again == groups.Merged((), changed=False)
    itself = refused(office, COORDINATOR, lambda ask: groups.merge(ask, TRIALS, TRIALS))
    assert isinstance(itself, BadInput)
    gone = refused(office, COORDINATOR, lambda ask: groups.rename(ask, MODELS, "New"))
    assert isinstance(gone, NotFound)


def submit(ask: Ask, lines: str, zone: str = "London") -> Outcome:
    by = Invocation("view", ask.key, ask.actor.user, ask.channel)
    fields: dict[str, str] = {Field.GROUPS: lines, Field.ZONE: zone}
    return HANDLERS.forms()[Id.SETUP_FORM](ask, Form(by, Id.SETUP_FORM, fields=fields))


def test_the_form_begins_with_the_five_and_later_with_what_is_there(empty: Office) -> None:
    first = empty.do(COORDINATOR, opened)
    assert isinstance(first, OpenModal)
    assert all(f"{g.key} {g.prefix} {g.name}" in str(first.view) for g in FIVE)
    empty.do(COORDINATOR, lambda ask: submit(ask, "imaging IM Imaging"))
    later = empty.do(COORDINATOR, opened)
    assert isinstance(later, OpenModal)
    assert "imaging IM Imaging" in str(later.view)
    assert "models EM" not in str(later.view)
    assert isinstance(refused(empty, MEMBER, opened), NotAllowed)


def test_the_form_adds_and_renames_groups_and_sets_the_zone(empty: Office) -> None:
    lines = "models EM Experimental Models\nimaging IM Imaging"
    empty.do(COORDINATOR, lambda ask: submit(ask, lines))
    done = empty.do(COORDINATOR, lambda ask: submit(ask, "imaging IM New Imaging", "New York"))
    assert isinstance(done, Reply)
    assert "Imaging is called New Imaging now." in done.message.text
    assert group(empty, GroupKey("imaging")).zone == "America/New_York"
    assert group(empty, MODELS).channel == MODELS_CHANNEL
    again = empty.do(COORDINATOR, lambda ask: submit(ask, "imaging IM New Imaging", "New York"))
    assert isinstance(again, Reply)
    assert "Nothing to change." in again.message.text


@pytest.mark.parametrize(
    ("lines", "zone", "code"),
    [
        ("imaging IM", "London", Code.WRONG_WORDS),
        ("imaging IM Imaging\nother IM Other", "London", Code.PREFIX_TAKEN),
        ("imaging IM Imaging\nimaging MI Imaging", "London", Code.GROUP_TAKEN),
        ("imaging IM Imaging", "Nowhereland", Code.ZONE_UNKNOWN),
    ],
)
def test_a_wrong_form_saves_nothing(empty: Office, lines: str, zone: str, code: Code) -> None:
    refusal = refused(empty, COORDINATOR, lambda ask: submit(ask, lines, zone))
    assert refusal.code is code
    assert empty.db.read_now(lambda store: store.groups.all()) == ()
