"""What routes get in hand: the built dependencies and the viewer."""

from typing import Annotated

from fastapi import Depends, Request

from access_policy import Viewer
from scoring_svc.application.ports import Dependencies


async def _dependencies(request: Request) -> Dependencies:
    # Async only so that handing over an object does not take a turn of the thread pool.
    dependencies: Dependencies = request.app.state.dependencies
    return dependencies


Deps = Annotated[Dependencies, Depends(_dependencies)]


def viewer_of(request: Request, deps: Dependencies) -> Viewer:
    """Who is asking. Called in the route's own thread, because a first token fetches the issuer's keys."""
    return deps.authenticator.viewer(request.headers.get("authorization"))
