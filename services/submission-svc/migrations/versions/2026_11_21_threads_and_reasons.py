"""Threads of review with their comments, and the reasons that members give for warnings."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_threads_and_reasons"
down_revision = "2026_11_21_contacts_and_mails"


def upgrade() -> None:
    """Make the tables."""
    _make_threads()
    _make_reasons()


def _make_threads() -> None:
    op.create_table(
        "thread",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("submission", sa.Uuid, sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False, comment="kpi, input or submission"),
        sa.Column("code", sa.Text, comment="of the KPI or input; null for the whole submission"),
        sa.Column("status", sa.Text, nullable=False, comment="open or resolved"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True)),
        sa.Column("resolved_by", sa.Text, comment="secretariat or member"),
    )
    op.create_index("ix_thread_submission", "thread", ["submission"])
    op.create_table(
        "thread_comment",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("thread", sa.Uuid, sa.ForeignKey("thread.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("party", sa.Text, nullable=False, comment="secretariat or member"),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_thread_comment_thread", "thread_comment", ["thread"])


def _make_reasons() -> None:
    op.create_table(
        "warning_reason",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("submission", sa.Uuid, sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("warning", sa.Text, nullable=False, comment="id of the warning, like outlier:INPUT:2024"),
        sa.Column(
            "stem", sa.Text, nullable=False, comment="the id without its year, under which the reason is offered again"
        ),
        sa.Column("figures_digest", sa.Text, nullable=False, comment="over the figures that the reason was given for"),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
    )
    op.create_index("ix_warning_reason_submission_warning", "warning_reason", ["submission", "warning"])
