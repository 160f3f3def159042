"""What meetings will talk about."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "agenda_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("meeting", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        _word("purpose", "decide", "discuss", "inform"),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        _word("state", "listed", "late", "dropped", "discussed", "carried"),
        sa.Column("carried", sa.Integer(), nullable=False),
        sa.Column("refs", sa.Text(), nullable=False),
        sa.Column("drafted", sa.String(), nullable=False),
        sa.Column("drafted_minutes", sa.Integer(), nullable=True),
        sa.Column("discussed_at", MOMENT, nullable=True),
        _of_meeting("agenda_items"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agenda_items_meeting", "agenda_items", ["team_id", "meeting", "position"])
    op.create_table(
        "agendas",
        sa.Column("meeting", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("drafted_at", MOMENT, nullable=True),
        sa.Column("posted_at", MOMENT, nullable=True),
        _of_meeting("agendas"),
        sa.PrimaryKeyConstraint("meeting", name=op.f("pk_agendas")),
    )
    op.create_table(
        "former_agendas",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("meeting", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("former", sa.Text(), nullable=False),
        _of_meeting("former_agendas"),
        sa.PrimaryKeyConstraint("team_id", "request", "meeting", name=op.f("pk_former_agendas")),
    )
    op.create_index("ix_former_agendas_at", "former_agendas", ["team_id", "at"])


def downgrade() -> None:
    for table in ("former_agendas", "agendas", "agenda_items"):
        op.drop_table(table)


def _word(name: str, *words: str) -> "sa.Column[str]":
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)
    return sa.Column(name, kind, nullable=False)


def _of_meeting(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["meeting"],
        ["meetings.id"],
        name=op.f(f"fk_{table}_meeting"),
        ondelete="CASCADE",
    )
