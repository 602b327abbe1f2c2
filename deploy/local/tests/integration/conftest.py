"""A stack of real components with stand-ins for the services."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local_stack.settings import SERVICES
from local_stack.stack import Stack, make_stack

STAND_INS = Path(__file__).parent / "stand_ins"
MakeStack = Callable[..., Stack]


def stand_in_stack(folder: Path, modules: dict[str, str]) -> Stack:
    chosen = dict.fromkeys(SERVICES, "stand_in_svc") | modules
    environment = {"PYTHONPATH": str(STAND_INS), "OPENPMM_SERVICE_MODULES": json.dumps(chosen)}
    return make_stack(folder, environment=environment)


@pytest.fixture
def make_stand_in_stack(tmp_path: Path) -> Iterator[MakeStack]:
    """`make(scoring="broken_svc")` gives a stack that is not started yet; it is stopped and removed at the end."""
    stacks: list[Stack] = []

    def make(**modules: str) -> Stack:
        stacks.append(stand_in_stack(tmp_path / "data", modules))
        return stacks[-1]

    yield make
    for stack in stacks:
        stack.stop()
        stack.remove()


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A running stack that tests share: they leave it running."""
    stack = stand_in_stack(tmp_path_factory.mktemp("stack"), {})
    stack.start()
    stack.wait_ready()
    yield stack
    stack.stop()
    stack.remove()
