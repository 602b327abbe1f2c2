"""The consumer loop: a batch of messages, their inbox rows and their effect in one transaction, then the offsets.

A message that keeps failing is parked with its error and the others go on. A database or broker that is away parks
nothing: the loop waits and tries again.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import structlog
from kafka import KafkaConsumer
from kafka.errors import KafkaError
from prometheus_client import Counter
from pydantic import ValidationError
from sqlalchemy import MetaData, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service_kit import broker
from service_kit.database import UnitOfWork, is_database_away
from service_kit.envelope import Envelope
from service_kit.inbox import record_new
from service_kit.logs import first_line
from service_kit.settings import KafkaSettings

U = TypeVar("U", bound=UnitOfWork)
log = structlog.get_logger()
HANDLED = Counter("consumer_events_handled_total", "Events that took effect", ["consumer"])
PARKED = Counter("consumer_messages_parked_total", "Messages given up on, waiting for an operator", ["consumer"])
ATTEMPTS = 3


@dataclass(frozen=True)
class Subscription(Generic[U]):
    """What a consumer reads and what it does: `handle` gets new events in order, within one unit of work."""

    name: str
    topics: tuple[str, ...]
    unit_of_work: Callable[[], U]
    metadata: MetaData
    handle: Callable[[Sequence[Envelope], U], None]


class Consumer(Generic[U]):
    """Runs one subscription in a thread of the worker until told to stop."""

    def __init__(self, subscription: Subscription[U], settings: KafkaSettings) -> None:
        self._subscription = subscription
        self._settings = settings
        self.is_ready = False

    def run(self, stop: threading.Event) -> None:
        """Consume until `stop`; a lost broker is tried again with a new client."""
        while not stop.is_set():
            try:
                self._session(stop)
            except (KafkaError, OSError) as error:
                log.warning("consumer_interrupted", consumer=self._subscription.name, error=type(error).__name__)
            self.is_ready = False
            stop.wait(0.5)

    def _session(self, stop: threading.Event) -> None:
        client = broker.admin(self._settings)
        try:
            broker.ensure_topics(client, self._subscription.topics, self._settings, broker.PARTITIONS)
        finally:
            client.close()
        consumer = broker.consumer(self._settings, self._subscription.name, self._subscription.topics)
        try:
            while not stop.is_set():
                self._poll(consumer, stop)
        finally:
            consumer.close(timeout_ms=1_000)

    def _poll(self, consumer: KafkaConsumer, stop: threading.Event) -> None:
        batches = consumer.poll(timeout_ms=250)
        self.is_ready = self.is_ready or bool(consumer.assignment())
        records = [record for batch in batches.values() for record in batch]
        if records and self._take(records, stop):
            consumer.commit()

    def _take(self, records: Sequence[Any], stop: threading.Event) -> bool:
        """Bring the records to effect; False when stopped before that."""
        events = self._readable(records, stop)
        if not events:
            return not stop.is_set()
        try:
            self._until_available(partial(self._apply, events), stop)
        except Exception as error:  # whatever it is, one message may have caused it: find out which
            log.warning("consumer_batch_failed", consumer=self._subscription.name, error=type(error).__name__)
            for event in events:
                self._apply_or_park(event, stop)
        return not stop.is_set()

    def _readable(self, records: Sequence[Any], stop: threading.Event) -> list[Envelope]:
        events = []
        for record in records:
            try:
                events.append(Envelope.model_validate_json(record.value))
            except ValidationError as error:
                position = f"{record.topic}-{record.partition}-{record.offset}"
                value, reason = bytes(record.value or b""), f"unreadable: {error.error_count()} errors"
                self._until_available(partial(self._park, position, value, reason, 1), stop)
        return events

    def _apply(self, events: Sequence[Envelope]) -> None:
        with self._subscription.unit_of_work() as uow:
            new = record_new(uow.connection, self._subscription.metadata, self._subscription.name, events)
            if new:
                self._subscription.handle(new, uow)
                uow.commit()
        HANDLED.labels(self._subscription.name).inc(len(new))

    def _apply_or_park(self, event: Envelope, stop: threading.Event) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._until_available(partial(self._apply, [event]), stop)
            except Exception as error:  # the handler's fault, not the database's: that one waits in the loop below
                log.error(
                    "consumer_event_failed",
                    consumer=self._subscription.name,
                    event_id=str(event.id),
                    attempt=attempt,
                    exc_info=error,
                )
                reason = f"{type(error).__name__}: {first_line(error)}"[:500]
                stop.wait(0.05 * attempt)
            else:
                return
        payload = event.model_dump_json().encode()
        self._until_available(partial(self._park, str(event.id), payload, reason, ATTEMPTS), stop)

    def _park(self, position: str, payload: bytes, error: str, attempts: int) -> None:
        with self._subscription.unit_of_work() as uow:
            row = {"consumer": self._subscription.name, "position": position, "payload": payload, "error": error}
            parked = self._subscription.metadata.tables["parked_message"]
            uow.connection.execute(insert(parked).values(**row, attempts=attempts).on_conflict_do_nothing())
            uow.commit()
        PARKED.labels(self._subscription.name).inc()
        log.error("consumer_message_parked", consumer=self._subscription.name, position=position)

    def _until_available(self, action: Callable[[], None], stop: threading.Event) -> None:
        """Do it, waiting for as long as the database is away; any other error is the caller's."""
        while not stop.is_set():
            try:
                action()
            except (DBAPIError, PoolTimeoutError) as error:
                if not is_database_away(error):
                    raise
                log.warning("consumer_database_unavailable", error=type(error).__name__)
            else:
                return
            stop.wait(0.5)

    def retry_parked(self) -> tuple[int, int]:
        """Send parked messages to the handler again, oldest first, on an operator's word: (took effect, failed)."""
        parked = self._subscription.metadata.tables["parked_message"]
        mine = parked.c.consumer == self._subscription.name
        with self._subscription.unit_of_work() as uow:
            wanted = select(parked.c.position, parked.c.payload).where(mine).order_by(parked.c.parked_at)
            rows = uow.connection.execute(wanted).all()
        done = 0
        for position, payload in rows:
            try:
                self._apply([Envelope.model_validate_json(payload)])
            except Exception as error:  # one that still fails must not keep the others from being tried
                log.error("parked_message_failed", position=position, error=type(error).__name__)
                continue
            with self._subscription.unit_of_work() as uow:
                uow.connection.execute(delete(parked).where(mine, parked.c.position == position))
                uow.commit()
            done += 1
        return done, len(rows) - done
