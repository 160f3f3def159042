"""People as they are: workdays, country, declaration, where from; who left what behind."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = depends_on = None

MOMENT = sa.DateTime(timezone=True)
# Rows that are there already get the value that was taken for granted until now.
ADDED: tuple[tuple[str, "sa.Column[object]", "str | sa.ColumnElement[bool] | None"], ...] = (
    ("people", sa.Column("country_chosen", sa.Boolean(), nullable=False), sa.false()),
    ("people", sa.Column("workdays", sa.Text(), nullable=False), "[0,1,2,3,4]"),
    ("people", sa.Column("declared", sa.Date(), nullable=True), None),
    ("people", sa.Column("declaration", sa.String(), nullable=False), ""),
    ("people", sa.Column("home_team", sa.String(), nullable=True), None),
    ("people", sa.Column("left_at", MOMENT, nullable=True), None),
    ("people", sa.Column("welcomed_at", MOMENT, nullable=True), None),
    ("channels", sa.Column("shared", sa.Boolean(), nullable=False), sa.false()),
    ("groups", sa.Column("ended_at", MOMENT, nullable=True), None),
)


def upgrade() -> None:
    for table in dict.fromkeys(table for table, _, _ in ADDED):
        with op.batch_alter_table(table) as batch:
            for _, column, given in (one for one in ADDED if one[0] == table):
                batch.add_column(sa.Column(column.name, column.type, server_default=given))
        with op.batch_alter_table(table) as batch:
            for _, column, _ in (one for one in ADDED if one[0] == table):
                batch.alter_column(
                    column.name,
                    existing_type=column.type,
                    nullable=bool(column.nullable),
                    server_default=None,
                )
    op.create_table(
        "departures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column(
            "why",
            sa.Enum(
                *("deactivated", "channel", "removed"),
                name="why",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("refs", sa.Text(), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id", "group"],
            ["groups.team_id", "groups.key"],
            name=op.f("fk_departures_team_id_group"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departures")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_departures_user", "departures", ["team_id", "user"])


def downgrade() -> None:
    op.drop_table("departures")
    for table in dict.fromkeys(table for table, _, _ in ADDED):
        with op.batch_alter_table(table) as batch:
            for _, column, _ in (one for one in ADDED if one[0] == table):
                batch.drop_column(column.name)
