"""Threads and their comments on the connection of the running transaction."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update

from submission_svc.adapters.db import review_tables as tables
from submission_svc.domain.thread import Comment, Thread


class SqlThreads:
    """Threads in PostgreSQL; comments are only ever added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, submission: UUID, thread: UUID) -> Thread | None:
        """The thread of this submission, locked for this transaction, or None."""
        table = tables.thread
        wanted = select(table).where(table.c.id == thread, table.c.submission == submission).with_for_update()
        row = self._connection.execute(wanted).mappings().one_or_none()
        return None if row is None else Thread(**row)

    def count(self, submission: UUID) -> int:
        """How many threads a submission has."""
        table = tables.thread
        counted = select(func.count()).select_from(table).where(table.c.submission == submission)
        return int(self._connection.execute(counted).scalar_one())

    def count_comments(self, thread: UUID) -> int:
        """How many comments a thread has."""
        table = tables.thread_comment
        counted = select(func.count()).select_from(table).where(table.c.thread == thread)
        return int(self._connection.execute(counted).scalar_one())

    def add(self, thread: Thread) -> None:
        """Keep a new thread."""
        self._connection.execute(insert(tables.thread).values(asdict(thread)))

    def save(self, thread: Thread) -> None:
        """Keep a thread in its present state."""
        table = tables.thread
        self._connection.execute(update(table).where(table.c.id == thread.id).values(asdict(thread)))

    def comment(self, thread: UUID, comment: Comment) -> None:
        """Add a comment."""
        self._connection.execute(insert(tables.thread_comment).values(thread=thread, **asdict(comment)))
