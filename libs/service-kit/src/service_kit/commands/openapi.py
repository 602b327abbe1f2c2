"""`openapi`: print the OpenAPI document."""

import json

from service_kit.process import Process
from service_kit.settings import ServiceSettings


def run(process: Process, settings: ServiceSettings) -> int:
    """Print it with sorted keys."""
    document = process.part("application")(settings).openapi()
    print(json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False))  # noqa: T201 - what it is for
    return 0
