"""Minutes, their corrections and comments."""

revision = "0016"
down_revision = "0015"
branch_labels = depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
