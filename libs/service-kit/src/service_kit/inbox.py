"""The inbox: each event takes effect once a consumer, however often it is delivered."""

from collections.abc import Sequence

from sqlalchemy import Connection, MetaData
from sqlalchemy.dialects.postgresql import insert

from service_kit.envelope import Envelope


def record_new(connection: Connection, metadata: MetaData, consumer: str, events: Sequence[Envelope]) -> list[Envelope]:
    """Note the events as handled, in the transaction of their effect; returns those not handled before, in order."""
    unique = {event.id: event for event in events}
    if not unique:
        return []
    inbox = metadata.tables["inbox"]
    statement = insert(inbox).on_conflict_do_nothing().returning(inbox.c.event_id)
    rows = [{"consumer": consumer, "event_id": event_id} for event_id in unique]
    new = set(connection.execute(statement, rows).scalars())
    return [event for event_id, event in unique.items() if event_id in new]
