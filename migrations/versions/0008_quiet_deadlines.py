"""Who wants no reminders of a deadline."""

revision = "0008"
down_revision = "0007"
branch_labels = depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
