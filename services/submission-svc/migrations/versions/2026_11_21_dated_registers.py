"""Copies of frameworks know when they were published and retired; copies of registers have groups, names and days."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_dated_registers"
down_revision = "2026_11_21_reopened_cycles"


def upgrade() -> None:
    """Add the columns; the defaults let processes of the version before go on taking registers over."""
    op.add_column("framework", sa.Column("published_at", sa.DateTime(timezone=True)))
    op.add_column(
        "framework",
        sa.Column("retired_at", sa.DateTime(timezone=True), comment="from then on it takes no new cycles"),
    )
    op.add_column(
        "population",
        sa.Column("groups", sa.JSON, nullable=False, server_default="[]", comment="with the days of their members"),
    )
    op.add_column(
        "administration",
        sa.Column("names", sa.JSON, nullable=False, server_default="{}", comment="in other languages"),
    )
    op.add_column("administration", sa.Column("valid_from", sa.Date))
    op.add_column(
        "administration",
        sa.Column("valid_until", sa.Date, comment="the first day on which it is no member any more"),
    )
