"""A real Apache Kafka node for tests: with the interface of the embedded broker, and a log that survives a kill."""

import base64
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from kafka.errors import KafkaError

from local_stack.component import Command, Component, Step
from local_stack.processes import run_to_end
from service_kit import broker
from service_kit.settings import KafkaSettings
from tests.kafka import jars
from tests.kafka.certificates import make_certificates
from tests.kafka.node import PASSWORD, USER, Node
from tests.support.embedded import Embedded

SETTING = "OPENPMM_TEST_KAFKA"
START_SECONDS = 60
# A small heap, and settings that make a short life cheap: the serial collector, and the quick compiler only.
JVM = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true")


def is_wanted() -> bool:
    """Whether the tests over a broker are to run against Apache Kafka; `make test-kafka` says so."""
    return os.environ.get(SETTING) == "apache"


class ApacheKafka(Embedded):
    """One node under a supervisor of its own, which starts it again on the same data when it is killed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder
        self.node = Node(self.settings.broker_port, folder / "kafka-data", make_certificates(folder))

    def environment(self, security_protocol: str, mechanism: str | None = None) -> dict[str, str]:
        """What an operator would set to reach the node by this protocol."""
        settings = {"BOOTSTRAP": self.node.address(security_protocol), "SECURITY_PROTOCOL": security_protocol}
        if mechanism:
            settings |= {"SASL_MECHANISM": mechanism, "SASL_USERNAME": USER, "SASL_PASSWORD": PASSWORD}
        if security_protocol.endswith("SSL"):
            settings["CA_FILE"] = str(self.node.certificates.authority)
        return {f"OPENPMM_KAFKA_{name}": value for name, value in settings.items()}

    def broker_parts(self) -> list[Component | Step]:
        """The node, its storage formatted first."""
        properties = self._folder / "server.properties"
        properties.write_text(self.node.properties(), encoding="utf-8")

        async def format_storage() -> None:
            scram = f"SCRAM-SHA-512=[name={USER},password={PASSWORD}]"
            identity = ("--cluster-id", _cluster_id(), "--add-scram", scram)
            command = _java("kafka.tools.StorageTool", "format", "--config", str(properties), *identity)
            await run_to_end("kafka-format", command, self._folders.log("kafka-format"))

        node = Component(
            name="broker",
            command=_java("kafka.Kafka", str(properties)),
            port=self.settings.broker_port,
            probe=f"tcp://{self.node.address('PLAINTEXT')}",
            after=("kafka storage",),
        )
        return [Step("kafka storage", format_storage), node]

    def start(self, parts: list[Component | Step]) -> None:
        """Start the node and wait until it answers."""
        super().start(parts)
        self.wait_until_it_answers()

    def kill(self, name: str) -> None:
        """SIGKILL for the node; returns when it has been started again on its data and answers."""
        super().kill(name)
        self.wait_until_it_answers()

    def stop(self) -> None:
        """Stop the node and delete its data."""
        super().stop()
        shutil.rmtree(self._folder)

    def wait_until_it_answers(self) -> None:
        """An open port is not yet a broker: ask it something."""
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, "Apache Kafka does not answer"
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            client = broker.admin(KafkaSettings(bootstrap=self.settings.bootstrap))
        except (KafkaError, OSError):
            return False
        try:
            client.list_topics()
        except (KafkaError, OSError):
            return False
        finally:
            client.close()
        return True


@contextmanager
def running_node(folder: Path) -> Iterator[ApacheKafka]:
    """A node that is stopped, and its data deleted, at the end."""
    node = ApacheKafka(folder)
    try:
        node.start(node.broker_parts())
        yield node
    finally:
        node.stop()


def _java(main_class: str, *arguments: str) -> Command:
    java = shutil.which("java")
    assert java, "there is no java on the path"
    return Command((java, *JVM, "-cp", jars.class_path(), main_class, *arguments))


def _cluster_id() -> str:
    """22 characters; one that begins with a hyphen would be taken for an option."""
    return base64.urlsafe_b64encode(uuid4().bytes).decode().rstrip("=").replace("-", "A")
