"""Relay and consumer with the settings of an external cluster: each way to sign in and to encrypt, and wrong ones."""

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, MetaData, text
from structlog.testing import capture_logs

from service_kit.consumer import Consumer, Subscription
from service_kit.database import UnitOfWork
from service_kit.envelope import Envelope, NewEvent
from service_kit.relay import Relay
from service_kit.settings import KafkaSettings
from tests.kafka.apache_kafka import ApacheKafka
from tests.kafka.certificates import make_certificates
from tests.support.embedded import wait_until

Units = Callable[[], UnitOfWork]
WAYS = [
    ("SASL_PLAINTEXT", "PLAIN"),
    ("SASL_PLAINTEXT", "SCRAM-SHA-512"),
    ("SSL", None),
    ("SASL_SSL", "PLAIN"),
    ("SASL_SSL", "SCRAM-SHA-512"),
]


@contextmanager
def running(loop: Relay | Consumer[UnitOfWork]) -> Iterator[None]:
    """The loop in a thread, as a worker runs it; it must still be alive at the end."""
    stop = threading.Event()
    thread = threading.Thread(target=loop.run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
        assert thread.is_alive()
    finally:
        stop.set()
        thread.join(timeout=10)


def relay_of(engine: Engine, topic: str) -> Relay:
    """A relay that finds its broker in the environment."""
    dsn = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return Relay(dsn, KafkaSettings(), f"things-{topic}", (topic,))


def publish(units: Units, topic: str, *numbers: int) -> None:
    """Commit one event a number."""
    with units() as uow:
        uow.publish(*(NewEvent(topic, "k", "thing.made.v1", {"number": number}) for number in numbers))
        uow.commit()


def waiting(engine: Engine) -> int:
    """How many outbox rows wait."""
    with engine.connect() as connection:
        return int(connection.execute(text("select count(*) from outbox where published_at is null")).scalar_one())


@pytest.fixture
def topic() -> str:
    """A topic of this test alone."""
    return f"things-{uuid4().hex[:8]}"


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], None]:
    """Sets environment variables for one test."""

    def set_all(environment: dict[str, str]) -> None:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)

    return set_all


@pytest.mark.parametrize(("security_protocol", "mechanism"), WAYS)
def test_events_pass_with_credentials_from_settings(
    apache_kafka: ApacheKafka,
    engine: Engine,
    metadata: MetaData,
    unit_of_work: Units,
    topic: str,
    setting: Callable[[dict[str, str]], None],
    security_protocol: str,
    mechanism: str | None,
) -> None:
    setting(apache_kafka.environment(security_protocol, mechanism))
    numbers: list[int] = []

    def handle(events: Sequence[Envelope], _: UnitOfWork) -> None:
        numbers.extend(event.data["number"] for event in events)

    subscription = Subscription(f"group-{topic}", (topic,), unit_of_work, metadata, handle)
    publish(unit_of_work, topic, *range(20))
    with ExitStack() as loops:
        loops.enter_context(running(relay_of(engine, topic)))
        loops.enter_context(running(Consumer(subscription, KafkaSettings())))
        wait_until(lambda: numbers == list(range(20)))
        wait_until(lambda: waiting(engine) == 0)


def wrong(apache_kafka: ApacheKafka, what: str, folder: Path) -> dict[str, str]:
    """Settings that are right but for one thing."""
    right = apache_kafka.environment("SASL_SSL", "SCRAM-SHA-512")
    match what:
        case "password":
            return right | {"OPENPMM_KAFKA_SASL_PASSWORD": "guessed"}
        case "authority":
            return right | {"OPENPMM_KAFKA_CA_FILE": str(make_certificates(folder).authority)}
        case _:
            return apache_kafka.environment("SASL_PLAINTEXT", "PLAIN") | {"OPENPMM_KAFKA_SASL_USERNAME": "nobody"}


# kafka-python leaves the sockets of failed handshakes to the garbage collector.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <ssl:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("what", ["password", "authority", "user"])
def test_wrong_credentials_send_nothing_and_lose_nothing(
    apache_kafka: ApacheKafka,
    engine: Engine,
    unit_of_work: Units,
    topic: str,
    setting: Callable[[dict[str, str]], None],
    tmp_path: Path,
    what: str,
) -> None:
    setting(wrong(apache_kafka, what, tmp_path))
    publish(unit_of_work, topic, 1, 2)
    relay = relay_of(engine, topic)
    with capture_logs() as logs, running(relay):
        wait_until(lambda: any(entry["event"] == "relay_interrupted" for entry in logs), seconds=60)
        assert not relay.is_ready
    assert waiting(engine) == 2
    setting(apache_kafka.environment("SASL_SSL", "SCRAM-SHA-512"))
    with running(relay_of(engine, topic)):
        wait_until(lambda: waiting(engine) == 0)
    gc.collect()
