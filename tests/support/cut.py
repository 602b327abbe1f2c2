"""Requests whose connection breaks: the client closes its socket in the middle of the request, or before the answer."""

import socket
import struct
from collections.abc import Mapping
from urllib.parse import urlsplit

AT_ONCE = struct.pack("ii", 1, 0)  # closing throws away what is not sent yet, as a pulled plug does


def send_cut(url: str, method: str, path: str, headers: Mapping[str, str], body: bytes, share: float) -> None:
    """Send this share (0..1) of the bytes of a request and close; 1 sends all of it and waits for no answer."""
    place = urlsplit(url)
    lines = [f"{method} {path} HTTP/1.1", f"host: {place.netloc}", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    request = "\r\n".join([*lines, "", ""]).encode() + body
    with socket.create_connection((place.hostname or "", place.port or 80), timeout=10) as connection:
        connection.sendall(request[: round(share * len(request))])
        if share < 1:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
