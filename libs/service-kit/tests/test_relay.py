"""The relay: in order, woken at once, one at a time, and again to a broker that lost its log."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from kafka import KafkaConsumer
from kafka.errors import KafkaError
from kafka.future import Future
from sqlalchemy import Engine, text

from service_kit import broker, relay
from service_kit.database import UnitOfWork
from service_kit.envelope import Envelope, NewEvent
from service_kit.relay import Relay, SendFailedError
from service_kit.settings import KafkaSettings
from tests.support.embedded import Embedded, wait_until

Units = Callable[[], UnitOfWork]


@pytest.fixture
def topic() -> str:
    """A topic of this test alone."""
    return f"things-{uuid4().hex[:8]}"


@contextmanager
def relaying(engine: Engine, settings: KafkaSettings, topic: str) -> Iterator[Relay]:
    """A relay in a thread."""
    dsn = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    one, stop = Relay(dsn, settings, f"things-{topic}", (topic,)), threading.Event()
    thread = threading.Thread(target=one.run, args=(stop,), daemon=True)
    thread.start()
    try:
        wait_until(lambda: one.is_ready)
        yield one
    finally:
        stop.set()
        thread.join(timeout=10)


@contextmanager
def reading(settings: KafkaSettings, topic: str) -> Iterator[KafkaConsumer]:
    """A consumer of the topic from its beginning, without a group."""
    consumer = KafkaConsumer(
        topic, bootstrap_servers=settings.bootstrap, auto_offset_reset="earliest", metadata_max_age_ms=500
    )
    try:
        yield consumer
    finally:
        consumer.close()


def publish(units: Units, topic: str, *numbers: int, key: str = "k") -> None:
    """Commit one event a number, in one transaction."""
    with units() as uow:
        uow.publish(*(NewEvent(topic, key, "thing.made.v1", {"number": number}) for number in numbers))
        uow.commit()


def receive(consumer: KafkaConsumer, count: int) -> list[Envelope]:
    """The next messages, within a deadline."""
    found: list[Envelope] = []
    deadline = time.monotonic() + 20
    while len(found) < count:
        assert time.monotonic() < deadline, f"{len(found)} of {count} messages came"
        for batch in consumer.poll(timeout_ms=200).values():
            found += [Envelope.model_validate_json(record.value) for record in batch]
    return found


def unpublished(engine: Engine) -> int:
    """How many outbox rows wait."""
    with engine.connect() as connection:
        return int(connection.execute(text("select count(*) from outbox where published_at is null")).scalar_one())


def test_a_rolled_back_transaction_publishes_nothing(engine: Engine, unit_of_work: Units) -> None:
    with unit_of_work() as uow:
        uow.publish(NewEvent("t", "k", "thing.made.v1", {}))
    assert unpublished(engine) == 0


def test_events_arrive_in_order_and_are_marked(
    engine: Engine, unit_of_work: Units, kafka_settings: KafkaSettings, topic: str
) -> None:
    publish(unit_of_work, topic, *range(600))
    with relaying(engine, kafka_settings, topic), reading(kafka_settings, topic) as consumer:
        assert [event.data["number"] for event in receive(consumer, 600)] == list(range(600))
        wait_until(lambda: unpublished(engine) == 0)


def test_a_commit_wakes_the_relay_at_once(
    engine: Engine, unit_of_work: Units, kafka_settings: KafkaSettings, topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "MARKER_CHECK_SECONDS", 30.0)
    with relaying(engine, kafka_settings, topic), reading(kafka_settings, topic) as consumer:
        publish(unit_of_work, topic, 1)
        receive(consumer, 1)
        began = time.monotonic()
        publish(unit_of_work, topic, 2)
        receive(consumer, 1)
        assert time.monotonic() - began < 10  # the rhythm of the relay itself is 30 s here


def test_a_standby_sends_nothing_while_another_relay_is_active(
    engine: Engine, unit_of_work: Units, kafka_settings: KafkaSettings, topic: str
) -> None:
    with (
        relaying(engine, kafka_settings, topic),
        relaying(engine, kafka_settings, topic),
        reading(kafka_settings, topic) as consumer,
    ):
        publish(unit_of_work, topic, *range(50))
        receive(consumer, 50)
        wait_until(lambda: unpublished(engine) == 0)
        assert consumer.poll(timeout_ms=500) == {}


def test_a_message_too_large_does_not_hold_up_other_keys(
    engine: Engine, unit_of_work: Units, kafka_settings: KafkaSettings, topic: str
) -> None:
    with unit_of_work() as uow:
        uow.publish(NewEvent(topic, "huge", "thing.made.v1", {"text": "x" * 9_000_000}))
        uow.publish(NewEvent(topic, "huge", "thing.made.v1", {"number": 0}))
        uow.commit()
    publish(unit_of_work, topic, 1, 2, key="small")
    with relaying(engine, kafka_settings, topic), reading(kafka_settings, topic) as consumer:
        assert [event.data["number"] for event in receive(consumer, 2)] == [1, 2]
        wait_until(lambda: unpublished(engine) == 2)


def test_a_large_message_arrives(
    engine: Engine, unit_of_work: Units, kafka_settings: KafkaSettings, topic: str
) -> None:
    with unit_of_work() as uow:
        uow.publish(NewEvent(topic, "large", "thing.made.v1", {"text": "x" * 4_000_000}))
        uow.commit()
    publish(unit_of_work, topic, 1, key="large")
    with relaying(engine, kafka_settings, topic), reading(kafka_settings, topic) as consumer:
        assert [sorted(event.data) for event in receive(consumer, 2)] == [["text"], ["number"]]


def test_a_broker_that_lost_its_log_gets_everything_again(
    engine: Engine, unit_of_work: Units, kafka_settings: KafkaSettings, topic: str, embedded_broker: Embedded
) -> None:
    publish(unit_of_work, topic, *range(20))
    with relaying(engine, kafka_settings, topic):
        with reading(kafka_settings, topic) as consumer:
            receive(consumer, 20)
        embedded_broker.kill("broker")
        publish(unit_of_work, topic, 20)
        with reading(kafka_settings, topic) as consumer:
            numbers = [event.data["number"] for event in receive(consumer, 21)]
        assert sorted(set(numbers)) == list(range(21))
        wait_until(lambda: unpublished(engine) == 0)


def test_the_marker_is_made_only_after_the_rows_were_reset(
    engine: Engine, unit_of_work: Units, kafka_settings: KafkaSettings, topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(unit_of_work, topic, 1)
    with engine.begin() as connection:
        connection.execute(text("update outbox set published_at = now()"))
    waiting_when_marked: list[int] = []
    real = broker.ensure_topics

    def observe(client: object, topics: tuple[str, ...], settings: KafkaSettings, parts: int) -> None:
        if topics[0].startswith("relay-marker"):
            waiting_when_marked.append(unpublished(engine))
        real(client, topics, settings, parts)

    monkeypatch.setattr(broker, "ensure_topics", observe)
    with relaying(engine, kafka_settings, topic), reading(kafka_settings, topic) as consumer:
        receive(consumer, 1)
    assert waiting_when_marked == [1]


class HalfDeafProducer:
    """A producer whose broker refuses chosen numbers."""

    def __init__(self, refused: set[int]) -> None:
        self.refused, self.sent = refused, []  # type: tuple[set[int], list[int]]

    def send(self, _: str, key: bytes, value: bytes) -> Future:
        number = Envelope.model_validate_json(value).data["number"]
        future = Future()
        if number in self.refused:
            return future.failure(KafkaError(f"no {key!r}"))
        self.sent.append(number)
        return future.success(None)

    def flush(self, timeout: float) -> None:
        """Everything is decided already."""


def test_what_follows_a_loss_of_its_key_is_sent_again(
    engine: Engine, unit_of_work: Units, kafka_settings: KafkaSettings, topic: str
) -> None:
    publish(unit_of_work, topic, 1, 2, 3, key="lossy")
    publish(unit_of_work, topic, 4, key="sound")
    dsn = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    one = Relay(dsn, kafka_settings, f"things-{topic}", (topic,))
    with psycopg.connect(dsn, autocommit=True) as connection:
        with pytest.raises(SendFailedError, match="2 of 4"):
            one._send_batch(connection, HalfDeafProducer({2}))
        assert unpublished(engine) == 2
        later = HalfDeafProducer(set())
        one._send_batch(connection, later)
        assert later.sent == []  # the key waits
        one._waiting.clear()
        one._send_batch(connection, later)
    assert later.sent == [2, 3]
    assert unpublished(engine) == 0
