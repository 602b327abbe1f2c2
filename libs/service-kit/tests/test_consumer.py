"""The consumer: each event once, in order, whole batches or one by one, and parks what keeps failing."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID, uuid4

import pytest
from kafka import KafkaProducer
from sqlalchemy import Engine, MetaData, text

from service_kit import broker
from service_kit.clock import utc_now
from service_kit.consumer import Consumer, Subscription
from service_kit.database import UnitOfWork
from service_kit.envelope import Envelope, NewEvent
from service_kit.settings import KafkaSettings
from tests.support.embedded import Embedded, wait_until


@dataclass
class Effects:
    """Records the numbers of handled events in the database, and fails for chosen ones."""

    engine: Engine
    failing: set[int] = field(default_factory=set)
    batches: list[int] = field(default_factory=list)

    def handle(self, events: Sequence[Envelope], uow: UnitOfWork) -> None:
        """Write each number; a failing one raises after the others of the batch were written."""
        self.batches.append(len(events))
        for event in events:
            uow.connection.execute(text("insert into effect (number) values (:n)"), {"n": event.data["number"]})
        bad = [event.data["number"] for event in events if event.data["number"] in self.failing]
        if bad:
            raise ValueError(f"cannot take {bad[0]}")

    def numbers(self) -> list[int]:
        """What took effect, in order."""
        with self.engine.connect() as connection:
            return list(connection.execute(text("select number from effect order by position")).scalars())


@pytest.fixture
def effects(engine: Engine) -> Effects:
    """An empty table of effects."""
    with engine.begin() as connection:
        connection.execute(text("create table effect (position bigserial, number int)"))
    return Effects(engine)


@pytest.fixture
def subscription(
    effects: Effects, unit_of_work: Callable[[], UnitOfWork], metadata: MetaData
) -> Subscription[UnitOfWork]:
    """A subscription to a topic of this test alone."""
    name = f"things-{uuid4().hex[:8]}"
    return Subscription(f"group-{name}", (name,), unit_of_work, metadata, effects.handle)


@contextmanager
def consuming(subscription: Subscription[UnitOfWork], settings: KafkaSettings) -> Iterator[Consumer[UnitOfWork]]:
    """A consumer in a thread."""
    consumer, stop = Consumer(subscription, settings), threading.Event()
    thread = threading.Thread(target=consumer.run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield consumer
    finally:
        stop.set()
        thread.join(timeout=10)


def send(settings: KafkaSettings, topic: str, *numbers: int, ids: Sequence[UUID] = ()) -> list[UUID]:
    """Send one event a number under one key; the same ids make duplicates."""
    event_ids = list(ids) or [uuid4() for _ in numbers]
    producer: KafkaProducer = broker.producer(settings)
    for event_id, number in zip(event_ids, numbers, strict=True):
        event = NewEvent(topic, "k", "thing.made.v1", {"number": number}, id=event_id)
        producer.send(topic, key=b"k", value=event.envelope("things-svc", utc_now()).model_dump_json().encode())
    producer.flush(timeout=10)
    producer.close(timeout=2)
    return event_ids


def parked(engine: Engine) -> list[str]:
    """The errors of parked messages."""
    with engine.connect() as connection:
        return list(connection.execute(text("select error from parked_message")).scalars())


def test_events_take_effect_in_order_and_in_batches(
    subscription: Subscription[UnitOfWork], effects: Effects, kafka_settings: KafkaSettings
) -> None:
    send(kafka_settings, subscription.topics[0], *range(200))
    with consuming(subscription, kafka_settings):
        wait_until(lambda: len(effects.numbers()) >= 200)
    assert effects.numbers() == list(range(200))
    assert len(effects.batches) < 50


def test_a_duplicate_changes_nothing(
    subscription: Subscription[UnitOfWork], effects: Effects, kafka_settings: KafkaSettings
) -> None:
    ids = send(kafka_settings, subscription.topics[0], 1, 2)
    send(kafka_settings, subscription.topics[0], 1, 2, ids=ids)
    send(kafka_settings, subscription.topics[0], 3)
    with consuming(subscription, kafka_settings):
        wait_until(lambda: 3 in effects.numbers())
    assert effects.numbers() == [1, 2, 3]


def _contains(effects: Effects, number: int) -> bool:
    return number in effects.numbers()


def test_a_new_consumer_goes_on_where_the_last_one_stopped(
    subscription: Subscription[UnitOfWork], effects: Effects, kafka_settings: KafkaSettings
) -> None:
    for number in (1, 2):
        send(kafka_settings, subscription.topics[0], number)
        with consuming(subscription, kafka_settings):
            wait_until(partial(_contains, effects, number))
    assert effects.numbers() == [1, 2]


def test_a_poisonous_event_is_parked_and_the_others_go_on(
    subscription: Subscription[UnitOfWork], effects: Effects, kafka_settings: KafkaSettings, engine: Engine
) -> None:
    effects.failing = {2}
    send(kafka_settings, subscription.topics[0], 1, 2, 3)
    with consuming(subscription, kafka_settings) as consumer:
        wait_until(lambda: effects.numbers() == [1, 3])
        wait_until(lambda: parked(engine) == ["ValueError: cannot take 2"])
        effects.failing = set()
        assert consumer.retry_parked() == (1, 0)
    assert effects.numbers() == [1, 3, 2]
    assert parked(engine) == []


def test_a_parked_message_that_still_fails_keeps_no_other_from_being_tried(
    subscription: Subscription[UnitOfWork], effects: Effects, kafka_settings: KafkaSettings, engine: Engine
) -> None:
    effects.failing = {1, 2}
    producer: KafkaProducer = broker.producer(kafka_settings)
    producer.send(subscription.topics[0], key=b"k", value=b"not json").get(timeout=10)
    producer.close(timeout=2)
    send(kafka_settings, subscription.topics[0], 1, 2)
    with consuming(subscription, kafka_settings) as consumer:
        wait_until(lambda: len(parked(engine)) == 3)
        effects.failing = {1}
        assert consumer.retry_parked() == (1, 2)
    assert effects.numbers() == [2]


def test_a_statement_that_takes_too_long_is_parked_and_not_tried_for_ever(
    subscription: Subscription[UnitOfWork], effects: Effects, kafka_settings: KafkaSettings, engine: Engine
) -> None:
    def slow(events: Sequence[Envelope], uow: UnitOfWork) -> None:
        if any(event.data["number"] == 1 for event in events):
            uow.connection.execute(text("set local statement_timeout = 20"))
            uow.connection.execute(text("select pg_sleep(5)"))
        effects.handle(events, uow)

    send(kafka_settings, subscription.topics[0], 1, 2)
    with consuming(replace(subscription, handle=slow), kafka_settings):
        wait_until(lambda: effects.numbers() == [2] and len(parked(engine)) == 1)


def test_an_unreadable_message_is_parked(
    subscription: Subscription[UnitOfWork], effects: Effects, kafka_settings: KafkaSettings, engine: Engine
) -> None:
    producer: KafkaProducer = broker.producer(kafka_settings)
    producer.send(subscription.topics[0], value=b"not json").get(timeout=10)
    producer.close(timeout=2)
    send(kafka_settings, subscription.topics[0], 1)
    with consuming(subscription, kafka_settings):
        wait_until(lambda: effects.numbers() == [1] and len(parked(engine)) == 1)


def test_a_lost_database_parks_nothing(
    subscription: Subscription[UnitOfWork],
    effects: Effects,
    kafka_settings: KafkaSettings,
    engine: Engine,
    embedded_postgres: Embedded,
) -> None:
    with consuming(subscription, kafka_settings) as consumer:
        wait_until(lambda: consumer.is_ready)
        embedded_postgres.kill("postgres")
        send(kafka_settings, subscription.topics[0], 1, 2)
        engine.dispose()
        wait_until(lambda: effects.numbers() == [1, 2])
    assert parked(engine) == []


def test_a_broker_that_comes_back_empty_is_read_from_its_beginning(
    subscription: Subscription[UnitOfWork], effects: Effects, kafka_settings: KafkaSettings, embedded_broker: Embedded
) -> None:
    with consuming(subscription, kafka_settings):
        ids = send(kafka_settings, subscription.topics[0], *range(20))
        wait_until(lambda: len(effects.numbers()) == 20)
        embedded_broker.kill("broker")
        send(kafka_settings, subscription.topics[0], *range(20), ids=ids)
        send(kafka_settings, subscription.topics[0], *range(20, 30))
        wait_until(lambda: len(effects.numbers()) >= 30)
    assert effects.numbers() == list(range(30))
