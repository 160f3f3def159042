"""Decisions, with the objections to them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = depends_on = None

MOMENT = sa.DateTime(timezone=True)
STATES = "proposed", "recorded", "objected", "withdrawn"


def upgrade() -> None:
    state = sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("state_since", MOMENT, nullable=True),
        sa.Column("review", sa.Date(), nullable=True),
        sa.Column("objections_by", sa.Date(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("source_channel", sa.String(), nullable=True),
        sa.Column("source_ts", sa.String(), nullable=True),
        sa.Column("source_permalink", sa.String(), nullable=True),
        sa.Column("source_quote", sa.String(), nullable=True),
        sa.Column("source_meeting", sa.String(), nullable=True),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=True),
        sa.Column("updated_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id", "group"],
            ["groups.team_id", "groups.key"],
            name=op.f("fk_decisions_team_id_group"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("team_id", "ref", name=op.f("uq_decisions_team_id_ref")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_group", "decisions", ["team_id", "group", "state"])
    op.create_index("ix_decisions_window", "decisions", ["team_id", "state", "objections_by"])
    op.create_index("ix_decisions_source", "decisions", ["team_id", "source_channel", "source_ts"])
    op.create_table(
        "objections",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decisions.id"],
            name=op.f("fk_objections_decision_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("decision_id", "position", name=op.f("pk_objections")),
    )


def downgrade() -> None:
    for table in ("objections", "decisions"):
        op.drop_table(table)
