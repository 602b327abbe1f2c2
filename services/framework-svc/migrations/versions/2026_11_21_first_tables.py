"""First tables: framework versions, registers, the audit trail, and the plumbing."""

import sqlalchemy as sa
from alembic import op

from service_kit.migrations import create_plumbing_tables

revision = "2026_11_21_first"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    create_plumbing_tables()
    op.create_table(
        "framework_version",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("population", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False, comment="canonical JSON, the bytes that the digest is over"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Text, nullable=False),
    )
    op.create_table(
        "population",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("register", sa.JSON, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
    )
