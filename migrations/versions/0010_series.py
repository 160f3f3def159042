"""The rules by which meetings recur, and meetings as they were before a change."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_series",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("nth", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "key", name=op.f("pk_meeting_series")),
    )
    op.create_table(
        "former_meetings",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("former", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "request", "ref", name=op.f("pk_former_meetings")),
    )
    op.create_index("ix_former_meetings_at", "former_meetings", ["team_id", "at"])


def downgrade() -> None:
    for table in ("former_meetings", "meeting_series"):
        op.drop_table(table)
