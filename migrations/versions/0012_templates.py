"""Checklists as groups have adjusted them."""

revision = "0012"
down_revision = "0011"
branch_labels = depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
