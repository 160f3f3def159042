"""An announcement is seen by its author first, and posted once."""

import pytest

from bot.domain.model import Channel, Ref
from bot.domain.outbox import Sent
from bot.errors import BadInput, Code, Conflict, NotAllowed, NotFound
from bot.handlers.announcements import Said, read_announcement
from bot.handlers.reading import reading_of
from bot.services import announcements
from bot.services.announcements import Shown
from tests.services.conftest import CHAIR, COORDINATOR, MODELS, MODELS_CHANNEL, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


@pytest.fixture(autouse=True)
def channel(office: Office) -> None:
    models = Channel(MODELS_CHANNEL, "wg-models", bot_in=True)
    office.db.write_now(lambda store: store.groups.save_channel(models))


def draft(office: Office, text: str = "Hybrid now") -> Shown:
    return office.do(COORDINATOR, lambda ask: announcements.draft(ask, text, MODELS))


def said(office: Office) -> list[Sent]:
    rows = office.db.read_now(lambda store: store.outbox.recent(100))
    return [row for row in rows if row.out.kind == announcements.KIND]


def test_twenty_presses_post_it_once_and_nothing_is_posted_before(office: Office) -> None:
    shown = draft(office, "Please say <!channel> where you join & why\n@here")
    assert said(office) == []
    request = shown.announcement.request
    pressed = [
        office.do(COORDINATOR, lambda ask: announcements.post(ask, request)) for _ in range(20)
    ]
    assert [one.already for one in pressed] == [False] + [True] * 19
    (row,) = said(office)
    assert row.out.lane == MODELS_CHANNEL
    block = row.out.message.blocks[0]["text"]
    assert block == {
        "type": "mrkdwn",
        "text": "\U0001f4e3 Please say &lt;!channel&gt; where you join &amp; why\n@here",
        "verbatim": True,
    }


def test_only_coordinators_write_and_post_it(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.do(CHAIR, lambda ask: announcements.draft(ask, "Mine", MODELS))
    request = draft(office).announcement.request
    with pytest.raises(NotAllowed):
        office.do(CHAIR, lambda ask: announcements.post(ask, request))
    with pytest.raises(NotFound):
        office.do(COORDINATOR, lambda ask: announcements.post(ask, "forged"))
    assert said(office) == []


def test_without_a_channel_or_too_long_it_is_refused(office: Office) -> None:
    with pytest.raises(Conflict) as refused:
        office.do(COORDINATOR, lambda ask: announcements.draft(ask, "For all", None))
    assert refused.value.code is Code.ANNOUNCE_WHERE
    with pytest.raises(BadInput) as long:
        draft(office, "x" * 3001)
    assert long.value.code is Code.TEXT_LONG
    assert draft(office, "&" * 3000).channel.id == MODELS_CHANNEL


def test_a_group_is_named_before_a_colon_and_a_meeting_by_its_id(office: Office) -> None:
    def read(line: str) -> Said:
        return office.do(COORDINATOR, lambda ask: read_announcement(line, reading_of(ask)))

    assert read("in models: Hybrid\nnow") == Said("Hybrid\nnow", MODELS)
    assert read("in short: Hybrid now") == Said("in short: Hybrid now")
    assert read("mt15") == Said("", meeting=Ref("MT-15"))
