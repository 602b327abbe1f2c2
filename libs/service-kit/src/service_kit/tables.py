"""The tables that every service has beside its own: outbox, inbox, parked messages, idempotency keys."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def service_metadata() -> MetaData:
    """Metadata with the house's constraint names and the plumbing tables already in it."""
    metadata = MetaData(naming_convention=NAMING)
    for define in (_outbox, _inbox, _parked, _idempotency):
        define(metadata)
    return metadata


def _at(name: str, **options: Any) -> Column[Any]:
    return Column(name, DateTime(timezone=True), **options)


def _outbox(metadata: MetaData) -> None:
    Table(
        "outbox",
        metadata,
        Column("id", BigInteger, Identity(always=True), primary_key=True),
        Column("event_id", Uuid, nullable=False, unique=True),
        Column("topic", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("payload", Text, nullable=False, comment="the exact bytes that are sent"),
        _at("occurred_at", nullable=False),
        _at("published_at"),
        Index("ix_outbox_unpublished", "id", postgresql_where=text("published_at is null")),
    )


def _inbox(metadata: MetaData) -> None:
    Table(
        "inbox",
        metadata,
        Column("consumer", Text, primary_key=True),
        Column("event_id", Uuid, primary_key=True),
        _at("handled_at", nullable=False, server_default=text("now()")),
    )


def _parked(metadata: MetaData) -> None:
    Table(
        "parked_message",
        metadata,
        Column("consumer", Text, primary_key=True),
        Column("position", Text, primary_key=True, comment="event id, or topic-partition-offset if unreadable"),
        Column("payload", LargeBinary, nullable=False),
        Column("error", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        _at("parked_at", nullable=False, server_default=text("now()")),
    )


def _idempotency(metadata: MetaData) -> None:
    Table(
        "idempotency_key",
        metadata,
        Column("caller", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("request_digest", Text, nullable=False),
        Column("status", Integer),
        Column("body", Text),
        _at("created_at", nullable=False, server_default=text("now()")),
    )
