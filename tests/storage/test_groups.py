from dataclasses import replace
from datetime import date, time
from functools import partial

import pytest

from bot.domain.model import (
    Channel,
    ChannelId,
    Group,
    GroupKey,
    GroupSettings,
    GroupState,
    Membership,
    Person,
    Programme,
    Role,
    TeamId,
    UserId,
    World,
)
from bot.errors import Code, Conflict
from bot.storage.database import Database, Store
from tests.storage.samples import CHAIR, MEMBER, MODELS, NOON, TARGETS

PROGRAMME = Programme(
    "Progressive MS",
    "Europe/London",
    "GB",
    "ENG",
    ChannelId("C0ALL"),
    ((date(2026, 12, 24), date(2027, 1, 2), "Year-end closure"),),
    "Re-enactment",
)
PERSON = Person(
    CHAIR,
    "Models chair",
    "models-chair",
    "Europe/Amsterdam",
    zone_chosen=True,
    country="NL",
    region="NH",
    hours=(time(10), time(16, 30)),
    away_until=date(2026, 12, 1),
    admin=True,
    external=True,
    guest=True,
    bot=True,
    left=True,
    facts_at=NOON,
)


@pytest.fixture(autouse=True)
def groups(db: Database) -> None:
    for group in (TARGETS, MODELS):
        db.write_now(partial(save, group))


def save(group: Group, store: Store) -> None:
    store.groups.save(group)


def set_roles(db: Database, *roles: Membership) -> None:
    def work(store: Store) -> None:
        for role in roles:
            store.groups.set_role(role)

    db.write_now(work)


def members(db: Database, group: GroupKey | None = MODELS.key) -> set[Membership]:
    return set(db.read_now(lambda store: store.groups.members(group)))


def test_before_the_first_setup_the_world_has_a_nameless_programme(db: Database) -> None:
    db.bind(TeamId("T0NEW"))
    assert db.read_now(lambda store: store.groups.world()) == World(Programme("", "UTC"))


def test_the_world_holds_everything(db: Database) -> None:
    chair, coordinator = (
        Membership(CHAIR, MODELS.key, Role.CHAIR),
        Membership(MEMBER, None, Role.COORDINATOR),
    )
    db.write_now(lambda store: store.groups.save_programme(PROGRAMME))
    db.write_now(lambda store: store.groups.save_person(PERSON))
    set_roles(db, chair, coordinator)
    assert db.read_now(lambda store: store.groups.world()) == World(
        PROGRAMME,
        {TARGETS.key: TARGETS, MODELS.key: MODELS},
        {CHAIR: PERSON},
        (chair, coordinator),
    )


def test_the_programme_is_what_was_last_saved(db: Database) -> None:
    assert db.read_now(lambda store: store.groups.programme()) is None
    db.write_now(lambda store: store.groups.save_programme(PROGRAMME))
    later = replace(PROGRAMME, name="Other", closures=())
    db.write_now(lambda store: store.groups.save_programme(later))
    assert db.read_now(lambda store: store.groups.programme()) == later


def test_every_field_of_a_group_survives_and_its_place_stays(db: Database) -> None:
    changed = replace(
        TARGETS,
        name="Other",
        scope="All",
        zone="America/Toronto",
        channel=ChannelId("C0NEW"),
        aliases=("drugs", "repurposing"),
        state=GroupState.MERGED,
        settings=GroupSettings(14, (28, 7), (1,), capture=False),
        merged_into=MODELS.key,
    )
    db.write_now(lambda store: store.groups.save(changed))
    assert db.read_now(lambda store: store.groups.get(TARGETS.key)) == changed
    assert db.read_now(lambda store: store.groups.all()) == (changed, MODELS)
    assert db.read_now(lambda store: store.groups.by_channel(ChannelId("C0NEW"))) == changed
    assert db.read_now(lambda store: store.groups.by_channel(ChannelId("C0TARGETS"))) is None
    assert db.read_now(lambda store: store.groups.get(GroupKey("lost"))) is None


@pytest.mark.parametrize(
    ("taken", "code"),
    [
        (replace(MODELS, key=GroupKey("new")), Code.GROUP_TAKEN),
        (replace(MODELS, channel=TARGETS.channel), Code.CHANNEL_TAKEN),
    ],
)
def test_a_prefix_or_channel_of_another_group_is_refused_and_the_rest_goes_on(
    db: Database, taken: Group, code: Code
) -> None:
    def work(store: Store) -> Code:
        with pytest.raises(Conflict) as refusal:
            store.groups.save(taken)
        store.groups.save_programme(PROGRAMME)
        return refusal.value.code

    assert db.write_now(work) is code
    assert db.read_now(lambda store: store.groups.programme()) == PROGRAMME
    assert db.read_now(lambda store: store.groups.all()) == (TARGETS, MODELS)


