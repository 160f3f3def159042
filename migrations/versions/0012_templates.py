"""Checklists as groups have adjusted them; of a meeting several changes that keep its version."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = depends_on = None

HISTORY = "uq_history_version"
VERSIONED = "version > 0"


def upgrade() -> None:
    op.create_table(
        "template_items",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        _word(
            "role", "coordinator", "chair", "chairs", "members", "action-owners", "note-taker",
            "speakers", "bot",
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        _word("anchor", "start", "end"),
        sa.Column("working_days", sa.Boolean(), nullable=False),
        sa.Column("rolls", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "group", "name", "position", name=op.f("pk_template_items")
        ),
    )  # fmt: skip
    _versions(f"{VERSIONED} AND substr(ref, 1, 3) <> 'MT-'")


def downgrade() -> None:
    op.execute("UPDATE history SET version = 0 WHERE substr(ref, 1, 3) = 'MT-'")
    _versions(VERSIONED)
    op.drop_table("template_items")


def _versions(which: str) -> None:
    op.drop_index(HISTORY, "history")
    op.create_index(
        HISTORY,
        "history",
        ["team_id", "ref", "version"],
        unique=True,
        sqlite_where=sa.text(which),
        postgresql_where=sa.text(which),
    )


def _word(name: str, *words: str) -> "sa.Column[str]":
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)
    return sa.Column(name, kind, nullable=False)
