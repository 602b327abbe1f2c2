"""Steps keep who could see what; of those that were made the audit trail tells it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_steps_with_disclosure"
down_revision = "2026_11_22_reasons_of_closing"


def upgrade() -> None:
    """Add the choice, and fill it: that from which the next change went away, or where there was none that of now."""
    op.add_column("submission_step", sa.Column("disclosure", sa.JSON, comment="the choice of the member then"))
    op.execute(
        "update submission_step set disclosure = coalesce((select detail -> 'disclosure' -> 'before' from audit_entry"
        " where subject = s.cycle || '/' || s.administration and action = 'disclosure.changed'"
        " and audit_entry.at > submission_step.at order by audit_entry.id limit 1), s.disclosure)"
        " from submission s where s.id = submission_step.submission"
    )
    op.alter_column("submission_step", "disclosure", nullable=False)
