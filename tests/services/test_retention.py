"""What was kept long enough goes by itself, and nothing that is still needed."""

from dataclasses import replace
from datetime import date, time, timedelta

from bot.domain.meetings import MeetingKind, NewMeeting, Rsvp, RsvpAnswer
from bot.domain.model import GroupKey, Membership, Person, Role
from bot.domain.outbox import State
from bot.domain.proceedings import PastedNotes
from bot.services import groups, items, retention
from bot.services.retention import Periods
from bot.storage.database import Store
from tests.services.canary import outgoing
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    OTHER,
    TRIALS,
    TRIALS_CHANNEL,
    Office,
)

DUE = date(2026, 12, 18)


def forget(office: Office, periods: Periods | None = None) -> dict[str, int]:
    kept = periods or Periods()
    return office.db.write_now(lambda store: retention.forget(store, office.clock(), kept))


def keys(office: Office) -> set[str]:
    return {row.out.key for row in office.db.read_now(lambda store: store.outbox.recent(1000))}


def deliver_all(office: Office) -> None:
    """As if Slack had taken everything that is due."""

    def settle(store: Store) -> int:
        heads = store.outbox.claim(office.clock())
        for head in heads:
            store.outbox.settle(
                head.id, head.claim_no, State.SENT, channel="C1", ts=f"{head.id[:8]}.1"
            )
            store.outbox.free_lane(head.out.lane, head.claim_no, office.clock())
        return len(heads)

    while office.db.write_now(settle):
        pass


def test_messages_go_after_ninety_days_but_not_what_waits_nor_what_is_rewritten(
    office: Office,
) -> None:
    now = office.clock()
    ended = [outgoing(f"old:{n}", OTHER, "old", now) for n in range(2)]
    waiting = replace(outgoing("waits", CHAIR, "waits", now), until=now + timedelta(days=400))
    anchor = outgoing("anchor", CHAIR, "anchor", now)

    def put(store: Store) -> None:
        for row in (*ended, anchor):
            store.outbox.put(row, state=State.SENT)
        store.outbox.put(waiting)

    office.db.write_now(put)
    office.clock.forward(days=89)
    assert forget(office)["messages"] == 0
    edit = replace(anchor, key="edit", edits="anchor", at=office.clock(), until=office.clock())
    office.db.write_now(lambda store: store.outbox.put(edit, state=State.SENT))
    office.clock.forward(days=2)
    assert forget(office)["messages"] == 2
    assert keys(office) == {"waits", "anchor", "edit"}
    office.clock.forward(days=91)
    forget(office)
    assert keys(office) == {"waits", "anchor"}


def test_a_reminder_that_was_forgotten_is_not_said_again(office: Office) -> None:
    item = office.add(MEMBER, MEMBER, due=DUE)
    for day in ("2026-12-11", "2026-12-16", "2026-12-18", "2026-12-21", "2026-12-29"):
        office.clock.set(f"{day}T12:00:00+00:00")
        office.plan()
        deliver_all(office)
    said = {key for key in keys(office) if ":remind:" in key}
    assert len(said) >= 4
    office.clock.forward(days=100)
    forget(office)
    assert not said & keys(office)
    office.plan()
    assert not said & keys(office)
    assert item.card_key in keys(office)


def test_a_card_is_rewritten_after_any_time(office: Office) -> None:
    item = office.add(CHAIR, MEMBER, due=DUE)
    deliver_all(office)
    office.clock.forward(days=200)
    forget(office)
    office.do(MEMBER, lambda ask: items.accept(ask, item.ref))
    rows = office.db.read_now(lambda store: store.outbox.about(item.subject))
    (edit,) = [row.out for row in rows if row.out.edits == item.card_key]
    deliver_all(office)
    sent = office.db.read_now(lambda store: store.outbox.by_key(edit.key))
    assert sent is not None
    assert (sent.state, sent.channel) == (State.SENT, "C1")


def test_requests_go_after_two_weeks_and_any_period_can_be_shorter(office: Office) -> None:
    now = office.clock()
    office.db.write_now(
        lambda s: s.inbox.keep("command", "k", None, MEMBER, "Silent", None, "{}", now)
    )
    office.clock.forward(days=13)
    assert forget(office)["requests"] == 0
    assert forget(office, Periods(requests=timedelta(days=12)))["requests"] == 1


