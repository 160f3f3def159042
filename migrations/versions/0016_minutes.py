"""Minutes, their corrections and comments."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = depends_on = None

STATES = ("draft", "published", "objected", "accepted")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    state = sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "minutes",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("drafted_at", MOMENT, nullable=False),
        sa.Column("actions_on", sa.Date(), nullable=False),
        sa.Column("publish_on", sa.Date(), nullable=False),
        sa.Column("comments_until", sa.Date(), nullable=False),
        sa.Column("accept_on", sa.Date(), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("actions_at", MOMENT, nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("frozen", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_minutes_meeting_id_meetings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_minutes")),
    )
    op.create_index("ix_minutes_state", "minutes", ["team_id", "state"])
    _part(
        "corrections",
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
    )
    _part(
        "comments",
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("objects", sa.Boolean(), nullable=False),
    )


def _part(table: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["minutes.meeting_id"],
            name=op.f(f"fk_{table}_meeting_id_minutes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "position", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    for table in ("comments", "corrections", "minutes"):
        op.drop_table(table)
