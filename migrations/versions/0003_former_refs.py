"""What actions were called before their group was merged into another."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_refs",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_former_refs_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", "ref", name=op.f("pk_former_refs")),
    )


def downgrade() -> None:
    op.drop_table("former_refs")
