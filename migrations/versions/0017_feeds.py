"""Secret addresses of calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "hash", name=op.f("pk_feeds")),
    )
    op.create_index("ix_feeds_user", "feeds", ["team_id", "user"])


def downgrade() -> None:
    op.drop_table("feeds")
