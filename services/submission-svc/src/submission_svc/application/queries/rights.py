"""Who may read which cycle and submission: the access table applied to what this service keeps."""

from access_policy import Role, Thing, Viewer, may_see
from service_kit.errors import Kind, ProblemError

REHEARSERS = (Role.SECRETARIAT, Role.LOADER, Role.CONTACT_POINT, Role.SYSTEM)


def may_see_rehearsals(viewer: Viewer) -> bool:
    """Rehearsals are for those who take part in them; for all others they do not exist."""
    return viewer.has_role(*REHEARSERS)


def foreign() -> ProblemError:
    """One and the same refusal, whether the submission, or even the administration, exists or not."""
    return ProblemError(
        "submission.foreign", Kind.FORBIDDEN, "Your token is not for this administration and may not see or change it."
    )


def require_readable(viewer: Viewer, administration: str, region: str | None) -> None:
    """Refuse whoever may not read the submission of this administration.

    Raises:
        ProblemError: `submission.foreign` (403).
    """
    if not may_see(viewer, Thing.SUBMISSION, administration, region):
        raise foreign()
