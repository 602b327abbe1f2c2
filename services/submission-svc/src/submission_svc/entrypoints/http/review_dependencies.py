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
    is_person = viewer.has_role(Role.CONTACT_POINT)
    try:
        with deps.reader.connect() as connection:
            require_own(connection, viewer, cycle, administration)
    except ProblemError as error:
        if is_person or error.code != "cycle.not_found":
            raise
    if not is_person:
        raise ProblemError(
            "submission.not_allowed",
            Kind.FORBIDDEN,
            "Persons speak here: the secretariat and the contact point. A system reads.",
            french="Ici parlent des personnes : le secrétariat et le point de contact. Un système lit.",
        )
    return viewer


Reviewing = Annotated[Viewer, Depends(_reviewing)]
