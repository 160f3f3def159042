"""A field forgotten among the columns would be lost without an error."""

from dataclasses import fields

import pytest

from bot.domain.agendas import Agenda, AgendaItem
from bot.domain.announcements import Announcement
from bot.domain.deadlines import Deadline
from bot.domain.decisions import Decision, Objection
from bot.domain.departures import Departure
from bot.domain.digests import Snapshot
from bot.domain.history import Change
from bot.domain.items import Assignment, Due, Item, Move, Note, Quiet, Source
from bot.domain.meetings import Meeting, PrepItem, Rsvp
from bot.domain.minutes import Comment, Correction, Minutes
from bot.domain.model import Channel, Group, Membership, Person, Programme
from bot.domain.outbox import Outgoing, Sent
from bot.domain.taking_part import AccessNeeds, StepOut, Travel
from bot.storage.agenda_tables import AgendaItemRow, AgendaRow
from bot.storage.deadline_tables import DeadlineMoveRow, DeadlineRow
from bot.storage.decision_tables import DecisionRow, ObjectionRow
from bot.storage.digest_tables import SnapshotRow
from bot.storage.inbox import Entry
from bot.storage.item_rows import PARTS
from bot.storage.marks import Mark
from bot.storage.meeting_tables import MeetingRow, PreparationRow, RsvpRow
from bot.storage.message_tables import InboxRow, MarkRow, OutboxRow
from bot.storage.minutes_tables import CommentRow, CorrectionRow, MinutesRow
from bot.storage.rows import Dataclass, Table
from bot.storage.tables import (
    AssignmentRow,
    ChannelRow,
    DepartureRow,
    GroupRow,
    HistoryRow,
    ItemRow,
    MembershipRow,
    MoveRow,
    NoteRow,
    PersonRow,
    ProgrammeRow,
    QuietRow,
)
from bot.storage.taking_part_tables import AccessNeedsRow, AnnouncementRow, StepOutRow, TravelRow

PART = {"item_id", "position"}


def names(kind: type[Dataclass]) -> set[str]:
    return {field.name for field in fields(kind)}


@pytest.mark.parametrize(
    ("kind", "row", "more"),
    [
        (Programme, ProgrammeRow, set()),
        (Group, GroupRow, {"position"}),
        (Person, PersonRow, {"dm"}),
        (Membership, MembershipRow, {"id"}),
        (Channel, ChannelRow, set()),
        (Departure, DepartureRow, set()),
        (Assignment, AssignmentRow, PART),
        (Move, MoveRow, PART),
        (Move, DeadlineMoveRow, {"deadline_id", "position"}),
        (Objection, ObjectionRow, {"decision_id", "position"}),
        (Note, NoteRow, PART),
        (Quiet, QuietRow, PART),
        (PrepItem, PreparationRow, {"meeting_id"}),
        (Rsvp, RsvpRow, {"meeting_id"}),
        (AccessNeeds, AccessNeedsRow, {"meeting_id"}),
        (Travel, TravelRow, {"meeting_id"}),
        (StepOut, StepOutRow, {"meeting_id"}),
        (Announcement, AnnouncementRow, set()),
        (Correction, CorrectionRow, {"meeting_id", "position"}),
        (Comment, CommentRow, {"meeting_id", "position"}),
        (AgendaItem, AgendaItemRow, set()),
        (Agenda, AgendaRow, set()),
        (Snapshot, SnapshotRow, set()),
        (Change, HistoryRow, {"id"}),
        (Entry, InboxRow, {"seq"}),
        (Mark, MarkRow, set()),
    ],
)
def test_the_columns_are_the_fields_of_the_value(
    kind: type[Dataclass], row: type[Table], more: set[str]
) -> None:
    assert set(row.model_fields) == names(kind) | more | {"team_id"}


def test_the_columns_of_an_action_are_its_fields_with_due_and_source_spread() -> None:
    spread = {f"due_{name}" for name in names(Due)} | {f"source_{name}" for name in names(Source)}
    own = names(Item) - {"due", "source", *PARTS}
    assert set(ItemRow.model_fields) == own | spread | {"number", "team_id"}


def test_the_columns_of_a_meeting_are_its_fields_but_for_its_groups_and_guests() -> None:
    assert set(MeetingRow.model_fields) == names(Meeting) - {"groups", "guests"} | {
        "number",
        "team_id",
    }


def test_the_columns_of_minutes_are_their_fields_but_for_corrections_and_comments() -> None:
    own = names(Minutes) - {"meeting", "corrections", "comments"}
    assert set(MinutesRow.model_fields) == own | {"meeting_id", "team_id"}


def test_the_columns_of_a_deadline_are_its_fields_but_for_its_parts() -> None:
    own = names(Deadline) - {"groups", "needs", "moves", "quiet"}
    assert set(DeadlineRow.model_fields) == own | {"number", "team_id"}


def test_the_columns_of_a_decision_are_its_fields_with_source_spread() -> None:
    spread = {f"source_{name}" for name in names(Source)}
    own = names(Decision) - {"source", "objections"}
    assert set(DecisionRow.model_fields) == own | spread | {"number", "team_id"}


def test_the_columns_of_the_outbox_are_both_its_values() -> None:
    own = names(Outgoing) | (names(Sent) - {"out"})
    kept_aside = {"seq", "team_id", "frozen", "planned", "unwanted"}
    assert set(OutboxRow.model_fields) == own | kept_aside


def test_every_table_says_whose_rows_it_holds_and_names_its_constraints() -> None:
    for table in Table.metadata.tables.values():
        assert "team_id" in table.columns, table.name
        assert all(constraint.name for constraint in table.constraints), table.name