def test_settings_of_who_left_go_after_thirty_days(office: Office) -> None:
    chosen = Person(
        OTHER, "Other member", "other-member", "Asia/Kolkata", True, "IN",
        hours=(time(7), time(15)), workdays=frozenset({1}), away_until=DUE, declared=DUE,
        declaration="https://example.org/d", home_team="T2", left=True,
    )  # fmt: skip
    stays = replace(chosen, user=MEMBER, left=False)

    def save(store: Store) -> None:
        for person in (chosen, stays):
            store.groups.save_person(person)

    office.db.write_now(save)
    forget(office)  # Nobody has noted when they left: it counts from now.
    office.clock.forward(days=29)
    assert forget(office)["settings"] == 0
    office.clock.forward(days=2)
    assert forget(office)["settings"] == 1
    people = office.db.read_now(lambda store: store.groups.people([OTHER, MEMBER]))
    left_at = people[OTHER].left_at
    assert people[OTHER] == Person(
        OTHER, "Other member", "other-member", left=True, left_at=left_at
    )
    assert people[MEMBER] == stays
    office.clock.forward(days=1)
    assert forget(office)["settings"] == 0


def test_a_group_that_ended_goes_after_six_years_with_all_that_was_its(office: Office) -> None:
    gone = office.add(CHAIR, MEMBER, due=DUE)
    office.do(COORDINATOR, lambda ask: groups.close(ask, MODELS))
    office.db.write_now(lambda s: s.groups.set_role(Membership(MEMBER, TRIALS, Role.MEMBER)))
    alone, shared = _meeting(MODELS), _meeting(MODELS, TRIALS)
    now = office.clock()
    meetings = office.db.write_now(
        lambda s: [s.meetings.create(new, CHAIR, now) for new in (alone, shared)]
    )
    office.clock.forward(days=6 * 365)
    assert forget(office)["groups"] == 0
    office.clock.forward(days=3)
    assert forget(office)["groups"] == 1

    def left(store: Store) -> list[object]:
        return [
            store.groups.get(MODELS),
            store.items.get(gone.ref),
            store.audit.of(gone.ref),
            store.outbox.about(gone.subject),
            store.groups.members(MODELS),
            store.meetings.get(meetings[0].ref),
        ]

    assert office.db.read_now(left) == [None, None, (), (), (), None]
    kept = office.db.read_now(lambda s: s.meetings.get(meetings[1].ref))
    assert kept is not None
    assert kept.groups == (TRIALS,)
    again = office.do(COORDINATOR, lambda ask: groups.add(ask, "models", "EM", "Models"))
    assert again.changed
    assert office.add(COORDINATOR, COORDINATOR, due=office.clock().date()).ref == "EM-2"
    assert office.db.read_now(lambda s: s.groups.by_channel(TRIALS_CHANNEL)) is not None


def test_replies_go_a_year_after_the_meeting(office: Office) -> None:
    made = office.db.write_now(lambda s: s.meetings.create(_meeting(TRIALS), CHAIR, office.clock()))
    reply = Rsvp(MEMBER, RsvpAnswer.YES, office.clock())
    office.db.write_now(lambda s: s.meetings.answer(made.id, reply))
    office.clock.forward(days=370)
    assert forget(office)["replies"] == 0
    office.clock.forward(days=30)
    assert forget(office)["replies"] == 1


def test_pasted_notes_go_after_two_days_though_nobody_pastes_again(office: Office) -> None:
    made = office.db.write_now(lambda s: s.meetings.create(_meeting(TRIALS), CHAIR, office.clock()))
    notes = PastedNotes("pasted", made.id, CHAIR, office.clock(), "Said in confidence")
    office.db.write_now(lambda s: s.proceedings.paste(notes))
    forget(office)
    assert office.db.read_now(lambda s: s.proceedings.pasted("pasted")) == notes
    office.clock.forward(days=3)
    forget(office)
    assert office.db.read_now(lambda s: s.proceedings.pasted("pasted")) is None


def _meeting(*keys_: GroupKey) -> NewMeeting:
    return NewMeeting(
        "Call", keys_, MeetingKind.CALL, None, DUE, time(15), DUE, time(16), "Europe/London"
    )
