"""How often and how long this client waits for a server that is busy or away."""

import httpx

ATTEMPTS = 12  # about a minute in all: a server that is restarted on a busy machine needs that
LONGEST_WAIT_SECONDS = 10.0
TRY_AGAIN = frozenset({429, 502, 503, 504})


def wait_seconds(response: httpx.Response | None, attempt: int) -> float:
    """Longer and longer, at least what Retry-After asks for, never very long."""
    asked = response.headers.get("Retry-After", "") if response is not None else ""
    is_number = asked.isascii() and asked.isdigit()
    return min(max(float(asked) if is_number else 0.0, 0.1 * 2.0**attempt), LONGEST_WAIT_SECONDS)
