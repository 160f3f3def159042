"""What happened while meetings were held."""

revision = "0015"
down_revision = "0014"
branch_labels = depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
