"""What happened while meetings were held."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = depends_on = None

MOMENT = sa.DateTime(timezone=True)
KINDS = "topic", "note", "action", "decision", "deadline", "present", "regrets"


def upgrade() -> None:
    kind = sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "sittings",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread_key", sa.String(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_sittings_meeting_id_meetings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_sittings")),
    )
    op.create_index("ix_sittings_ended", "sittings", ["team_id", "ended_at"])
    op.create_table(
        "proceedings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("agenda_item", sa.Integer(), nullable=True),
        sa.Column("held", sa.String(), nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_proceedings_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceedings")),
        sqlite_autoincrement=True,
    )
    place = ["team_id", "meeting_id"]
    op.create_index("ix_proceedings_meeting", "proceedings", [*place, "n"], unique=True)
    op.create_index("ix_proceedings_ts", "proceedings", [*place, "ts"])
    op.create_table(
        "proceeding_people",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["proceedings.id"],
            name=op.f("fk_proceeding_people_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("line_id", "position", name=op.f("pk_proceeding_people")),
    )
    op.create_index("ix_proceeding_people_user", "proceeding_people", ["team_id", "user"])
    op.create_table(
        "pasted_notes",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("meeting", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=True),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting"],
            ["meetings.id"],
            name=op.f("fk_pasted_notes_meeting_meetings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "key", name=op.f("pk_pasted_notes")),
    )


def downgrade() -> None:
    for table in ("pasted_notes", "proceeding_people", "proceedings", "sittings"):
        op.drop_table(table)
