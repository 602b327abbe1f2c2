"""Answers and claims keep their past; submissions keep their steps; cycles say what becomes of late ones."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_versioned_answers"
down_revision = "2026_11_21_count_changes"


def upgrade() -> None:
    """Make the past of what is there begin with its submission."""
    _version("answer", ["submission", "input", "year", "until"])
    _version("claim", ["submission", "kpi", "until"])
    for name in ("status", "reason", "period"):
        op.add_column("answer", sa.Column(name, sa.Text, comment=_COMMENTS[name]))
    op.add_column(
        "claim", sa.Column("decision", sa.Text, comment="confirmed or refused; null while nobody has decided")
    )
    op.add_column("claim", sa.Column("decision_reason", sa.Text))
    _add_to_cycles()
    _add_to_submissions()


_COMMENTS = {
    "status": "observation status: E, P, B; null is normal",
    "reason": "why the figure is right although a rule warns",
    "period": "ISO 8601 interval where a fiscal year differs from the calendar year",
}


def _version(table: str, key: list[str]) -> None:
    op.add_column(
        table, sa.Column("until", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("'infinity'"))
    )
    op.add_column(table, sa.Column("since", sa.DateTime(timezone=True)))
    op.execute(f"update {table} set since = s.started_at from submission s where s.id = {table}.submission")  # noqa: S608
    op.alter_column(table, "since", nullable=False)
    op.drop_constraint(f"pk_{table}", table)
    op.create_primary_key(f"pk_{table}", table, key)


def _add_to_cycles() -> None:
    op.add_column(
        "cycle",
        sa.Column("late_policy", sa.Text, nullable=False, server_default="refused", comment="refused or accepted_late"),
    )
    op.create_table(
        "extension",
        sa.Column("cycle", sa.Text, sa.ForeignKey("cycle.code"), primary_key=True),
        sa.Column("administration", sa.Text, primary_key=True),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )


def _add_to_submissions() -> None:
    op.add_column(
        "submission",
        sa.Column(
            "in_force_at",
            sa.DateTime(timezone=True),
            comment="moment of the accepted content that counts; also while a revision is prepared",
        ),
    )
    op.add_column("submission", sa.Column("is_late", sa.Boolean, nullable=False, server_default="false"))
    op.execute("update submission set in_force_at = accepted_at where status = 'accepted'")
    op.create_table(
        "submission_step",
        sa.Column("submission", sa.Uuid, sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("changes", sa.Integer, primary_key=True, comment="the submission's count of changes after this step"),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.execute(
        "insert into submission_step (submission, changes, status, in_force_at, at, actor)"
        " select id, changes, status, in_force_at,"
        " case status when 'accepted' then accepted_at when 'submitted' then submitted_at else changed_at end,"
        " 'migration' from submission where status <> 'draft'"
    )
