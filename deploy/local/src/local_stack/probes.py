"""Asks a component whether it is ready; a probe is a URL, so that it can be stored in the state file.

`http://host:port/path` wants a 200, `tcp://host:port` a connection, `postgresql://host:port` a server that accepts
sessions (no password needed), `envoy://host:port` an Envoy whose clusters all have a healthy endpoint.
"""

import asyncio
import json
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from psycopg import pq

_TIMEOUT_SECONDS = 2.0
_CLUSTERS = "/clusters?format=json"


async def is_ready(probe: str) -> bool:
    """Whether the component behind the probe answers as it should, within two seconds."""
    parts = urlsplit(probe)
    host, port = parts.hostname or "127.0.0.1", parts.port or 0
    try:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            match parts.scheme:
                case "http":
                    return (await asyncio.to_thread(_get, host, port, parts.path or "/"))[0] == 200
                case "envoy":
                    return _clusters_are_healthy(*await asyncio.to_thread(_get, host, port, _CLUSTERS))
                case "postgresql":
                    return await asyncio.to_thread(_accepts_sessions, host, port)
                case _:
                    return await _connects(host, port)
    except (OSError, TimeoutError, ValueError, HTTPException):
        return False


def _get(host: str, port: int, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection(host, port, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _clusters_are_healthy(status: int, body: bytes) -> bool:
    clusters = json.loads(body).get("cluster_statuses", []) if status == 200 else []
    return bool(clusters) and all(map(_has_healthy_endpoint, clusters))


def _has_healthy_endpoint(cluster: dict[str, list[dict[str, dict[str, object]]]]) -> bool:
    endpoints = cluster.get("host_statuses", [])
    return any(set(endpoint.get("health_status", {})) <= {"eds_health_status"} for endpoint in endpoints)


async def _connects(host: str, port: int) -> bool:
    _, writer = await asyncio.open_connection(host, port)
    writer.close()
    return True


def _accepts_sessions(host: str, port: int) -> bool:
    conninfo = f"host={host} port={port} user=probe dbname=postgres connect_timeout=2"
    return pq.PGconn.ping(conninfo.encode()) == pq.Ping.OK
