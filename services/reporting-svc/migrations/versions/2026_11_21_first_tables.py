"""First tables: frameworks, registers, cycles, participation, score cards, the outside event log, and the plumbing."""

import sqlalchemy as sa
from alembic import op

from service_kit.migrations import create_plumbing_tables

revision = "2026_11_21_first"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    create_plumbing_tables()
    _create_catalogue()
    _create_cycles()
    _create_cards()
    _create_outside_log()


def _create_catalogue() -> None:
    op.create_table(
        "framework_version",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "register",
        sa.Column("population", sa.Text, primary_key=True),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="of the event, so that an older one is seen",
        ),
    )
    op.create_table(
        "region",
        sa.Column("population", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
    )
    op.create_table(
        "administration",
        sa.Column("population", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("region", sa.Text),
    )


def _create_cycles() -> None:
    op.create_table(
        "cycle",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.JSON),
        sa.Column("framework", sa.Text, nullable=False),
        sa.Column("framework_version", sa.Text, nullable=False),
        sa.Column("population", sa.Text, nullable=False),
        sa.Column("reporting_year", sa.Integer, nullable=False),
        sa.Column("is_rehearsal", sa.Boolean, nullable=False),
        sa.Column("status", sa.Text),
        sa.Column("opens_on", sa.Date),
        sa.Column("closes_on", sa.Date),
        sa.Column("status_at", sa.DateTime(timezone=True), comment="null until the cycle's own event has come"),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
    )
    op.create_table(
        "cycle_count",
        sa.Column("cycle", sa.Text, primary_key=True),
        sa.Column("run_id", sa.BigInteger, nullable=False),
        sa.Column("scored", sa.Integer, nullable=False),
        sa.Column("unscored", sa.Integer, nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "participation",
        sa.Column("cycle", sa.Text, primary_key=True),
        sa.Column("administration", sa.Text, primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )


def _create_cards() -> None:
    op.create_table(
        "score_card",
        sa.Column("cycle", sa.Text, primary_key=True),
        sa.Column("administration", sa.Text, primary_key=True),
        sa.Column("region", sa.Text),
        sa.Column("run_id", sa.BigInteger, nullable=False),
        sa.Column("card", sa.JSON, comment="as scoring-svc made it, with levels; null after a retraction"),
        sa.Column("opens_at", sa.Text, comment="the most open level at which something of it is visible"),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "node_score",
        sa.Column("cycle", sa.Text, primary_key=True),
        sa.Column("administration", sa.Text, primary_key=True),
        sa.Column("node", sa.Text, primary_key=True),
        sa.Column("region", sa.Text),
        sa.Column("depth", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("score", sa.Double),
        sa.Column("band", sa.Text),
        sa.Column("coverage", sa.Double),
        sa.Column("level", sa.Text, nullable=False),
    )


def _create_outside_log() -> None:
    op.create_table(
        "outside_event",
        sa.Column("position", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("event_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("cycle", sa.Text, nullable=False),
        sa.Column("administration", sa.Text),
        sa.Column("region", sa.Text),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False, comment="the exact bytes that are handed out"),
    )
    op.create_index("ix_outside_event_subject", "outside_event", ["cycle", "administration", "level"])
    op.create_table(
        "outside_version",
        sa.Column("cycle", sa.Text, primary_key=True),
        sa.Column("administration", sa.Text, primary_key=True),
        sa.Column("level", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, comment="of what was last announced; null after a retraction"),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("shown", sa.JSON, nullable=False, comment="codes of all nodes that the log shows at this level"),
        sa.Column("region", sa.Text, comment="under which it was announced"),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
    )
