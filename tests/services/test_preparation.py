"""Items of a checklist ticked, left out, added and taken back, and what channels show of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.domain.meetings import Meeting, MeetingState, PrepItem, PrepState
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Sent, State
from bot.errors import Code, Conflict, NotAllowed, UserError
from bot.services import announcing, meeting_cards, planning, preparation, rescheduling
from bot.services.access import Ask
from bot.services.meeting_cards import CARD, CHECKLIST
from bot.services.planning import Plan
from bot.services.preparation import Prepared
from bot.services.undo import undo
from bot.storage.database import Store
from bot.storage.message_tables import OutboxRow
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OUTSIDER,
    STEERING,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

START = datetime(2026, 10, 2, 12, tzinfo=UTC)  # a Friday
LONDON = "Europe/London"
CALL = Plan("Endpoints", (MODELS,), date(2026, 10, 29), time(15), LONDON, timedelta(hours=1))
MT = Ref("MT-1")
APPROVE = 4
"""The chair's own item."""


@pytest.fixture(autouse=True)
def planned(office: Office) -> None:
    office.clock.now = START
    office.do(CHAIR, lambda ask: planning.plan(ask, CALL, is_holiday))


def tick(office: Office, by: UserId, *numbers: int) -> Prepared:
    return office.do(by, lambda ask: preparation.tick(ask, MT, *numbers))


def meeting(office: Office) -> Meeting:
    found = office.db.read_now(lambda store: store.meetings.get(MT))
    assert found is not None
    return found


def items(office: Office) -> dict[int, PrepItem]:
    one = meeting(office)
    found = office.db.read_now(lambda store: store.meetings.preparation([one.id])[one.id])
    return {item.n: item for item in found}


def rows(office: Office, kind: str) -> list[Sent]:
    found = office.db.read_now(lambda store: store.outbox.about(meeting(office).subject))
    return [row for row in found if kind in (row.out.kind, row.out.key.split(":")[2])]


def refused(office: Office, by: UserId, work: Callable[[Ask], object]) -> UserError:
    before = items(office)
    with pytest.raises(UserError) as caught:
        office.do(by, work)
    assert items(office) == before
    return caught.value


