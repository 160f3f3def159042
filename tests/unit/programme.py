"""The five groups and some of their people, for tests of words."""

from datetime import UTC, datetime

from bot.domain.model import (
    ChannelId,
    Group,
    GroupKey,
    Membership,
    Person,
    Programme,
    Role,
    UserId,
    World,
)
from bot.handlers.reading import Reading

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday


def _group(key: str, prefix: str, name: str, *aliases: str) -> Group:
    return Group(
        GroupKey(key),
        prefix,
        key.capitalize(),
        name,
        zone="Europe/London",
        channel=ChannelId(f"C0{key.upper()}"),
        aliases=aliases,
    )


GROUPS = (
    _group("models", "EM", "Experimental Models", "animal", "experimental models"),
    _group(
        "targets",
        "TR",
        "Identification and Validation of Targets and Repurposing Opportunities",
        "repurposing",
        "drugs",
    ),
    _group("trials", "PC", "Proof-of-Concept Clinical Trial Strategies", "poc", "proof of concept"),
    _group("outcomes", "OM", "Clinical Outcome Measures", "measures", "endpoints"),
    _group("symptoms", "SR", "Symptom Management and Rehabilitation", "rehab", "rehabilitation"),
)
MODELS, TARGETS, TRIALS, OUTCOMES, SYMPTOMS = GROUPS

ME, COCHAIR, SHERPA, SHERLOCK, GONE = (
    UserId(user) for user in ("U0CHAIR01", "U0COCHAIR", "U0SHERPA1", "U0SHERLO1", "U0GONE001")
)
PEOPLE = (
    Person(ME, "Models chair", "models-chair", "Europe/London"),
    Person(COCHAIR, "Models co-chair", "models-cochair", "America/Edmonton"),
    Person(SHERPA, "Sam Sherpa", "sherpa", "Asia/Kolkata"),
    Person(SHERLOCK, "Sam Lock", "lock", "Europe/London"),
    Person(GONE, "Past member", "past", left=True),
    Person(UserId("U0ROBOT01"), "Robot", "robot", bot=True),
)


def world(*memberships: Membership) -> World:
    return World(
        Programme("Programme", "Europe/London"),
        {group.key: group for group in GROUPS},
        {person.user: person for person in PEOPLE},
        memberships,
    )


def reading(here: Group | None = MODELS, *groups: Group, coordinator: bool = False) -> Reading:
    """As the models chair reads, a member of `groups`."""
    roles = [Membership(ME, group.key, Role.MEMBER) for group in groups]
    if coordinator:
        roles.append(Membership(ME, None, Role.COORDINATOR))
    return Reading(NOW, PEOPLE[0], world(*roles), here)
