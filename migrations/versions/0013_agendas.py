"""What meetings will talk about."""

revision = "0013"
down_revision = "0012"
branch_labels = depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
