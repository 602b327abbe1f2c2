"""The tables of jobs: pushes that are worked off in the background, and the files that they are about."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Identity, Index, Integer, LargeBinary, Table, Uuid, text
from sqlalchemy.dialects.postgresql import JSON

from submission_svc.adapters.db.metadata import at_column, metadata, text_column

push_job = Table(
    "push_job",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", BigInteger, Identity(always=True), nullable=False, unique=True, comment="the order of coming"),
    text_column("cycle"),
    text_column("administration"),
    text_column("actor"),
    Column("request", JSON, nullable=False, comment="format, language and options of the push"),
    Column("body_bytes", BigInteger, nullable=False),
    text_column("state", comment="queued, running, done, failed or cancelled"),
    text_column("stage", comment="queued, reading, checking, saving, marking or done"),
    Column("rows_done", Integer, nullable=False, server_default="0"),
    Column("rows_total", Integer),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("leased_by", Uuid),
    at_column("leased_until"),
    Column("is_cancel_asked", Boolean, nullable=False, server_default="false"),
    Column("outcome_status", Integer),
    text_column("outcome", nullable=True, comment="JSON: what the push itself would have answered"),
    Column("errors_found", Integer),
    Column("findings", LargeBinary, comment="all findings, as compressed JSON"),
    at_column("created_at", nullable=False),
    at_column("started_at"),
    at_column("finished_at"),
    Index("ix_push_job_cycle_administration", "cycle", "administration"),
    Index("ix_push_job_open", "number", postgresql_where=text("state in ('queued', 'running')")),
)

push_job_body = Table(
    "push_job_body",
    metadata,
    Column("job", Uuid, ForeignKey("push_job.id", ondelete="CASCADE"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

push_job_workbook = Table(
    "push_job_workbook",
    metadata,
    Column("job", Uuid, ForeignKey("push_job.id", ondelete="CASCADE"), primary_key=True),
    Column("workbook", LargeBinary, nullable=False, comment="the sender's own, with the faulty cells marked"),
)
