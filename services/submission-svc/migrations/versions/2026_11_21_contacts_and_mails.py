"""Contacts of administrations, and the mails that wait for them."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_contacts_and_mails"
down_revision = "2026_11_21_push_jobs"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contact",
        sa.Column("cycle", sa.Text, sa.ForeignKey("cycle.code"), primary_key=True),
        sa.Column("administration", sa.Text, primary_key=True),
        sa.Column("email", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False, comment="en or fr"),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("cycle", sa.Text, sa.ForeignKey("cycle.code"), nullable=False),
        sa.Column("administration", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False, comment="returned, accepted or deadline"),
        sa.Column(
            "occasion", sa.Text, nullable=False, comment="names the step or the deadline, so that nobody is told twice"
        ),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False, comment="reason, deadline; never a value"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "expires_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="from then on it is of no use to anybody",
        ),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False, comment="not tried before"),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("parked_at", sa.DateTime(timezone=True), comment="given up"),
        sa.Column("error", sa.Text, comment="what went wrong last"),
        sa.UniqueConstraint("cycle", "administration", "email", "occasion"),
    )
    op.create_index(
        "ix_mail_waiting", "mail", ["next_at"], postgresql_where=sa.text("sent_at is null and parked_at is null")
    )