class TestTicking:
    def test_who_owes_it_and_who_minds_the_meeting_may_tick(self, office: Office) -> None:
        assert [i.n for i in tick(office, COORDINATOR, 1, 3).changed] == [1, 3]
        tick(office, CHAIR, 2)
        office.do(
            COORDINATOR, lambda ask: preparation.add_item(ask, MT, "Book", MEMBER, None, is_holiday)
        )
        tick(office, MEMBER, 16)
        known = items(office)
        assert {n for n in known if known[n].state is PrepState.DONE} == {1, 2, 3, 16}
        assert (known[16].done_by, known[16].done_at) == (MEMBER, START)

    def test_others_hear_who_can(self, office: Office) -> None:
        error = refused(office, MEMBER, lambda ask: preparation.tick(ask, MT, APPROVE))
        assert isinstance(error, NotAllowed)
        assert error.who_can == (CHAIR,)
        error = refused(office, MEMBER, lambda ask: preparation.tick(ask, MT, 1))
        assert isinstance(error, NotAllowed)
        assert error.who_can == (COORDINATOR, CHAIR)
        for user in (OUTSIDER, STEERING):
            error = refused(office, user, lambda ask: preparation.tick(ask, MT, 1))
            assert error.code is Code.NOT_ALLOWED

    def test_of_several_each_is_answered_for_itself(self, office: Office) -> None:
        tick(office, CHAIR, 2)
        done = tick(office, CHAIR, 1, 2, 3, 99)
        assert [item.n for item in done.changed] == [1, 3]
        assert [(n, error.code) for n, error in done.refused] == [
            (2, Code.PREP_DONE), (99, Code.NO_SUCH_PREP),
        ]  # fmt: skip
        again = office.do(CHAIR, lambda ask: preparation.untick(ask, MT, 4, 3))
        assert [item.n for item in again.changed] == [3]
        assert [(n, error.code) for n, error in again.refused] == [(4, Code.PREP_OPEN)]

    def test_where_none_can_be_ticked_it_is_refused(self, office: Office) -> None:
        tick(office, CHAIR, 2)
        error = refused(office, CHAIR, lambda ask: preparation.tick(ask, MT, 2))
        assert error.code is Code.PREP_DONE
        error = refused(office, CHAIR, lambda ask: preparation.tick(ask, MT, 99))
        assert (error.code, error.facts["n"], error.facts["last"]) == (Code.NO_SUCH_PREP, 99, 15)
        error = refused(office, CHAIR, lambda ask: preparation.untick(ask, MT, 3))
        assert error.code is Code.PREP_OPEN

    def test_of_a_meeting_that_is_over_only_what_comes_after_it(self, office: Office) -> None:
        office.clock.now = meeting(office).ends
        error = refused(office, CHAIR, lambda ask: preparation.tick(ask, MT, 1))
        assert error.code is Code.MEETING_OVER
        tick(office, CHAIR, 12, 13)
        assert items(office)[13].state is PrepState.DONE

    def test_of_one_that_is_cancelled_nothing(self, office: Office) -> None:
        office.do(CHAIR, lambda ask: rescheduling.cancel(ask, MT, "no quorum", is_holiday))
        error = refused(office, CHAIR, lambda ask: preparation.tick(ask, MT, 1))
        assert (error.code, error.facts["state"]) == (Code.MEETING_OVER, "cancelled")
        error = refused(office, CHAIR, lambda ask: preparation.untick(ask, MT, 1))
        assert error.code is Code.MEETING_OVER

    def test_it_is_taken_back_unless_somebody_changed_it_since(self, office: Office) -> None:
        before = items(office)
        tick(office, CHAIR, 1, 2)
        office.do(CHAIR, undo)
        assert items(office) == before
        tick(office, CHAIR, 3)
        office.do(COORDINATOR, lambda ask: preparation.untick(ask, MT, 3))
        with pytest.raises(Conflict) as caught:
            office.do(CHAIR, undo)
        assert caught.value.code is Code.CHANGED_MEANWHILE
        office.do(COORDINATOR, undo)
        assert items(office)[3].done_by == CHAIR

    def test_what_was_done_by_itself_has_nobody_to_thank(self, office: Office) -> None:
        def drafted(store: Store) -> None:
            for key in ("draft-agenda", "no such key", ""):
                preparation.done_by_itself(store, meeting(office), key, START)

        office.db.write_now(drafted)
        done = [item for item in items(office).values() if item.state is PrepState.DONE]
        assert [(item.key, item.done_by) for item in done] == [("draft-agenda", None)]


class TestAddingAndLeavingOut:
    def test_it_is_due_the_working_day_before_and_counts_as_needed(self, office: Office) -> None:
        def add(ask: Ask) -> Prepared:
            return preparation.add_item(ask, MT, "Book the room", None, None, is_holiday)

        made = office.do(CHAIR, add).changed[0]
        assert (made.n, made.owner, made.required) == (16, CHAIR, True)
        assert made.due == date(2026, 10, 28)
        office.do(CHAIR, undo)
        assert 16 not in items(office)
        assert refused(office, MEMBER, add).code is Code.NOT_ALLOWED

    def test_owner_day_and_text_are_looked_at(self, office: Office) -> None:
        def code(text: str, owner: UserId | None = None, due: date | None = None) -> Code:
            def add(ask: Ask) -> Prepared:
                return preparation.add_item(ask, MT, text, owner, due, is_holiday)

            return refused(office, CHAIR, add).code

        assert code(" ") is Code.TEXT_EMPTY
        assert code("Book", OUTSIDER) is Code.PERSON_OUTSIDE
        assert code("Book", due=date(2026, 10, 1)) is Code.DATE_PAST

    def test_it_is_left_out_with_a_reason_and_can_come_back(self, office: Office) -> None:
        def skip(why: str) -> Callable[[Ask], Prepared]:
            return lambda ask: preparation.skip(ask, MT, 2, why)

        assert refused(office, CHAIR, skip(" ")).code is Code.REASON_NEEDED
        assert refused(office, MEMBER, skip("why")).code is Code.NOT_ALLOWED
        office.do(CHAIR, skip("told them already"))
        assert items(office)[2].why == "told them already"
        office.do(CHAIR, lambda ask: preparation.untick(ask, MT, 2))
        assert (items(office)[2].state, items(office)[2].why) == (PrepState.TODO, "")


