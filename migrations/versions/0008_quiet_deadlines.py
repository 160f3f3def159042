"""Who wants no reminders of a deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "deadline_quiet",
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["deadlines.id"],
            name=op.f("fk_deadline_quiet_deadline_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("deadline_id", "position", name=op.f("pk_deadline_quiet")),
    )


def downgrade() -> None:
    op.drop_table("deadline_quiet")
