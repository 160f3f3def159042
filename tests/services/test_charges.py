"""Who minds a group no longer hears no more of what only its minders are told."""

import pytest

from bot.domain.model import Role, UserId
from bot.services import privacy, roles
from bot.services.channel_losses import lost
from bot.views.channels import ARCHIVED
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    STEERING,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


def told(office: Office, user: UserId, kind: str) -> list[str]:
    return [key for key in office.pending(user) if key.startswith(kind)]


def test_a_former_coordinator_does_not_hear_who_wants_to_be_forgotten(office: Office) -> None:
    office.do(COORDINATOR, lambda ask: roles.name_role(ask, STEERING, Role.COORDINATOR, None))
    office.do(MEMBER, privacy.ask_erasing)
    assert told(office, STEERING, "erase:")
    office.do(COORDINATOR, lambda ask: roles.remove(ask, STEERING, None))
    assert not told(office, STEERING, "erase:")
    assert told(office, COORDINATOR, "erase:")


def test_a_former_chair_does_not_hear_of_the_groups_channel(office: Office) -> None:
    now = office.clock()
    office.db.write_now(lambda store: lost(store, MODELS_CHANNEL, ARCHIVED, now))
    assert told(office, CHAIR, "lost:")
    office.do(COORDINATOR, lambda ask: roles.name_role(ask, COCHAIR, Role.CHAIR, MODELS))
    assert told(office, CHAIR, "lost:")
    office.do(COORDINATOR, lambda ask: roles.name_role(ask, CHAIR, Role.MEMBER, MODELS))
    assert not told(office, CHAIR, "lost:")
