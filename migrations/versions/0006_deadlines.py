"""Deadlines, with their groups, what they need, and how their dates moved."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "deadlines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _word("kind", "milestone", "deliverable"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("first_due", sa.Date(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        _word("stage", "open", "draft", "review", "approved", "met", "dropped"),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=True),
        sa.Column("updated_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
        sa.UniqueConstraint("team_id", "ref", name=op.f("uq_deadlines_team_id_ref")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deadlines_due", "deadlines", ["team_id", "stage", "due"])
    op.create_table(
        "deadline_groups",
        *_part("deadline_groups"),
        sa.Column("group", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "group"],
            ["groups.team_id", "groups.key"],
            name=op.f("fk_deadline_groups_team_id_group"),
        ),
    )
    op.create_index("ix_deadline_groups_group", "deadline_groups", ["team_id", "group"])
    op.create_table(
        "deadline_needs",
        *_part("deadline_needs"),
        sa.Column("ref", sa.String(), nullable=False),
    )
    op.create_index("ix_deadline_needs_ref", "deadline_needs", ["team_id", "ref"])
    op.create_table(
        "deadline_moves",
        *_part("deadline_moves"),
        sa.Column("old", sa.Date(), nullable=False),
        sa.Column("new", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("because", sa.String(), nullable=False),
    )


def downgrade() -> None:
    for table in ("deadline_moves", "deadline_needs", "deadline_groups", "deadlines"):
        op.drop_table(table)


def _word(name: str, *words: str) -> "sa.Column[str]":
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)
    return sa.Column(name, kind, nullable=False)


def _part(table: str) -> "tuple[sa.schema.SchemaItem, ...]":
    return (
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["deadlines.id"],
            name=op.f(f"fk_{table}_deadline_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("deadline_id", "position", name=op.f(f"pk_{table}")),
    )
