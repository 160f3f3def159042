"""The rules by which meetings recur."""

revision = "0010"
down_revision = "0009"
branch_labels = depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
