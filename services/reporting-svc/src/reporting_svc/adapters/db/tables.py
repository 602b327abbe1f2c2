"""The tables of reporting-svc: copies of what others own, and the outside event log."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSON

from service_kit.tables import service_metadata

metadata = service_metadata()

framework_version = Table(
    "framework_version",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("document", Text, nullable=False),
)

register = Table(
    "register",
    metadata,
    Column("population", Text, primary_key=True),
    Column("changed_at", DateTime(timezone=True), nullable=False, comment="of the event, so that an older one is seen"),
)

region = Table(
    "region",
    metadata,
    Column("population", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("place", Integer, nullable=False),
)

administration = Table(
    "administration",
    metadata,
    Column("population", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("region", Text),
    Column("valid_from", Date, comment="the first day; null: always"),
    Column("valid_until", Date, comment="the first day on which it is no member; null: open"),
)

cycle = Table(
    "cycle",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", JSON(none_as_null=True)),
    Column("framework", Text, nullable=False),
    Column("framework_version", Text, nullable=False),
    Column("population", Text, nullable=False),
    Column("reporting_year", Integer, nullable=False),
    Column("is_rehearsal", Boolean, nullable=False),
    Column("status", Text),
    Column("opens_on", Date),
    Column("closes_on", Date),
    Column("status_at", DateTime(timezone=True), comment="null until the cycle's own event has come"),
    Column("known_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
)

cycle_count = Table(
    "cycle_count",
    metadata,
    Column("cycle", Text, primary_key=True),
    Column("run_id", BigInteger, nullable=False),
    Column("scored", Integer, nullable=False),
    Column("unscored", Integer, nullable=False),
    Column("counted_at", DateTime(timezone=True), nullable=False),
)

participation = Table(
    "participation",
    metadata,
    Column("cycle", Text, primary_key=True),
    Column("administration", Text, primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

score_card = Table(
    "score_card",
    metadata,
    Column("cycle", Text, primary_key=True),
    Column("administration", Text, primary_key=True),
    Column("region", Text),
    Column("run_id", BigInteger, nullable=False),
    Column("card", JSON(none_as_null=True), comment="as scoring-svc made it, with levels; null after a retraction"),
    Column("opens_at", Text, comment="the most open level at which something of it is visible"),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)

node_score = Table(
    "node_score",
    metadata,
    Column("cycle", Text, primary_key=True),
    Column("administration", Text, primary_key=True),
    Column("node", Text, primary_key=True),
    Column("region", Text),
    Column("depth", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("score", Double),
    Column("band", Text),
    Column("coverage", Double),
    Column("level", Text, nullable=False),
)

outside_event = Table(
    "outside_event",
    metadata,
    Column("position", BigInteger, Identity(), primary_key=True),
    Column("event_id", Uuid, nullable=False, unique=True),
    Column("level", Text, nullable=False),
    Column("cycle", Text, nullable=False),
    Column("administration", Text),
    Column("region", Text),
    Column("type", Text, nullable=False),
    Column("payload", Text, nullable=False, comment="the exact bytes that are handed out"),
    Index("ix_outside_event_subject", "cycle", "administration", "level"),
)

outside_version = Table(
    "outside_version",
    metadata,
    Column("cycle", Text, primary_key=True),
    Column("administration", Text, primary_key=True),
    Column("level", Text, primary_key=True),
    Column("digest", Text, comment="of what was last announced; null after a retraction"),
    Column("event_id", Uuid, nullable=False),
    Column("shown", JSON, nullable=False, comment="codes of all nodes that the log shows at this level"),
    Column("region", Text, comment="under which it was announced"),
    Column("said_at", DateTime(timezone=True), nullable=False),
)
