"""Cycles keep why they were closed; of those that are closed the audit trail tells it, where a reason was given."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_reasons_of_closing"
down_revision = "2026_11_22_copies_with_days"


def upgrade() -> None:
    """Add the reason, and fill it from the last closing."""
    op.add_column("cycle", sa.Column("close_reason", sa.Text, comment="why it is closed; null while it is open"))
    op.execute(
        "update cycle set close_reason = (select detail ->> 'reason' from audit_entry where subject = cycle.code"
        " and action = 'cycle.closed' order by id desc limit 1) where status = 'closed'"
    )
