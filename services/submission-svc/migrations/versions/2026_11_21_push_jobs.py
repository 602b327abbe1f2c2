"""Jobs: pushes that are worked off in the background."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_push_jobs"
down_revision = "2026_11_21_dated_registers"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "push_job",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), nullable=False, comment="the order of coming"),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("cycle", "administration", "actor")),
        sa.Column("request", sa.JSON, nullable=False, comment="format, language and options of the push"),
        sa.Column("body_bytes", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False, comment="queued, running, done, failed or cancelled"),
        sa.Column("stage", sa.Text, nullable=False, comment="queued, reading, checking, saving or done"),
        sa.Column("rows_done", sa.Integer, nullable=False, server_default="0"),
        sa.Column("rows_total", sa.Integer),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("leased_by", sa.Uuid),
        sa.Column("leased_until", sa.DateTime(timezone=True)),
        sa.Column("is_cancel_asked", sa.Boolean, nullable=False, server_default="false"),
        sa.Column("outcome_status", sa.Integer),
        sa.Column("outcome", sa.Text, comment="JSON: what the push itself would have answered"),
        sa.Column("errors_found", sa.Integer),
        sa.Column("findings", sa.LargeBinary, comment="all findings, as compressed JSON"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_push_job_cycle_administration", "push_job", ["cycle", "administration"])
    op.create_index(
        "ix_push_job_open", "push_job", ["number"], postgresql_where=sa.text("state in ('queued', 'running')")
    )
    op.create_table(
        "push_job_body",
        sa.Column("job", sa.Uuid, sa.ForeignKey("push_job.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
