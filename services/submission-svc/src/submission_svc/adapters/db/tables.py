"""The tables of submission-svc: its own aggregates, and its copies of frameworks and registers."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSON

from service_kit.audit.tables import define_audit
from submission_svc.adapters.db.evidence_tables import evidence as evidence
from submission_svc.adapters.db.evidence_tables import evidence_file as evidence_file
from submission_svc.adapters.db.job_tables import push_job as push_job
from submission_svc.adapters.db.job_tables import push_job_body as push_job_body
from submission_svc.adapters.db.job_tables import push_job_workbook as push_job_workbook
from submission_svc.adapters.db.mail_tables import contact as contact
from submission_svc.adapters.db.mail_tables import mail as mail
from submission_svc.adapters.db.metadata import at_column as _at
from submission_svc.adapters.db.metadata import metadata as metadata
from submission_svc.adapters.db.metadata import text_column as _text
from submission_svc.adapters.db.review_tables import thread as thread
from submission_svc.adapters.db.review_tables import thread_comment as thread_comment
from submission_svc.adapters.db.review_tables import warning_reason as warning_reason

framework = Table(
    "framework",
    metadata,
    _text("code", is_key=True),
    _text("version", is_key=True),
    _text("digest", unique=True),
    _text("purpose"),
    _text("population"),
    _text("document", comment="JSON, as framework-svc published it"),
    _at("published_at"),
    _at("retired_at", comment="from then on it takes no new cycles"),
)

population = Table(
    "population",
    metadata,
    _text("code", is_key=True),
    _text("name"),
    Column("regions", JSON, nullable=False),
    Column("groups", JSON, nullable=False, server_default="[]", comment="with the days of their members"),
    _at("changed_at", nullable=False, comment="time of the event, so that an older one does not win"),
)

administration = Table(
    "administration",
    metadata,
    Column("population", Text, ForeignKey("population.code"), primary_key=True),
    _text("code", is_key=True),
    _text("name"),
    _text("region", nullable=True),
    Column("names", JSON, nullable=False, server_default="{}", comment="in other languages"),
    Column("valid_from", Date),
    Column("valid_until", Date, comment="the first day on which it is no member any more"),
)

cycle = Table(
    "cycle",
    metadata,
    _text("code", is_key=True),
    Column("name", JSON, nullable=False),
    _text("framework"),
    _text("framework_version"),
    _text("framework_digest"),
    _text("population"),
    Column("reporting_year", Integer, nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("is_rehearsal", Boolean, nullable=False),
    _text("status"),
    _text("late_policy", server_default="refused", comment="refused or accepted_late"),
    Column("planned_closes_on", Date, comment="last day as first planned, where reopening has moved it"),
    _text("close_reason", nullable=True, comment="why it is closed; null while it is open"),
)

extension = Table(
    "extension",
    metadata,
    Column("cycle", Text, ForeignKey("cycle.code"), primary_key=True),
    _text("administration", is_key=True),
    Column("until", Date, nullable=False),
    _text("reason"),
)

submission = Table(
    "submission",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cycle", Text, ForeignKey("cycle.code"), nullable=False),
    _text("administration"),
    _text("status"),
    Column("revision", Integer, nullable=False),
    Column("changes", Integer, nullable=False, server_default="0"),
    Column("disclosure", JSON, nullable=False),
    _text("return_reason", nullable=True),
    _at("started_at", nullable=False),
    _at("changed_at", nullable=False),
    _at("submitted_at"),
    _at("accepted_at"),
    _at("in_force_at", comment="moment of the accepted content that counts; also while a revision is prepared"),
    Column("is_late", Boolean, nullable=False, server_default="false"),
    UniqueConstraint("cycle", "administration"),
)

submission_step = Table(
    "submission_step",
    metadata,
    Column("submission", Uuid, ForeignKey("submission.id"), primary_key=True),
    Column("changes", Integer, primary_key=True, comment="the submission's count of changes after this step"),
    _text("status"),
    _at("in_force_at"),
    _at("at", nullable=False),
    _text("actor"),
    _text("reason", nullable=True),
    Column("disclosure", JSON, nullable=False, comment="the choice of the member then"),
)

# Answers and claims are never overwritten: what no longer holds keeps its row, with the moment until which it held.
# What holds now holds until infinity, so that one index finds it and keeps it single.
answer = Table(
    "answer",
    metadata,
    Column("submission", Uuid, ForeignKey("submission.id"), primary_key=True),
    _text("input", is_key=True),
    Column("year", Integer, primary_key=True),
    _at("until", primary_key=True, server_default=text("'infinity'")),
    _at("since", nullable=False),
    _text("state", comment="number or missing"),
    Column("value", Double),
    _text("status", nullable=True, comment="observation status: E, P, B; null is normal"),
    _text("reason", nullable=True, comment="why the figure is right although a rule warns"),
    _text("comment", nullable=True),
    _text("period", nullable=True, comment="ISO 8601 interval where a fiscal year differs from the calendar year"),
)

claim = Table(
    "claim",
    metadata,
    Column("submission", Uuid, ForeignKey("submission.id"), primary_key=True),
    _text("kpi", is_key=True),
    _at("until", primary_key=True, server_default=text("'infinity'")),
    _at("since", nullable=False),
    _text("state", comment="not_applicable or opted_out"),
    _text("reason"),
    _text("decision", nullable=True, comment="confirmed or refused; null while nobody has decided"),
    _text("decision_reason", nullable=True),
)

audit_entry, audit_checkpoint = define_audit(metadata)
