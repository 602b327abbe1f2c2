"""A gateway in front of stand-ins, with a real issuer and real Envoy, on free ports."""

import asyncio
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from local_stack.gateway.component import envoy_binary
from local_stack.gateway.render import render
from local_stack.gateway.values import Endpoint, GatewayValues
from local_stack.issuer.app import create_app
from local_stack.issuer.keys import signing_key
from local_stack.issuer.personas import load_personas
from local_stack.issuer.tokens import Mint
from local_stack.ports import free_block
from local_stack.probes import is_ready
from local_stack.settings import StackSettings
from tests.deploy.upstream import Upstreams
from tests.support.embedded import wait_until

SERVICES = ("framework-svc", "submission-svc", "scoring-svc", "reporting-svc")


@dataclass
class Gateway:
    """A running Envoy: how to call it, and what is behind it."""

    http: httpx.Client
    values: GatewayValues
    mint: Mint
    upstreams: Upstreams
    access_log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.values.listen_port}"

    def port_of(self, service: str) -> int:
        return self.values.endpoints[service][0].port

    def token(self, client_id: str = "secretariat", seconds: int = 300, mint: Mint | None = None) -> str:
        persona = load_personas(StackSettings().register_file)[client_id]
        return (mint or self.mint).token(persona, (), seconds)

    def bearer(self, client_id: str = "secretariat") -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(client_id)}"}


MakeGateway = Callable[..., Gateway]


@pytest.fixture(scope="module")
def make_gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeGateway]:
    """`make_gateway(rate_limit_per_second=2)` starts one more gateway, with stand-ins of its own."""
    undo: list[Callable[[], object]] = []

    def make(**changes: object) -> Gateway:
        folder, base = tmp_path_factory.mktemp("gateway"), free_block()
        url = f"http://127.0.0.1:{base}"
        mint = Mint(signing_key(folder / "key.pem"), f"{url}/auth", "openpmm")
        endpoints = {name: [Endpoint(host="127.0.0.1", port=base + 2 + i)] for i, name in enumerate(SERVICES)}
        # scoring-svc is the one that breaks off every request.
        echoing = [endpoints[name][0].port for name in SERVICES if name != "scoring-svc"]
        upstreams = Upstreams(echoing, endpoints["scoring-svc"][0].port)
        upstreams.add(create_app(mint, load_personas(StackSettings().register_file)), base + 6)
        upstreams.start()
        undo.append(upstreams.stop)
        document = {
            **{"listen_host": "127.0.0.1", "listen_port": base, "admin_port": base + 1, "token_issuer": f"{url}/auth"},
            **{"jwks_url": f"http://127.0.0.1:{base + 6}/auth/.well-known/jwks.json", "clock_skew_seconds": 1},
            "endpoints": {**endpoints, "issuer": [Endpoint(host="127.0.0.1", port=base + 6)]},
            **{"rate_limit_per_second": 1000, "timeout_seconds": 1},
            **changes,
        }
        values = GatewayValues.model_validate(document)
        envoy = start_envoy(render(values), folder)
        undo.append(lambda: stop_process(envoy))
        http = httpx.Client(base_url=url, timeout=15)
        undo.append(http.close)
        wait_until(lambda: asyncio.run(is_ready(f"envoy://127.0.0.1:{base + 1}")))
        return Gateway(http, values, mint, upstreams, folder / "envoy.log")

    yield make
    for step in reversed(undo):
        step()


@pytest.fixture(scope="module")
def gateway(make_gateway: MakeGateway) -> Gateway:
    """The gateway that most tests share: a wide rate limit, and a time limit of one second."""
    return make_gateway()


def start_envoy(configuration: str, folder: Path) -> "subprocess.Popen[bytes]":
    """Start Envoy; its access log is flushed at once."""
    (folder / "envoy.yaml").write_text(configuration, encoding="utf-8")
    command = [str(envoy_binary()), "-c", str(folder / "envoy.yaml"), "--concurrency", "1", "--log-level", "error"]
    with (folder / "envoy.log").open("wb") as log:
        return subprocess.Popen(
            [*command, "--disable-hot-restart", "--file-flush-interval-msec", "50"],
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def stop_process(process: "subprocess.Popen[bytes]") -> None:
    """End it and wait."""
    process.terminate()
    process.wait(10)
