"""The tables of evidence: the files that are kept, and what each stands for in which submission, since when."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, UniqueConstraint, Uuid, text

from submission_svc.adapters.db.metadata import at_column, metadata, text_column

# The bytes lie in the evidence folder under the id, which tells nothing about them.
evidence_file = Table(
    "evidence_file",
    metadata,
    Column("id", Uuid, primary_key=True),
    text_column("population"),
    text_column("administration"),
    text_column("sha256"),
    Column("size", BigInteger, nullable=False, comment="bytes"),
    at_column("stored_at", nullable=False),
    UniqueConstraint("population", "administration", "sha256"),
)

# Like answers, evidence is never overwritten: what was taken away keeps its row, with the moment until which it held.
evidence = Table(
    "evidence",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("submission", Uuid, ForeignKey("submission.id"), nullable=False),
    text_column("about", comment="code of a KPI or an input"),
    text_column("name", comment="as the sender called the file; the ending says the type"),
    text_column("media_type", comment="by content"),
    Column("file", Uuid, ForeignKey("evidence_file.id"), nullable=False),
    text_column("added_by"),
    at_column("since", nullable=False),
    at_column("until", nullable=False, server_default=text("'infinity'")),
    Index(None, "submission", "about"),
    Index(None, "file"),
)
