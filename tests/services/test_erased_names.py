"""Who was erased is named in no message of a meeting that stands in Slack."""

import pytest

from bot.domain.agendas import AgendaState, NewAgendaItem
from bot.domain.outbox import State, Way
from bot.services import (
    agenda_drafts,
    agendas,
    late_papers,
    minutes,
    note_taking,
    privacy,
    proceedings,
)
from bot.services.access import Ask
from bot.storage.database import Store
from tests.services.conftest import CHAIR, COORDINATOR, MEMBER, MODELS, Office
from tests.services.held_calls import at, hold, on_to
from tests.services.test_meetings import plan

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


def deliver(store: Store) -> None:
    """All that waits now stands in Slack."""
    for n, row in enumerate(store.outbox.recent(1000)):
        if row.state is State.PENDING:
            store.outbox.put_sent(row.out, row.out.lane, f"{n}.0")


def test_minutes_agenda_opening_and_questions_are_said_again_without_the_name(
    office: Office,
) -> None:
    held = hold(office)
    person = office.db.read_now(lambda store: store.groups.world()).people[MEMBER]
    words = f"@{person.handle} decides"
    office.do(CHAIR, lambda ask: minutes.correct(ask, held.ref, "Use one template", words))
    on_to(office, at(29, 9))
    ahead = plan(office, 4, MODELS)
    office.clock.now = ahead.starts

    def prepare(ask: Ask) -> None:
        agendas.add(ask, ahead.ref, NewAgendaItem("Mice", owner=MEMBER))
        late = NewAgendaItem("Late mice", owner=MEMBER, state=AgendaState.LATE)
        item = ask.store.agendas.add(ahead.id, late, MEMBER, ask.now)
        late_papers.ask_about(ask, ahead, item, (CHAIR,))
        note_taking.name(ask, ahead.ref, MEMBER)
        proceedings.start(ask, ahead.ref)

    office.do(CHAIR, prepare)
    office.do(CHAIR, lambda ask: agenda_drafts.post(ask, ahead.ref))
    office.db.write_now(deliver)
    rows = office.db.read_now(lambda store: store.outbox.recent(1000))
    names = (MEMBER, f"@{person.handle}", person.name)
    shown = {row.out.key for row in rows if any(name in str(row.out.message) for name in names)}
    office.do(COORDINATOR, lambda ask: privacy.erase(ask, MEMBER))
    after = office.db.read_now(lambda store: store.outbox.recent(1000))
    edits = {r.out.edits: r for r in after if r.out.way is Way.EDIT and r.state is State.PENDING}
    ours = {key for key in shown if key.startswith(("meeting:", "agenda:"))}
    assert {key.split(":")[0] + ":" + key.split(":")[2] for key in ours} == {
        "meeting:minutes",
        "meeting:minutes-actions",
        "meeting:minutes-steering",
        "meeting:thread",
        "meeting:agenda",
        "agenda:late-paper",
    }
    assert ours <= set(edits)
    assert not any(name in str(row.out.message) for row in after for name in names)
