"""Messages on their way in and out."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None

TABLES = ("outbox", "lanes", "inbox", "marks")


def word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("frozen", sa.Text(), nullable=True),
        sa.Column("planned", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "way",
            word("way", "post", "edit", "react", "ephemeral"),
            nullable=False,
        ),
        sa.Column("thread_ts", sa.String(), nullable=True),
        sa.Column("edits", sa.String(), nullable=True),
        sa.Column("bundle", sa.String(), nullable=True),
        sa.Column("quiet_hours", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            word(
                "state",
                "pending",
                "sending",
                "sent",
                "refused",
                "unknown",
                "withdrawn",
                "stale",
                "merged",
            ),
            nullable=False,
        ),
        sa.Column("claim_no", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("first_sent", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_sent", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("merged_into", sa.String(), nullable=True),
        sa.Column("unwanted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
        sa.UniqueConstraint("team_id", "key", name=op.f("uq_outbox_team_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_edits", "outbox", ["team_id", "edits"])
    op.create_index(
        "ix_outbox_live",
        "outbox",
        ["team_id", "lane", "at", "seq"],
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_index("ix_outbox_merged", "outbox", ["merged_into"])
    op.create_index("ix_outbox_message", "outbox", ["team_id", "channel", "ts"])
    op.create_index("ix_outbox_state", "outbox", ["team_id", "state"])
    op.create_index("ix_outbox_subject", "outbox", ["team_id", "subject"])
    op.create_table(
        "lanes",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("claim_no", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pause_reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "lane", name=op.f("pk_lanes")),
    )
    op.create_table(
        "inbox",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("alt", sa.String(), nullable=True),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=True),
        sa.Column("reply_json", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_inbox")),
        sa.UniqueConstraint("team_id", "alt", name=op.f("uq_inbox_team_id_alt")),
        sa.UniqueConstraint("team_id", "source", "key", name=op.f("uq_inbox_team_id_source_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_at", "inbox", ["team_id", "at"])
    op.create_index("ix_inbox_user", "inbox", ["team_id", "user", "seq"])
    op.create_table(
        "marks",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "name", name=op.f("pk_marks")),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
