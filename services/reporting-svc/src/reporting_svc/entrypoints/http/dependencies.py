"""What routes get in hand: the built dependencies, the viewer and codes from the path.

On the API only the Authorization header counts.
"""

from datetime import UTC, date
from typing import Annotated

from fastapi import Depends, Path, Request

from access_policy import Viewer
from reporting_svc.application.ports import Dependencies


def dependencies_of(request: Request) -> Dependencies:
    """What bootstrap built."""
    dependencies: Dependencies = request.app.state.dependencies
    return dependencies


def today(dependencies: Dependencies) -> date:
    """The day it is, in UTC."""
    return dependencies.clock().astimezone(UTC).date()


# Odd text ends here: a NUL, for one, is nothing that PostgreSQL takes.
CYCLE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$"
ADMINISTRATION_PATTERN = r"^[A-Z0-9]{2,8}$"
CycleCode = Annotated[str, Path(pattern=CYCLE_PATTERN)]
Code = Annotated[str, Path(pattern=ADMINISTRATION_PATTERN)]
Deps = Annotated[Dependencies, Depends(dependencies_of)]


def _viewer(request: Request, deps: Deps) -> Viewer:
    return deps.authenticator.viewer(request.headers.get("authorization"))


Asking = Annotated[Viewer, Depends(_viewer)]
