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
        "submission.foreign", Kind.FORBIDDEN, "Your token is not for this administration and may not see or change it."
    )


def require_readable(viewer: Viewer, administration: str, region: str | None) -> None:
    """Refuse whoever may not read the submission of this administration.

    Raises:
        ProblemError: `submission.foreign` (403).
    """
    if not may_see(viewer, Thing.SUBMISSION, administration, region):
        raise foreign()
