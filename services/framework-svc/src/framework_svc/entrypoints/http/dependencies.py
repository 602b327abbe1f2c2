"""What routes get in hand: the built dependencies, the viewer, and the check of who may write."""

from typing import Annotated

from fastapi import Depends, Request

from access_policy import Role, Viewer
from framework_svc.application.ports import Dependencies
from service_kit.errors import Kind, ProblemError


def _dependencies(request: Request) -> Dependencies:
    dependencies: Dependencies = request.app.state.dependencies
    return dependencies


Deps = Annotated[Dependencies, Depends(_dependencies)]


def _viewer(request: Request, deps: Deps) -> Viewer:
    return deps.authenticator.viewer(request.headers.get("authorization"))


Asking = Annotated[Viewer, Depends(_viewer)]


def _keeper(viewer: Asking) -> Viewer:
    if viewer.has_role(Role.SECRETARIAT, Role.LOADER):
        return viewer
    if not viewer.roles:
        raise ProblemError("token.missing", Kind.UNAUTHENTICATED, "This needs a token of the secretariat.")
    raise ProblemError(
        "framework.not_allowed", Kind.FORBIDDEN, "Only the secretariat changes frameworks and registers."
    )


Keeper = Annotated[Viewer, Depends(_keeper)]
