"""What routes get in hand: the built dependencies and the viewer. On the API only the Authorization header counts."""

from typing import Annotated

from fastapi import Depends, Request

from access_policy import Viewer
from reporting_svc.application.ports import Dependencies


def dependencies_of(request: Request) -> Dependencies:
    """What bootstrap built."""
    dependencies: Dependencies = request.app.state.dependencies
    return dependencies


Deps = Annotated[Dependencies, Depends(dependencies_of)]


def _viewer(request: Request, deps: Deps) -> Viewer:
    return deps.authenticator.viewer(request.headers.get("authorization"))


Asking = Annotated[Viewer, Depends(_viewer)]
