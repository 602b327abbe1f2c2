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
    return _of_secretariat(viewer, "Only the secretariat changes frameworks and registers.")


def _insider(viewer: Asking) -> Viewer:
    return _of_secretariat(viewer, "Only the secretariat sees drafts and the audit trail.")


def _of_secretariat(viewer: Viewer, refusal: str) -> Viewer:
    if viewer.has_role(Role.SECRETARIAT, Role.LOADER):
        return viewer
    if not viewer.roles:
        raise ProblemError("token.missing", Kind.UNAUTHENTICATED, "This needs a token of the secretariat.")
    raise ProblemError("framework.not_allowed", Kind.FORBIDDEN, refusal)


Keeper = Annotated[Viewer, Depends(_keeper)]
Insider = Annotated[Viewer, Depends(_insider)]
