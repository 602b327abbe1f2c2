"""Drafts of framework versions, and the retirement of published ones."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_drafts"
down_revision = "2026_11_21_first"


def upgrade() -> None:
    """Add what retirement says to versions, and the table of drafts; processes of the version before know neither."""
    op.add_column("framework_version", sa.Column("retired_at", sa.DateTime(timezone=True)))
    op.add_column("framework_version", sa.Column("retired_by", sa.Text))
    op.add_column("framework_version", sa.Column("retired_reason", sa.Text))
    op.create_table(
        "framework_draft",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, nullable=False, comment="JSON in the order in which it was written, with gaps"),
        sa.Column("tag", sa.Text, nullable=False, comment="digest over the canonical form of the document"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
    )
