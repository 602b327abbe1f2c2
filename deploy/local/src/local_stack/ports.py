"""Free and taken ports."""

import random
import socket
from collections.abc import Iterable

from local_stack.errors import StackError

# Below the range that Linux hands out to outgoing connections (32768 and up), so that a port found free stays free.
_LOWEST, _HIGHEST = 20000, 32000
_BLOCK = 30


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether nobody listens on the port; connections in TIME_WAIT do not count."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def require_free(table: Iterable[tuple[int, str, str]]) -> None:
    """Raise a StackError that names every taken port, who needs it and which setting moves it."""
    taken = [row for row in table if not is_free(row[0])]
    if not taken:
        return
    lines = [
        f"Port {port} is already in use, and {component} needs it. Stop the program that holds it, or set {setting}"
        f" to move {component} (for example {setting}={port + 1000})."
        for port, component, setting in taken
    ]
    raise StackError("\n".join(lines))


def free_block() -> int:
    """The first port of a block of free ones: the gateway's port is the last of the block."""
    generator = random.SystemRandom()
    for _ in range(200):
        base = generator.randrange(_LOWEST, _HIGHEST, _BLOCK)
        if all(is_free(base + offset) for offset in range(_BLOCK)):
            return base
    raise StackError(f"No block of {_BLOCK} free ports found between {_LOWEST} and {_HIGHEST}.")
