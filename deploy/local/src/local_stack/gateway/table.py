"""Reads deploy/gateway/routes.yaml, the public route table."""

from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from local_stack.settings import REPOSITORY

GATEWAY_FOLDER = REPOSITORY / "deploy" / "gateway"


class Model(BaseModel):
    """A typing mistake in a file is an error, not a silently ignored key."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Prefix(Model):
    """A line of `prefixes`: what the gateway sends to which service."""

    path: str = ""
    prefix: str = ""
    service: str
    kind: Literal["api", "page", "stream", "issuer"]
    is_large: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.path) == bool(self.prefix):
            raise ValueError("give either path or prefix")
        return self


class Route(Model):
    """A line of `routes`: one operation and who may call it."""

    method: str
    path: str
    service: str
    callers: list[str]
    scope: str | None = None
    closed_to: list[str] = []


class RouteTable(Model):
    """The public route table."""

    prefixes: list[Prefix]
    routes: list[Route]


def load_route_table(folder: Path = GATEWAY_FOLDER) -> RouteTable:
    """Read and check the table."""
    return RouteTable.model_validate(yaml.safe_load((folder / "routes.yaml").read_text(encoding="utf-8")))
