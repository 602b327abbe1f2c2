"""The tables of an audit trail: entries that are only ever added, and the signed checkpoints of their chain."""

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, MetaData, Table, Text, text
from sqlalchemy.dialects.postgresql import JSON


def define_audit(metadata: MetaData) -> tuple[Table, Table]:
    """`audit_entry` and `audit_checkpoint`; the migration that makes them runs `chain_v1.STATEMENTS` too."""
    entries = Table(
        "audit_entry",
        metadata,
        Column("id", BigInteger, Identity(always=True), primary_key=True),
        Column("at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
        Column("actor", Text, nullable=False),
        Column("action", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("detail", JSON, nullable=False),
        Column("position", BigInteger, comment="place in the chain; null until it is sealed"),
        Column("previous_hash", Text),
        Column("hash", Text, comment="SHA-256 over all of the entry and the hash before it"),
        Index("uq_audit_entry_position", "position", unique=True),
        Index("ix_audit_entry_unsealed", "id", postgresql_where=text("position is null")),
        Index("ix_audit_entry_subject_id", "subject", "id"),
    )
    checkpoints = Table(
        "audit_checkpoint",
        metadata,
        Column("number", BigInteger, primary_key=True, autoincrement=False),
        Column("position", BigInteger, nullable=False),
        Column("hash", Text, nullable=False, comment="hash of the entry at that position"),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("key", Text, nullable=False, comment="id of the key that signed it"),
        Column("signature", Text, nullable=False, comment="Ed25519, base64"),
    )
    return entries, checkpoints