def test_every_field_of_a_person_survives(db: Database) -> None:
    db.write_now(lambda store: store.groups.save_person(PERSON))
    assert db.read_now(lambda store: store.groups.person(CHAIR)) == PERSON
    plain = Person(CHAIR, "Plain")
    db.write_now(lambda store: store.groups.save_person(plain))
    assert db.read_now(lambda store: store.groups.person(CHAIR)) == plain
    assert db.read_now(lambda store: store.groups.person(MEMBER)) is None


def test_people_are_those_known_among_the_asked(db: Database) -> None:
    db.write_now(lambda store: store.groups.save_person(PERSON))
    assert db.read_now(lambda store: store.groups.people([CHAIR, MEMBER])) == {CHAIR: PERSON}
    assert db.read_now(lambda store: store.groups.people([])) == {}


def test_the_channel_of_a_persons_dm_outlives_what_is_learnt_of_them(db: Database) -> None:
    assert db.read_now(lambda store: store.groups.dm(CHAIR)) is None
    db.write_now(lambda store: store.groups.save_dm(CHAIR, ChannelId("D0CHAIR")))
    db.write_now(lambda store: store.groups.save_person(PERSON))
    assert db.read_now(lambda store: store.groups.dm(CHAIR)) == "D0CHAIR"
    db.write_now(lambda store: store.groups.save_dm(CHAIR, ChannelId("D0LATER")))
    assert db.read_now(lambda store: store.groups.dm(CHAIR)) == "D0LATER"
    assert db.read_now(lambda store: store.groups.person(CHAIR)) == PERSON


def test_a_person_may_have_several_roles_each_once(db: Database) -> None:
    chair, partner = (Membership(CHAIR, MODELS.key, role) for role in (Role.CHAIR, Role.PARTNER))
    steering = Membership(CHAIR, None, Role.STEERING)
    set_roles(db, chair, partner, chair, steering, steering)
    assert members(db) == {chair, partner}
    assert members(db, None) == {steering}
    theirs = db.read_now(lambda store: store.groups.memberships(CHAIR))
    assert sorted(role.role for role in theirs) == [Role.CHAIR, Role.PARTNER, Role.STEERING]


def test_removing_one_role_leaves_the_others(db: Database) -> None:
    chair, partner = (Membership(CHAIR, MODELS.key, role) for role in (Role.CHAIR, Role.PARTNER))
    coordinator = Membership(CHAIR, None, Role.COORDINATOR)
    set_roles(db, chair, partner, coordinator)
    assert db.write_now(lambda store: store.groups.remove_role(CHAIR, MODELS.key, Role.CHAIR)) == 1
    assert db.write_now(lambda store: store.groups.remove_role(CHAIR, MODELS.key, Role.CHAIR)) == 0
    assert members(db) == {partner}
    assert db.write_now(lambda store: store.groups.remove_role(CHAIR, MODELS.key)) == 1
    assert members(db, None) == {coordinator}


def test_the_channel_decides_who_is_a_member_unless_a_role_was_named(db: Database) -> None:
    chair = Membership(CHAIR, MODELS.key, Role.CHAIR)
    stays, goes, comes = UserId("U0STAYS"), UserId("U0GOES"), UserId("U0COMES")
    db.write_now(lambda store: store.groups.set_role(chair))

    def sync(*users: UserId) -> None:
        db.write_now(lambda store: store.groups.sync_channel_members(MODELS.key, users))

    def known(user: UserId) -> Membership:
        return Membership(user, MODELS.key, Role.MEMBER, named=False)

    sync(CHAIR, stays, goes)
    assert members(db) == {chair, known(stays), known(goes)}
    sync(stays, comes)
    assert members(db) == {chair, known(stays), known(comes)}
    named = Membership(stays, MODELS.key, Role.MEMBER)
    db.write_now(lambda store: store.groups.set_role(named))
    assert members(db) == {chair, named, known(comes)}
    sync()
    assert members(db) == {chair, named}


def test_channels_are_what_was_last_saved(db: Database) -> None:
    first = Channel(ChannelId("C0B"), "b", private=True, archived=True, bot_in=True)
    second = Channel(ChannelId("C0A"), "a")
    db.write_now(lambda store: store.groups.save_channel(first))
    db.write_now(lambda store: store.groups.save_channel(second))
    assert db.read_now(lambda store: store.groups.channels()) == (second, first)
    renamed = replace(first, name="0", archived=False)
    db.write_now(lambda store: store.groups.save_channel(renamed))
    assert db.read_now(lambda store: store.groups.channel(ChannelId("C0B"))) == renamed
    assert db.read_now(lambda store: store.groups.channel(ChannelId("C0C"))) is None
