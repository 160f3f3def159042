"""What was so when a meeting ended, beside its minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("minutes", sa.Column("at_end", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("minutes", "at_end")
