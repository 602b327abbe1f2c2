"""What the gateway's access log says of a stack: which answers went out, and which of them were failures of ours."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from local_stack.stack import Stack


def answers(stack: Stack) -> Iterator[dict[str, Any]]:
    """Every logged request, in order; requests of the last second may not be written yet."""
    with Path(stack.folders.log("gateway")).open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("{"):
                yield json.loads(line)


def server_errors(stack: Stack) -> list[tuple[str, str, int, str]]:
    """Method, path, status and reason of every answer from 500 up; a service that is still starting does not count."""
    return [
        (row["method"], row["path"], row["status"], row["details"])
        for row in answers(stack)
        if row["status"] >= 500 and row["path"] != "/health"
    ]
