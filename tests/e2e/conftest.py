"""One stack for all end-to-end tests: everything real, on free ports."""

from collections.abc import Iterator

import pytest

from local_stack.stack import Stack, running_stack
from tests.support.gateway import Api


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The whole stack without demo data; the rate limit is out of the way of the tests."""
    with running_stack(environment={"OPENPMM_RATE_LIMIT_PER_SECOND": "5000"}) as stack:
        yield stack


@pytest.fixture(scope="session")
def api(stack: Stack) -> Iterator[Api]:
    """The API through the gateway."""
    api = Api(stack)
    yield api
    api.close()
