"""What people need to take part, until it is erased."""

revision = "0014"
down_revision = "0013"
branch_labels = depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
