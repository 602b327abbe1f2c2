"""First tables: copies of frameworks, registers, cycles and submissions; score cards and runs; the plumbing."""

import sqlalchemy as sa
from alembic import op

from service_kit.migrations import create_plumbing_tables

revision = "2026_11_21_first"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    create_plumbing_tables()
    _copies()
    _scores()


def _copies() -> None:
    op.create_table(
        "framework",
        sa.Column("digest", sa.Text),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_framework"),
        sa.UniqueConstraint("code", "version", name="uq_framework_code_version"),
    )
    op.create_table(
        "register",
        sa.Column("population", sa.Text),
        sa.Column("regions", sa.JSON, nullable=False, comment="administration -> region or null"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("population", name="pk_register"),
    )
    op.create_table(
        "cycle",
        sa.Column("code", sa.Text),
        sa.Column("framework", sa.Text, nullable=False),
        sa.Column("framework_version", sa.Text, nullable=False),
        sa.Column("framework_digest", sa.Text, nullable=False),
        sa.Column("population", sa.Text, nullable=False),
        sa.Column("reporting_year", sa.Integer, nullable=False),
        sa.Column("is_rehearsal", sa.Boolean, nullable=False),
        sa.Column("status", sa.Text, nullable=False, server_default=sa.text("'open'")),
        sa.Column("status_at", sa.DateTime(timezone=True), comment="null until the cycle's own event has come"),
        sa.Column("last_run_id", sa.BigInteger, comment="changes whenever a score of the cycle does"),
        sa.Column("announced_digest", sa.Text, comment="the scores for which cycle.scored went out"),
        sa.PrimaryKeyConstraint("code", name="pk_cycle"),
    )
    op.create_index("ix_cycle_framework_digest", "cycle", ["framework_digest"])
    op.create_index("ix_cycle_population", "cycle", ["population"])
    op.create_table(
        "submission",
        sa.Column("id", sa.Text),
        sa.Column("cycle", sa.Text, nullable=False),
        sa.Column("administration", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("claims", sa.JSON, nullable=False),
        sa.Column("disclosure", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
    )
    op.create_index("ix_submission_cycle_administration", "submission", ["cycle", "administration"])


def _scores() -> None:
    op.create_table(
        "score_card",
        sa.Column("cycle", sa.Text),
        sa.Column("administration", sa.Text),
        sa.Column("kind", sa.Text, comment="final or preview"),
        sa.Column("submission_id", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("run_id", sa.BigInteger, comment="null for a preview: it belongs to no run"),
        sa.Column("digest", sa.Text, nullable=False, comment="over card and region"),
        sa.Column("input_digest", sa.Text, nullable=False),
        sa.Column("score", sa.Double, comment="of the root; null without a score"),
        sa.Column("region", sa.Text),
        sa.Column(
            "outline", sa.Text, nullable=False, comment="JSON: the few nodes that lists show, and the card's openness"
        ),
        sa.Column("card", sa.Text, nullable=False, comment="JSON as made, with the level of every node"),
        sa.PrimaryKeyConstraint("cycle", "administration", "kind", name="pk_score_card"),
    )
    op.execute("create sequence score_run_id")
    op.create_table(
        "score_run",
        sa.Column("id", sa.BigInteger, autoincrement=False),
        sa.Column("cycle", sa.Text, nullable=False),
        sa.Column("framework_digest", sa.Text, nullable=False),
        sa.Column("engine_version", sa.Text, nullable=False),
        sa.Column(
            "input_digest", sa.Text, nullable=False, comment="over the input digests of all scored administrations"
        ),
        sa.Column("scored", sa.Integer, nullable=False),
        sa.Column("unscored", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.PrimaryKeyConstraint("id", name="pk_score_run"),
    )
    op.create_index("ix_score_run_cycle", "score_run", ["cycle"])
