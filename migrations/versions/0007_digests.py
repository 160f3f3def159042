"""Snapshots of each group's week, and who wants which digest."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "snapshots",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "group"],
            ["groups.team_id", "groups.key"],
            name=op.f("fk_snapshots_team_id_group"),
        ),
        sa.PrimaryKeyConstraint("team_id", "group", "week", name=op.f("pk_snapshots")),
    )
    wish = sa.Enum(
        "on", "news", "off", name="wish", native_enum=False, create_constraint=True, length=20
    )
    op.create_table(
        "digest_wishes",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("wish", wish, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user", "group", name=op.f("pk_digest_wishes")),
    )


def downgrade() -> None:
    for table in ("digest_wishes", "snapshots"):
        op.drop_table(table)
