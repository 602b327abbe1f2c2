"""Renders Envoy's configuration from the route table and the values of one way of running."""

import socket

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from local_stack.errors import StackError
from local_stack.gateway.replies import replies
from local_stack.gateway.table import GATEWAY_FOLDER, Prefix, load_route_table
from local_stack.gateway.values import GatewayValues

# Who somebody is and where he comes from is for the gateway to say; what a client claims about it is removed.
UNTRUSTED_HEADERS = (
    *("x-consumer", "x-client-address", "x-client-key", "x-real-ip", "forwarded", "remote-user", "x-remote-user"),
    *("x-forwarded-host", "x-forwarded-port", "x-forwarded-prefix", "x-forwarded-user", "x-forwarded-email"),
    *("x-forwarded-groups", "x-forwarded-preferred-username", "x-forwarded-access-token", "x-forwarded-client-cert"),
    *("x-original-url", "x-original-host", "x-rewrite-url", "x-http-method-override"),
)

_SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=()",
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
}
_WITH_TLS = {"strict-transport-security": "max-age=31536000"}


def render(values: GatewayValues) -> str:
    """Envoy's configuration as YAML; raises StackError when a service of the route table has no endpoint."""
    environment = Environment(  # noqa: S701 - this is YAML; the template quotes values with tojson
        loader=FileSystemLoader(GATEWAY_FOLDER), undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("envoy.yaml.j2").render(
        values=values,
        prefixes=_prefixes(values),
        clusters=values.endpoints,
        jwks=_server(values.jwks_url),
        replies=replies(values),
        untrusted_headers=UNTRUSTED_HEADERS + (() if values.trusted_proxies else ("x-forwarded-for",)),
        security_headers={**_SECURITY_HEADERS, **(_WITH_TLS if values.tls_certificate_file else {})},
        socket_level=int(socket.SOL_SOCKET),
        keep_alive=int(socket.SO_KEEPALIVE),
    )


def _prefixes(values: GatewayValues) -> list[Prefix]:
    """Exact paths first, then the longer prefixes, because Envoy takes the first match."""
    rows = [row for row in load_route_table().prefixes if row.kind != "issuer" or "issuer" in values.endpoints]
    missing = {row.service for row in rows} - set(values.endpoints)
    if missing:
        raise StackError(f"The gateway has no endpoints for: {', '.join(sorted(missing))}.")
    return sorted(rows, key=lambda row: (bool(row.path), len(row.path or row.prefix)), reverse=True)


def _server(url: str) -> dict[str, str | int | bool]:
    """Host, port and whether TLS is spoken, of the address of the keys."""
    scheme, _, rest = url.partition("://")
    host, _, port = rest.partition("/")[0].partition(":")
    tls = scheme == "https"
    return {"host": host, "port": int(port) if port else (443 if tls else 80), "tls": tls}
