"""Meetings, with their groups, their preparation and who comes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROLES = (
    *("coordinator", "chair", "chairs", "members", "action-owners", "note-taker"),
    *("speakers", "bot"),
)


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        _word("kind", "call", "face_to_face"),
        sa.Column("template", sa.String(), nullable=True),
        sa.Column("start_day", sa.Date(), nullable=False),
        sa.Column("start_at", sa.Time(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("end_at", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("series_day", sa.Date(), nullable=True),
        _word("state", "planned", "announced", "held", "cancelled"),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=True),
        sa.Column("updated_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("team_id", "ref", name=op.f("uq_meetings_team_id_ref")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meetings_start", "meetings", ["team_id", "state", "start_day"])
    op.create_table(
        "meeting_groups",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "group"],
            ["groups.team_id", "groups.key"],
            name=op.f("fk_meeting_groups_team_id_group"),
        ),
        _of_meeting("meeting_groups"),
        sa.PrimaryKeyConstraint("meeting_id", "position", name=op.f("pk_meeting_groups")),
    )
    op.create_index("ix_meeting_groups_group", "meeting_groups", ["team_id", "group"])
    op.create_table(
        "preparation",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        _word("role", *ROLES),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        _word("state", "todo", "done", "skipped"),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        _of_meeting("preparation"),
        sa.PrimaryKeyConstraint("meeting_id", "n", name=op.f("pk_preparation")),
    )
    op.create_index("ix_preparation_due", "preparation", ["team_id", "state", "due"])
    op.create_table(
        "rsvps",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        _word("answer", "yes", "remote", "no"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("substitute", sa.String(), nullable=True),
        _of_meeting("rsvps"),
        sa.PrimaryKeyConstraint("meeting_id", "user", name=op.f("pk_rsvps")),
    )
    op.create_index("ix_rsvps_user", "rsvps", ["team_id", "user"])


def downgrade() -> None:
    for table in ("rsvps", "preparation", "meeting_groups", "meetings"):
        op.drop_table(table)


def _word(name: str, *words: str) -> "sa.Column[str]":
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)
    return sa.Column(name, kind, nullable=False)


def _of_meeting(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["meeting_id"],
        ["meetings.id"],
        name=op.f(f"fk_{table}_meeting_id"),
        ondelete="CASCADE",
    )
