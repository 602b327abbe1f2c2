"""Evidence: files that are kept once per administration, and what each stands for in which submission."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_evidence"
down_revision = "2026_11_21_versioned_answers"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("population", sa.Text, nullable=False),
        sa.Column("administration", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False, comment="bytes"),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("population", "administration", "sha256"),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("submission", sa.Uuid, sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("about", sa.Text, nullable=False, comment="code of a KPI or an input"),
        sa.Column("name", sa.Text, nullable=False, comment="as the sender called the file; the ending says the type"),
        sa.Column("media_type", sa.Text, nullable=False, comment="by content"),
        sa.Column("file", sa.Uuid, sa.ForeignKey("evidence_file.id"), nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("'infinity'")),
    )
    op.create_index("ix_evidence_submission_about", "evidence", ["submission", "about"])
    op.create_index("ix_evidence_file", "evidence", ["file"])
