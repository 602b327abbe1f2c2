"""The checks of who may speak in the review of a submission: the secretariat and the member's own contact point."""

from typing import Annotated

from fastapi import Depends

from access_policy import Role, Viewer
from service_kit.errors import Kind, ProblemError
from submission_svc.application.queries.cycles import require_own
from submission_svc.application.queries.rights import foreign
from submission_svc.entrypoints.http.dependencies import AdministrationCode, CycleCode, Deps, SignedIn


def _reviewing(cycle: CycleCode, administration: AdministrationCode, viewer: SignedIn, deps: Deps) -> Viewer:
    if viewer.has_role(Role.SECRETARIAT):
        return viewer
    if not viewer.acts_for(administration):
        raise foreign()
    if not viewer.has_role(Role.CONTACT_POINT):
        raise ProblemError(
            "submission.not_allowed",
            Kind.FORBIDDEN,
            "Persons speak here: the secretariat and the contact point. A system reads.",
        )
    with deps.reader.connect() as connection:
        require_own(connection, viewer, cycle, administration)
    return viewer


Reviewing = Annotated[Viewer, Depends(_reviewing)]
