"""The tables of submission-svc: its own aggregates, and its copies of frameworks and registers."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSON

from service_kit.tables import service_metadata

metadata = service_metadata()


def _text(name: str, *, is_key: bool = False, **options: Any) -> Column[Any]:
    return Column(name, Text, primary_key=is_key, nullable=options.pop("nullable", False), **options)


def _at(name: str, **options: Any) -> Column[Any]:
    return Column(name, DateTime(timezone=True), **options)


framework = Table(
    "framework",
    metadata,
    _text("code", is_key=True),
    _text("version", is_key=True),
    _text("digest", unique=True),
    _text("purpose"),
    _text("population"),
    _text("document", comment="JSON, as framework-svc published it"),
)

population = Table(
    "population",
    metadata,
    _text("code", is_key=True),
    _text("name"),
    Column("regions", JSON, nullable=False),
    _at("changed_at", nullable=False, comment="time of the event, so that an older one does not win"),
)

administration = Table(
    "administration",
    metadata,
    Column("population", Text, ForeignKey("population.code"), primary_key=True),
    _text("code", is_key=True),
    _text("name"),
    _text("region", nullable=True),
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
    UniqueConstraint("cycle", "administration"),
)

answer = Table(
    "answer",
    metadata,
    Column("submission", Uuid, ForeignKey("submission.id"), primary_key=True),
    _text("input", is_key=True),
    Column("year", Integer, primary_key=True),
    _text("state", comment="number or missing"),
    Column("value", Double),
    _text("comment", nullable=True),
)

claim = Table(
    "claim",
    metadata,
    Column("submission", Uuid, ForeignKey("submission.id"), primary_key=True),
    _text("kpi", is_key=True),
    _text("state", comment="not_applicable or opted_out"),
    _text("reason"),
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _at("at", nullable=False, server_default=text("now()")),
    _text("actor"),
    _text("action"),
    _text("subject"),
    Column("detail", JSON, nullable=False),
)
