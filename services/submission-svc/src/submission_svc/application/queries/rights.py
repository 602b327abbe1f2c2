"""Who may read which cycle and submission: the access table applied to what this service keeps."""

from collections.abc import Mapping
from typing import Any

from access_policy import Role, Thing, Viewer, may_see, within
from service_kit.errors import Kind, ProblemError

REHEARSERS = (Role.SECRETARIAT, Role.LOADER, Role.CONTACT_POINT, Role.SYSTEM)


def may_see_cycle(viewer: Viewer, cycle: Mapping[str, Any]) -> bool:
    """A rehearsal is for those who hold it or may take part in it; for all others it does not exist."""
    return not cycle["is_rehearsal"] or within(viewer, cycle["population"]).has_role(*REHEARSERS)


def foreign() -> ProblemError:
    """One and the same refusal, whether the submission, or even the administration, exists or not."""
    return ProblemError(
        "submission.foreign",
        Kind.FORBIDDEN,
        "Your token is not for this administration and may not see or change it.",
        french="Votre jeton n'est pas pour cette administration ; il ne permet ni de la voir ni de la modifier.",
    )


def require_secretariat(viewer: Viewer) -> None:
    """Refuse everybody but the secretariat.

    Raises:
        ProblemError: `submission.not_allowed` (403).
    """
    if not viewer.has_role(Role.SECRETARIAT):
        raise ProblemError(
            "submission.not_allowed",
            Kind.FORBIDDEN,
            "Only the secretariat does this.",
            french="Seul le secrétariat fait cela.",
        )


def may_keep_contacts(viewer: Viewer, administration: str) -> bool:
    """Addresses of persons are for the secretariat and the contact points of the administration alone."""
    is_own = viewer.acts_for(administration) and viewer.has_role(Role.CONTACT_POINT)
    return is_own or viewer.has_role(Role.SECRETARIAT)


def require_readable(viewer: Viewer, administration: str, region: str | None) -> None:
    """Refuse whoever may not read the submission of this administration.

    Raises:
        ProblemError: `submission.foreign` (403).
    """
    if not may_see(viewer, Thing.SUBMISSION, administration, region):
        raise foreign()
