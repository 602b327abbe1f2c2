"""The day as of which the others know a register: parts of it begin and end on days of their own."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_registers"
down_revision = "2026_11_21_drafts"


def upgrade() -> None:
    """Add the day; what is there has no dates yet, so any day is right. Registers themselves are read in both forms."""
    op.add_column(
        "population",
        sa.Column(
            "told_on",
            sa.Date,
            nullable=False,
            server_default=sa.text("current_date"),
            comment="the day (UTC) as of which the others know the register",
        ),
    )
