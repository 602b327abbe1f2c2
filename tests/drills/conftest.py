"""One stack for the drills, which is killed piece by piece."""

from collections.abc import Iterator

import pytest

from local_stack.stack import Stack, running_stack


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """The whole stack without demo data; the rate limit is out of the way."""
    with running_stack(environment={"OPENPMM_RATE_LIMIT_PER_SECOND": "5000"}) as stack:
        yield stack
