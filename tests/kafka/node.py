"""The configuration of a single Apache Kafka node: broker and controller in one, a listener for each way to sign in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.kafka.certificates import Certificates

USER = "openpmm-tests"
PASSWORD = "a password of the tests"
SECURITY_PROTOCOLS = ("PLAINTEXT", "SASL_PLAINTEXT", "SSL", "SASL_SSL")
_MODULE = "org.apache.kafka.common.security.{}LoginModule required"


@dataclass(frozen=True)
class Node:
    """Where the node listens and keeps its data; the listener of each security protocol is called like it."""

    first_port: int
    data: Path
    certificates: Certificates

    @property
    def controller_port(self) -> int:
        """Where the node's controller listens."""
        return self.first_port + len(SECURITY_PROTOCOLS)

    def address(self, security_protocol: str) -> str:
        """Where clients that speak this protocol connect to."""
        return f"127.0.0.1:{self.first_port + SECURITY_PROTOCOLS.index(security_protocol)}"

    def properties(self) -> str:
        """The text of server.properties."""
        settings = {**self._roles(), **self._of_one(), **self._tls(), **_sasl("sasl_plaintext"), **_sasl("sasl_ssl")}
        return "".join(f"{name}={value}\n" for name, value in settings.items())

    def _roles(self) -> Mapping[str, str]:
        listeners = ",".join(f"{protocol}://{self.address(protocol)}" for protocol in SECURITY_PROTOCOLS)
        controller = f"127.0.0.1:{self.controller_port}"
        return {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.voters": f"1@{controller}",
            "controller.listener.names": "CONTROLLER",
            "listeners": f"{listeners},CONTROLLER://{controller}",
            "advertised.listeners": listeners,
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,"
            + ",".join(f"{protocol}:{protocol}" for protocol in SECURITY_PROTOCOLS),
            "inter.broker.listener.name": "PLAINTEXT",
            "log.dirs": str(self.data),
        }

    def _of_one(self) -> Mapping[str, str]:
        """What a cluster of one must be told, and what shortens the waiting in tests."""
        return {
            "auto.create.topics.enable": "true",
            "offsets.topic.replication.factor": "1",
            "offsets.topic.num.partitions": "3",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "transaction.state.log.num.partitions": "3",
            "share.coordinator.state.topic.replication.factor": "1",
            "share.coordinator.state.topic.min.isr": "1",
            "group.initial.rebalance.delay.ms": "0",
            "group.min.session.timeout.ms": "1000",
            "broker.session.timeout.ms": "3000",
            "broker.heartbeat.interval.ms": "500",
        }

    def _tls(self) -> Mapping[str, str]:
        return {
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": str(self.certificates.server),
        }


def _sasl(listener: str) -> Mapping[str, str]:
    prefix = f"listener.name.{listener}"
    return {
        f"{prefix}.sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-512",
        f"{prefix}.plain.sasl.jaas.config": f'{_MODULE.format("plain.Plain")} user_{USER}="{PASSWORD}";',
        f"{prefix}.scram-sha-512.sasl.jaas.config": f"{_MODULE.format('scram.Scram')};",
    }
