"""The tables of contacts, and of mails that wait, went out or could not be delivered."""

from sqlalchemy import BigInteger, Column, ForeignKey, Identity, Index, Integer, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSON

from submission_svc.adapters.db.metadata import at_column, metadata, text_column

contact = Table(
    "contact",
    metadata,
    Column("cycle", Text, ForeignKey("cycle.code"), primary_key=True),
    text_column("administration", is_key=True),
    text_column("email", is_key=True),
    text_column("name"),
    text_column("language", comment="en or fr"),
)

mail = Table(
    "mail",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("cycle", Text, ForeignKey("cycle.code"), nullable=False),
    text_column("administration"),
    text_column("kind", comment="returned, accepted or deadline"),
    text_column("occasion", comment="names the step or the deadline, so that nobody is told twice"),
    text_column("email"),
    text_column("name"),
    text_column("language"),
    Column("detail", JSON, nullable=False, comment="reason, deadline; never a value"),
    at_column("created_at", nullable=False),
    at_column("expires_at", nullable=False, comment="from then on it is of no use to anybody"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    at_column("next_at", nullable=False, comment="not tried before"),
    at_column("sent_at"),
    at_column("parked_at", comment="given up"),
    text_column("error", nullable=True, comment="what went wrong last"),
    UniqueConstraint("cycle", "administration", "email", "occasion"),
    Index("ix_mail_waiting", "next_at", postgresql_where=text("sent_at is null and parked_at is null")),
)
