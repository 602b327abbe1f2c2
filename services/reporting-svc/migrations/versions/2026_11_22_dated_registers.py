"""Registers keep the days of their administrations; to have them, everything is heard again from the start."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_dated_registers"
down_revision = "2026_11_21_one_consumer"


def upgrade() -> None:
    """Add the days, and forget what was heard: what is older than what is known changes nothing."""
    op.add_column("administration", sa.Column("valid_from", sa.Date, comment="the first day; null: always"))
    op.add_column(
        "administration",
        sa.Column("valid_until", sa.Date, comment="the first day on which it is no member; null: open"),
    )
    op.execute("delete from inbox")
