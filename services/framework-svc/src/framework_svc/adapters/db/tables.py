"""The tables of framework-svc."""

from sqlalchemy import Column, Date, DateTime, Table, Text, text
from sqlalchemy.dialects.postgresql import JSON

from service_kit.audit.tables import define_audit
from service_kit.tables import service_metadata

metadata = service_metadata()

framework_version = Table(
    "framework_version",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("purpose", Text, nullable=False),
    Column("population", Text, nullable=False),
    Column("document", Text, nullable=False, comment="canonical JSON, the bytes that the digest is over"),
    Column("published_at", DateTime(timezone=True), nullable=False),
    Column("published_by", Text, nullable=False),
    Column("retired_at", DateTime(timezone=True)),
    Column("retired_by", Text),
    Column("retired_reason", Text),
)

framework_draft = Table(
    "framework_draft",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("document", Text, nullable=False, comment="JSON in the order in which it was written, with gaps"),
    Column("tag", Text, nullable=False, comment="digest over the canonical form of the document"),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("created_by", Text, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("changed_by", Text, nullable=False),
)

population = Table(
    "population",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("register", JSON, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
    Column(
        "told_on",
        Date,
        nullable=False,
        server_default=text("current_date"),
        comment="the day (UTC) as of which the others know the register",
    ),
)

audit_entry, audit_checkpoint = define_audit(metadata)
