"""Submissions keep what is in force while a revision of it is on its way."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_in_force"
down_revision = "2026_11_21_first"


def upgrade() -> None:
    """Add the column; null says that nothing but an accepted state counts."""
    op.add_column(
        "submission",
        sa.Column("in_force", sa.JSON, comment="answers and claims that count while a revision is on its way"),
    )
