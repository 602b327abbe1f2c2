"""The marked workbook of a job is made by its worker and kept; what was sent is kept only while its job is open."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_marked_workbooks"
down_revision = "2026_11_21_threads_and_reasons"


def upgrade() -> None:
    """Make the table, and let go of files that nobody needs any more."""
    op.create_table(
        "push_job_workbook",
        sa.Column("job", sa.Uuid, sa.ForeignKey("push_job.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("workbook", sa.LargeBinary, nullable=False, comment="the sender's own, with the faulty cells marked"),
    )
    op.alter_column("push_job", "stage", comment="queued, reading, checking, saving, marking or done")
    op.execute(
        "delete from push_job_body where job in (select id from push_job where state not in ('queued', 'running'))"
    )
