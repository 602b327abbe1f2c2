"""The tables of review: threads with their comments, and the reasons that members give for warnings."""

from sqlalchemy import BigInteger, Column, ForeignKey, Identity, Index, Table, Uuid

from submission_svc.adapters.db.metadata import at_column, metadata, text_column

thread = Table(
    "thread",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("submission", Uuid, ForeignKey("submission.id"), nullable=False, index=True),
    text_column("kind", comment="kpi, input or submission"),
    text_column("code", nullable=True, comment="of the KPI or input; null for the whole submission"),
    text_column("status", comment="open or resolved"),
    at_column("opened_at", nullable=False),
    at_column("resolved_at"),
    text_column("resolved_by", nullable=True, comment="secretariat or member"),
)

thread_comment = Table(
    "thread_comment",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("thread", Uuid, ForeignKey("thread.id"), nullable=False, index=True),
    at_column("at", nullable=False),
    text_column("actor"),
    text_column("party", comment="secretariat or member"),
    text_column("text"),
)

# Reasons are only ever added; the latest one for a warning counts, as long as its figures are the same.
warning_reason = Table(
    "warning_reason",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("submission", Uuid, ForeignKey("submission.id"), nullable=False),
    text_column("warning", comment="id of the warning, like outlier:INPUT:2024"),
    text_column("stem", comment="the id without its year, under which the reason is offered again"),
    text_column("figures_digest", comment="over the figures that the reason was given for"),
    text_column("code"),
    text_column("text", nullable=True),
    at_column("at", nullable=False),
    text_column("actor"),
    Index("ix_warning_reason_submission_warning", "submission", "warning"),
)
