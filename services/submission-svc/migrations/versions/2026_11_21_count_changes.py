"""Submissions count their changes, so that whoever decides on one can say which state he has read."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_count_changes"
down_revision = "2026_11_21_first"


def upgrade() -> None:
    """Add the count; the default lets processes of the version before go on beginning submissions."""
    op.add_column("submission", sa.Column("changes", sa.Integer, nullable=False, server_default="0"))
