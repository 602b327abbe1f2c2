"""What routes get in hand: the built dependencies, the viewer, and the checks of who may do what."""

from typing import Annotated

from fastapi import Depends, Header, Path, Request

from access_policy import Role, Viewer
from service_kit.errors import Kind, ProblemError
from submission_svc.application.dependencies import Dependencies
from submission_svc.application.queries.cycles import require_own
from submission_svc.application.queries.rights import foreign, require_secretariat

PUSH, SUBMIT = "submission:push", "submission:submit"
READERS = (Role.SECRETARIAT, Role.CONTACT_POINT, Role.SYSTEM, Role.REVIEWER, Role.LOADER)

CycleCode = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{1,63}$", description="Code of the cycle")]
AdministrationCode = Annotated[str, Path(pattern=r"^[A-Z0-9]{2,8}$", description="Code of the administration")]
IdempotencyKey = Annotated[
    str | None,
    Header(description="Your own name for this request: sending it again with the same key gives the stored answer"),
]


def _dependencies(request: Request) -> Dependencies:
    dependencies: Dependencies = request.app.state.dependencies
    return dependencies


Deps = Annotated[Dependencies, Depends(_dependencies)]


def _viewer(request: Request, deps: Deps) -> Viewer:
    return deps.authenticator.viewer(request.headers.get("authorization"))


Asking = Annotated[Viewer, Depends(_viewer)]


def _signed_in(viewer: Asking) -> Viewer:
    if not viewer.roles:
        raise ProblemError(
            "token.missing",
            Kind.UNAUTHENTICATED,
            "This needs a token; without one, nothing is shown.",
            french="Il faut un jeton ; sans jeton, rien n'est montré.",
        )
    return viewer


SignedIn = Annotated[Viewer, Depends(_signed_in)]


def _reader(viewer: SignedIn) -> Viewer:
    if viewer.has_role(*READERS):
        return viewer
    raise _not_allowed(
        "Submissions are for their members, the secretariat and assigned reviewers.",
        "Les soumissions sont réservées à leurs membres, au secrétariat et aux examinateurs désignés.",
    )


def _keeper(viewer: SignedIn, deps: Deps) -> Viewer:
    if viewer.has_role(Role.SECRETARIAT) or _is_loader(viewer, deps):
        return viewer
    raise _not_allowed("Only the secretariat does this.", "Seul le secrétariat fait cela.")


def _secretariat(viewer: SignedIn) -> Viewer:
    require_secretariat(viewer)
    return viewer


def _loader(viewer: SignedIn, deps: Deps) -> Viewer:
    if _is_loader(viewer, deps):
        return viewer
    raise _not_allowed(
        "Pushing for many is for the loader, which exists in the embedded mode only.",
        "L'envoi pour plusieurs est réservé au chargeur, qui n'existe qu'en mode intégré.",
    )


def _pusher(cycle: CycleCode, administration: AdministrationCode, viewer: SignedIn, deps: Deps) -> Viewer:
    return _member(viewer, cycle, administration, deps, PUSH)


def _submitter(cycle: CycleCode, administration: AdministrationCode, viewer: SignedIn, deps: Deps) -> Viewer:
    return _member(viewer, cycle, administration, deps, SUBMIT)


def _member(viewer: Viewer, cycle: str, administration: str, deps: Dependencies, scope: str) -> Viewer:
    """A contact point of the administration, a system of it with the scope, or the loader."""
    if _is_loader(viewer, deps):
        return viewer
    if viewer.has_role(Role.SECRETARIAT):
        raise _not_allowed(
            "The secretariat does not do this for a member.", "Le secrétariat ne fait pas cela pour un membre."
        )
    if not viewer.acts_for(administration):
        raise foreign()
    if not viewer.has_role(Role.CONTACT_POINT) and scope not in viewer.scopes:
        raise ProblemError(
            "submission.scope_missing",
            Kind.FORBIDDEN,
            f"The token lacks the scope {scope}. Ask the issuer for it, or let a contact point do this.",
            french=f"Il manque au jeton le droit {scope}. Demandez-le à l'émetteur, ou passez par un point de contact.",
        )
    with deps.reader.connect() as connection:
        require_own(connection, viewer, cycle, administration)
    return viewer


def _contact_keeper(cycle: CycleCode, administration: AdministrationCode, viewer: SignedIn, deps: Deps) -> Viewer:
    """The secretariat, or a contact point of the administration: addresses of persons are for nobody else."""
    if viewer.has_role(Role.SECRETARIAT):
        return viewer
    if not viewer.acts_for(administration):
        raise foreign()
    if not viewer.has_role(Role.CONTACT_POINT):
        raise _not_allowed(
            "Contacts are for the contact points of the administration and the secretariat.",
            "Les contacts sont réservés aux points de contact de l'administration et au secrétariat.",
        )
    with deps.reader.connect() as connection:
        require_own(connection, viewer, cycle, administration)
    return viewer


def _is_loader(viewer: Viewer, deps: Dependencies) -> bool:
    return deps.is_embedded and viewer.has_role(Role.LOADER)


def _not_allowed(detail: str, french: str) -> ProblemError:
    return ProblemError("submission.not_allowed", Kind.FORBIDDEN, detail, french=french)


SubmissionReader = Annotated[Viewer, Depends(_reader)]
Keeper = Annotated[Viewer, Depends(_keeper)]
Secretariat = Annotated[Viewer, Depends(_secretariat)]
Loader = Annotated[Viewer, Depends(_loader)]
Pusher = Annotated[Viewer, Depends(_pusher)]
Submitter = Annotated[Viewer, Depends(_submitter)]
ContactKeeper = Annotated[Viewer, Depends(_contact_keeper)]
