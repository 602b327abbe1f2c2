"""Idempotency-Key: a request that is sent again with its key gets the stored answer and changes nothing.

The key is claimed at the start of the transaction of its effect. A second request with the same key waits there until
the first has committed, and then reads its answer; if the first rolled back, the second does the work.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, MetaData, select, update
from sqlalchemy.dialects.postgresql import insert

from service_kit.errors import Kind, ProblemError

MAX_LENGTH = 200


@dataclass(frozen=True)
class StoredAnswer:
    """The answer that was given to the first request with a key."""

    status: int
    body: str


def request_digest(method: str, path: str, body: bytes) -> str:
    """What two requests must share to count as the same."""
    return hashlib.sha256(b"\n".join([method.encode(), path.encode(), body])).hexdigest()


class IdempotencyKeys:
    """The stored keys, on the connection of the running transaction."""

    def __init__(self, connection: Connection, metadata: MetaData) -> None:
        self._connection = connection
        self._table = metadata.tables["idempotency_key"]

    def claim(self, caller: str, key: str, digest: str) -> StoredAnswer | None:
        """Claim the key for this transaction; the stored answer when the same request was answered before.

        Raises:
            ProblemError: `idempotency.key_reused` (422) when the key was used for another request.
        """
        if not 1 <= len(key) <= MAX_LENGTH or not key.isprintable():
            raise ProblemError(
                "idempotency.key_malformed",
                Kind.MALFORMED,
                f"Idempotency-Key must be 1 to {MAX_LENGTH} characters.",
                french=f"Idempotency-Key doit compter de 1 à {MAX_LENGTH} caractères.",
            )
        row = {"caller": caller, "key": key, "request_digest": digest}
        statement = insert(self._table).values(row).on_conflict_do_nothing().returning(self._table.c.key)
        claimed = self._connection.execute(statement).one_or_none()
        return None if claimed else self._stored(caller, key, digest)

    def _stored(self, caller: str, key: str, digest: str) -> StoredAnswer:
        found = self._connection.execute(
            select(self._table).where(self._table.c.caller == caller, self._table.c.key == key)
        ).one()
        if found.request_digest != digest:
            raise ProblemError(
                "idempotency.key_reused",
                Kind.INVALID,
                "This Idempotency-Key was used for another request. Use a new key for new content.",
                french="Cette Idempotency-Key a servi pour une autre requête. Prenez une nouvelle clé pour ce contenu.",
            )
        return StoredAnswer(status=found.status, body=found.body)

    def store(self, caller: str, key: str, status: int, body: str) -> None:
        """Keep the answer with its key, to be committed with the effect."""
        self._connection.execute(
            update(self._table)
            .where(self._table.c.caller == caller, self._table.c.key == key)
            .values(status=status, body=body)
        )
