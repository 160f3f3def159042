"""Decisions, with the objections to them."""

revision = "0009"
down_revision = "0008"
branch_labels = depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