class TestInTheChannel:
    def post(self, office: Office) -> bool:
        return office.do(
            MEMBER,
            lambda ask: meeting_cards.post_checklist(
                ask, meeting(office), MODELS_CHANNEL, ("Note.",)
            ),
        )

    def test_one_message_follows_every_tick(self, office: Office) -> None:
        assert self.post(office)
        assert not self.post(office)
        (row,) = rows(office, CHECKLIST)
        assert row.out.lane == MODELS_CHANNEL
        assert "0 of 6 ready (0 %)" in row.out.message.text
        tick(office, CHAIR, 1)
        (row,) = rows(office, CHECKLIST)
        assert "1 of 6 ready (16 %)" in row.out.message.text
        assert "Note." in row.out.message.text

    def test_who_is_late_is_not_named_there(self, office: Office) -> None:
        self.post(office)
        office.clock.now = datetime(2026, 10, 23, 12, tzinfo=UTC)
        tick(office, COORDINATOR, 1)
        text = rows(office, CHECKLIST)[0].out.message.text
        late = next(part for part in text.split(". ") if "Approve the agenda" in part)
        assert "🔴 Late: due Wed 21 Oct 2026 (2 days late)" in late
        assert "@" not in late

    def test_a_meeting_is_announced_once_and_its_card_follows(self, office: Office) -> None:
        def announce(ask: Ask) -> tuple[str, ...]:
            return announcing.announce(ask, MT, ("Thu 29 Oct 2026 is a public holiday.",))

        assert refused(office, MEMBER, announce).code is Code.NOT_ALLOWED
        assert office.do(CHAIR, announce) == (MODELS_CHANNEL,)
        assert meeting(office).state is MeetingState.ANNOUNCED
        assert items(office)[2].state is PrepState.DONE
        assert refused(office, CHAIR, announce).code is Code.ALREADY_ANNOUNCED
        said = rows(office, CARD)[0].out.message.text
        assert "Replies: no replies yet; quorum 2 of 3 not reached." in said
        assert "Preparation: 1 of 6 ready (16 %)." in said
        assert "public holiday" in said
        day = date(2026, 11, 5)
        office.do(CHAIR, lambda ask: rescheduling.move(ask, MT, day, time(15), LONDON, is_holiday))
        said = rows(office, CARD)[0].out.message.text
        assert "moved: instead of Thu 29 Oct 2026, 15:00" in said
        assert "public holiday" not in said
        office.do(CHAIR, lambda ask: rescheduling.cancel(ask, MT, "no quorum", is_holiday))
        said = rows(office, CARD)[0].out.message.text
        assert said.startswith("MT-1 Endpoints (Models), Thu 5 Nov 2026, 15:00 London (UTC+0), is")
        assert "is cancelled: no quorum." in said

    def test_one_that_was_never_planned_says_so(self, office: Office) -> None:
        self.post(office)
        subject = meeting(office).subject
        sent = update(OutboxRow).where(col(OutboxRow.subject) == subject).values(state=State.SENT)
        office.db.write_now(lambda store: store._session.exec(sent))
        office.do(CHAIR, undo)
        found = office.db.read_now(lambda store: store.outbox.about(subject))
        assert found[-1].out.message.text == "MT-1 Endpoints is not planned any more."
