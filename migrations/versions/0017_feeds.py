"""Secret addresses of calendars."""

revision = "0017"
down_revision = "0016"
branch_labels = depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
