"""Tell contacts: the mails about a step, written in its transaction."""

from typing import Any

from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.submission import Submission


def tell_contacts(uow: UnitOfWork, cycle: Cycle, submission: Submission) -> None:
    """Write to the contacts when a submission has been returned or accepted. The caller commits."""
    if submission.status not in ("returned", "accepted"):
        return
    uow.mails.add(
        cycle.code,
        submission.administration,
        "returned" if submission.status == "returned" else "accepted",
        f"{submission.status}/{submission.changes}",
        _detail(uow, cycle, submission),
        submission.changed_at,
    )


def _detail(uow: UnitOfWork, cycle: Cycle, submission: Submission) -> dict[str, Any]:
    """For a return, where the window stands for the member, and the last day while that is to come."""
    if submission.status == "accepted":
        return {}
    extension = uow.extensions.find(cycle.code, submission.administration)
    until = None if extension is None else extension.until
    window = cycle.state(submission.changed_at.date(), until)
    detail = {"window": window}
    return {**detail, "deadline": cycle.deadline(until).isoformat()} if window == "open" else detail
