"""First tables: copies of frameworks and registers, cycles, submissions with answers and claims, audit, plumbing."""

import sqlalchemy as sa
from alembic import op

from service_kit.migrations import create_plumbing_tables

revision = "2026_11_21_first"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    create_plumbing_tables()
    _make_copies()
    _make_cycles_and_submissions()
    _make_contents()
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
    )


def _make_copies() -> None:
    op.create_table(
        "framework",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("population", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False, comment="JSON, as framework-svc published it"),
    )
    op.create_table(
        "population",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("regions", sa.JSON, nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="time of the event, so that an older one does not win",
        ),
    )
    op.create_table(
        "administration",
        sa.Column("population", sa.Text, sa.ForeignKey("population.code"), primary_key=True),
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("region", sa.Text),
    )


def _make_cycles_and_submissions() -> None:
    op.create_table(
        "cycle",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.JSON, nullable=False),
        sa.Column("framework", sa.Text, nullable=False),
        sa.Column("framework_version", sa.Text, nullable=False),
        sa.Column("framework_digest", sa.Text, nullable=False),
        sa.Column("population", sa.Text, nullable=False),
        sa.Column("reporting_year", sa.Integer, nullable=False),
        sa.Column("opens_on", sa.Date, nullable=False),
        sa.Column("closes_on", sa.Date, nullable=False),
        sa.Column("is_rehearsal", sa.Boolean, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cycle", sa.Text, sa.ForeignKey("cycle.code"), nullable=False),
        sa.Column("administration", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("disclosure", sa.JSON, nullable=False),
        sa.Column("return_reason", sa.Text),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True)),
        sa.Column("accepted_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("cycle", "administration"),
    )


def _make_contents() -> None:
    op.create_table(
        "answer",
        sa.Column("submission", sa.Uuid, sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("input", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("state", sa.Text, nullable=False, comment="number or missing"),
        sa.Column("value", sa.Double),
        sa.Column("comment", sa.Text),
    )
    op.create_table(
        "claim",
        sa.Column("submission", sa.Uuid, sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("kpi", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False, comment="not_applicable or opted_out"),
        sa.Column("reason", sa.Text, nullable=False),
    )
