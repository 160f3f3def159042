"""What people need to take part, until it is erased; links of meetings; announcements."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("meetings", sa.Column("link", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "access_needs",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("diet", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of_meeting("access_needs"),
        sa.PrimaryKeyConstraint("meeting_id", "user", name=op.f("pk_access_needs")),
    )
    op.create_table(
        "travels",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("booked", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of_meeting("travels"),
        sa.PrimaryKeyConstraint("meeting_id", "user", name=op.f("pk_travels")),
    )
    op.create_table(
        "step_outs",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of_meeting("step_outs"),
        sa.PrimaryKeyConstraint("meeting_id", "agenda_item", "user", name=op.f("pk_step_outs")),
    )
    op.create_table(
        "announcements",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("posted_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("team_id", "request", name=op.f("pk_announcements")),
    )
    op.create_index("ix_announcements_at", "announcements", ["team_id", "at"])


def downgrade() -> None:
    for table in ("announcements", "step_outs", "travels", "access_needs"):
        op.drop_table(table)
    op.drop_column("meetings", "link")


def _of_meeting(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["meeting_id"],
        ["meetings.id"],
        name=op.f(f"fk_{table}_meeting_id_meetings"),
        ondelete="CASCADE",
    )
