"""The tables of scoring-svc: its own copies of what others published, and the scores."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Double,
    Index,
    Integer,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSON

from service_kit.tables import service_metadata

metadata = service_metadata()

framework = Table(
    "framework",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("document", JSON, nullable=False),
    UniqueConstraint("code", "version"),
)

register = Table(
    "register",
    metadata,
    Column("population", Text, primary_key=True),
    Column("regions", JSON, nullable=False, comment="administration -> region or null"),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

cycle = Table(
    "cycle",
    metadata,
    Column("code", Text, primary_key=True),
    Column("framework", Text, nullable=False),
    Column("framework_version", Text, nullable=False),
    Column("framework_digest", Text, nullable=False, index=True),
    Column("population", Text, nullable=False, index=True),
    Column("reporting_year", Integer, nullable=False),
    Column("is_rehearsal", Boolean, nullable=False),
    Column("status", Text, nullable=False, server_default=text("'open'")),
    Column("status_at", DateTime(timezone=True), comment="null until the cycle's own event has come"),
    Column("last_run_id", BigInteger, comment="changes whenever a score of the cycle does"),
    Column("announced_digest", Text, comment="the scores for which cycle.scored went out"),
)

submission = Table(
    "submission",
    metadata,
    Column("id", Text, primary_key=True),
    Column("cycle", Text, nullable=False),
    Column("administration", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("claims", JSON, nullable=False),
    Column("disclosure", JSON, nullable=False),
    Column("in_force", JSON(none_as_null=True), comment="answers and claims that count while a revision is on its way"),
    Index("ix_submission_cycle_administration", "cycle", "administration"),
)

score_card = Table(
    "score_card",
    metadata,
    Column("cycle", Text, primary_key=True),
    Column("administration", Text, primary_key=True),
    Column("kind", Text, primary_key=True, comment="final or preview"),
    Column("submission_id", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("run_id", BigInteger, comment="null for a preview: it belongs to no run"),
    Column("digest", Text, nullable=False, comment="over card and region"),
    Column("input_digest", Text, nullable=False),
    Column("score", Double, comment="of the root; null without a score"),
    Column("region", Text),
    Column("outline", Text, nullable=False, comment="JSON: the few nodes that lists show, and the card's openness"),
    Column("card", Text, nullable=False, comment="JSON as made, with the level of every node"),
)

run_ids = Sequence("score_run_id", metadata=metadata)

score_run = Table(
    "score_run",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("cycle", Text, nullable=False, index=True),
    Column("framework_digest", Text, nullable=False),
    Column("engine_version", Text, nullable=False),
    Column("input_digest", Text, nullable=False, comment="over the input digests of all scored administrations"),
    Column("scored", Integer, nullable=False),
    Column("unscored", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
)
