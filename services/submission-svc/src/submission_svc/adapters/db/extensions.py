"""Extensions on the connection of the running transaction."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from submission_svc.adapters.db.tables import extension
from submission_svc.domain.extension import Extension


class SqlExtensions:
    """Extensions in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, cycle: str, administration: str) -> Extension | None:
        """The extension of the administration, or None."""
        wanted = select(extension).where(extension.c.cycle == cycle, extension.c.administration == administration)
        row = self._connection.execute(wanted).one_or_none()
        return None if row is None else Extension(**row._mapping)

    def of_cycle(self, cycle: str) -> dict[str, Extension]:
        """All extensions of a cycle, by administration."""
        rows = self._connection.execute(select(extension).where(extension.c.cycle == cycle))
        return {row.administration: Extension(**row._mapping) for row in rows}

    def save(self, granted: Extension) -> None:
        """Keep the extension, in place of one that is there."""
        statement = upsert(extension).values(vars(granted))
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["cycle", "administration"],
                set_={name: statement.excluded[name] for name in ("until", "reason")},
            )
        )

    def remove(self, cycle: str, administration: str) -> None:
        """Forget the extension."""
        gone = delete(extension).where(extension.c.cycle == cycle, extension.c.administration == administration)
        self._connection.execute(gone)

    def end_all(self, cycle: str) -> list[str]:
        """Forget all extensions of a cycle, and name the administrations that had one, in order."""
        gone = delete(extension).where(extension.c.cycle == cycle).returning(extension.c.administration)
        return sorted(self._connection.execute(gone).scalars())
