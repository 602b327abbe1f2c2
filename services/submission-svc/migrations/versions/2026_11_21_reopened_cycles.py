"""Cycles remember the last day that was planned at first, where reopening has moved it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_reopened_cycles"
down_revision = "2026_11_21_audit_chain"


def upgrade() -> None:
    """Add the day; a cycle whose last day was never moved has none."""
    op.add_column(
        "cycle",
        sa.Column("planned_closes_on", sa.Date, comment="last day as first planned, where reopening has moved it"),
    )
