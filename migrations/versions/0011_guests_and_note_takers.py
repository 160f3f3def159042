"""Who takes notes at a meeting, and who is a guest of it alone."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("meetings", sa.Column("note_taker", sa.String(), nullable=True))
    op.create_table(
        "meeting_guests",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_meeting_guests_meeting_id_meetings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "position", name=op.f("pk_meeting_guests")),
    )
    op.create_index("ix_meeting_guests_user", "meeting_guests", ["team_id", "user"])


def downgrade() -> None:
    op.drop_table("meeting_guests")
    op.drop_column("meetings", "note_taker")
